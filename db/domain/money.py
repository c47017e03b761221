"""Money: Decimal in roubles, rounded half up to kopecks once."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

KOPECK = Decimal("0.01")
# 2^53 kopecks: more than any small business has, and exact in every tool that reads the file.
LIMIT = Decimal("90071992547409.91")
_BLANKS = re.compile(r"[\s\u00a0\u202f']+")
_SIGNS = re.compile(r"(₽|руб\.?|р\.|rub|\$|€)$", re.IGNORECASE)
_MINUS = str.maketrans({"−": "-", "–": "-", "‒": "-"})


def to_kopecks(amount: Decimal) -> Decimal:
    """Round half up to whole kopecks."""
    return amount.quantize(KOPECK, ROUND_HALF_UP)


def parse_number(text: str) -> Decimal | None:
    """Read a number as people type it: `1 234,5`, `1234.5`, `−7`, `1,234.50`; empty is None.

    Raises ValueError when it is not a number.
    """
    plain = _BLANKS.sub("", text.translate(_MINUS)).removesuffix("%")
    if not plain:
        return None
    if "," in plain and "." in plain:
        # Whichever comes last is the decimal sign; the other one groups thousands.
        group = "," if plain.rindex(".") > plain.rindex(",") else "."
        plain = plain.replace(group, "")
    plain = plain.replace(",", ".")
    if not re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)", plain):
        raise ValueError(text)
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise ValueError(text) from None


def parse_money(text: str) -> Decimal | None:
    """Read an amount, with or without its currency; empty is None.

    Raises ValueError when it is no amount or beyond LIMIT. Parts of a kopeck are rounded half up.
    """
    number = parse_number(_SIGNS.sub("", text.strip()))
    if number is None:
        return None
    if abs(number) > LIMIT:
        raise ValueError(text)
    return to_kopecks(number)
