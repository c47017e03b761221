"""The changes of a card by field: the value before and after."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from db.domain.ids import ChangeId, ClientId
from db.journal.history import ChangeEntry, ColumnChange, client_history
from db.outcome import Reading
from db.schema import ChangeState, CustomField, FieldChoice, Product, Table

# Rows that are one field of the card each, and the column that holds the value.
_CONTACT_VALUE, _TAG, _ANSWER = "value", "tag", "answer"
_CUSTOM_VALUES = ("text", "number", "day", "choice_id")


@dataclass(frozen=True, slots=True)
class Edit:
    """One value that changed. `subject` is the key of a field, or the table of another row with
    its `column` and `row_id`.
    """

    subject: str
    column: str
    row_id: int
    before: Any
    after: Any
    is_field: bool = True


@dataclass(frozen=True, slots=True)
class CardChange:
    """One command that changed a card, with its edits."""

    id: ChangeId
    command: str
    who: str
    at: datetime
    undone: bool
    edits: tuple[Edit, ...]


def card_changes(reading: Reading, client_id: ClientId, limit: int = 200) -> list[CardChange]:
    """Return the changes of a card with typed values, the newest first."""
    entries = client_history(reading, client_id, limit)
    owners = _owners(entries)
    return [
        CardChange(
            entry.id,
            entry.command,
            entry.who,
            entry.at,
            entry.state in (ChangeState.UNDONE, ChangeState.DROPPED),
            tuple(
                edit
                for difference in entry.columns
                if (edit := _edit(reading.session, difference, owners)) is not None
            ),
        )
        for entry in entries
    ]


_Owners = dict[tuple[str, int], Any]
_OWNER_COLUMN = {
    "client_contact": "kind", "custom_value": "field_id", "field_answer": "field_key",
}  # fmt: skip


def _owners(entries: list[ChangeEntry]) -> _Owners:
    """Return the field that each row belongs to, from its images."""
    return {
        (each.table, each.row_id): each.after if each.after is not None else each.before
        for entry in entries
        for each in entry.columns
        if _OWNER_COLUMN.get(each.table) == each.column
    }


def _edit(session: Session, each: ColumnChange, owners: _Owners) -> Edit | None:
    before, after = (_typed(session, each, value) for value in (each.before, each.after))
    row = each.row_id
    if each.table == "client":
        return Edit(each.column, each.column, row, before, after)
    if each.table in _OWNER_COLUMN:
        key = _field_key(session, each, owners)
        shown = {"client_contact": (_CONTACT_VALUE,), "field_answer": (_ANSWER,)}
        if key is None or each.column not in shown.get(each.table, _CUSTOM_VALUES):
            return None
        return Edit(key, each.column, row, before, after)
    if each.table == "client_tag":
        return Edit("tags", _TAG, row, before, after) if each.column == _TAG else None
    if each.table == "contact_person" and each.column == "name":
        return Edit("contact_person", "name", row, before, after)
    if each.column.endswith("_id") and each.column != "product_id":
        return None  # ids are not shown
    return Edit(each.table, each.column, row, before, after, is_field=False)


def _field_key(session: Session, each: ColumnChange, owners: _Owners) -> str | None:
    owner = owners.get((each.table, each.row_id))
    if owner is None:
        table = Table.metadata.tables[each.table]
        row = session.execute(
            table.select().where(table.c.id == each.row_id)
        ).mappings().one_or_none()  # fmt: skip
        owner = row[_OWNER_COLUMN[each.table]] if row else None
    if each.table != "custom_value":
        return None if owner is None else str(owner)
    field = None if owner is None else session.get(CustomField, owner)
    return field.key if field is not None else None


def _typed(session: Session, each: ColumnChange, value: Any) -> Any:
    """Return a value with its Python type; for a choice or a product its text."""
    if value is None:
        return None
    if each.column == "choice_id":
        choice = session.get(FieldChoice, value)
        return choice.text if choice is not None else None
    if each.column == "product_id":
        product = session.get(Product, value)
        return product.name if product is not None else None
    kind = Table.metadata.tables[each.table].c[each.column].type
    dialect = session.get_bind().dialect
    read = kind.dialect_impl(dialect).result_processor(dialect, None)
    return read(value) if read else value
