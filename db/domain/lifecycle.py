"""Lifecycle status: its terms and its thresholds. db.domain.marks computes it."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Status(StrEnum):
    """The lifecycle status (PRODUCT §4); it follows from the marks of a client and a day."""

    POTENTIAL = "potential"
    NEW = "new"
    REGULAR = "regular"
    AT_RISK = "at_risk"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class LifecycleThresholds:
    """Set by the owner. Months are calendar months, cycles the client's own."""

    lost_months: int = 3
    lost_cycles: Decimal = Decimal(2)
    risk_cycles: Decimal = Decimal("1.5")
    new_visits: int = 2
    new_days: int = 90
    # Active without a known cycle: bought within these months.
    active_months: int = 1
