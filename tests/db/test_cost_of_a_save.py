"""What a save and a keystroke cost: steps of SQLite's machine, which do not grow with the base.

And the statements of a save: how many, and that none of them is prepared again.
"""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import count, groupby
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
_NUMBER = count(1)  # every save writes something else
_EVERY = 100  # steps between two calls of the handler


def _add_purchase(base: ClientBase) -> None:
    base.do(AddPurchase(ClientId(7), DAY, Decimal(100), Decimal(50)))


def _save_card(base: ClientBase) -> None:
    base.do(UpdateClient(ClientId(7), None, {"name": "Новое имя", "note": f"чай, {next(_NUMBER)}"}))


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


def statements(base: ClientBase, act: Callable[[ClientBase], None]) -> list[str]:
    """Return the statements of a write, without those of triggers."""
    seen: list[str] = []
    connection = base._writer.raw_connection()
    connection.driver_connection.set_trace_callback(seen.append)  # type: ignore[union-attr]
    connection.close()
    act(base)
    connection = base._writer.raw_connection()
    connection.driver_connection.set_trace_callback(None)  # type: ignore[union-attr]
    connection.close()
    # A statement is told again for each trigger.
    return [text for text, _ in groupby(seen) if not text.startswith("--")]


def prepared(base: ClientBase, act: Callable[[ClientBase], None]) -> int:
    """Return how often SQLite asked what a statement of a write does: it asks when it prepares."""
    asked = 0

    def allow(action: int, *_: object) -> int:
        nonlocal asked
        asked += action != sqlite3.SQLITE_TRANSACTION  # the driver keeps no COMMIT
        return 0

    connection = base._writer.raw_connection()
    connection.driver_connection.set_authorizer(allow)  # type: ignore[union-attr]
    connection.close()
    act(base)  # a new authorizer makes every statement be prepared again
    assert asked > 0
    asked = 0
    act(base)
    return asked


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    make_demo(tmp_path / "a.kartoteka", as_of=DAY, clients=SMALL)
    with ClientBase(tmp_path / "a.kartoteka", as_of=DAY) as opened:
        _add_purchase(opened)
        _save_card(opened)
        yield opened


@pytest.mark.parametrize(("act", "most"), [(_add_purchase, 21), (_save_card, 33)])
def test_a_save_takes_a_fixed_number_of_statements(
    base: ClientBase, act: Callable[[ClientBase], None], most: int
) -> None:
    assert len(statements(base, act)) <= most


@pytest.mark.parametrize("act", [_add_purchase, _save_card])
def test_a_save_prepares_no_statement_again(
    base: ClientBase, act: Callable[[ClientBase], None]
) -> None:
    assert prepared(base, act) == 0


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
