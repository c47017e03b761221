"""Segments: counts and sums of the five statuses, and who is in one."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from db.client_base import ClientBase
from db.commands.clients import CreateClient, DeleteClients
from db.commands.purchases import AddPurchase
from db.domain.condition import has_status
from db.domain.lifecycle import Status
from db.errors import Trouble, TroubleError
from db.file.create import create_base
from db.queries.lists.clients import ListSpec
from db.queries.segments.statuses import membership, segment_counts, segment_members, segment_of

TODAY = date(2026, 11, 22)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    create_base(tmp_path / "base.kartoteka")
    with ClientBase(tmp_path / "base.kartoteka", as_of=TODAY) as opened:
        for name, ago in (("Аня", (5, 35, 65, 95)), ("Боря", (3,)), ("Вера", (500,)), ("Гена", ())):
            client = opened.do(CreateClient({"name": name})).value
            for days in ago:
                day = TODAY - timedelta(days=days)
                opened.do(AddPurchase(client, day, Decimal(100)))
        yield opened


def test_counts_and_sums_of_the_year(base: ClientBase) -> None:
    assert [(one.status.value, one.count, one.sum) for one in base.ask(segment_counts)] == [
        ("potential", 1, 0), ("new", 1, 100), ("regular", 1, 400), ("at_risk", 0, 0),
        ("lost", 1, 0),
    ]  # fmt: skip


def test_members_are_the_clients_counted(base: ClientBase) -> None:
    for one in base.ask(segment_counts):
        members = base.ask(segment_members, ListSpec(condition=has_status(one.status)))
        assert len(members) == one.count
        assert sum(row.year_revenue for row in members) == one.sum
    (regular,) = base.ask(segment_members, ListSpec(condition=has_status(Status.REGULAR)))
    base.do(DeleteClients((regular.id,)))
    assert base.ask(segment_counts)[2].count == 0


def test_why_a_client_is_in_his_segment(base: ClientBase) -> None:
    (regular,) = base.ask(segment_members, ListSpec(condition=has_status(Status.REGULAR)))
    why = base.ask(membership, regular.id)
    assert (why.status, why.silent_days, why.visits) == (Status.REGULAR, 5, 4)
    assert why.cycle_days == 30


def test_a_segment_is_called_by_its_code() -> None:
    assert segment_of("at_risk") is Status.AT_RISK
    with pytest.raises(TroubleError) as unknown:
        segment_of("vip")
    assert unknown.value.trouble is Trouble.NO_SUCH_SEGMENT
