"""The cycle of a client: days between visits, its basis, and when the next visit is due.

PRODUCT: three or more own gaps, their median; one or two, the mean of their median and the usual
cycle of the service where there is one; none, the service's, then the trade's; a cycle set by hand
beats all; nothing known, no forecast.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from math import floor
from typing import NamedTuple

OWN_GAPS_ENOUGH = 3
LEAST_WINDOW_DAYS = 3
DUE_SOON_DAYS = 7
# 500 years: a longer cycle would leave the calendar.
LONGEST_DAYS = Decimal(182_500)
_HALF = Decimal("0.5")


class Basis(StrEnum):
    """What a cycle was computed from."""

    BY_HAND = "by_hand"
    OWN = "own"
    OWN_AND_SERVICE = "own_and_service"
    SERVICE = "service"
    TRADE = "trade"


class Timing(StrEnum):
    """Where a day lies between the last visit and the next one (PRODUCT §3)."""

    EARLY = "early"
    DUE_SOON = "due_soon"
    DUE = "due"
    OVERDUE = "overdue"
    AT_RISK = "at_risk"


class Usual(NamedTuple):
    """Cycles known without the client's own visits, in days."""

    by_hand: Decimal | None = None
    service: int | None = None
    trade: int | None = None


class Cycle(NamedTuple):
    """Days between visits, the number of own gaps behind them, the window around the next one."""

    days: Decimal
    basis: Basis
    gaps: int
    deviation_days: Decimal

    @property
    def whole_days(self) -> int:
        """Days from a visit to the next one expected, rounded half up."""
        return _half_up(self.days)

    def next_after(self, last: date) -> date:
        """Return the day of the next visit. Raises OverflowError beyond the calendar."""
        return last + timedelta(days=self.whole_days)

    @property
    def window_days(self) -> int:
        """Days before and after the expected visit that are still in time, rounded half up."""
        return max(LEAST_WINDOW_DAYS, _half_up(self.deviation_days))


@lru_cache(maxsize=16_384)  # many clients share a cycle
def _half_up(days: Decimal) -> int:
    return floor(days + _HALF)


def median(numbers: Sequence[Decimal | int]) -> Decimal:
    """Return the middle, or the mean of the two in the middle. Raises IndexError when empty."""
    ordered = sorted(numbers)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return Decimal(ordered[middle])
    return (Decimal(ordered[middle - 1]) + Decimal(ordered[middle])) / 2


def cycle_of(visits: Sequence[date], usual: Usual) -> Cycle | None:
    """Return the cycle from the days of visits (distinct and ascending), or None: no forecast."""
    if not visits:
        return None
    gaps = [(later - sooner).days for sooner, later in pairwise(visits)]
    own = median(gaps) if gaps else None
    deviation = Decimal(0)
    if own is not None:
        twice = int(2 * own)  # in halves of a day all of them are whole numbers
        deviation = median([abs(2 * gap - twice) for gap in gaps]) / 2
    days, basis = _days(own, len(gaps), usual)
    if days is None or not 0 < days <= LONGEST_DAYS:
        return None
    return Cycle(days, basis, len(gaps), deviation)


def _days(own: Decimal | None, gaps: int, usual: Usual) -> tuple[Decimal | None, Basis]:
    if usual.by_hand is not None:
        return usual.by_hand, Basis.BY_HAND
    if own is not None:
        if gaps >= OWN_GAPS_ENOUGH or usual.service is None:
            return own, Basis.OWN
        return (own + usual.service) / 2, Basis.OWN_AND_SERVICE
    if usual.service is not None:
        return Decimal(usual.service), Basis.SERVICE
    return (None if usual.trade is None else Decimal(usual.trade)), Basis.TRADE
