# ruff: noqa: S608 - every name put into SQL here is ours
"""Undo and redo: both exchange the rows of a change with their images."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Connection, Table, and_, exists, func, or_, select, text
from sqlalchemy import update as update_statement
from sqlalchemy.orm import Session

from db.domain.ids import ChangeId
from db.errors import Trouble, TroubleError
from db.journal.change import discard, new_rows_of, rows_of, stop_recording, written
from db.journal.tables import (
    WHOLE_ROW,
    is_counter,
    packed,
    recorded_columns,
    recorded_tables,
    unpacked,
    whole_image,
)
from db.schema import Change, ChangeRow, ChangeState, RecordedTable
from db.schema.base import SCHEMA_VERSION, now

# How far back undo goes; the history of a card goes back to the first change.
UNDO_CHANGES = 500
UNDO_DAYS = 90

_PARTIAL = "r.image is not null and json_type(r.image, '$.id') is null"
_ENTRIES = "r.change_id = :change and r.table_id = :table"


@dataclass(frozen=True, slots=True)
class Swapped:
    """A change that was undone or redone, and the name of its command."""

    change_id: ChangeId
    command: str


def is_undoable() -> ColumnElement[bool]:
    """Say whether a change is done, of this schema and within UNDO_CHANGES and UNDO_DAYS."""
    newest = select(func.max(Change.id)).scalar_subquery()
    return and_(
        Change.state == ChangeState.DONE,
        Change.schema_version == SCHEMA_VERSION,
        Change.id > newest - UNDO_CHANGES,
        Change.at >= now() - timedelta(days=UNDO_DAYS),
    )


def is_redoable() -> ColumnElement[bool]:
    """Say whether a change is undone and of this schema."""
    return and_(Change.state == ChangeState.UNDONE, Change.schema_version == SCHEMA_VERSION)


def is_sealed() -> ColumnElement[bool]:
    """Say whether a change is sealed, by an erasure or an upgrade; its images stay readable."""
    return or_(Change.state == ChangeState.SEALED, Change.schema_version < SCHEMA_VERSION)


def swap(session: Session, own: ChangeId, target: ChangeId, state: ChangeState) -> Swapped:
    """Exchange every row of a change with its image and give the change its new state.

    `own` is the change under which this is done: it writes nothing itself and is removed.
    Counters grow, so that a form opened before the undo can be told from the row after it.
    """
    session.flush()
    session.expunge_all()
    stop_recording(session)
    discard(session, own)
    command = session.scalars(select(Change.command).where(Change.id == target)).one()
    session.execute(text("pragma defer_foreign_keys = on"))
    connection = session.connection()
    columns = written(session, target).columns
    exchange = [
        _Exchange(connection, table, target, columns[table.name])
        for table in recorded_tables()
        if table.name in columns
    ]
    for one in exchange:
        one.keep_current_rows()
    for one in reversed(exchange):
        one.remove_rows()
    for one in exchange:
        one.put_columns()
        one.put_rows()
    _replace_images(connection, target)
    undone_at = now() if state is ChangeState.UNDONE else None
    session.execute(
        update_statement(Change).where(Change.id == target).values(state=state, undone_at=undone_at)
    )
    return Swapped(target, command)


class _Exchange:
    """The exchange of the rows of one table with their images.

    `columns` are those that differ, with WHOLE_ROW where a row is new or gone.
    """

    def __init__(
        self,
        connection: Connection,
        table: Table,
        change_id: ChangeId,
        columns: AbstractSet[str],
    ) -> None:
        self._connection, self._table = connection, table
        number = connection.scalar(select(RecordedTable.id).where(RecordedTable.name == table.name))
        self._parameters = {"change": change_id, "table": number}
        self._counters = [column.name for column in table.columns if is_counter(column)]
        self._has_whole_rows = WHOLE_ROW in columns
        known = {column.name for column in recorded_columns(table)}
        differ = self._columns_of_partial_images() if self._has_whole_rows else columns
        self._changed_columns = sorted(known & set(differ))

    def keep_current_rows(self) -> None:
        """Write the rows as they are now into `temp.swap_image`, in the form of their images."""
        self._connection.execute(
            text(
                "create temp table if not exists swap_image"
                " (table_id integer, row_id integer, image text, primary key (table_id, row_id))"
            )
        )
        whole = whole_image(self._table, "t")
        columns = "".join(
            f", '$.{name}', {packed(self._table.c[name], 't')}" for name in self._changed_columns
        )
        # Only the columns that differ: a whole image of each row took three times as long.
        same_columns = f"json_replace(r.image{columns})" if columns else "null"
        self._run(
            "insert into temp.swap_image select r.table_id, r.row_id,"
            f" case when t.id is null then null when {_PARTIAL} then {same_columns}"
            f" else {whole} end"
            f" from change_row r left join {self._table.name} t on t.id = r.row_id"
            f" where {_ENTRIES}"
        )

    def remove_rows(self) -> None:
        """Delete the rows that the change made."""
        if self._has_whole_rows:
            self._run(
                f"delete from {self._table.name} where id in"
                f" (select r.row_id from change_row r where {_ENTRIES} and r.image is null)"
            )

    def put_columns(self) -> None:
        """Give the columns that differ their other value."""
        columns = self._changed_columns
        if not columns:
            return
        assignments = [
            f"{name} = case when json_type(r.image, '$.{name}') is null then {self._table.name}"
            f".{name} else {unpacked(self._table.c[name], 'r.image')} end"
            for name in columns
        ]
        assignments += [f"{name} = {self._table.name}.{name} + 1" for name in self._counters]
        if self._has_unique_key_of(columns):
            self._put_columns_aside(assignments)
            return
        self._run(
            f"update {self._table.name} set {', '.join(assignments)} from change_row r"
            f" where r.row_id = {self._table.name}.id and {_ENTRIES} and {_PARTIAL}"
        )

    def _put_columns_aside(self, assignments: list[str]) -> None:
        """Exchange the rows in a temporary table: two of them may exchange a unique key."""
        mine = f"select r.row_id from change_row r where {_ENTRIES} and {_PARTIAL}"
        name = self._table.name
        self._run(f"create temp table swap_row as select * from {name} where 0")
        self._run(f"insert into temp.swap_row select * from {name} where id in ({mine})")
        elsewhere = ", ".join(assignments).replace(f"{name}.", "swap_row.")
        self._run(
            f"update temp.swap_row set {elsewhere} from change_row r"
            f" where r.row_id = swap_row.id and {_ENTRIES}"
        )
        self._run(f"delete from {name} where id in ({mine})")
        self._run(f"insert into {name} select * from temp.swap_row")
        self._run("drop table temp.swap_row")

    def put_rows(self) -> None:
        """Bring back rows that were removed."""
        if not self._has_whole_rows:
            return
        names = [column.name for column in self._table.columns]
        values = ", ".join(
            unpacked(column, "r.image") + (" + 1" if is_counter(column) else "")
            for column in self._table.columns
        )
        updates = ", ".join(f"{name} = excluded.{name}" for name in names if name != "id")
        self._run(
            f"insert into {self._table.name} ({', '.join(names)}) select {values}"
            f" from change_row r where {_ENTRIES} and json_type(r.image, '$.id') is not null"
            f" on conflict (id) do update set {updates}"
        )

    def _columns_of_partial_images(self) -> Iterable[str]:
        return self._connection.scalars(
            text(
                "select distinct j.key from change_row r, json_each(r.image) j"
                f" where {_ENTRIES} and {_PARTIAL}"
            ),
            self._parameters,
        )

    def _has_unique_key_of(self, columns: list[str]) -> bool:
        return any(
            index.unique and {column.name for column in index.columns} & set(columns)
            for index in self._table.indexes
        )

    def _run(self, sql: str) -> None:
        given = {name: self._parameters[name] for name in self._parameters if f":{name}" in sql}
        self._connection.execute(text(sql), given)


def _replace_images(connection: Connection, change_id: ChangeId) -> None:
    connection.execute(
        text(
            "update change_row set image = s.image from temp.swap_image s"
            " where s.table_id = change_row.table_id and s.row_id = change_row.row_id"
            " and change_row.change_id = :change"
        ),
        {"change": change_id},
    )
    connection.execute(text("drop table temp.swap_image"))


def demand_not_overtaken(session: Session, change_id: ChangeId) -> None:
    """Raise USED_LATER when a later change wrote the same rows or rows that refer to new ones.

    The later rows are few; starting from those of the change would cost seconds for an import.
    """
    mine, later = ChangeRow.__table__.alias("mine"), ChangeRow.__table__.alias("later")
    same_row = (
        (mine.c.change_id == change_id)
        & (mine.c.table_id == later.c.table_id)
        & (mine.c.row_id == later.c.row_id)
    )
    done = select(Change.id).where(Change.state == ChangeState.DONE, Change.id > change_id)
    rows = session.execute(
        select(later.c.client_id)
        .select_from(later.join(mine, same_row))
        .where(later.c.change_id.in_(done))
        .distinct()
    ).all()
    clients = {row.client_id for row in rows} - {None}
    if rows or _is_referred_to(session, change_id):
        raise TroubleError(Trouble.USED_LATER, str(len(clients)))


def _is_referred_to(session: Session, change_id: ChangeId) -> bool:
    """Say whether a row that is not of this change refers to one that it made."""
    for table in recorded_tables():
        for key in table.foreign_keys:
            made = new_rows_of(change_id, key.column.table.name)
            others = table.c.id.not_in(rows_of(change_id, table.name))
            if session.scalar(select(exists().where(key.parent.in_(made), others))):
                return True
    return False
