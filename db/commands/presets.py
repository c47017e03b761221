"""Applying a trade preset: it adds what is not there and never deletes."""

from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.commands.settings import ChangeSettings
from db.domain.condition import meaning, to_json
from db.domain.presets import Preset, PresetField, PresetProduct, PresetRule
from db.domain.settings import Settings
from db.domain.text import fold
from db.outcome import Writing
from db.preset_words import preset_words
from db.records.cards import rules_of_base
from db.records.settings import settings
from db.schema import CustomField, FieldChoice, FieldRuleRow, Product


@dataclass(frozen=True, slots=True)
class ApplyPreset:
    """Add the fields, rules, products and numbers of a trade. A second time it adds nothing.

    What the owner has already (a field of that key, a rule for it, a changed number) stays.
    """

    preset: Preset

    def run(self, writing: Writing) -> None:
        session = writing.session
        for field in self.preset.fields:
            _add_field(session, field)
        for rule in self.preset.rules:
            _add_rule(session, rule)
        for product in self.preset.products:
            _add_product(session, product)
        ChangeSettings(_with_numbers(settings(session), self.preset)).run(writing)


def _add_field(session: Session, wanted: PresetField) -> None:
    row = session.scalar(select(CustomField).where(CustomField.key == wanted.key))
    if row is None:
        last = session.scalar(select(func.max(CustomField.position)))
        row = CustomField(
            key=wanted.key,
            label=wanted.label,
            kind=wanted.kind,
            position=0 if last is None else last + 1,
        )
        session.add(row)
    row.archived = False  # a rule that asks for it must find it on the card
    session.flush()
    held = session.scalars(select(FieldChoice).where(FieldChoice.field_id == row.id)).all()
    known = {
        fold(text) for choice in held for text in preset_words().choices_of(row.key, choice.text)
    }
    if row.kind is wanted.kind:
        session.add_all(
            FieldChoice(field_id=row.id, text=text, position=len(held) + place)
            for place, text in enumerate(t for t in wanted.choices if fold(t) not in known)
        )


def _add_rule(session: Session, wanted: PresetRule) -> None:
    if any(
        rule.field_key == wanted.field_key and meaning(rule.condition) == meaning(wanted.condition)
        for rule in rules_of_base(session)
    ):
        return
    last = session.scalar(select(func.max(FieldRuleRow.position)))
    session.add(
        FieldRuleRow(
            field_key=wanted.field_key,
            level=wanted.level,
            purpose=wanted.purpose,
            condition=to_json(wanted.condition),
            position=0 if last is None else last + 1,
        )
    )
    session.flush()


def _add_product(session: Session, wanted: PresetProduct) -> None:
    keys = tuple(map(fold, preset_words().products_of(wanted.name)))
    if session.scalar(select(Product.id).where(Product.name_key.in_(keys)).limit(1)) is None:
        session.add(
            Product(name=wanted.name, unit=wanted.unit, usual_cycle_days=wanted.usual_cycle_days)
        )


def _with_numbers(held: Settings, preset: Preset) -> Settings:
    """Put the trade's numbers where the owner has left the usual ones."""
    usual = Settings()
    lifecycle, churn = held.lifecycle, held.churn
    if preset.lost_months is not None:
        if lifecycle.lost_months == usual.lifecycle.lost_months:
            lifecycle = replace(lifecycle, lost_months=preset.lost_months)
        if churn.silent_months == usual.churn.silent_months:
            churn = replace(churn, silent_months=preset.lost_months)
    margin = held.trade_margin_percent
    if preset.trade_margin_percent is not None and margin == usual.trade_margin_percent:
        margin = preset.trade_margin_percent
    return replace(
        held,
        preset=preset.key,
        trade_cycle_days=held.trade_cycle_days or preset.trade_cycle_days,
        trade_margin_percent=margin,
        lifecycle=lifecycle,
        churn=churn,
    )
