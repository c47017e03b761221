"""The list of clients: orders and filters equal to a plain sort of all clients, without a scan."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select, update

from db.client_base import ClientBase
from db.commands.clients import DeleteClients, RestoreClients, UpdateClient
from db.commands.fields import SetRule
from db.commands.undo import Undo
from db.demo import make_demo
from db.domain.condition import has_status
from db.domain.field_rules import Level
from db.domain.ids import ClientId
from db.domain.lifecycle import Status
from db.domain.text import sort_key, words
from db.file.care import check
from db.outcome import Reading, Writing
from db.queries.lists import search
from db.queries.lists.clients import (
    ClientRow,
    ListSpec,
    Sort,
    client_counts,
    client_ids,
    client_rows,
    find_clients,
)
from db.schema import Client, ClientFact

DAY = date(2026, 11, 29)
ORDERS = [(sort, descending) for sort in Sort for descending in (False, True)]


@dataclass(frozen=True)
class MakeTies:
    """Give clients one moment of creation."""

    ids: tuple[ClientId, ...]

    def run(self, writing: Writing) -> None:
        moment = datetime(2026, 1, 2, tzinfo=UTC)
        mine = update(Client).where(Client.id.in_(self.ids)).values(created_at=moment)
        writing.session.execute(mine)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base with ties in every order, clients in the bin and a rule for one status."""
    path = tmp_path_factory.mktemp("lists") / "made.kartoteka"
    make_demo(path, as_of=DAY, clients=200)
    with ClientBase(path, as_of=DAY) as base:
        ids = [ClientId(client_id) for client_id in base.ask(client_ids, ListSpec())]
        base.do(MakeTies(tuple(ids[::4])))
        base.do(SetRule("job", Level.GAP, has_status(Status.LOST)))
        base.do(UpdateClient(ids[3], None, {"name": "Ёлкина"}))
        base.do(UpdateClient(ids[9], None, {"name": "елкина"}))
        base.do(DeleteClients(tuple(ids[::11])))
    return path


