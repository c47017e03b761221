"""What the owner has set up: fields, field rules, settings."""

from db.domain.field_rules import FieldRule
from db.domain.fields import Field
from db.domain.settings import Settings
from db.outcome import Reading
from db.records.cards import custom_fields, fields_of_base, rules_of_base
from db.records.settings import settings


def all_fields(reading: Reading) -> dict[str, Field]:
    """Return standard and own fields by key, in the order of the card."""
    return fields_of_base(reading.session)


def own_fields(reading: Reading) -> tuple[Field, ...]:
    """Return the owner's own fields in the order of the card, without archived ones."""
    return custom_fields(reading.session)


def all_rules(reading: Reading) -> tuple[FieldRule, ...]:
    """Return the field rules in their order."""
    return rules_of_base(reading.session)


def owner_settings(reading: Reading) -> Settings:
    """Return the settings of the base. Raises DamagedValueError when one can't be read."""
    return settings(reading.session)
