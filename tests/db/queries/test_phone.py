"""The phone of a client is the same in the list, in Win-back and on Today."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.commands.purchases import AddPurchase
from db.commands.tasks import AddTask
from db.file.create import create_base
from db.queries.lists.clients import client_rows
from db.queries.today.board import today_board
from db.queries.winback.board import winback_list

DAY = date(2026, 11, 22)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    create_base(tmp_path / "base.kartoteka")
    with ClientBase(tmp_path / "base.kartoteka", as_of=DAY) as opened:
        yield opened


@pytest.mark.parametrize(
    ("phones", "shown"),
    [
        (("нет", "+79131234567"), "+79131234567"),
        (("+79131234567", "+79137654321"), "+79131234567"),
        (("нет",), None),
        ((), None),
    ],
)
def test_every_list_shows_the_same_phone(
    base: ClientBase, phones: tuple[str, ...], shown: str | None
) -> None:
    client = base.do(CreateClient({"name": "Анна", "phone": phones})).value
    for days in (400, 365, 330, 295):
        base.do(AddPurchase(client, DAY - timedelta(days=days), Decimal(1000)))
    base.do(AddTask("позвонить", DAY, client))
    (today,) = base.ask(today_board).rows
    (lost,) = base.ask(winback_list)
    assert (base.ask(client_rows, [client])[client].phone, lost.phone, today.phone) == (shown,) * 3
