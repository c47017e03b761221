"""Lifecycle status. The rule has two readings held to one meaning by a test: here, and as SQL."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from db.domain.days import add_months


class Status(StrEnum):
    POTENTIAL = "potential"
    NEW = "new"
    REGULAR = "regular"
    AT_RISK = "at_risk"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class LifecycleRule:
    """The owner's numbers. Months are calendar months, cycles the client's own."""

    lost_months: int = 3
    lost_cycles: Decimal = Decimal(2)
    risk_cycles: Decimal = Decimal("1.5")
    new_visits: int = 2
    new_days: int = 90
    # Active without a known cycle: bought within these months.
    active_months: int = 1

    def silent_since(self, as_of: date) -> date:
        """Whoever bought last before this day has been silent for more than `lost_months`."""
        return add_months(as_of, -self.lost_months)

    def new_since(self, as_of: date) -> date:
        return as_of - timedelta(days=self.new_days)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What is known of a client's visits."""

    visits: int = 0
    first_on: date | None = None
    last_on: date | None = None
    cycle_days: Decimal | None = None


def status_of(rhythm: Rhythm, rule: LifecycleRule, as_of: date) -> Status:
    """Lost beats at risk, which beats regular and new.

    Lost: silent for more than max(months, cycles). At risk: silent for `risk_cycles` or more.
    """
    if not rhythm.visits or rhythm.last_on is None or rhythm.first_on is None:
        return Status.POTENTIAL
    silent = (as_of - rhythm.last_on).days
    cycle = rhythm.cycle_days
    if rhythm.last_on < rule.silent_since(as_of) and (
        cycle is None or silent > cycle * rule.lost_cycles
    ):
        return Status.LOST
    if cycle is not None and silent >= cycle * rule.risk_cycles:
        return Status.AT_RISK
    if rhythm.visits <= rule.new_visits or rhythm.first_on >= rule.new_since(as_of):
        return Status.NEW
    return Status.REGULAR


def is_active(rhythm: Rhythm, rule: LifecycleRule, as_of: date) -> bool:
    """Active, for the profit formula: bought within 1.5 cycles, or within a month without one."""
    if rhythm.last_on is None:
        return False
    if rhythm.cycle_days is not None:
        return (as_of - rhythm.last_on).days <= rhythm.cycle_days * rule.risk_cycles
    return rhythm.last_on >= add_months(as_of, -rule.active_months)
