"""Bases that appear whole or not at all, each with its own id and without old logs."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from db.file.base_file import BaseFile
from db.file.driver_errors import DRIVER_ERRORS, as_trouble
from db.file.identity import give_id
from db.file.leftovers import set_aside
from db.file.whole_file import whole_file


def whole_base(
    target: Path, *, replaces: bool, key: str | None = None
) -> AbstractContextManager[Path]:
    """Give a path to write a base to; put it in place if the block succeeds.

    Logs beside the name are set aside first. Raises as `whole_file`.
    """

    def ready(draft: Path) -> None:
        with BaseFile(draft, key).draft() as connection:
            # A base in this mode is not changed by opening it.
            connection.execute("pragma journal_mode = wal")
        give_id(draft)
        set_aside(target)

    return whole_file(target, replaces=replaces, ready=ready)


def whole_copy(target: Path) -> AbstractContextManager[Path]:
    """Give a path to write a copy of a base to; it never replaces a file.

    A copy is one file, without a write-ahead log: it can be read from a read-only disk. Raises as
    `whole_file`.
    """

    def ready(draft: Path) -> None:
        give_id(draft)
        set_aside(target)

    return whole_file(target, replaces=False, ready=ready)


@contextmanager
def troubles_of(path: Path) -> Iterator[None]:
    """Raise errors of the system and the driver as TroubleError about this file."""
    try:
        yield
    except (OSError, DBAPIError, *DRIVER_ERRORS) as error:
        raise as_trouble(error, path) or error from error
