"""What can be undone, and what was changed on a card: who, what, when, before, after."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.domain.ids import ChangeId, ClientId
from db.outcome import Reading
from db.schema import Change, ChangeRow, ChangeState, Table

# Bookkeeping of a row that says nothing to a person.
_SILENT = frozenset(
    {"id", "client_id", "version", "created_at", "modified_at", "position", "import_key"}
    | {"name_key", "sort_key", "key", "text_key"}
)


@dataclass(frozen=True, slots=True)
class UndoState:
    """Names of the commands that undo and redo would take, e.g. "UpdateClient"."""

    undo: str | None
    redo: str | None


def undo_state(reading: Reading) -> UndoState:
    undo = reading.session.scalar(
        select(Change.command)
        .where(Change.state == ChangeState.DONE)
        .order_by(Change.id.desc())
        .limit(1)
    )
    redo = reading.session.scalar(
        select(Change.command)
        .where(Change.state == ChangeState.UNDONE)
        .order_by(Change.undone_at.desc(), Change.id)
        .limit(1)
    )
    return UndoState(undo, redo)


@dataclass(frozen=True, slots=True)
class Difference:
    """One column of one row, as the file keeps it; None where there was or is no row."""

    table: str
    row_id: int
    column: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    id: ChangeId
    command: str
    who: str
    at: datetime
    state: ChangeState
    differences: tuple[Difference, ...]


def client_history(reading: Reading, client_id: ClientId, limit: int = 200) -> list[ChangeEntry]:
    """Return the changes of a card, the newest first, whatever day is asked for.

    They say what was done to the file and explain the values of the card, which are the present
    ones.

    Images are read from the newest to the oldest: the row after one change is the row before the
    next one, and after the last it is the row itself.
    """
    changes = reading.session.scalars(
        select(Change)
        .where(
            Change.id.in_(select(ChangeRow.change_id).where(ChangeRow.client_id == client_id)),
        )
        .order_by(Change.id.desc())
    ).all()
    later: dict[tuple[str, int], dict[str, Any] | None] = {}
    entries: list[ChangeEntry] = []
    for change in changes[:limit]:
        differences: list[Difference] = []
        for table, row_id, image in reading.session.execute(_images(change, client_id)).all():
            other = json.loads(image) if image else None
            key = (table, row_id)
            if key not in later:
                later[key] = _row_now(reading.session, table, row_id)
            if change.state is ChangeState.DONE:
                differences += _differences(table, row_id, other, later[key])
                later[key] = other
            else:
                # Undone: the row as it was before is the row now, the image is what was undone.
                differences += _differences(table, row_id, later[key], other)
        entries.append(
            ChangeEntry(
                ChangeId(change.id), change.command, change.who, change.at, change.state,
                tuple(differences),
            )
        )  # fmt: skip
    return entries


def _images(change: Change, client_id: ClientId) -> Select[str, int, str | None]:
    return (
        select(ChangeRow.table_name, ChangeRow.row_id, ChangeRow.image)
        .where(ChangeRow.change_id == change.id, ChangeRow.client_id == client_id)
        .order_by(ChangeRow.id)
    )


def _row_now(session: Session, table: str, row_id: int) -> dict[str, Any] | None:
    held = Table.metadata.tables[table]
    row = session.execute(select(held).where(held.c.id == row_id)).mappings().one_or_none()
    if row is None:
        return None
    dialect = session.get_bind().dialect
    plain: dict[str, Any] = {}
    for column in held.columns:
        write = column.type.dialect_impl(dialect).bind_processor(dialect)
        value = row[column.name]
        plain[column.name] = write(value) if write else value
    return plain


def _differences(
    table: str, row_id: int, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> list[Difference]:
    names = (before or after or {}).keys()
    return [
        Difference(table, row_id, name, (before or {}).get(name), (after or {}).get(name))
        for name in names
        if name not in _SILENT and (before or {}).get(name) != (after or {}).get(name)
    ]
