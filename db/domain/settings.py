"""Business settings of a base, with their defaults; those of a device are in ui.preferences."""

from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter

from db.domain.churn import ChurnThresholds, LossReason, default_chances
from db.domain.fields import Fault, FieldError
from db.domain.lifecycle import LifecycleThresholds

LANGUAGES = ("ru", "en")  # of the program and of its papers


@dataclass(frozen=True, slots=True)
class Company:
    """Our own company, as papers show it."""

    name: str = ""
    inn: str = ""
    kpp: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    director: str = ""
    director_post: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings stored in a base. Chances are from 0 to 1, percents from 0 to 100."""

    company: Company = field(default_factory=Company)
    preset: str = "empty"
    trade_cycle_days: int | None = None
    # Gross margin of the trade, used where a cost is not known; such sums are marked as estimated.
    trade_margin_percent: Decimal = Decimal(30)
    vat_mode: str = "none"
    # One of LANGUAGES; empty: papers are written in the language of the program.
    paper_language: str = ""
    lifecycle: LifecycleThresholds = field(default_factory=LifecycleThresholds)
    churn: ChurnThresholds = field(default_factory=ChurnThresholds)
    return_chances: dict[LossReason, Decimal] = field(default_factory=default_chances)


_DAYS = (1, 3660)
_LIMITS: tuple[tuple[str, int, int], ...] = (
    ("trade_cycle_days", *_DAYS),
    ("trade_margin_percent", 0, 100),
    ("lifecycle.lost_months", 1, 120),
    ("lifecycle.lost_cycles", 1, 100),
    ("lifecycle.risk_cycles", 1, 100),
    ("lifecycle.new_visits", 0, 1000),
    ("lifecycle.new_days", 0, 3660),
    ("lifecycle.active_months", 1, 120),
    ("churn.silent_months", 1, 120),
    ("churn.silent_cycles", 1, 100),
    ("churn.nps_at_most", 0, 10),
    ("churn.enquiries_over", 0, 1000),
    ("churn.return_days", *_DAYS),
)


def faults(settings: Settings) -> tuple[FieldError, ...]:
    """Return the values out of their limits."""
    errors = [
        FieldError(path, Fault.BAD_NUMBER, str(value))
        for path, least, most in _LIMITS
        if (value := attrgetter(path)(settings)) is not None and not least <= value <= most
    ]
    errors += [
        FieldError(f"return_chances.{reason}", Fault.BAD_NUMBER, str(chance))
        for reason, chance in settings.return_chances.items()
        if not 0 <= chance <= 1
    ]
    if settings.paper_language not in ("", *LANGUAGES):
        errors.append(FieldError("paper_language", Fault.NOT_A_CHOICE, settings.paper_language))
    return tuple(errors)
