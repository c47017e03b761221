# ruff: noqa: S608 - every name put into SQL here is ours
"""The recorded tables: their numbers in the journal, their images, the clients a row concerns."""

from sqlalchemy import Column, LargeBinary, ScalarSelect, Table, select

from db.schema import Client, RecordedTable
from db.schema import Table as Declared

# Stands for the whole row where columns are listed: the row was made or removed.
WHOLE_ROW = "id"


def recorded_tables() -> list[Table]:
    """Return the tables whose rows the journal records, parents before children."""
    return [table for table in Declared.metadata.sorted_tables if table.info.get("recorded", True)]


def table_id(name: str) -> ScalarSelect[int]:
    """Return the number of a table in the journal, as a subquery."""
    return select(RecordedTable.id).where(RecordedTable.name == name).scalar_subquery()


def recorded_columns(table: Table) -> list[Column[object]]:
    """Return the columns that images hold: all but `id` and counters."""
    return [column for column in table.columns if column.name != "id" and not is_counter(column)]


def is_counter(column: Column[object]) -> bool:
    """Say whether a column only grows, also by undo."""
    return bool(column.info.get("counter"))


def stamps(table: Table) -> list[Column[object]]:
    """Return the recorded columns that every save writes."""
    return [column for column in table.columns if column.info.get("stamp")]


def packed(column: Column[object], side: str) -> str:
    """Return the SQL that puts a column of a row into JSON; bytes stand there as hex digits."""
    value = f"{side}.{column.name}"
    if isinstance(column.type, LargeBinary):
        return f"case when {value} is not null then hex({value}) end"
    return value


def unpacked(column: Column[object], image: str) -> str:
    """Return the SQL that reads a column from a JSON image: the inverse of `packed`."""
    value = f"json_extract({image}, '$.{column.name}')"
    return f"unhex({value})" if isinstance(column.type, LargeBinary) else value


def whole_image(table: Table, side: str) -> str:
    """Return the SQL of an image with every column, counters included."""
    pairs = ", ".join(f"'{column.name}', {packed(column, side)}" for column in table.columns)
    return f"json_object({pairs})"


def owners(table: Table, side: str) -> dict[str, str]:
    """Return the SQL of each client a row concerns, by the column that names the client.

    A part of an offer concerns the client of the offer.
    """
    if table.name == Client.__tablename__:
        return {"id": f"{side}.id"}
    keys = sorted(table.foreign_keys, key=lambda key: list(table.columns).index(key.parent))
    direct = {
        key.parent.name: f"{side}.{key.parent.name}"
        for key in keys
        if key.column.table.name == Client.__tablename__
    }
    return direct or {
        key.parent.name: (
            f"(select client_id from {key.column.table.name} where id = {side}.{key.parent.name})"
        )
        for key in keys
        if "client_id" in key.column.table.columns
    }
