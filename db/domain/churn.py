"""Win-back: when a client counts as lost, why, and the profit at stake."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from db.domain.days import add_months

DAYS_A_YEAR = 365
CERTAIN = Decimal(1)  # a chance


class LossState(StrEnum):
    """The state of a loss episode; NEW: the client is lost and has no episode yet."""

    NEW = "new"
    IN_WORK = "in_work"
    PROMISED = "promised"
    RETURNED = "returned"
    REFUSED = "refused"
    DO_NOT_RETURN = "do_not_return"


# An episode in one of these is over.
ENDED = frozenset({LossState.RETURNED, LossState.REFUSED})


class Definition(StrEnum):
    """The four definitions of a lost client (PRODUCT §5)."""

    SILENT = "silent"
    LOW_NPS = "low_nps"
    COMPLAINT = "complaint"
    NEVER_BOUGHT = "never_bought"


class LossReason(StrEnum):
    """Why a client was lost; an owner may write others in their own words."""

    UNKNOWN = "unknown"
    CLOSED = "closed"
    MOVED = "moved"
    MANAGER_CHANGED = "manager_changed"
    QUALITY = "quality"
    PRICE = "price"
    SERVICE = "service"
    CONFLICT = "conflict"


class Motive(StrEnum):
    """Why the owner wants a client back."""

    IMAGE = "image"
    ORDER_SIZE = "order_size"
    FREQUENCY = "frequency"


class Way(StrEnum):
    """How an attempt to win a client back was made."""

    CALL = "call"
    GUARANTEE = "guarantee"
    GIFT = "gift"
    SPECIAL_OFFER = "special_offer"
    NEW_PRODUCT = "new_product"
    VIDEO = "video"
    MEETING = "meeting"


class Result(StrEnum):
    """How an attempt ended."""

    NO_ANSWER = "no_answer"
    TALKED = "talked"
    PROMISED = "promised"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ChurnThresholds:
    """The four definitions, each on or off with its number."""

    silent: bool = True
    silent_months: int = 3
    silent_cycles: Decimal = Decimal(2)
    low_nps: bool = True
    nps_at_most: int = 6
    complaint: bool = True
    never_bought: bool = True
    enquiries_over: int = 3
    # A purchase within these days of an attempt is a return won by it.
    return_days: int = 60


def default_chances() -> dict[LossReason, Decimal]:
    """Return the chance of a return by reason: estimates, which the owner may change."""
    return {
        LossReason.UNKNOWN: Decimal("0.30"),
        LossReason.CLOSED: Decimal("0.02"),
        LossReason.MOVED: Decimal("0.05"),
        LossReason.MANAGER_CHANGED: Decimal("0.40"),
        LossReason.QUALITY: Decimal("0.25"),
        LossReason.PRICE: Decimal("0.35"),
        LossReason.SERVICE: Decimal("0.40"),
        LossReason.CONFLICT: Decimal("0.15"),
    }


@dataclass(frozen=True, slots=True)
class Loss:
    """A definition that a client meets, and the first day on which they did."""

    definition: Definition
    since: date


@lru_cache(maxsize=4096)  # a base has few different days
def first_day_beyond(last: date, months: int) -> date:
    """Return the first day whose date `months` earlier is after `last`, as the lifecycle asks."""
    day = add_months(last, months)
    while add_months(day, -months) <= last:
        day += timedelta(days=1)
    return day


PARTS_A_KOPECK = 10_000
_MOST = 2**63 - 1  # what a column of the base can hold
_PARTS = 10_000  # chances, percents and cycles are exact to four decimals
_MILLION = 100 * _PARTS  # a kopeck in the units of _gross_profit

# Revenue, revenue of known cost, and that cost, in kopecks.
Sums = tuple[int, int, int]


def profit_a_year(
    sums: Sums, visits: int, cycle_days: Decimal | None, margin_percent: Decimal
) -> int | None:
    """Return gross profit a year in parts of a kopeck: profit a visit × visits a year.

    Where the cost is not known, the trade's margin is used. Visits a year are 365 / cycle. None
    where there is no visit or no cycle. In parts of a kopeck, so that a sum computed from it is
    rounded only once.
    """
    if not visits or not cycle_days:
        return None
    numerator = _gross_profit(sums, margin_percent) * _PARTS * DAYS_A_YEAR * PARTS_A_KOPECK
    parts = _divided(numerator, _MILLION * visits * int(cycle_days * _PARTS))
    return max(-_MOST, min(_MOST, parts))


def profit_a_visit(sums: Sums, visits: int, margin_percent: Decimal) -> int | None:
    """Return gross profit a visit in kopecks; None where there is no visit."""
    if not visits:
        return None
    return _divided(_gross_profit(sums, margin_percent), _MILLION * visits)


def _gross_profit(sums: Sums, margin_percent: Decimal) -> int:
    """Return gross profit in millionths of a kopeck: percents have four decimals."""
    revenue, costed_revenue, cost = sums
    uncosted = revenue - costed_revenue
    return (costed_revenue - cost) * _MILLION + uncosted * int(margin_percent * _PARTS)


def money_at_stake(yearly_parts: int | None, chance: Decimal) -> int | None:
    """Return the profit of a year weighed by a chance, in kopecks rounded half away from zero.

    `yearly_parts` is what `profit_a_year` returns.
    """
    if yearly_parts is None:
        return None
    return _divided(yearly_parts * int(chance * _PARTS), _PARTS * PARTS_A_KOPECK)


def _divided(numerator: int, divisor: int) -> int:
    """Divide, rounding half away from zero, as money is rounded."""
    whole = (2 * abs(numerator) + divisor) // (2 * divisor)
    return whole if numerator >= 0 else -whole
