"""argparse that speaks the language in use, says what is wrong in one line, and takes the options
of every command before or after its name.
"""

import argparse
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from db.domain.days import parse_day
from db.errors import Trouble, TroubleError
from desktop.cli.shape import UsageError
from ui.words import i18n
from ui.words.i18n import LANGUAGES, _, ngettext

# The largest number a base can hold. What is beyond it names nothing, under the name it was given.
_LARGEST = 2**63 - 1
_NUMBERED = {"client_id": Trouble.NO_SUCH_CLIENT, "import_id": Trouble.NO_SUCH_IMPORT}
_NUMBER = re.compile(r"-\s*[\d\s.,]*\d")


def N_(text: str) -> str:  # noqa: N802 - the usual name of a mark for texts translated later
    return text


# What argparse itself says; it asks for each when it is shown.
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
        super().__init__(*args, **{"allow_abbrev": False, **kwargs})
        # An amount as people write it is no option: -1 500,00.
        self._negative_number_matcher = _NUMBER
        self.add_argument("--base", metavar="FILE", type=_base, **_later(_("the client base")))
        self.add_argument(
            "--as-of",
            metavar="DATE",
            type=_day,
            **_later(_("the as-of date; today by default")),
        )
        self.add_argument("--lang", choices=LANGUAGES, **_later(_("the language of the answers")))
        self.add_argument(
            "--json", action="store_true", **_later(_("answer with one JSON document"))
        )

    def _get_value(self, action: argparse.Action, arg_string: str) -> Any:
        trouble = _NUMBERED.get(action.dest)
        if trouble and arg_string.isdecimal() and _is_beyond(arg_string):
            raise TroubleError(trouble, arg_string)
        try:
            return super()._get_value(action, arg_string)
        except argparse.ArgumentError:
            if action.type is not int:
                raise
            raise argparse.ArgumentError(action, _no_whole_number(arg_string)) from None

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            raise argparse.ArgumentError(
                action,
                _("“{value}” does not fit; one of these does: {choices}").format(
                    value=value, choices=", ".join(map(str, action.choices))
                ),
            )

    def error(self, message: str) -> NoReturn:
        hint = _("see {program} --help").format(program=self.prog)
        raise UsageError(f"{self.prog}: {message} ({hint})")


def _later(text: str) -> dict[str, Any]:
    # Suppressed defaults let a command's parser leave what stood before its name as it was.
    return {"default": argparse.SUPPRESS, "help": text}


def _day(text: str) -> date:
    today = date.today()  # noqa: DTZ011 - a plain date where the owner sits
    try:
        day = parse_day(text, today)
    except (ValueError, OverflowError):
        day = None
    if day is None:
        raise argparse.ArgumentTypeError(_("“{value}” is not a date").format(value=text))
    return day


day = _day


def _no_whole_number(text: str) -> str:
    return _("“{value}” is not a whole number").format(value=text)


def _is_beyond(text: str) -> bool:
    digits = text.lstrip("0")
    return len(digits) > len(str(_LARGEST)) or int(digits or 0) > _LARGEST


def _base(text: str) -> Path | None:
    """An empty name names no base, and not the folder that is open."""
    return Path(text) if text.strip() else None


def language_wanted(arguments: Sequence[str], otherwise: str) -> str:
    """Return the language before anything is parsed: the parser's own words are in it."""
    for place, argument in enumerate(arguments):
        name, _equals, value = argument.partition("=")
        if name == "--lang":
            wanted = value or "".join(arguments[place + 1 : place + 2])
            if wanted in LANGUAGES:
                return wanted
    return otherwise


def speak() -> None:
    """Let argparse take its words from our catalogue."""
    setattr(argparse, "_", _)  # noqa: B010 - argparse has no other way to be told
    setattr(argparse, "ngettext", ngettext)  # noqa: B010


def parse(parser: Parser, arguments: Sequence[str]) -> argparse.Namespace:
    """Return the arguments with every common option present."""
    i18n.use(language_wanted(arguments, i18n.language()))
    given = argparse.Namespace(base=None, as_of=None, lang=None, json=False)
    return parser.parse_args(arguments, given)
