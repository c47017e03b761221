"""Rules that every table of a base follows, whoever adds the next one."""

import pytest
from sqlalchemy import DateTime, Float, Numeric
from sqlalchemy import Table as SqlTable
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.schema import CreateTable

from db.journal.tables import recorded_tables
from db.schema import Table

TABLES = Table.metadata.sorted_tables
DIALECT = dialect()


def ids(table: SqlTable) -> str:
    return table.name


@pytest.mark.parametrize("table", TABLES, ids=ids)
def test_a_table_is_strict(table: SqlTable) -> None:
    assert str(CreateTable(table).compile(dialect=DIALECT)).rstrip().endswith("STRICT")


@pytest.mark.parametrize("table", recorded_tables(), ids=ids)
def test_an_id_of_a_recorded_table_is_never_given_twice(table: SqlTable) -> None:
    """An image in the journal names its row by this id."""
    assert [column.name for column in table.primary_key] == ["id"]
    assert "AUTOINCREMENT" in str(CreateTable(table).compile(dialect=DIALECT))


@pytest.mark.parametrize("table", TABLES, ids=ids)
def test_no_column_is_of_a_type_that_rounds(table: SqlTable) -> None:
    for column in table.columns:
        assert not isinstance(column.type, (Numeric, Float, DateTime))
        assert column.type.compile(DIALECT) in {"INTEGER", "TEXT", "BLOB"}


@pytest.mark.parametrize("table", TABLES, ids=ids)
def test_rows_of_a_client_are_found_by_an_index(table: SqlTable) -> None:
    leading = {next(iter(index.columns)).name for index in table.indexes if index.columns}
    leading |= {next(iter(table.primary_key)).name}
    owners = {column.name for column in table.columns if column.name == "client_id"}
    assert owners <= leading


def test_derived_tables_are_not_recorded() -> None:
    derived = {table.name for table in TABLES if table.info.get("derived")}
    assert {"client_fact", "client_gap", "fact_day"} <= derived
    assert derived.isdisjoint(table.name for table in recorded_tables())


def test_a_counter_is_no_column_of_an_image() -> None:
    counters = {
        f"{table.name}.{column.name}"
        for table in TABLES
        for column in table.columns
        if column.info.get("counter")
    }
    assert counters == {"client.version", "offer.edition"}
