"""A trade preset: the fields, rules, products and numbers that one trade begins with."""

from dataclasses import dataclass
from decimal import Decimal

from db.domain.condition import EVERYBODY, Condition
from db.domain.field_rules import Level
from db.domain.fields import FieldKind


@dataclass(frozen=True, slots=True)
class PresetField:
    key: str
    kind: FieldKind
    label: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PresetRule:
    field_key: str
    level: Level
    purpose: str
    condition: Condition = EVERYBODY


@dataclass(frozen=True, slots=True)
class PresetProduct:
    """A product or service with the days after which a client usually wants it again."""

    name: str
    unit: str
    usual_cycle_days: int


@dataclass(frozen=True, slots=True)
class Preset:
    """Everything a trade begins with, worded in one language. None: the usual number stays."""

    key: str
    fields: tuple[PresetField, ...] = ()
    rules: tuple[PresetRule, ...] = ()
    products: tuple[PresetProduct, ...] = ()
    trade_cycle_days: int | None = None
    lost_months: int | None = None
    trade_margin_percent: Decimal | None = None
