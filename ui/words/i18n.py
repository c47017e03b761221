"""The language in use: texts through gettext, looked up at the moment they are shown.

Source texts are English; a language without a catalogue shows them as they are.
"""

import gettext as _gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files

from db.domain.settings import LANGUAGES

__all__ = [
    "LANGUAGES",
    "_",
    "for_libraries",
    "language",
    "ngettext",
    "pgettext",
    "speaking",
    "use",
]


_DOMAIN = "kartoteka"


@cache
def _place() -> str:
    return str(files("resources") / "locale")


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    return _gettext.translation(_DOMAIN, _place(), [language], fallback=True)


class _Chosen:
    language = "ru"


# Of a paper while it is made: only the thread that makes it sees it.
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def use(language: str) -> None:
    """Show everything from now on in this language, one of LANGUAGES."""
    if language not in LANGUAGES:
        raise ValueError(language)
    _Chosen.language = language


def language() -> str:
    """Return the language of the texts made here: that of `speaking`, else the one in use."""
    return _spoken.get() or _Chosen.language


@contextmanager
def speaking(wanted: str) -> Iterator[None]:
    """Make texts in this language inside the block, in this thread only.

    The language of the program stays as it is; an empty one changes nothing. Raises ValueError
    for a language that is not one of LANGUAGES.
    """
    if wanted and wanted not in LANGUAGES:
        raise ValueError(wanted)
    token = _spoken.set(wanted or _spoken.get())
    try:
        yield
    finally:
        _spoken.reset(token)


@contextmanager
def for_libraries() -> Iterator[None]:
    """Let the standard library take its texts from our catalogue, in the language in use.

    argparse asks the text domain of the process, and gettext asks the environment for the
    language. Both are as before after the block; do not start a thread inside it.
    """
    domain, wished = _gettext.textdomain(), os.environ.get("LANGUAGE")
    _gettext.bindtextdomain(_DOMAIN, _place())
    _gettext.textdomain(_DOMAIN)
    os.environ["LANGUAGE"] = language()
    try:
        yield
    finally:
        _gettext.textdomain(domain)
        if wished is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = wished


def _(text: str) -> str:
    return _catalogue(language()).gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """Pick the plural form of the language for this count; format the count in yourself."""
    return _catalogue(language()).ngettext(one, many, count)


def pgettext(context: str, text: str) -> str:
    """Translate a text that means different things in different places."""
    return _catalogue(language()).pgettext(context, text)
