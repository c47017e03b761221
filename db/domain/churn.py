"""Win-back: when a client counts as lost, why, and what leaves with him."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum
from functools import lru_cache

from db.domain.days import add_months
from db.domain.money import to_kopecks

DAYS_A_YEAR = 365


class LossState(StrEnum):
    NEW = "new"
    IN_WORK = "in_work"
    PROMISED = "promised"
    RETURNED = "returned"
    REFUSED = "refused"
    DO_NOT_RETURN = "do_not_return"


# An episode in one of these is over.
ENDED = frozenset({LossState.RETURNED, LossState.REFUSED})


class Definition(StrEnum):
    """The four ways of being lost."""

    SILENT = "silent"
    LOW_NPS = "low_nps"
    COMPLAINT = "complaint"
    NEVER_BOUGHT = "never_bought"


class Reason(StrEnum):
    UNKNOWN = "unknown"
    CLOSED = "closed"
    MOVED = "moved"
    MANAGER_CHANGED = "manager_changed"
    QUALITY = "quality"
    PRICE = "price"
    SERVICE = "service"
    CONFLICT = "conflict"


class Motive(StrEnum):
    """Why return a client."""

    IMAGE = "image"
    ORDER_SIZE = "order_size"
    FREQUENCY = "frequency"


class Way(StrEnum):
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
class ChurnRule:
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


def default_chances() -> dict[Reason, Decimal]:
    """Chance that a client lost for this reason comes back: our own first guesses, to be edited."""
    return {
        Reason.UNKNOWN: Decimal("0.30"),
        Reason.CLOSED: Decimal("0.02"),
        Reason.MOVED: Decimal("0.05"),
        Reason.MANAGER_CHANGED: Decimal("0.40"),
        Reason.QUALITY: Decimal("0.25"),
        Reason.PRICE: Decimal("0.35"),
        Reason.SERVICE: Decimal("0.40"),
        Reason.CONFLICT: Decimal("0.15"),
    }


@dataclass(frozen=True, slots=True)
class Standing:
    """What the definitions look at."""

    last_on: date | None = None
    visits: int = 0
    cycle_days: Decimal | None = None
    nps: int | None = None
    nps_on: date | None = None
    # The oldest and the newest complaint still open.
    complaint_on: date | None = None
    complaint_last_on: date | None = None
    enquiries: int = 0
    # The day of the enquiry that was one too many.
    enquiry_lost_on: date | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    definition: Definition
    since: date


def losses(
    standing: Standing, rule: ChurnRule, as_of: date, after: date | None = None
) -> tuple[Loss, ...]:
    """Return which definitions fire on this day, and since when, in the order of PRODUCT.

    With `after`, the day an episode ended, only what began later: the episode has dealt with the
    rest. A later complaint counts also where an older one is still open.
    """
    found: list[Loss] = []
    if rule.silent and (since := silent_since(standing, rule)) and since <= as_of:
        found.append(Loss(Definition.SILENT, since))
    if (
        rule.low_nps
        and standing.nps is not None
        and standing.nps_on is not None
        and standing.nps <= rule.nps_at_most
    ):
        found.append(Loss(Definition.LOW_NPS, standing.nps_on))
    if rule.complaint and standing.complaint_on is not None:
        is_old = after is not None and standing.complaint_on <= after
        newest = standing.complaint_last_on or standing.complaint_on
        found.append(Loss(Definition.COMPLAINT, newest if is_old else standing.complaint_on))
    if (
        rule.never_bought
        and not standing.visits
        and standing.enquiries > rule.enquiries_over
        and standing.enquiry_lost_on is not None
    ):
        found.append(Loss(Definition.NEVER_BOUGHT, standing.enquiry_lost_on))
    return tuple(loss for loss in found if after is None or loss.since > after)


def silent_since(standing: Standing, rule: ChurnRule) -> date | None:
    """Return the first day on which silence exceeds both the months and the cycles."""
    if standing.last_on is None or not standing.visits:
        return None
    since = first_day_beyond(standing.last_on, rule.silent_months)
    if standing.cycle_days is not None:
        since = max(
            since, first_day_after(standing.last_on, standing.cycle_days * rule.silent_cycles)
        )
    return since


@lru_cache(maxsize=4096)  # a whole base has few different days
def first_day_beyond(last: date, months: int) -> date:
    """Return the first day whose date `months` earlier is after `last`, as the lifecycle asks."""
    day = add_months(last, months)
    while add_months(day, -months) <= last:
        day += timedelta(days=1)
    return day


def first_day_after(last: date, days: Decimal) -> date:
    """Return the first whole day that is more than so many days, or parts of one, later."""
    return last + timedelta(days=int(days.to_integral_value(ROUND_FLOOR)) + 1)


def money_at_stake(
    profit: Decimal, visits: int, cycle_days: Decimal | None, chance: Decimal
) -> Decimal | None:
    """Return gross profit a year that leaves with the client, weighed by the chance of a return.

    Average gross profit a visit × visits a year by his own cycle × chance by reason; None where
    there is no visit or the cycle is not known. Divided once, so that it is rounded once.
    """
    if not visits or not cycle_days:
        return None
    return to_kopecks(profit * DAYS_A_YEAR * chance / (visits * cycle_days))


def gross_profit(
    revenue: Decimal, costed_revenue: Decimal, cost: Decimal, margin_percent: Decimal
) -> tuple[Decimal, bool]:
    """Return gross profit, and whether the trade's margin had to stand in for a cost not known."""
    uncosted = revenue - costed_revenue
    return costed_revenue - cost + uncosted * margin_percent / 100, uncosted != 0
