"""Money: Decimal in roubles, rounded half up to kopecks once."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

KOPECK = Decimal("0.01")
# 2^53 kopecks: exact in every tool that reads the file.
LIMIT = Decimal("90071992547409.91")
_BLANKS = re.compile(r"[\s\u00a0\u202f']+")
_CURRENCY = r"(?:₽|\$|€|£|р|руб(?:л(?:ь|я|ей|и))?|ru[br]|usd|eur)\.?"
_AMOUNT = re.compile(
    rf"(?P<sign>[-+]?)\s*(?:{_CURRENCY})?\s*(?P<number>.*?)\s*(?:{_CURRENCY})?",
    re.IGNORECASE | re.DOTALL,
)
# 1,234,567 and 1.234.567: a separator that comes twice groups thousands.
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:(?:,\d{3}){2,}|(?:\.\d{3}){2,})")
_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2},\d{3}")
# An amount as programs write it: most cells of a file.
_WRITTEN = re.compile(r"-?[0-9]{1,13}(\.[0-9]{1,2})?")
_MINUS = str.maketrans({"−": "-", "–": "-", "‒": "-"})


def to_kopecks(amount: Decimal) -> Decimal:
    """Round half up to whole kopecks."""
    return amount.quantize(KOPECK, ROUND_HALF_UP)


def parse_number(text: str) -> Decimal | None:
    """Read a number as people type it: `1 234,5`, `1234.5`, `−7`, `1,234.50`; empty is None.

    A single comma is the decimal sign: `1,234` is less than two. Raises ValueError when it is
    not a number.
    """
    plain = _BLANKS.sub("", text.translate(_MINUS)).removesuffix("%")
    if not plain:
        return None
    if "," in plain and "." in plain:
        # The last of the two is the decimal sign, the other one groups thousands.
        group = "," if plain.rindex(".") > plain.rindex(",") else "."
        plain = plain.replace(group, "")
    elif _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "").replace(".", "")
    plain = plain.replace(",", ".")
    if not re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)", plain):
        raise ValueError(text)
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise ValueError(text) from None


def parse_money(text: str) -> Decimal | None:
    """Read an amount, with or without its currency; empty is None.

    Kopecks are two digits, so three after a comma are thousands: `1,234` is more than a thousand,
    while `0,125` is not. Raises ValueError when it is no amount or beyond LIMIT. Parts of a kopeck
    are rounded half up.
    """
    if _WRITTEN.fullmatch(text):
        return Decimal(text).quantize(KOPECK)
    if not text:
        return None
    parts = _AMOUNT.fullmatch(text.translate(_MINUS).strip())
    if parts is None:
        raise ValueError(text)
    plain = parts["sign"] + parts["number"]
    number = parse_number(plain.replace(",", "") if _THOUSANDS.fullmatch(plain) else plain)
    if number is None:
        return None
    if abs(number) > LIMIT:
        raise ValueError(text)
    return to_kopecks(number)
