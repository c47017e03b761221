"""What a command of the command line gets and returns."""

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ui.words.i18n import _

if TYPE_CHECKING:  # it imports the ORM, which a wrong command and the window's start don't need
    from db.client_base import ClientBase


class Subparsers(Protocol):
    """What argparse's `add_subparsers` returns, as far as commands need it."""

    def add_parser(self, name: str, *, help: str) -> argparse.ArgumentParser:  # noqa: A002
        """Add a command with its line in the help."""
        ...


class UsageError(Exception):
    """The command was called wrongly; exit code 2. The text is for the person."""


class RefusedError(Exception):
    """Something the person can mend; exit code 1. The text is for the person, one line."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A document for --json, and the same for a reader."""

    document: object
    text: str
    # The answer lists what is wrong: exit code 1.
    failed: bool = False


class Call:
    """One call: its arguments, its as-of date, and the base, opened at its first use."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args

    @cached_property
    def base(self) -> "ClientBase":
        """The base of `--base`, opened when first asked for; `close` closes it."""
        from db.client_base import ClientBase  # noqa: PLC0415 - it imports the ORM

        return ClientBase(self.base_path, as_of=self.args.as_of)

    @property
    def base_path(self) -> Path:
        """Return the path of --base. Raises RefusedError where it was not given."""
        if self.args.base is None:
            raise RefusedError(_("Specify the base: --base FILE"))
        return Path(self.args.base)

    @property
    def as_of(self) -> date:
        return self.args.as_of or date.today()  # noqa: DTZ011 - a plain date where the owner sits

    def close(self) -> None:
        """Close the base where it was opened."""
        if "base" in self.__dict__:
            self.base.close()


Run = Callable[[Call], Answer]


def plain(value: object) -> Any:
    """Return a value for JSON: money as decimal strings, ISO days, dataclasses as objects."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, str | Path):
        return str(value)
    return value


def as_json(document: object) -> str:
    """Return a document as indented JSON."""
    return json.dumps(plain(document), ensure_ascii=False, indent=2)
