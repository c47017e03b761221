"""Erasing clients: nothing of them stays, and nothing of others goes."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from db.client_base import ClientBase
from db.commands.clients import CreateClient, DeleteClients, RestoreClients, UpdateClient
from db.commands.erase import EmptyBin, EraseClients
from db.commands.interactions import AddInteraction
from db.commands.purchases import AddPurchase
from db.commands.relations import AddRelationship
from db.commands.undo import TakeBack, Undo
from db.domain.ids import ClientId
from db.domain.trade import InteractionKind
from db.errors import Trouble, TroubleError
from db.file.create import create_base
from db.journal.history import client_history, undo_state
from db.outcome import Reading, Touched
from db.progress import CancelledError
from db.records.cards import ClientCard, client_card
from db.schema import Table
from tests.db.base_content import content, found

DAY = date(2026, 11, 22)
SECRET = "тайна"


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    create_base(tmp_path / "base.kartoteka")
    with ClientBase(tmp_path / "base.kartoteka", as_of=DAY) as opened:
        yield opened


@pytest.fixture
def known(base: ClientBase) -> tuple[ClientId, ClientId]:
    """Make a client of whom much is known, and another related to them."""
    mine = base.do(
        CreateClient({"name": f"{SECRET} Анна", "note": SECRET, "email": (f"{SECRET}@mail.ru",)})
    ).value
    other = base.do(CreateClient({"name": "Мария", "note": "своё"})).value
    base.do(UpdateClient(mine, None, {"note": f"{SECRET} 2"}))
    base.do(UpdateClient(mine, None, {"address": SECRET}))
    base.do(Undo())
    base.do(AddPurchase(mine, DAY, Decimal(10), note=SECRET))
    base.do(AddInteraction(mine, InteractionKind.CALL, DAY, SECRET))
    base.do(AddRelationship(other, "sister", other_id=mine, text=SECRET))
    base.do(UpdateClient(other, None, {"note": "другое"}))
    return mine, other


def card(base: ClientBase, client_id: ClientId) -> ClientCard:
    return base.ask(lambda reading: client_card(reading.session, client_id))


def everything(base: ClientBase) -> str:
    """Return every value of every table, the journal's too, as one text."""

    def query(reading: Reading) -> str:
        rows = (
            row
            for table in Table.metadata.sorted_tables
            for row in reading.session.execute(table.select())
        )
        return "\n".join(map(repr, rows))

    return base.ask(query)


def test_nothing_of_an_erased_client_stays(
    base: ClientBase, known: tuple[ClientId, ClientId]
) -> None:
    mine, other = known
    assert SECRET in everything(base)
    base.do(EraseClients((mine,)))
    assert SECRET not in everything(base)
    assert base.ask(found, f'"{SECRET}"*') == []
    assert card(base, other).values["note"] == "другое"
    with pytest.raises(TroubleError) as caught:
        card(base, mine)
    assert caught.value.trouble is Trouble.NO_SUCH_CLIENT


def test_the_bin_is_emptied(base: ClientBase, known: tuple[ClientId, ClientId]) -> None:
    mine, other = known
    assert base.do(EmptyBin()).value == 0
    base.do(DeleteClients((mine,)))
    outcome = base.do(EmptyBin())
    assert outcome.value == 1
    assert Touched.CARDS in outcome.changes.touched
    assert SECRET not in everything(base)
    assert [row[0] for row in base.ask(content)["client"]] == [other]


def test_only_cards_that_are_still_in_the_bin_are_erased(base: ClientBase) -> None:
    ids = [base.do(CreateClient({"name": f"{SECRET} {n}"})).value for n in range(4)]
    base.do(DeleteClients(tuple(ids[:3])))
    base.do(RestoreClients((ids[0],)))
    assert base.do(EmptyBin(only=(ids[0], ids[1], ids[3]))).value == 1
    assert [row[0] for row in base.ask(content)["client"]] == [ids[0], ids[2], ids[3]]


def test_an_erasure_that_is_stopped_erases_nothing(base: ClientBase) -> None:
    ids = tuple(base.do(CreateClient({"name": str(n)})).value for n in range(3))
    base.do(DeleteClients(ids))
    told: list[tuple[int, int]] = []

    class Stopping:
        def step(self, done: int, total: int) -> None:
            told.append((done, total))
            raise CancelledError

    before = base.ask(content)
    with pytest.raises(CancelledError):
        base.do(EmptyBin(progress=Stopping()))
    assert told == [(0, 3)]
    assert base.ask(content) == before


def test_an_erasure_is_not_undone(base: ClientBase, known: tuple[ClientId, ClientId]) -> None:
    mine, other = known
    base.do(DeleteClients((mine,)))
    outcome = base.do(EmptyBin())
    assert outcome.change_id is not None
    with pytest.raises(TroubleError) as caught:
        base.do(TakeBack(outcome.change_id))
    assert caught.value.trouble is Trouble.SEALED
    # What was done to others before can still be undone.
    assert base.ask(undo_state).undo == "UpdateClient"
    base.do(Undo())
    assert card(base, other).values["note"] == "своё"


def test_the_history_of_others_stays(base: ClientBase, known: tuple[ClientId, ClientId]) -> None:
    mine, other = known
    base.do(EraseClients((mine,)))
    assert [entry.command for entry in base.ask(client_history, other)] == [
        "UpdateClient",
        "CreateClient",
    ]
    assert [(entry.command, entry.columns) for entry in base.ask(client_history, mine)] == [
        ("EraseClients", ())
    ]


def test_a_client_who_is_not_there_is_named(base: ClientBase) -> None:
    with pytest.raises(TroubleError) as caught:
        base.do(EraseClients((ClientId(77),)))
    assert (caught.value.trouble, caught.value.detail) == (Trouble.NO_SUCH_CLIENT, "77")
