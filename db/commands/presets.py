"""Applying a trade preset: it only adds, and never deletes."""

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
    """Add the fields, rules, products and numbers of a trade. A second run adds nothing.

    An existing field of that key, a rule with the same condition and a changed number stay.
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


def _add_field(session: Session, field: PresetField) -> None:
    row = session.scalar(select(CustomField).where(CustomField.key == field.key))
    if row is None:
        last = session.scalar(select(func.max(CustomField.position)))
        row = CustomField(
            key=field.key,
            label=field.label,
            kind=field.kind,
            position=0 if last is None else last + 1,
        )
        session.add(row)
    row.archived = False  # the preset's rules may need it
    session.flush()
    choices = session.scalars(select(FieldChoice).where(FieldChoice.field_id == row.id)).all()
    known = {
        fold(text) for choice in choices for text in preset_words().choices_of(row.key, choice.text)
    }
    if row.kind is field.kind:
        session.add_all(
            FieldChoice(field_id=row.id, text=text, position=len(choices) + place)
            for place, text in enumerate(t for t in field.choices if fold(t) not in known)
        )


def _add_rule(session: Session, new: PresetRule) -> None:
    if any(
        rule.field_key == new.field_key and meaning(rule.condition) == meaning(new.condition)
        for rule in rules_of_base(session)
    ):
        return
    last = session.scalar(select(func.max(FieldRuleRow.position)))
    session.add(
        FieldRuleRow(
            field_key=new.field_key,
            level=new.level,
            purpose=new.purpose,
            condition=to_json(new.condition),
            position=0 if last is None else last + 1,
        )
    )
    session.flush()


def _add_product(session: Session, product: PresetProduct) -> None:
    keys = tuple(map(fold, preset_words().products_of(product.name)))
    if session.scalar(select(Product.id).where(Product.name_key.in_(keys)).limit(1)) is None:
        session.add(
            Product(
                name=product.name,
                unit=product.unit,
                usual_cycle_days=product.usual_cycle_days,
            )
        )


def _with_numbers(current: Settings, preset: Preset) -> Settings:
    """Return settings with the trade's numbers in place of those that still are the default."""
    default = Settings()
    lifecycle, churn = current.lifecycle, current.churn
    if preset.lost_months is not None:
        if lifecycle.lost_months == default.lifecycle.lost_months:
            lifecycle = replace(lifecycle, lost_months=preset.lost_months)
        if churn.silent_months == default.churn.silent_months:
            churn = replace(churn, silent_months=preset.lost_months)
    margin = current.trade_margin_percent
    if preset.trade_margin_percent is not None and margin == default.trade_margin_percent:
        margin = preset.trade_margin_percent
    return replace(
        current,
        preset=preset.key,
        trade_cycle_days=current.trade_cycle_days or preset.trade_cycle_days,
        trade_margin_percent=margin,
        lifecycle=lifecycle,
        churn=churn,
    )
