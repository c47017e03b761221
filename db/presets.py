"""The trade presets that the program ships with, and making a base for a trade."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from db.client_base import today
from db.commands.presets import ApplyPreset
from db.commands.settings import ChangeSettings
from db.domain.field_rules import Level, Scope
from db.domain.fields import FieldKind
from db.domain.ids import ChangeId
from db.domain.presets import Preset, PresetField, PresetProduct, PresetRule
from db.errors import Trouble, TroubleError
from db.file.create import create_base
from db.outcome import Writing
from db.preset_words import shipped
from db.records.settings import settings


def presets(language: str) -> tuple[Preset, ...]:
    """Return all presets, worded in `ru` or `en`, in the order in which they are offered."""
    return tuple(_preset(held, language) for held in shipped())


def preset(key: str, language: str) -> Preset:
    """Return one preset. Raises TroubleError NO_SUCH_PRESET."""
    for held in shipped():
        if held["key"] == key:
            return _preset(held, language)
    raise TroubleError(Trouble.NO_SUCH_PRESET, key)


def make_base(
    target: Path, wanted: Preset | None = None, company: str = "", language: str = ""
) -> None:
    """Make a base for a trade, or an empty one; it appears whole or not at all.

    `company` is our own name, as offers will show it; `language` is the one they are written in,
    one of LANGUAGES, empty: the language of the program.

    What it begins with is no change of the owner's, so it can't be undone.
    """

    def fill(connection: Connection) -> None:
        with Session(connection) as session:
            writing = first_writing(session, today())
            if wanted is not None:
                ApplyPreset(wanted).run(writing)
            held = settings(session)
            ours = replace(held.company, name=company)
            ChangeSettings(replace(held, company=ours, paper_language=language)).run(writing)
            session.flush()

    create_base(target, fill)


def first_writing(session: Session, day: date) -> Writing:
    """Return what commands write with while a base is made: there is no journal yet."""
    return Writing(session, ChangeId(0), day)


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
        Scope(held.get("kind"), held.get("status")).condition(),
    )


def _product(held: Mapping[str, Any], language: str) -> PresetProduct:
    return PresetProduct(held["name"][language], held["unit"][language], held["usual_cycle_days"])
