"""A parser with texts in the language in use, errors in one line, and the options of every command,
which stand before or after its name; and the types of arguments that several groups read.
"""

import argparse
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from db.domain.days import parse_day
from db.domain.ids import ClientId
from db.errors import Trouble, TroubleError
from desktop.cli.shape import UsageError
from ui.words import i18n
from ui.words.i18n import LANGUAGES, _

LARGEST = 2**63 - 1  # the largest number a base can hold
# An amount as people write it: -1 500,00. argparse accepts only -1500.00.
_NEGATIVE = re.compile(r"-\s*[\d\s.,]*\d")
_WITH_VALUE = frozenset({"store", "append"})  # actions of argparse that read a value


def N_(text: str) -> str:  # noqa: N802 - the usual name of a mark for texts translated later
    return text


# Texts of argparse, for our catalogue; i18n.for_libraries lets argparse find them there.
_OWN_WORDS = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("not allowed with argument %s"),
    N_("one of the arguments %s is required"),
    N_("ignored explicit argument %r"),
    N_("show program's version number and exit"),
)


class Parser(argparse.ArgumentParser):
    """A parser with the options of every command; whatever is wrong becomes a UsageError."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        with i18n.for_libraries():
            super().__init__(*args, **{"allow_abbrev": False, **kwargs})
        self.add_argument(
            "--base", metavar="FILE", type=_base, **_without_default(_("the client base"))
        )
        self.add_argument(
            "--as-of",
            metavar="DATE",
            type=day,
            **_without_default(_("the as-of date; today by default")),
        )
        self.add_argument(
            "--lang", choices=LANGUAGES, **_without_default(_("the language of the answers"))
        )
        self.add_argument(
            "--json", action="store_true", **_without_default(_("answer with one JSON document"))
        )

    def add_argument(self, *names: str, **settings: Any) -> argparse.Action:
        """Add an argument whose `type` is given the text as it was typed."""
        if settings.get("action", "store") in _WITH_VALUE:
            read = settings.get("type", str)
            settings["type"] = lambda text: read(_as_typed(text))
        return super().add_argument(*names, **settings)

    # The one private name of argparse here. Its text for a wrong choice differs between versions of
    # Python, and for the name of a command there is no public place for another text.
    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            raise argparse.ArgumentError(
                action,
                _("“{value}” does not fit; one of these does: {choices}").format(
                    value=value, choices=", ".join(map(str, action.choices))
                ),
            )

    def error(self, message: str) -> NoReturn:
        """Raise a UsageError in one line with a hint at the help."""
        hint = _("see {program} --help").format(program=self.prog)
        raise UsageError(f"{self.prog}: {message} ({hint})")


def _without_default(text: str) -> dict[str, Any]:
    # Without a default, the parser of a command keeps a value given before its name.
    return {"default": argparse.SUPPRESS, "help": text}


def wrong_value(words: str, text: str) -> argparse.ArgumentTypeError:
    """Return the error for a value that can't be read; `words` name it as {value}."""
    return argparse.ArgumentTypeError(words.format(value=text))


def day(text: str) -> date:
    """Read a date. Raises ArgumentTypeError."""
    today = date.today()  # noqa: DTZ011 - a plain date where the owner sits
    try:
        result = parse_day(text, today)
    except (ValueError, OverflowError):
        result = None
    if result is None:
        raise wrong_value(_("“{value}” is not a date"), text)
    return result


def whole_number(text: str) -> int:
    """Read a whole number. Raises ArgumentTypeError."""
    try:
        return int(text)
    except ValueError:
        raise wrong_value(_("“{value}” is not a whole number"), text) from None


def client_id(text: str) -> ClientId:
    """Read the number of a card. Raises TroubleError for one that no base can hold."""
    if not text.isdecimal():
        raise wrong_value(_("“{value}” is not a card number"), text)
    return ClientId(row_number(text, Trouble.NO_SUCH_CLIENT))


def row_number(text: str, trouble: Trouble) -> int:
    """Return these digits as a number. Raises a TroubleError for one that no base can hold."""
    digits = text.lstrip("0") or "0"
    if len(digits) > len(str(LARGEST)) or int(digits) > LARGEST:
        raise TroubleError(trouble, text)
    return int(digits)


def _base(text: str) -> Path | None:
    """Return None for an empty name: as a path it would be the working folder."""
    return Path(text) if text.strip() else None


def language_wanted(arguments: Sequence[str], otherwise: str) -> str:
    """Return the language of --lang, else `otherwise`; the parser itself is made in it."""
    for place, argument in enumerate(arguments):
        name, _equals, value = argument.partition("=")
        if name == "--lang":
            language = value or "".join(arguments[place + 1 : place + 2])
            if language in LANGUAGES:
                return language
    return otherwise


def parse(parser: Parser, arguments: Sequence[str]) -> argparse.Namespace:
    """Return the arguments with every common option present."""
    i18n.use(language_wanted(arguments, i18n.language()))
    namespace = argparse.Namespace(base=None, as_of=None, lang=None, json=False)
    with i18n.for_libraries():
        return parser.parse_args([_as_value(argument) for argument in arguments], namespace)


def _as_value(argument: str) -> str:
    """Put a space before a negative amount: argparse would take -1500,00 for an option."""
    return f" {argument}" if _NEGATIVE.match(argument) else argument


def _as_typed(text: str) -> str:
    return text[1:] if text.startswith(" -") else text
