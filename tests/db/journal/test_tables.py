"""What the journal keeps of each table, and which clients a row concerns."""

import pytest
from sqlalchemy import Table

from db.journal.tables import (
    WHOLE_ROW,
    is_counter,
    owners,
    recorded_columns,
    recorded_tables,
    whole_image,
)

TABLES = {table.name: table for table in recorded_tables()}


@pytest.mark.parametrize(
    ("table", "clients"),
    [
        ("client", {"id": "new.id"}),
        ("purchase", {"client_id": "new.client_id"}),
        ("relationship", {"client_id": "new.client_id", "other_id": "new.other_id"}),
        ("offer_line", {"offer_id": "(select client_id from offer where id = new.offer_id)"}),
        ("product", {}),
        ("setting", {}),
    ],
)
def test_a_row_concerns_its_clients(table: str, clients: dict[str, str]) -> None:
    assert owners(TABLES[table], "new") == clients


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_an_image_has_every_column_but_the_id_and_counters(table: Table) -> None:
    names = {column.name for column in recorded_columns(table)}
    counters = {column.name for column in table.columns if is_counter(column)}
    assert names == {column.name for column in table.columns} - counters - {"id"}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_the_image_of_a_removed_row_has_every_column(table: Table) -> None:
    """It is told from an image of changed columns by the id in it."""
    image = whole_image(table, "old")
    assert f"'{WHOLE_ROW}', old.{WHOLE_ROW}" in image
    assert all(f"'{column.name}', " in image for column in table.columns)


def test_parents_come_before_their_children() -> None:
    order = list(TABLES)
    for table in TABLES.values():
        for key in table.foreign_keys:
            parent = key.column.table
            if parent is not table and parent.name in TABLES:
                assert order.index(parent.name) < order.index(table.name)
