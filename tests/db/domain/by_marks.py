"""Single questions to the marks, so that rules can be tested one at a time."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from db.domain.churn import ChurnThresholds, Loss, money_at_stake, profit_a_year
from db.domain.cycle import Basis, Cycle, Timing
from db.domain.lifecycle import LifecycleThresholds, Status
from db.domain.marks import Facts, losses_on, marks_of, status_on, timing_on


@dataclass(frozen=True, slots=True)
class Visited:
    """The visits of a client."""

    visits: int = 0
    first_on: date | None = None
    last_on: date | None = None
    cycle_days: Decimal | None = None

    @property
    def facts(self) -> Facts:
        return Facts(self.visits, self.first_on, self.last_on, cycle_of_days(self.cycle_days))


@dataclass(frozen=True, slots=True)
class Standing:
    """What the definitions of loss look at."""

    last_on: date | None = None
    visits: int = 0
    cycle_days: Decimal | None = None
    nps: int | None = None
    nps_on: date | None = None
    complaint_on: date | None = None
    complaint_last_on: date | None = None
    enquiries: int = 0
    enquiry_lost_on: date | None = None

    @property
    def facts(self) -> Facts:
        enquiry = self.enquiry_lost_on
        return Facts(
            self.visits, self.last_on, self.last_on, cycle_of_days(self.cycle_days),
            self.nps, self.nps_on, self.complaint_on, self.complaint_last_on,
            () if enquiry is None else (enquiry,) * self.enquiries,
        )  # fmt: skip


def cycle_of_days(days: Decimal | None) -> Cycle | None:
    return None if days is None else Cycle(days, Basis.OWN, 3, Decimal(0))


def status_of(visited: Visited, lifecycle: LifecycleThresholds, day: date) -> Status:
    return status_on(marks_of(visited.facts, lifecycle, ChurnThresholds()), day)


def is_active(visited: Visited, lifecycle: LifecycleThresholds, day: date) -> bool:
    until = marks_of(visited.facts, lifecycle, ChurnThresholds()).active_until
    return until is not None and day <= until


def timing(cycle: Cycle, last: date, day: date, risk_cycles: Decimal) -> Timing | None:
    lifecycle = LifecycleThresholds(risk_cycles=risk_cycles)
    return timing_on(marks_of(Facts(1, last, last, cycle), lifecycle, ChurnThresholds()), day)


def losses(
    standing: Standing, churn: ChurnThresholds, day: date, after: date | None = None
) -> tuple[Loss, ...]:
    return losses_on(marks_of(standing.facts, LifecycleThresholds(), churn), day, after)


def silent_since(standing: Standing, churn: ChurnThresholds) -> date | None:
    return marks_of(standing.facts, LifecycleThresholds(), churn).silent_on


def stake(profit: Decimal, visits: int, cycle: Decimal | None, chance: Decimal) -> Decimal | None:
    """Return the money at stake, in roubles, of a client whose every cost is known."""
    kopecks = int(profit * 100)
    yearly = profit_a_year((kopecks, kopecks, 0), visits, cycle, Decimal(0))
    money = money_at_stake(yearly, chance)
    return None if money is None else Decimal(money).scaleb(-2)
