"""Reading the trade presets that the program ships with."""

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from db.domain.fields import FieldKind
from db.domain.presets import Preset, PresetField, PresetProduct, PresetRule
from db.domain.rules import Level
from db.errors import Trouble, TroubleError


def presets(language: str) -> tuple[Preset, ...]:
    """Return all presets, worded in `ru` or `en`, in the order in which they are offered."""
    return tuple(_preset(held, language) for held in _shipped())


def preset(key: str, language: str) -> Preset:
    """Return one preset. Raises TroubleError NO_SUCH_PRESET."""
    for held in _shipped():
        if held["key"] == key:
            return _preset(held, language)
    raise TroubleError(Trouble.NO_SUCH_PRESET, key)


@cache
def _shipped() -> list[dict[str, Any]]:
    place = files("resources") / "presets" / "presets.json"
    shipped: list[dict[str, Any]] = json.loads(place.read_text(encoding="utf-8"))
    return shipped


def _preset(held: Mapping[str, Any], language: str) -> Preset:
    margin = held.get("trade_margin_percent")
    return Preset(
        held["key"],
        tuple(_field(field, language) for field in held["fields"]),
        tuple(_rule(rule, language) for rule in held["rules"]),
        tuple(_product(product, language) for product in held["products"]),
        held.get("trade_cycle_days"),
        held.get("lost_months"),
        None if margin is None else Decimal(margin),
    )


def _field(held: Mapping[str, Any], language: str) -> PresetField:
    choices = tuple(choice[language] for choice in held.get("choices", ()))
    return PresetField(held["key"], FieldKind(held["kind"]), held["label"][language], choices)


def _rule(held: Mapping[str, Any], language: str) -> PresetRule:
    return PresetRule(
        held["field"],
        Level(held["level"]),
        held["purpose"][language],
        held.get("kind"),
        held.get("status"),
    )


def _product(held: Mapping[str, Any], language: str) -> PresetProduct:
    return PresetProduct(held["name"][language], held["unit"][language], held["usual_cycle_days"])
