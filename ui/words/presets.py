"""Own fields in words: those of a preset follow the language in use, renamed ones stay as named."""

from db.domain.field_rules import FieldRule
from db.domain.fields import Field
from db.preset_words import preset_words
from ui.words.i18n import language


def own_label(field: Field) -> str:
    """Return the label of an own field."""
    return preset_words().label(field.key, field.label, language())


def choice_text(field: Field, stored: str) -> str:
    """Return a value of the list of an own field as it is shown; cards keep the stored one."""
    return preset_words().choice(field.key, stored, language())


def purpose(rule: FieldRule) -> str:
    """Return what a mandatory field is needed for; empty where the owner gave no purpose."""
    return preset_words().purpose(rule.field_key, rule.purpose, language())
