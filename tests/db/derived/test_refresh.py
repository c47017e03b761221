"""Derived tables are computed again only where a column that they depend on was changed."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update

from db.client_base import ClientBase
from db.commands.undo import Redo, Undo
from db.demo import make_demo
from db.outcome import Command, Touched, Writing
from db.schema import Client, Table

DAY = date(2026, 11, 22)
CARDS = 60
DERIVED = {table.name for table in Table.metadata.sorted_tables if table.info.get("derived")}
DERIVED.add("client_search")
WRITES = re.compile(
    r"\s*(?:insert(?: or \w+)? into|replace into|update|delete from)\s+(?:main\.)?(\w+)",
    re.IGNORECASE,
)


class SetRegion:
    """Write the region of every card; no derived table depends on it."""

    def run(self, writing: Writing) -> None:
        writing.session.execute(update(Client).values(region="Алтай"))


class SetName:
    """Write the name of every card; the list and the search depend on it."""

    def run(self, writing: Writing) -> None:
        names = {"name": "Иванова", "name_key": "иванова", "sort_key": "иванова"}
        writing.session.execute(update(Client).values(names))


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    make_demo(tmp_path / "base.kartoteka", as_of=DAY, clients=CARDS)
    with ClientBase(tmp_path / "base.kartoteka", as_of=DAY) as opened:
        yield opened


@pytest.fixture
def tables_of(base: ClientBase) -> Callable[[Command[object]], set[str]]:
    """Do a command; return the derived tables whose rows its statements write."""

    def do(command: Command[object]) -> set[str]:
        statements: list[str] = []
        connection = base._writer.raw_connection()
        connection.driver_connection.set_trace_callback(statements.append)  # type: ignore[union-attr]
        connection.close()
        base.do(command)
        connection = base._writer.raw_connection()
        connection.driver_connection.set_trace_callback(None)  # type: ignore[union-attr]
        connection.close()
        assert statements
        written = {found[1] for found in map(WRITES.match, statements) if found}
        return written & DERIVED

    return do


def test_a_column_nothing_depends_on_computes_nothing_again(
    base: ClientBase, tables_of: Callable[[Command[object]], set[str]]
) -> None:
    for command in (SetRegion(), Undo(), Redo()):
        assert tables_of(command) == set()


def test_a_name_is_listed_and_indexed_again(
    tables_of: Callable[[Command[object]], set[str]],
) -> None:
    assert {"client_search", "client_fact"} <= tables_of(SetName())


def test_nothing_computed_again_is_nothing_touched(base: ClientBase) -> None:
    outcome = base.do(SetRegion())
    assert outcome.changes.touched == {Touched.CARDS}
