"""The revenue of a year, kept for today and added up for any other day."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from db import client_base
from db.client_base import ClientBase
from db.commands.clients import CreateClient, UpdateClient
from db.commands.purchases import AddPurchase
from db.domain.days import add_months
from db.domain.ids import ClientId
from db.file.create import create_base
from db.outcome import Reading
from db.queries.lists.clients import ListSpec, Sort, client_ids, client_rows
from db.queries.segments.statuses import segment_counts
from db.schema import FactDay

DAY = date(2026, 11, 22)
Purchases = dict[ClientId, list[tuple[date, Decimal]]]
BY_YEAR = ListSpec(sort=Sort.YEAR, descending=True)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The day of the program; a test sets its only entry."""
    days = [DAY]
    monkeypatch.setattr(client_base, "today", lambda: days[0])
    return days


def expected(purchases: Purchases, day: date) -> dict[int, Decimal]:
    after = add_months(day, -12)
    return {
        client_id: sum((amount for on, amount in mine if after < on <= day), Decimal(0))
        for client_id, mine in purchases.items()
    }


def shown(base: ClientBase) -> dict[int, Decimal]:
    """Return the sums of the list; its order and the sum of all segments must agree with them."""
    ids = list(base.ask(client_ids, BY_YEAR))
    rows = base.ask(client_rows, ids)
    sums = [rows[client_id].year_revenue for client_id in ids]
    assert sums == sorted(sums, reverse=True)
    assert sum(one.sum for one in base.ask(segment_counts)) == sum(sums)
    return dict(zip(ids, sums, strict=True))


def test_kept_sums_and_sums_of_another_day_are_right(tmp_path: Path, clock: list[date]) -> None:
    path = tmp_path / "base.kartoteka"
    create_base(path)
    purchases: Purchases = {}
    with ClientBase(path) as base:
        for number in range(6):
            client = base.do(CreateClient({"name": f"Клиент {number}"})).value
            purchases[client] = []
            for months in range(0, 30, number + 1):
                # Some lie ahead, some before the year.
                on, amount = DAY - timedelta(days=31 * months - 20), Decimal(100 * number - 150)
                base.do(AddPurchase(client, on, amount))
                purchases[client].append((on, amount))
        for ahead in (0, 1, 15, 200, 400, -3):
            clock[0] = DAY + timedelta(days=ahead)
            base.do(UpdateClient(client, None, {"note": f"{ahead}"}))
            assert base.ask(kept_day) == clock[0]
            assert shown(base) == expected(purchases, clock[0])
            clock[0] += timedelta(days=40)  # nothing was saved on this day yet
            assert base.ask(kept_day) != clock[0]
            assert shown(base) == expected(purchases, clock[0])


def kept_day(reading: Reading) -> date | None:
    return reading.session.scalar(select(FactDay.day))
