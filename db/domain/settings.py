"""Business settings of a base, with their defaults. What a device remembers is not here."""

from dataclasses import dataclass, field
from decimal import Decimal

from db.domain.churn import ChurnRule, Reason, default_chances
from db.domain.lifecycle import LifecycleRule


@dataclass(frozen=True, slots=True)
class Company:
    """Our own side, as it stands on papers."""

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
    company: Company = field(default_factory=Company)
    preset: str = "empty"
    currency: str = "RUB"
    decimals: int = 2
    trade_cycle_days: int | None = None
    # Gross margin of the trade, used where a cost is not known; what rests on it says "estimated".
    trade_margin_percent: Decimal = Decimal(30)
    vat_mode: str = "none"
    lifecycle: LifecycleRule = field(default_factory=LifecycleRule)
    churn: ChurnRule = field(default_factory=ChurnRule)
    return_chances: dict[Reason, Decimal] = field(default_factory=default_chances)
