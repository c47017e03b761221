"""Conditions (`db.domain.condition`) in SQL: the one translation, for lists and field rules."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    SQLColumnExpression,
    and_,
    false,
    func,
    not_,
    or_,
    select,
    true,
)

from db.domain.condition import STATUS, All, AnyOf, Comparison, Condition, Not, Operator, fits
from db.domain.fields import Entry, Field
from db.domain.kinds import KINDS
from db.domain.text import fold
from db.records.field_values import stored

Fields = Mapping[str, Field]


def meets(
    condition: Condition,
    owner: SQLColumnExpression[int],
    fields: Fields,
    status: ColumnElement[str] | None = None,
) -> ColumnElement[bool]:
    """Return the SQL of a condition on the client whose id is `owner`; it is never NULL.

    `status` is that client's status in the same statement; without it, no status fits. A field
    that is not among `fields` is empty.
    """
    match condition:
        case All(parts):
            return and_(true(), *(meets(part, owner, fields, status) for part in parts))
        case AnyOf(parts):
            return or_(false(), *(meets(part, owner, fields, status) for part in parts))
        case Not(part):
            return not_(meets(part, owner, fields, status))
        case Comparison(STATUS.key):
            return false() if status is None else status.in_(_fitting(STATUS.codes, condition))
        case Comparison(key):
            field = fields.get(key)
            return false() if field is None else _compared(field, condition, owner)


def _compared(
    field: Field, comparison: Comparison, owner: SQLColumnExpression[int]
) -> ColumnElement[bool]:
    where = stored(field)
    clients = select(where.owner).where(*where.rows, where.column.is_not(None))
    return owner.in_(clients.where(_fits(field, where.column, comparison)))


def _fits(
    field: Field, column: SQLColumnExpression[Any], comparison: Comparison
) -> ColumnElement[bool]:
    """Return the SQL of `db.domain.condition.fits` on the entry in a column."""
    kind, value = KINDS[field.kind], comparison.value
    if field.codes:
        return column.in_(_fitting(field.codes, comparison))
    if kind.has_choices:
        chosen = [one.id for one in field.choices if _is_fitting(one.text, comparison)]
        return column.in_(chosen)
    if comparison.operator is Operator.HAS_VALUE:
        return column != "" if kind.is_text else true()
    if not isinstance(value, kind.entry_type):
        return false()
    if isinstance(value, str):
        return _text_fits(column, comparison.operator, value)
    if isinstance(value, bool):
        stored_value = kind.store(value, field) if field.is_custom else value
        return column == stored_value if comparison.operator is Operator.EQUALS else false()
    return _measure_fits(column, comparison.operator, value)


def _text_fits(
    column: SQLColumnExpression[Any], operator: Operator, value: str
) -> ColumnElement[bool]:
    # `fold` is registered by db.file: SQLite folds no Cyrillic.
    match operator:
        case Operator.EQUALS:
            return and_(column != "", func.fold(column) == fold(value))
        case Operator.CONTAINS:
            return and_(column != "", func.instr(func.fold(column), fold(value)) > 0)
        case _:
            return false()


def _measure_fits(
    column: SQLColumnExpression[Any], operator: Operator, value: Decimal | date
) -> ColumnElement[bool]:
    match operator:
        case Operator.EQUALS:
            return column == value
        case Operator.AT_LEAST:
            return column >= value
        case Operator.AT_MOST:
            return column <= value
        case _:
            return false()


def _fitting(codes: tuple[str, ...], comparison: Comparison) -> list[str]:
    return [code for code in codes if _is_fitting(code, comparison)]


def _is_fitting(entry: Entry, comparison: Comparison) -> bool:
    return fits(entry, comparison.operator, comparison.value)
