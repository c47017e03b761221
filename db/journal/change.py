# ruff: noqa: S608 - every name put into SQL here is ours
"""One change: opening and closing it, and what it wrote."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import (
    CompoundSelect,
    Select,
    delete,
    exists,
    func,
    or_,
    select,
    text,
    union,
    update,
)
from sqlalchemy.orm import Session

from db.domain.ids import ChangeId, ClientId
from db.journal.capture import RECORDING
from db.journal.tables import WHOLE_ROW, table_id
from db.outcome import ClientScope
from db.schema import Change, ChangeClient, ChangeRow, ChangeState

# A change of more clients than this counts as one of all.
MANY = 5000


def open_change(session: Session, command: str, who: str) -> ChangeId:
    """Begin a change; every row written from now on belongs to it."""
    change = Change(command=command, who=who)
    session.add(change)
    session.flush()
    stop_recording(session)
    session.execute(text(f"insert into {RECORDING} values (:id)"), {"id": change.id})
    return ChangeId(change.id)


def close_change(session: Session, change_id: ChangeId) -> bool:
    """Stop recording; say whether anything was written. A change that wrote nothing is removed.

    What was undone before can't be redone on top of something new.
    """
    session.flush()
    stop_recording(session)
    if not session.scalar(select(exists().where(ChangeRow.change_id == change_id))):
        discard(session, change_id)
        return False
    session.execute(
        update(Change)
        .where(Change.state == ChangeState.UNDONE)
        .values(state=ChangeState.DROPPED)
        .execution_options(synchronize_session=False)
    )
    return True


def stop_recording(session: Session) -> None:
    session.execute(text(f"delete from {RECORDING}"))


def discard(session: Session, change_id: ChangeId) -> None:
    session.execute(
        delete(Change).where(Change.id == change_id).execution_options(synchronize_session=False)
    )


@dataclass(frozen=True, slots=True)
class Written:
    """What a change wrote: by table, the columns that differ; WHOLE_ROW where a row is new or gone.

    For a change that was just undone or redone it says the same: the rows are those it exchanged.
    """

    change_id: ChangeId
    columns: Mapping[str, frozenset[str]]

    @property
    def tables(self) -> frozenset[str]:
        return frozenset(self.columns)

    def concerns(self, sources: Mapping[str, frozenset[str]]) -> frozenset[str]:
        """Return the tables of these that the change wrote in one of the columns given."""
        return frozenset(
            table
            for table, columns in sources.items()
            if self.columns.get(table, frozenset()) & {*columns, WHOLE_ROW}
        )


def written(session: Session, change_id: ChangeId) -> Written:
    """Return what a change wrote."""
    keys = session.execute(
        text(
            "select distinct t.name, coalesce(j.key, :whole) from change_row r"
            " join recorded_table t on t.id = r.table_id left join json_each(r.image) j"
            " where r.change_id = :change"
        ),
        {"change": change_id, "whole": WHOLE_ROW},
    )
    columns: dict[str, set[str]] = {}
    for table, column in keys:
        columns.setdefault(table, set()).add(column)
    return Written(change_id, {table: frozenset(names) for table, names in columns.items()})


def rows_of(change_id: ChangeId, table: str) -> Select[int]:
    """Return the ids of the rows of a table that a change wrote, also those it removed."""
    return select(ChangeRow.row_id).where(
        ChangeRow.change_id == change_id, ChangeRow.table_id == table_id(table)
    )


def new_rows_of(change_id: ChangeId, table: str) -> Select[int]:
    """Return the ids of the rows of a table that a change made."""
    return rows_of(change_id, table).where(ChangeRow.image.is_(None))


def scope_of(session: Session, change_id: ChangeId) -> ClientScope:
    """Return every client whom a change concerns; None when they are more than MANY."""
    main = select(ChangeRow.client_id).where(
        ChangeRow.change_id == change_id, ChangeRow.client_id.is_not(None)
    )
    further = select(ChangeClient.client_id).where(ChangeClient.change_id == change_id)
    ids = session.scalars(union(main, further).limit(MANY + 1)).all()
    return None if len(ids) > MANY else frozenset(ClientId(client_id) for client_id in ids)


def clients_written(
    session: Session, change_id: ChangeId, sources: Mapping[str, Collection[str]]
) -> frozenset[ClientId]:
    """Return the clients of whom a change wrote one of these columns (by table)."""
    ids: set[int] = set()
    for table, columns in sources.items():
        ids.update(session.scalars(clients_of(change_id, table, columns)))
    return frozenset(ClientId(client_id) for client_id in ids)


def clients_of(change_id: ChangeId, table: str, columns: Collection[str]) -> CompoundSelect[int]:
    """Return the ids of the clients whose rows of a table a change wrote in one of the columns.

    Rows that are new or gone count as written in every column.
    """
    rows = rows_of(change_id, table).where(
        or_(
            ChangeRow.image.is_(None),
            *(
                func.json_type(ChangeRow.image, f"$.{column}").is_not(None)
                for column in (WHOLE_ROW, *columns)
            ),
        )
    )
    main = rows.with_only_columns(ChangeRow.client_id).where(ChangeRow.client_id.is_not(None))
    further = select(ChangeClient.client_id).where(
        ChangeClient.change_id == change_id,
        ChangeClient.table_id == table_id(table),
        ChangeClient.row_id.in_(rows),
    )
    return union(main, further)
