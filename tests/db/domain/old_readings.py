"""The rules of PRODUCT §3 to §5 asked of one day, as plain oracles for the marks.

Each function looks at the facts as they are on the day and works forward from PRODUCT's words, by
silence in days and months back from the day; the marks work from the last visit ahead. Kept plain
and slow on purpose: nothing here may call `db.domain.marks`.
"""

from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from db.domain.churn import ChurnThresholds, Definition, Loss
from db.domain.cycle import DUE_SOON_DAYS, Timing
from db.domain.days import add_months
from db.domain.lifecycle import LifecycleThresholds, Status
from db.domain.marks import Facts


@lru_cache(maxsize=4096)
def _months_before(day: date, months: int) -> date:
    return add_months(day, -months)


def as_of_day(facts: Facts, day: date) -> Facts:
    """Return the facts without scores, complaints and enquiries that lie after the day."""
    if facts.nps_on is not None and facts.nps_on > day:
        facts = facts._replace(nps=None, nps_on=None)
    if facts.complaint_on is not None and facts.complaint_on > day:
        facts = facts._replace(complaint_on=None, complaint_last_on=None)
    elif facts.complaint_last_on is not None and facts.complaint_last_on > day:
        facts = facts._replace(complaint_last_on=facts.complaint_on)
    if facts.enquiry_days and facts.enquiry_days[-1] > day:
        facts = facts._replace(enquiry_days=tuple(on for on in facts.enquiry_days if on <= day))
    return facts


def status_of(facts: Facts, lifecycle: LifecycleThresholds, day: date) -> Status:
    """PRODUCT §4: lost beyond the months and the cycles, else at risk, else new, else regular."""
    if not facts.visits or facts.last_on is None or facts.first_on is None:
        return Status.POTENTIAL
    silent = (day - facts.last_on).days
    cycle = None if facts.cycle is None else facts.cycle.days
    if facts.last_on < _months_before(day, lifecycle.lost_months) and (
        cycle is None or silent > cycle * lifecycle.lost_cycles
    ):
        return Status.LOST
    if cycle is not None and silent >= cycle * lifecycle.risk_cycles:
        return Status.AT_RISK
    first_is_recent = facts.first_on >= day - timedelta(days=lifecycle.new_days)
    if facts.visits <= lifecycle.new_visits or first_is_recent:
        return Status.NEW
    return Status.REGULAR


def is_active(facts: Facts, lifecycle: LifecycleThresholds, day: date) -> bool:
    """Within `risk_cycles` of the last visit, or within `active_months` where no cycle is known."""
    if not facts.visits or facts.last_on is None:
        return False
    if facts.cycle is not None:
        return (day - facts.last_on).days <= facts.cycle.days * lifecycle.risk_cycles
    return facts.last_on >= _months_before(day, lifecycle.active_months)


def timing(facts: Facts, lifecycle: LifecycleThresholds, day: date) -> Timing | None:
    """PRODUCT §3: early, due soon, due, overdue, at risk.

    Raises OverflowError where the next visit or its window lies beyond the calendar.
    """
    if not facts.visits or facts.last_on is None or facts.cycle is None:
        return None
    if (day - facts.last_on).days >= facts.cycle.days * lifecycle.risk_cycles:
        return Timing.AT_RISK
    expected = facts.cycle.next_after(facts.last_on)
    window = timedelta(days=facts.cycle.window_days)
    if day > expected + window:
        return Timing.OVERDUE
    if day >= expected - window:
        return Timing.DUE
    if day >= expected - window - timedelta(days=DUE_SOON_DAYS):
        return Timing.DUE_SOON
    return Timing.EARLY


def is_silent(last: date, cycle_days: Decimal | None, churn: ChurnThresholds, day: date) -> bool:
    """PRODUCT §5: silent for more than both N months and K cycles."""
    if last >= _months_before(day, churn.silent_months):
        return False
    return cycle_days is None or (day - last).days > cycle_days * churn.silent_cycles


def losses(facts: Facts, churn: ChurnThresholds, day: date, after: date | None) -> tuple[Loss, ...]:
    """PRODUCT §5: the four definitions, as of a day, without what began up to `after`."""
    begun: list[Loss] = []
    last, cycle_days = facts.last_on, None if facts.cycle is None else facts.cycle.days
    if churn.silent and facts.visits and last and is_silent(last, cycle_days, churn, day):
        begun.append(Loss(Definition.SILENT, _first_silent(last, cycle_days, churn)))
    if churn.low_nps and facts.nps is not None and facts.nps <= churn.nps_at_most and facts.nps_on:
        begun.append(Loss(Definition.LOW_NPS, facts.nps_on))
    if churn.complaint and facts.complaint_on is not None:
        is_old = after is not None and facts.complaint_on <= after
        newest = facts.complaint_last_on or facts.complaint_on
        begun.append(Loss(Definition.COMPLAINT, newest if is_old else facts.complaint_on))
    enquiries = len(facts.enquiry_days)
    if churn.never_bought and not facts.visits and enquiries > churn.enquiries_over:
        begun.append(Loss(Definition.NEVER_BOUGHT, facts.enquiry_days[churn.enquiries_over]))
    return tuple(loss for loss in begun if after is None or loss.since > after)


@lru_cache(maxsize=64)  # the same client is asked for many days in a row
def _first_silent(last: date, cycle_days: Decimal | None, churn: ChurnThresholds) -> date:
    """Return the day that is silent and comes after one that is not, by halving the span.

    Only for who is silent on some day.
    """
    longest = 31 * churn.silent_months + int((cycle_days or 0) * churn.silent_cycles) + 2
    talking, silent = last, last + timedelta(days=min(longest, (date.max - last).days))
    while (silent - talking).days > 1:
        middle = talking + (silent - talking) // 2
        if is_silent(last, cycle_days, churn, middle):
            silent = middle
        else:
            talking = middle
    return silent
