"""Text for searching and sorting. SQLite folds only ASCII, so it is folded here."""

import re
import unicodedata

# Also lone surrogates, as of an argument that is not UTF-8: the driver can't store them.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b\u200e\u200f\u202a-\u202e\ud800-\udfff]"
)
_WORD = re.compile(r"\w+", re.UNICODE)


def tidy(text: str) -> str:
    """Return one line without control characters, with single blanks, trimmed."""
    # Normalized last: an invisible character may separate a letter from its accent.
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", _CONTROL.sub("", text)).split())


def tidy_lines(text: str) -> str:
    """Return several lines, each tidy, without empty ones at the ends."""
    return "\n".join(map(tidy, text.splitlines())).strip("\n")


def fold(text: str) -> str:
    """Return the form in which names are compared: no case, one blank, ё as е."""
    if text.isascii():
        return " ".join(text.lower().split())
    return " ".join(unicodedata.normalize("NFC", text).casefold().replace("ё", "е").split())


def sort_key(text: str) -> str:
    """Return the form by which lists are ordered: Ё after Е and before Ж, whatever the case.

    The letter ё (U+0451) comes after я, so it is written as е and a character above all letters.
    """
    return " ".join(unicodedata.normalize("NFC", text).casefold().replace("ё", "е\uffff").split())


def words(text: str) -> list[str]:
    """Return the folded words of a text, as the search index keeps them."""
    return _WORD.findall(fold(text))


_LEGAL_FORMS = r"(?:ООО|ОАО|ЗАО|ПАО|НАО|АО|ИП|МУП|ГУП|ФГУП|ЧУП|LLC|Ltd\.?|Inc\.?)"


def without_legal_form(company: str) -> str:
    """Return a company's own name: `Колорит-Алтай` of `ООО «Колорит-Алтай»`."""
    bare = re.sub(
        rf"(?:^{_LEGAL_FORMS}\s+|[,\s]+{_LEGAL_FORMS}$)", "", company.strip(), flags=re.IGNORECASE
    )
    return " ".join(re.sub('[«»“”„"]', " ", bare).split())
