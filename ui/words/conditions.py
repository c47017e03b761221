"""Conditions in words: "companies, regular", "tag “vip” or Source: Avito"."""

from collections.abc import Mapping

from db.domain.condition import STATUS, All, AnyOf, Comparison, Condition, Not, Operator
from db.domain.fields import ClientKind, Field
from ui.words import labels
from ui.words.fields import field_label
from ui.words.i18n import _
from ui.words.kinds import entry_words

Fields = Mapping[str, Field]


def condition_words(condition: Condition, fields: Fields) -> str:
    """Say which clients meet a condition. Groups within groups stand in brackets."""
    match condition:
        case All(()):
            return _("everybody")
        case AnyOf(()):
            return _("nobody")
        case All(parts):
            return ", ".join(_inner(part, fields) for part in parts)
        case AnyOf(parts):
            return _(" or ").join(_inner(part, fields) for part in parts)
        case Not(part):
            return _("except: {whom}").format(whom=_inner(part, fields))
        case Comparison():
            return _comparison_words(condition, fields)


def _inner(part: Condition, fields: Fields) -> str:
    text = condition_words(part, fields)
    is_group = isinstance(part, All | AnyOf) and len(part.conditions) > 1
    return f"({text})" if is_group else text


def _comparison_words(comparison: Comparison, fields: Fields) -> str:
    match comparison:
        case Comparison("kind", Operator.EQUALS, str(kind)):
            return _("companies") if kind == ClientKind.COMPANY else _("persons")
        case Comparison(STATUS.key, Operator.EQUALS, str(status)):
            return labels.status_of_many(status).lower()
        case Comparison("tags", Operator.EQUALS, str(tag)):
            return _("tag “{tag}”").format(tag=tag)
    if comparison.field_key == STATUS.key:
        label, value = _("Status"), str(comparison.value)
    else:
        label = field_label(fields, comparison.field_key)
        value = _value_words(fields.get(comparison.field_key), comparison)
    return _TEXTS[comparison.operator]().format(field=label, value=value)


def _value_words(field: Field | None, comparison: Comparison) -> str:
    if field is None or comparison.operator in (Operator.CONTAINS, Operator.HAS_VALUE):
        return str(comparison.value)
    return entry_words(field, comparison.value)


_TEXTS = {
    Operator.EQUALS: lambda: _("{field}: {value}"),
    Operator.CONTAINS: lambda: _("{field} contains “{value}”"),
    Operator.AT_LEAST: lambda: _("{field} from {value}"),
    Operator.AT_MOST: lambda: _("{field} up to {value}"),
    Operator.HAS_VALUE: lambda: _("{field} is filled in"),
}
