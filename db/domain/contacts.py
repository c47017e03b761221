"""Phones, e-mails, links and tax numbers: the form in which two are equal, and their checks."""

import re
from functools import lru_cache

from db.domain.text import tidy

HOME = "RU"
_NOT_DIGIT = re.compile(r"\D+")
_SEVERAL = re.compile(r"[,;\n/]+")
_EXTENSION = re.compile(r"(доб\.?|ext\.?|вн\.?|#).*$", re.IGNORECASE)
_LOCAL_LENGTH = 10
_NATIONAL_LENGTH = 11
# Addresses of the simplest shape in the commonest domains.
_PLAIN_EMAIL = re.compile(
    r"[a-z0-9_]{1,20}([.-][a-z0-9_]{1,20}){0,2}@[a-z0-9]{1,30}(-[a-z0-9]{1,20})?\.(ru|com|net|org|su)"
)
_OGRN = re.compile(r"[1-9][0-9]{12}|[34][0-9]{14}")
_KPP = re.compile(r"[0-9]{4}[0-9A-Z]{2}[0-9]{3}")
# A host with a dot, in any alphabet (пример.рф), then perhaps a port, a path, a query.
_LINK = re.compile(
    r"(https?://)?[\w-]+(\.[\w-]+)*\.[^\W\d_]{2,}(:\d{1,5})?([/?#]\S*)?", re.IGNORECASE
)


def digits(text: str) -> str:
    """Return the digits of a text."""
    return _NOT_DIGIT.sub("", text)


def phone_key(text: str) -> str:
    """Return digits alone, 8 and a missing +7 made 7: `8 (913) 123-45-67` is `79131234567`.

    An extension is not part of the number. Empty where there is no digit.
    """
    bare = digits(_EXTENSION.sub("", text))
    if text.lstrip().startswith("+"):
        return bare
    if len(bare) == _NATIONAL_LENGTH and bare[0] == "8":
        return "7" + bare[1:]
    if len(bare) == _LOCAL_LENGTH:
        return "7" + bare
    return bare


@lru_cache(maxsize=4096)
def is_phone(text: str) -> bool:
    """Say whether a phone number is possible."""
    key = phone_key(text)
    if not key:
        return False
    if len(key) == _NATIONAL_LENGTH and key[0] == "7":
        return True  # ten digits after +7 are always possible; the library takes 70 µs to say so
    import phonenumbers  # noqa: PLC0415 - 40 ms, seldom needed

    try:
        return phonenumbers.is_possible_number(phonenumbers.parse("+" + key, HOME))
    except phonenumbers.NumberParseException:
        return False


def split_several(text: str) -> tuple[str, ...]:
    """Return the entries of a cell that holds several, separated by , ; / or lines."""
    return tuple(entry for part in _SEVERAL.split(text) if (entry := tidy(part)))


def email_key(text: str) -> str:
    """Return an address without case and outer blanks."""
    return text.strip().casefold()


@lru_cache(maxsize=4096)
def is_email(text: str) -> bool:
    """Say whether an address is well formed; its domain is not looked up."""
    if _PLAIN_EMAIL.fullmatch(text):
        return True  # the library says the same, 50 times slower
    from email_validator import (  # noqa: PLC0415 - 35 ms, seldom needed
        EmailNotValidError,
        validate_email,
    )

    try:
        validate_email(text.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True


def is_inn(text: str) -> bool:
    """Say whether an INN (10 or 12 digits) has the right check digits."""
    from stdnum.ru import inn as stdnum_inn  # noqa: PLC0415 - only forms and imports check it

    return bool(stdnum_inn.is_valid(text.strip()))


def is_ogrn(text: str) -> bool:
    """Say whether an OGRN (13 digits) or OGRNIP (15) ends with its check digit.

    It is the last digit of the remainder by 11 or 13 of the digits before it. python-stdnum 2.2
    compares the whole remainder by 13, and so refuses three OGRNIP of thirteen.
    """
    number = text.strip()
    if not _OGRN.fullmatch(number):
        return False
    return int(number[:-1]) % (len(number) - 2) % 10 == int(number[-1])


def is_kpp(text: str) -> bool:
    """Say whether a KPP is 4 + 2 + 3 characters: office, reason, serial (FNS order ММВ-7-6/435)."""
    return bool(_KPP.fullmatch(text.strip().upper()))


def is_link(text: str) -> bool:
    """Say whether a text looks like a web address, with or without `https://`."""
    return bool(_LINK.fullmatch(text.strip()))


def link_key(text: str) -> str:
    """Return a web address without case, `https://`, `www.` and the last slash."""
    return re.sub(r"^(https?://)?(www\.)?", "", text.strip().casefold()).rstrip("/")
