# ruff: noqa: S608 - every name put into SQL here is ours
"""One change: opening and closing it, and what it wrote.

Every save passes here, so its statements go to the driver as they are: SQLAlchemy takes 0.1 to
0.4 ms to make, compile and read one, the driver 0.005.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.domain.ids import ChangeId, ClientId
from db.driver import driver_of
from db.journal.capture import RECORDING
from db.journal.tables import WHOLE_ROW, table_id
from db.outcome import ClientScope
from db.schema import ChangeRow, ChangeState
from db.schema.base import SCHEMA_VERSION, now
from db.schema.types import moment_text

# A change of more clients than this counts as one of all.
MANY = 5000


def open_change(session: Session, command: str, who: str) -> ChangeId:
    """Begin a change; every row written from now on belongs to it."""
    driver = driver_of(session)
    change = driver.execute(
        "insert into change (command, who, at, state, schema_version) values (?, ?, ?, ?, ?)",
        (command, who, moment_text(now()), ChangeState.DONE.value, SCHEMA_VERSION),
    )
    driver.execute(f"insert into {RECORDING} values (?)", (change.lastrowid,))
    return ChangeId(change.lastrowid)


def close_change(session: Session, change_id: ChangeId) -> "Written":
    """Stop recording; return what was written. A change that wrote nothing is removed.

    What was undone before can't be redone on top of something new.
    """
    session.flush()
    stop_recording(session)
    rows = written(session, change_id)
    if rows.tables:
        states = (ChangeState.DROPPED.value, ChangeState.UNDONE.value)
        driver_of(session).execute("update change set state = ? where state = ?", states)
    else:
        discard(session, change_id)
    return rows


def stop_recording(session: Session) -> None:
    """Record nothing until the next `open_change`: what is written is not in the journal."""
    driver_of(session).execute(f"delete from {RECORDING}")


def discard(session: Session, change_id: ChangeId) -> None:
    """Delete a change that has no rows."""
    driver_of(session).execute("delete from change where id = ?", (change_id,))


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
            for table, columns in self.columns.items()
            if table in sources and (WHOLE_ROW in columns or columns & sources[table])
        )


def written(session: Session, change_id: ChangeId) -> Written:
    """Return what a change wrote."""
    keys = driver_of(session).execute(
        "select distinct t.name, coalesce(j.key, ?) from change_row r"
        " join recorded_table t on t.id = r.table_id left join json_each(r.image) j"
        " where r.change_id = ?",
        (WHOLE_ROW, change_id),
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
    ids = frozenset[ClientId](
        client_id
        for (client_id,) in driver_of(session).execute(
            "select distinct client_id from ("
            " select client_id from change_row where change_id = ? and client_id is not null"
            " union all select client_id from change_client where change_id = ?)"
            # As a parameter, the limit has the statement prepared again each time.
            f" limit {MANY + 1}",
            (change_id, change_id),
        )
    )
    return None if len(ids) > MANY else ids


def clients_written(
    session: Session, change_id: ChangeId, sources: Mapping[str, Collection[str]]
) -> frozenset[ClientId]:
    """Return the clients of whom a change wrote one of these columns (by table)."""
    ids: set[ClientId] = set()
    for table, columns in sources.items():
        rows = (
            "from change_row r where r.change_id = :change"
            " and r.table_id = (select id from recorded_table where name = :table)"
            f" and {_is_written(columns)}"
        )
        ids.update(
            client_id
            for (client_id,) in driver_of(session).execute(
                f"select r.client_id {rows} and r.client_id is not null"
                " union select c.client_id from change_client c where c.change_id = :change"
                " and c.table_id = (select id from recorded_table where name = :table)"
                f" and c.row_id in (select r.row_id {rows})",
                {"change": change_id, "table": table},
            )
        )
    return frozenset(ids)


def _is_written(columns: Collection[str]) -> str:
    """Return the SQL that an entry `r` is of a row which differs in one of these columns.

    A row that is new or gone differs in every column.
    """
    keys = (f"json_type(r.image, '$.{name}') is not null" for name in (WHOLE_ROW, *sorted(columns)))
    return f"(r.image is null or {' or '.join(keys)})"
