"""The language in use: texts through gettext, looked up at the moment they are shown.

Source texts are English; a language without a catalogue shows them as they are.
"""

import gettext as _gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files

from db.domain.settings import LANGUAGES

__all__ = ["LANGUAGES", "_", "language", "ngettext", "pgettext", "speaking", "use"]


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    place = files("resources") / "locale" / language / "LC_MESSAGES" / "kartoteka.mo"
    if not place.is_file():
        return _gettext.NullTranslations()
    with place.open("rb") as opened:
        return _gettext.GNUTranslations(opened)


class _InUse:
    language = "ru"


# Of a paper while it is made: only the thread that makes it sees it.
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def use(language: str) -> None:
    """Show everything from now on in this language, one of LANGUAGES."""
    if language not in LANGUAGES:
        raise ValueError(language)
    _InUse.language = language


def language() -> str:
    """Return the language of the texts made here: that of `speaking`, else the one in use."""
    return _spoken.get() or _InUse.language


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


def _(text: str) -> str:
    return _catalogue(language()).gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """Pick the plural form of the language for this count; format the count in yourself."""
    return _catalogue(language()).ngettext(one, many, count)


def pgettext(context: str, text: str) -> str:
    """Translate a text that means different things in different places."""
    return _catalogue(language()).pgettext(context, text)
