"""Conditions on a client: comparisons of a field with a value, joined by and, or, not.

A row gives the values of one client by field key, as `db.domain.fields` describes them; a field it
does not name is empty. `holds` is the meaning of a condition; `db.derived.conditions` is the same
in SQL, and a test compares the two.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache

from db.domain.fields import CardValue, Entry, Fault, Field, FieldError, FieldKind
from db.domain.kinds import KINDS, entries_of, value_fault
from db.domain.lifecycle import Status
from db.domain.text import fold

# A computed value that conditions compare like a field; it depends on the day.
STATUS = Field("status", FieldKind.CHOICE, codes=tuple(Status))
OF_THE_DAY = frozenset({STATUS.key})

_DEEPEST = 20  # levels of groups within groups


class Operator(StrEnum):
    """How an entry is compared. Of several entries of a field, one must fit.

    Texts are compared folded. AT_LEAST and AT_MOST are for numbers, money and dates.
    """

    EQUALS = "equals"
    CONTAINS = "contains"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    HAS_VALUE = "has_value"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field compared with one value; HAS_VALUE needs no value."""

    field_key: str
    operator: Operator
    value: Entry = ""


@dataclass(frozen=True, slots=True)
class All:
    """Holds where every condition holds; without conditions, for every client."""

    conditions: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds where one of the conditions holds; without conditions, for no client."""

    conditions: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """Holds where the condition does not."""

    condition: "Condition"


Condition = Comparison | All | AnyOf | Not
Row = Mapping[str, CardValue]
EVERYBODY = All(())
NOBODY = AnyOf(())


def has_status(status: Status) -> Comparison:
    """Return the condition that a client has this status."""
    return equals(STATUS.key, status.value)


def equals(field_key: str, value: Entry) -> Comparison:
    """Return the condition that a field has this value as one of its entries."""
    return Comparison(field_key, Operator.EQUALS, value)


def holds(condition: Condition, row: Row) -> bool:
    """Say whether a client meets a condition."""
    match condition:
        case All(parts):
            return all(holds(part, row) for part in parts)
        case AnyOf(parts):
            return any(holds(part, row) for part in parts)
        case Not(part):
            return not holds(part, row)
        case Comparison(field_key, operator, value):
            return any(
                fits(entry, operator, value)
                for entry in entries_of(row.get(field_key))
                if entry != ""
            )


def fits(entry: Entry, operator: Operator, value: Entry) -> bool:
    """Say whether one entry of a field meets a comparison; entries of another type never do."""
    if operator is Operator.HAS_VALUE:
        return True
    if isinstance(entry, str) and isinstance(value, str):
        one, other = fold(entry), fold(value)
        if operator is Operator.CONTAINS:
            return other in one
        return operator is Operator.EQUALS and one == other
    if isinstance(entry, bool) or isinstance(value, bool):
        return operator is Operator.EQUALS and entry is value
    if isinstance(entry, Decimal) and isinstance(value, Decimal):
        return _compares(entry.compare(value), operator)
    if isinstance(entry, date) and isinstance(value, date):
        return _compares((entry - value).days, operator)
    return False


def _compares(difference: Decimal | int, operator: Operator) -> bool:
    match operator:
        case Operator.AT_LEAST:
            return difference >= 0
        case Operator.AT_MOST:
            return difference <= 0
        case _:
            return operator is Operator.EQUALS and difference == 0


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Give the comparisons of a condition from left to right."""
    match condition:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from comparisons(part)
        case Not(part):
            yield from comparisons(part)
        case Comparison():
            yield condition


def fields_of(condition: Condition) -> frozenset[str]:
    """Return the keys of the fields that a condition names."""
    return frozenset(comparison.field_key for comparison in comparisons(condition))


def without(condition: Condition, field_keys: frozenset[str]) -> Condition:
    """Return the strongest condition that follows from this one and names none of the fields.

    Every client who meets the condition meets the result, whatever the fields are.
    """
    return _replaced(condition, field_keys, by=True)


def _replaced(condition: Condition, field_keys: frozenset[str], *, by: bool) -> Condition:
    match condition:
        case All(parts):
            return All(tuple(_replaced(part, field_keys, by=by) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_replaced(part, field_keys, by=by) for part in parts))
        case Not(part):
            return Not(_replaced(part, field_keys, by=not by))
        case Comparison(field_key):
            if field_key not in field_keys:
                return condition
            return EVERYBODY if by else NOBODY


