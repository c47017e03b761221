# ruff: noqa: S608 - every name put into SQL here is ours
"""Recording: temp triggers on the writing connection keep every row a command writes.

So no command can forget its history or its way back, however it writes. What an entry holds is
described in db.schema.journal.ChangeRow; counters (`version`, `edition`) are not recorded.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from sqlalchemy import Column, Connection, Table
from sqlalchemy.dialects.sqlite import insert
from sqlcipher3 import dbapi2

from db.journal.tables import (
    owners,
    packed,
    recorded_columns,
    recorded_tables,
    stamps,
    whole_image,
)
from db.schema import RecordedTable

# One row with the change that is being recorded; empty while nothing is.
RECORDING = "temp.recording"
_ENTRY = "insert into change_row (change_id, table_id, row_id, client_id, image)"
_FURTHER = "insert into change_client (client_id, change_id, table_id, row_id)"


def number_tables(connection: Connection) -> None:
    """Give every recorded table its number in the journal, unless it has one."""
    connection.execute(
        insert(RecordedTable).on_conflict_do_nothing(),
        [{"name": table.name} for table in recorded_tables()],
    )


def prepare(connection: dbapi2.Connection) -> None:
    """Put the recording triggers on a writing connection. They are gone when it closes."""
    connection.execute("create temp table recording (change_id integer not null)")
    numbers = connection.execute("select name, id from recorded_table order by id").fetchall()
    connection.executescript(_script(tuple(numbers)))  # run once: no statement of it is kept


@cache
def _script(numbers: tuple[tuple[str, int], ...]) -> str:
    """Return the statements that make all triggers, by the names and numbers of the tables."""
    number_of = dict(numbers)
    return ";".join(
        trigger
        for table in recorded_tables()
        for trigger in _triggers(table, number_of[table.name])
    )


def _triggers(table: Table, number: int) -> Iterator[str]:
    made = _entry(number, "new", _main(table, "new"), "null") + " on conflict do nothing;"
    yield _trigger(table, "insert", "insert", made + _further(table, number, "new"))
    stamped = stamps(table)
    for column in recorded_columns(table):
        # One entry with both is written in two thirds of the time of two.
        together = [column] if column in stamped else [column, *stamped]
        changed = (
            _entry(number, "old", _main(table, "old"), f"json_object({_pairs(together, '')})")
            # The first value of a change counts; NULL stays: the row was made by this change.
            + f" on conflict do update set image = json_insert(image, {_pairs(together, '$.')});"
            + _further(table, number, "old")
            + _new_owner(table, number, column.name)
        )
        when = f" when old.{column.name} is not new.{column.name}"
        if column in stamped:
            when += "".join(f" and {same}" for same in _unchanged(table))
        yield _trigger(table, f"update_{column.name}", f"update of {column.name}", changed, when)
    whole = whole_image(table, "old")
    # json_patch drops what is null; a whole image reads missing columns as null.
    removed = (
        _entry(number, "old", _main(table, "old"), whole)
        + f" on conflict do update set image = json_patch({whole}, image);"
        + _further(table, number, "old")
    )
    yield _trigger(table, "delete", "delete", removed)


def _pairs(columns: Iterable[Column[object]], prefix: str) -> str:
    return ", ".join(f"'{prefix}{column.name}', {packed(column, 'old')}" for column in columns)


def _unchanged(table: Table) -> Iterator[str]:
    """Give the SQL that each column but the stamps is as it was."""
    for column in recorded_columns(table):
        if column not in stamps(table):
            yield f"old.{column.name} is new.{column.name}"


def _trigger(table: Table, name: str, event: str, body: str, when: str = "") -> str:
    return (
        f"create temp trigger record_{table.name}_{name} after {event} on main.{table.name}"
        f"{when} begin {body} end"
    )


def _main(table: Table, side: str) -> str:
    return next(iter(owners(table, side).values()), "null")


def _entry(number: int, side: str, client: str, image: str) -> str:
    return (
        f"{_ENTRY} select change_id, {number}, {side}.id, {client}, {image}"
        " from recording where true"
    )


def _further(table: Table, number: int, side: str) -> str:
    rest = list(owners(table, side).values())[1:]
    return "".join(_client(number, side, client) for client in rest)


def _new_owner(table: Table, number: int, column: str) -> str:
    client = owners(table, "new").get(column)
    return _client(number, "new", client) if client else ""


def _client(number: int, side: str, client: str) -> str:
    return (
        f"{_FURTHER} select {client}, change_id, {number}, {side}.id"
        f" from recording where {client} is not null on conflict do nothing;"
    )
