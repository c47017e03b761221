"""Value added tax: whether a price includes it, and the rate on a day."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from db.domain.money import to_kopecks


class VatMode(StrEnum):
    """Whether prices are without tax, include it, or have it added on top."""

    NONE = "none"
    INCLUDED = "included"
    ON_TOP = "on_top"


# Federal law 425-FZ of 28 November 2025: 22 % from 2026; 20 % before (303-FZ of 2018).
_RATES = ((date(2026, 1, 1), Decimal(22)), (date.min, Decimal(20)))


def default_rate(on: date) -> Decimal:
    """Return the general rate in percent on a day."""
    return next(rate for since, rate in _RATES if on >= since)


def vat_within(total: Decimal, rate: Decimal) -> Decimal:
    """Return the tax included in a total, rounded half up to kopecks."""
    return to_kopecks(total * rate / (100 + rate))


def with_vat(net: Decimal, rate: Decimal) -> Decimal:
    """Return a net amount with the tax on top, rounded half up to kopecks."""
    return to_kopecks(net * (100 + rate) / 100)
