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
    """Return all presets in a language (`ru`, `en`), in the order in which they are shown."""
    return tuple(_preset(entry, language) for entry in shipped())


def preset(key: str, language: str) -> Preset:
    """Return one preset. Raises TroubleError NO_SUCH_PRESET."""
    for entry in shipped():
        if entry["key"] == key:
            return _preset(entry, language)
    raise TroubleError(Trouble.NO_SUCH_PRESET, key)


def make_base(
    target: Path, wanted: Preset | None = None, company: str = "", language: str = ""
) -> None:
    """Make a base for a trade, or an empty one; it appears whole or not at all.

    `company` is the name of our company on offers; `language` is that of offers, one of LANGUAGES,
    empty: the language of the program. The first content is not in the journal: it can't be undone.
    Raises TroubleError, as `create_base` does.
    """

    def fill(connection: Connection) -> None:
        with Session(connection) as session:
            writing = first_writing(session, today())
            if wanted is not None:
                ApplyPreset(wanted).run(writing)
            current = settings(session)
            own = replace(current.company, name=company)
            ChangeSettings(replace(current, company=own, paper_language=language)).run(writing)
            session.flush()

    create_base(target, fill)


def first_writing(session: Session, day: date) -> Writing:
    """Return a Writing for commands that fill a new base, which has no journal yet."""
    return Writing(session, ChangeId(0), day)


def _preset(entry: Mapping[str, Any], language: str) -> Preset:
    margin = entry.get("trade_margin_percent")
    return Preset(
        entry["key"],
        tuple(_field(field, language) for field in entry["fields"]),
        tuple(_rule(rule, language) for rule in entry["rules"]),
        tuple(_product(product, language) for product in entry["products"]),
        entry.get("trade_cycle_days"),
        entry.get("lost_months"),
        None if margin is None else Decimal(margin),
    )


def _field(entry: Mapping[str, Any], language: str) -> PresetField:
    choices = tuple(choice[language] for choice in entry.get("choices", ()))
    return PresetField(entry["key"], FieldKind(entry["kind"]), entry["label"][language], choices)


def _rule(entry: Mapping[str, Any], language: str) -> PresetRule:
    return PresetRule(
        entry["field"],
        Level(entry["level"]),
        entry["purpose"][language],
        Scope(entry.get("kind"), entry.get("status")).condition(),
    )


def _product(entry: Mapping[str, Any], language: str) -> PresetProduct:
    return PresetProduct(
        entry["name"][language], entry["unit"][language], entry["usual_cycle_days"]
    )
