"""The language in use: texts through gettext, looked up at the moment they are shown.

Source texts are English; a language without a catalogue shows them as they are.
"""

import gettext as _gettext
from functools import cache
from importlib.resources import files

LANGUAGES = ("ru", "en")


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    place = files("resources") / "locale" / language / "LC_MESSAGES" / "kartoteka.mo"
    if not place.is_file():
        return _gettext.NullTranslations()
    with place.open("rb") as opened:
        return _gettext.GNUTranslations(opened)


class _InUse:
    language = "ru"


def use(language: str) -> None:
    """Show everything from now on in this language, one of LANGUAGES."""
    if language not in LANGUAGES:
        raise ValueError(language)
    _InUse.language = language


def language() -> str:
    return _InUse.language


def _(text: str) -> str:
    return _catalogue(_InUse.language).gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """Pick the plural form of the language for this count; format the count in yourself."""
    return _catalogue(_InUse.language).ngettext(one, many, count)


def pgettext(context: str, text: str) -> str:
    """Translate a text that means different things in different places."""
    return _catalogue(_InUse.language).pgettext(context, text)
