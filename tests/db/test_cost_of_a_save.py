"""What a save and a keystroke cost does not grow with the base: steps of SQLite's machine."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.client_base import ClientBase
from db.commands.clients import UpdateClient
from db.commands.interactions import AddInteraction
from db.commands.purchases import AddPurchase
from db.commands.undo import Undo
from db.demo import make_demo
from db.domain.ids import ClientId
from db.domain.trade import InteractionKind
from db.queries.cards.full_card import full_card
from db.queries.lists.clients import ListSpec, client_ids, client_rows, find_clients

DAY = date(2026, 11, 29)
SMALL, LARGE = 100, 1000
_EVERY = 100  # steps between two calls of the handler


def _add_purchase(base: ClientBase) -> None:
    base.do(AddPurchase(ClientId(7), DAY, Decimal(100), Decimal(50)))


def _save_card(base: ClientBase) -> None:
    base.do(UpdateClient(ClientId(7), None, {"name": "Новое имя", "note": "любит чай"}))


def _add_talk(base: ClientBase) -> None:
    base.do(AddInteraction(ClientId(7), InteractionKind.CALL, DAY))


def _undo(base: ClientBase) -> None:
    base.do(Undo())


def _window(base: ClientBase) -> None:
    base.ask(client_rows, list(range(5, 25)))


def _card(base: ClientBase) -> None:
    base.ask(full_card, ClientId(7))


def _rare_word(base: ClientBase) -> None:
    base.ask(find_clients, "Новое имя", 20)


def steps(base: ClientBase, engine: Engine, act: Callable[[ClientBase], None]) -> int:
    """Count the steps of an act, in hundreds."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    connection = engine.raw_connection()
    connection.driver_connection.set_progress_handler(count, _EVERY)  # type: ignore[union-attr]
    connection.close()
    act(base)
    connection = engine.raw_connection()
    connection.driver_connection.set_progress_handler(None, _EVERY)  # type: ignore[union-attr]
    connection.close()
    return counted


@pytest.fixture(scope="module")
def costs(tmp_path_factory: pytest.TempPathFactory) -> dict[int, dict[str, int]]:
    """The steps of each act by the size of the base."""
    found: dict[int, dict[str, int]] = {}
    for size in (SMALL, LARGE):
        path: Path = tmp_path_factory.mktemp("cost") / "a.kartoteka"
        make_demo(path, as_of=DAY, clients=size)
        with ClientBase(path, as_of=DAY) as base:
            assert len(base.ask(client_ids, ListSpec())) == size
            writes = (_add_purchase, _add_talk, _save_card, _undo, _save_card)
            found[size] = {act.__name__: steps(base, base._writer, act) for act in writes}
            reads = (_window, _card, _rare_word)
            found[size] |= {act.__name__: steps(base, base._reader, act) for act in reads}
    return found


@pytest.mark.parametrize(
    "name",
    ["_add_purchase", "_add_talk", "_save_card", "_undo", "_window", "_card", "_rare_word"],
)
def test_ten_times_the_base_costs_no_more(costs: dict[int, dict[str, int]], name: str) -> None:
    assert costs[LARGE][name] <= 1.5 * costs[SMALL][name] + 10