@pytest.fixture(scope="module", params=[DAY, DAY - timedelta(days=200)], ids=["kept", "past"])
def base(
    made: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[ClientBase]:
    """That base on a day. Nothing writes into it."""
    path = tmp_path_factory.mktemp("read") / "a.kartoteka"
    shutil.copy(made, path)
    with ClientBase(path, as_of=request.param) as opened:
        yield opened


@pytest.fixture
def copy(base: ClientBase, tmp_path: Path) -> Iterator[ClientBase]:
    """A copy to write into."""
    path = tmp_path / "a.kartoteka"
    base.save_copy(path)
    with ClientBase(path, as_of=base.as_of) as opened:
        yield opened


def created(reading: Reading) -> dict[int, datetime]:
    rows = reading.session.execute(select(Client.id, Client.created_at))
    return dict(map(tuple, rows))


def everybody(base: ClientBase, *, in_bin: bool = False) -> list[ClientRow]:
    """Return the clients of a list, by a plain sort of their names."""
    rows = base.ask(client_rows, sorted(base.ask(created))).values()
    some = [row for row in rows if row.in_bin is in_bin]
    return sorted(some, key=lambda row: (sort_key(row.name), row.id))


def by_plain_sort(
    base: ClientBase, rows: list[ClientRow], sort: Sort, *, descending: bool
) -> list[int]:
    """Sort as the list promises: equals by name; what is not known last in either direction."""
    moments = base.ask(created)
    keys: dict[Sort, Any] = {
        Sort.NAME: lambda row: sort_key(row.name),
        Sort.STATUS: lambda row: list(Status).index(row.status),
        Sort.LAST: lambda row: row.last_on,
        Sort.YEAR: lambda row: row.year_revenue,
        Sort.GAPS: lambda row: row.gaps,
        Sort.CREATED: lambda row: moments[row.id],
    }
    key = keys[sort]
    known = [row for row in rows if key(row) is not None]
    ordered = sorted(known, key=key, reverse=descending)
    return [row.id for row in (*ordered, *(row for row in rows if key(row) is None))]


@pytest.mark.parametrize(("sort", "descending"), ORDERS)
def test_each_order_is_that_of_a_plain_sort(base: ClientBase, sort: Sort, descending: bool) -> None:
    for in_bin in (False, True):
        rows = everybody(base, in_bin=in_bin)
        ids = base.ask(client_ids, ListSpec(sort=sort, descending=descending, in_bin=in_bin))
        assert list(ids) == by_plain_sort(base, rows, sort, descending=descending)
    first = base.ask(client_ids, ListSpec(sort=sort, descending=descending), 7)
    assert first == base.ask(client_ids, ListSpec(sort=sort, descending=descending))[:7]


@pytest.mark.parametrize(("sort", "descending"), ORDERS)
def test_each_filter_leaves_the_order(base: ClientBase, sort: Sort, descending: bool) -> None:
    rows = everybody(base)
    hits = set(base.ask(client_ids, ListSpec(text="а")))
    wishes = {
        ListSpec(condition=has_status(Status.LOST)): lambda row: row.status is Status.LOST,
        ListSpec(with_gaps=True): lambda row: row.gaps > 0,
        ListSpec(text="а"): lambda row: row.id in hits,
    }
    for spec, fits in wishes.items():
        ids = base.ask(client_ids, replace(spec, sort=sort, descending=descending))
        some = [row for row in rows if fits(row)]
        assert list(ids) == by_plain_sort(base, some, sort, descending=descending)


def test_counts_are_those_of_the_rows(base: ClientBase) -> None:
    rows, counts = everybody(base), base.ask(client_counts)
    assert counts.all == len(rows)
    assert counts.by_status == {s: sum(row.status is s for row in rows) for s in Status}
    assert counts.with_gaps == sum(row.gaps > 0 for row in rows)
    assert counts.in_bin == len(everybody(base, in_bin=True)) > 0


def test_a_rule_for_a_status_counts_for_that_status_alone(copy: ClientBase) -> None:
    rule_id = copy.do(SetRule("job", Level.GAP, has_status(Status.LOST))).value
    ids = copy.ask(client_ids, ListSpec(rule_id=rule_id))
    rows = [row for row in everybody(copy) if row.id in ids]
    assert rows
    assert {row.status for row in rows} == {Status.LOST}


@pytest.mark.parametrize("dense", [0.5, 0, 2])
@pytest.mark.parametrize(("few", "among"), [(1000, 50), (2, 50), (2, 1), (2, 3)])
def test_a_search_finds_the_same_by_each_way(
    base: ClientBase, monkeypatch: pytest.MonkeyPatch, few: int, among: int, dense: float
) -> None:
    """Few hits are sorted; of many the list is walked, or its first clients are compared."""
    monkeypatch.setattr(search, "FEW", few)
    monkeypatch.setattr(search, "_CLIENTS_FOR_ONE", among)
    monkeypatch.setattr(search, "_DENSE_CLIENTS_FOR_ONE", among)
    monkeypatch.setattr(search, "_DENSE", dense)
    rows = everybody(base)
    for typed in ("а", "и", "ив", "9", "я", "елк", "нет такого"):
        ids = base.ask(client_ids, ListSpec(text=typed))
        assert list(ids) == [row.id for row in rows if row.id in set(ids)]
        assert [row.id for row in base.ask(find_clients, typed, 5)] == list(ids[:5])
    by_word = [row.id for row in rows if any(w.startswith("елк") for w in words(row.name))]
    assert set(by_word) <= set(base.ask(client_ids, ListSpec(text="Ёлк")))


def test_names_and_the_bin_are_followed(made: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.kartoteka"
    shutil.copy(made, path)
    with ClientBase(path, as_of=DAY) as base:
        last, *_, first = base.ask(client_ids, ListSpec(descending=True))
        base.do(UpdateClient(ClientId(first), None, {"name": "яяя"}))
        assert base.ask(client_ids, ListSpec())[-1] == first
        base.do(Undo())
        assert base.ask(client_ids, ListSpec())[0] == first
        base.do(DeleteClients((ClientId(first), ClientId(last))))
        assert {first, last}.isdisjoint(base.ask(client_ids, ListSpec()))
        base.do(RestoreClients((ClientId(last),)))
        assert base.ask(client_ids, ListSpec())[-1] == last
    assert check(path) == ()


@pytest.mark.parametrize(
    ("sort", "descending", "index"),
    [
        (Sort.NAME, False, "ix_client_fact_name"),
        (Sort.STATUS, True, "ix_client_fact_name"),
        (Sort.LAST, True, "ix_client_fact_last"),
        (Sort.YEAR, True, "ix_client_fact_year"),
        (Sort.CREATED, True, "ix_client_created"),
    ],
)
def test_a_list_is_read_from_an_index_in_its_order(
    base: ClientBase, sort: Sort, descending: bool, index: str
) -> None:
    statements: list[tuple[str, Any]] = []

    def note(*given: Any) -> None:
        statements.append((given[2], given[3]))

    if base.as_of < DAY and sort is Sort.YEAR:
        pytest.skip("the year is added up for a past day")
    event.listen(base._reader, "before_cursor_execute", note)
    base.ask(client_ids, ListSpec(sort=sort, descending=descending))
    event.remove(base._reader, "before_cursor_execute", note)
    statement, given = statements[-1]

    def plan(reading: Reading) -> str:
        rows = reading.session.connection().exec_driver_sql(
            f"explain query plan {statement}", given
        )
        return "\n".join(row[3] for row in rows)

    assert f"INDEX {index}" in base.ask(plan)
    assert "B-TREE" not in base.ask(plan)


def test_every_client_has_facts(base: ClientBase) -> None:
    """Lists are read from client_fact: whoever has no row there would be in none."""

    def without(reading: Reading) -> list[int]:
        facts = select(ClientFact.client_id)
        return list(reading.session.scalars(select(Client.id).where(Client.id.not_in(facts))))

    assert base.ask(without) == []
