"""A trade preset: the fields, rules, products and numbers for one trade."""

from dataclasses import dataclass
from decimal import Decimal

from db.domain.condition import EVERYBODY, Condition
from db.domain.field_rules import Level
from db.domain.fields import FieldKind


@dataclass(frozen=True, slots=True)
class PresetField:
    """A field to add; its words are in one language."""

    key: str
    kind: FieldKind
    label: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PresetRule:
    """A field rule to add; `purpose` is in one language."""

    field_key: str
    level: Level
    purpose: str
    condition: Condition = EVERYBODY


@dataclass(frozen=True, slots=True)
class PresetProduct:
    """A product or service; `usual_cycle_days`: days after which clients usually buy it again."""

    name: str
    unit: str
    usual_cycle_days: int


@dataclass(frozen=True, slots=True)
class Preset:
    """What a preset adds, in one language. None: the default number stays."""

    key: str
    fields: tuple[PresetField, ...] = ()
    rules: tuple[PresetRule, ...] = ()
    products: tuple[PresetProduct, ...] = ()
    trade_cycle_days: int | None = None
    lost_months: int | None = None
    trade_margin_percent: Decimal | None = None