def with_value_renamed(condition: Condition, field_key: str, old: str, new: str) -> Condition:
    """Return the condition after a value of a list got another name."""
    match condition:
        case All(parts):
            return All(tuple(with_value_renamed(part, field_key, old, new) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(with_value_renamed(part, field_key, old, new) for part in parts))
        case Not(part):
            return Not(with_value_renamed(part, field_key, old, new))
        case Comparison(key, Operator.EQUALS, str(value)):
            same = key == field_key and fold(value) == fold(old)
            return equals(key, new) if same else condition
        case _:
            return condition


def meaning(condition: Condition) -> object:
    """Return a form in which two conditions that differ in order and case alone are equal."""
    match condition:
        case All(parts):
            return "all", frozenset(meaning(part) for part in parts)
        case AnyOf(parts):
            return "any", frozenset(meaning(part) for part in parts)
        case Not(part):
            return "not", meaning(part)
        case Comparison(field_key, Operator.HAS_VALUE):
            return field_key, Operator.HAS_VALUE
        case Comparison(field_key, operator, value):
            plain = fold(value) if isinstance(value, str) else value
            return field_key, operator, type(plain), plain


def condition_faults(condition: Condition, fields: Mapping[str, Field]) -> tuple[FieldError, ...]:
    """Return why a condition can't be stored: a field, an operator or a value that does not fit."""
    errors = []
    for comparison in comparisons(condition):
        key = comparison.field_key
        field = STATUS if key == STATUS.key else fields.get(key)
        fault = Fault.NO_SUCH_FIELD if field is None else _comparison_fault(field, comparison)
        if fault is not None:
            errors.append(FieldError(key, fault, key if field is None else str(comparison.value)))
    return tuple(errors)


def _comparison_fault(field: Field, comparison: Comparison) -> Fault | None:
    kind, value = KINDS[field.kind], comparison.value
    match comparison.operator:
        case Operator.HAS_VALUE:
            return None
        case Operator.EQUALS if field.codes:
            return None if value in field.codes else Fault.NOT_A_CHOICE
        case Operator.EQUALS if value != "":
            return value_fault(field, (str(value),) if kind.several else value)
        case Operator.CONTAINS if value != "":
            is_text = kind.entry_type is str and isinstance(value, str)
            return None if is_text else Fault.WRONG_KIND
        case Operator.AT_LEAST | Operator.AT_MOST if kind.entry_type in (Decimal, date):
            return value_fault(field, value) if value != "" else Fault.REQUIRED
        case Operator.AT_LEAST | Operator.AT_MOST:
            return Fault.WRONG_KIND
        case _:
            return Fault.REQUIRED


# As it is stored -------------------------------------------------------------------------------


def to_json(condition: Condition) -> str:
    """Return a condition as text.

    `{"all": […]}`, `{"any": […]}`, `{"not": …}`, or `{"field", "is", "value"}`, where a value is a
    text, true or false, `{"number": "1.5"}` or `{"day": "2026-03-08"}`.
    """
    return json.dumps(_document(condition), ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=256)  # every list and every save reads the rules of the base
def from_json(text: str) -> Condition:
    """Read what `to_json` wrote. Raises ValueError for anything else."""
    try:
        return _read(json.loads(text), _DEEPEST)
    except (TypeError, KeyError, InvalidOperation, RecursionError) as error:
        raise ValueError(text) from error


def _document(condition: Condition) -> dict[str, object]:
    match condition:
        case All(parts):
            return {"all": [_document(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [_document(part) for part in parts]}
        case Not(part):
            return {"not": _document(part)}
        case Comparison(field_key, Operator.HAS_VALUE):
            return {"field": field_key, "is": Operator.HAS_VALUE}
        case Comparison(field_key, operator, value):
            return {"field": field_key, "is": operator, "value": _value_document(value)}


def _value_document(value: Entry) -> object:
    if isinstance(value, Decimal):
        return {"number": str(value)}
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _read(document: object, levels: int) -> Condition:
    if levels == 0:
        raise ValueError(document)
    match document:
        case {"all": [*parts]}:
            return All(tuple(_read(part, levels - 1) for part in parts))
        case {"any": [*parts]}:
            return AnyOf(tuple(_read(part, levels - 1) for part in parts))
        case {"not": part}:
            return Not(_read(part, levels - 1))
        case {"field": str(field_key), "is": "has_value"}:
            return Comparison(field_key, Operator.HAS_VALUE)
        case {"field": str(field_key), "is": str(operator), "value": value}:
            return Comparison(field_key, Operator(operator), _read_value(value))
        case _:
            raise ValueError(document)


def _read_value(value: object) -> Entry:
    match value:
        case str() | bool():
            return value
        case {"number": str(number)} if Decimal(number).is_finite():
            return Decimal(number)
        case {"day": str(day)}:
            return date.fromisoformat(day)
        case _:
            raise ValueError(value)
