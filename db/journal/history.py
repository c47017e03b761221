"""What can be undone, and the changes of a card: who, what, when, before, after."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import Session

from db.domain.ids import ChangeId, ClientId
from db.journal.tables import WHOLE_ROW, recorded_columns
from db.journal.undo import is_redoable, is_sealed, is_undoable
from db.outcome import Reading
from db.schema import Change, ChangeClient, ChangeRow, ChangeState, RecordedTable, Table

# Columns that are not shown in the history.
_SILENT = frozenset(
    {"id", "client_id", "created_at", "modified_at", "position", "import_key"}
    | {"name_key", "sort_key", "key", "text_key"}
)

Row = dict[str, Any]  # a row by column, as the file keeps it


@dataclass(frozen=True, slots=True)
class UndoState:
    """Names of the commands that undo and redo would take, e.g. "UpdateClient".

    `sealed`: nothing can be undone, but there are changes from before an upgrade of the base.
    """

    undo: str | None
    redo: str | None
    sealed: bool = False


def undo_state(reading: Reading) -> UndoState:
    """Return what undo and redo would do now."""
    session = reading.session
    undo = session.scalar(
        select(Change.command).where(is_undoable()).order_by(Change.id.desc()).limit(1)
    )
    redo = session.scalar(
        select(Change.command)
        .where(is_redoable())
        .order_by(Change.undone_at.desc(), Change.id)
        .limit(1)
    )
    sealed = select(Change.id).where(is_sealed()).limit(1)
    return UndoState(undo, redo, undo is None and session.scalar(sealed) is not None)


@dataclass(frozen=True, slots=True)
class ColumnChange:
    """One column of one row, as stored; None where there was or is no row."""

    table: str
    row_id: int
    column: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """One change of a card; `columns` has only those of the present schema."""

    id: ChangeId
    command: str
    who: str
    at: datetime
    state: ChangeState
    columns: tuple[ColumnChange, ...]


def client_history(reading: Reading, client_id: ClientId, limit: int = 200) -> list[ChangeEntry]:
    """Return the changes of a card, the newest first, whatever the day of the reading.

    They explain the present values of the card. Images are read
    from the newest to the oldest: the row after one change is the row before the next one, and
    after the last it is the row itself.
    """
    session, entries = reading.session, _entries_of(client_id)
    changes = session.scalars(
        select(Change)
        .where(Change.id.in_(select(entries.c.change_id)))
        .order_by(Change.id.desc())
        .limit(limit)
    ).all()
    rows = _RowsThen(session)
    return [
        ChangeEntry(
            ChangeId(change.id), change.command, change.who, change.at, change.state,
            tuple(
                column
                for table, row_id, image in session.execute(
                    select(RecordedTable.name, entries.c.row_id, entries.c.image)
                    .join(RecordedTable, RecordedTable.id == entries.c.table_id)
                    .where(entries.c.change_id == change.id)
                    .order_by(entries.c.table_id, entries.c.row_id)
                )
                for column in rows.step_back(change.state, table, row_id, image)
            ),
        )
        for change in changes
    ]  # fmt: skip


def _entries_of(client_id: ClientId) -> Any:
    further = select(ChangeClient.change_id, ChangeClient.table_id, ChangeClient.row_id).where(
        ChangeClient.client_id == client_id
    )
    key = tuple_(ChangeRow.change_id, ChangeRow.table_id, ChangeRow.row_id)
    return (
        select(ChangeRow.change_id, ChangeRow.table_id, ChangeRow.row_id, ChangeRow.image)
        .where(or_(ChangeRow.client_id == client_id, key.in_(further)))
        .subquery()
    )


class _RowsThen:
    """Rows as they were after a change, while changes are read from the newest to the oldest."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rows: dict[tuple[str, int], Row | None] = {}

    def step_back(
        self, state: ChangeState, table: str, row_id: int, image: str | None
    ) -> list[ColumnChange]:
        """Return what a change made of a row, and go back to the row before it.

        A change that is not done any more left the row as it was: its image is what was undone.
        """
        if table not in Table.metadata.tables:
            return []
        key = (table, row_id)
        if key not in self._rows:
            self._rows[key] = self._row_now(table, row_id)
        after = self._rows[key]
        other = _other_side(after, image)
        if state in (ChangeState.UNDONE, ChangeState.DROPPED):
            return _column_changes(table, row_id, after, other)
        self._rows[key] = other
        return _column_changes(table, row_id, other, after)

    def _row_now(self, table: str, row_id: int) -> Row | None:
        columns = Table.metadata.tables[table]
        row = self._session.execute(
            select(columns).where(columns.c.id == row_id)
        ).mappings().one_or_none()  # fmt: skip
        if row is None:
            return None
        dialect = self._session.get_bind().dialect
        plain: Row = {}
        for column in columns.columns:
            write = column.type.dialect_impl(dialect).bind_processor(dialect)
            value = row[column.name]
            plain[column.name] = write(value) if write else value
        return plain


def _other_side(row: Row | None, image: str | None) -> Row | None:
    if image is None:
        return None
    columns: Row = json.loads(image)
    return columns if WHOLE_ROW in columns else {**(row or {}), **columns}


def _column_changes(
    table: str, row_id: int, before: Row | None, after: Row | None
) -> list[ColumnChange]:
    known = [column.name for column in recorded_columns(Table.metadata.tables[table])]
    old, new = before or {}, after or {}
    return [
        ColumnChange(table, row_id, name, old.get(name), new.get(name))
        for name in known
        if name not in _SILENT and old.get(name) != new.get(name)
    ]
