"""Every change has its way back, whatever command made it."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from db.client_base import ClientBase
from db.commands.clients import CreateClient, DeleteClients, RestoreClients, UpdateClient
from db.commands.interactions import AddInteraction, CloseComplaint
from db.commands.purchases import AddPurchase, DeletePurchase, SaveProduct
from db.commands.settings import ChangeSettings
from db.commands.undo import Redo, TakeBack, Undo
from db.domain.field_rules import DatedAnswer, GapAnswer
from db.domain.ids import ChangeId, ClientId, PurchaseId
from db.domain.settings import Company, Settings
from db.domain.trade import InteractionKind
from db.errors import InvalidError, Trouble, TroubleError
from db.file.create import create_base
from db.journal.history import client_history, undo_state
from db.outcome import Command, Reading, Touched, Writing
from db.queries.cards.full_card import full_card
from db.schema import Change, Client, ClientContact
from tests.db.base_content import content, found

DAY = date(2026, 11, 22)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    create_base(tmp_path / "base.kartoteka")
    with ClientBase(tmp_path / "base.kartoteka", as_of=DAY) as opened:
        yield opened


def card(name: str) -> CreateClient:
    return CreateClient({"name": name, "phone": ("8 913 123-45-67",), "tags": ("VIP",)})


def test_undo_and_redo_walk_through_everything(base: ClientBase) -> None:
    states = [base.ask(content)]
    client = base.do(card("Ёлкина Анна")).value
    states.append(base.ask(content))
    base.do(UpdateClient(client, 1, {"name": "Жукова Анна", "phone": (), "tags": ("опт",)}))
    states.append(base.ask(content))
    base.do(AddPurchase(client, DAY, Decimal("1000.50"), product="Стрижка"))
    states.append(base.ask(content))
    for state in reversed(states[:-1]):
        base.do(Undo())
        assert base.ask(content) == state
    for state in states[1:]:
        base.do(Redo())
        assert base.ask(content) == state


def test_facts_and_search_follow_an_undo(base: ClientBase) -> None:
    client = base.do(card("Ёлкина Анна")).value
    base.do(UpdateClient(client, None, {"name": "Жукова Анна"}))
    assert base.ask(found, '"жукова"*') == [client]
    base.do(Undo())
    assert base.ask(found, '"жукова"*') == []
    assert base.ask(found, '"елкина"*') == [client]


def test_nothing_to_undo_is_said(base: ClientBase) -> None:
    for command, trouble in ((Undo(), Trouble.NOTHING_TO_UNDO), (Redo(), Trouble.NOTHING_TO_REDO)):
        with pytest.raises(TroubleError) as caught:
            base.do(command)
        assert caught.value.trouble is trouble


def test_an_id_is_never_used_twice(base: ClientBase) -> None:
    first = base.do(card("Первая")).value
    base.do(Undo())
    assert base.do(card("Вторая")).value != first


def test_a_new_change_closes_the_way_forward(base: ClientBase) -> None:
    base.do(card("Первая"))
    base.do(Undo())
    base.do(card("Вторая"))
    assert base.ask(undo_state).redo is None
    with pytest.raises(TroubleError):
        base.do(Redo())


def test_what_changes_nothing_leaves_no_history(base: ClientBase) -> None:
    client = base.do(card("Ёлкина Анна")).value
    outcome = base.do(UpdateClient(client, None, {"name": "Ёлкина Анна"}))
    assert outcome.change_id is None
    assert [entry.command for entry in base.ask(client_history, client)] == ["CreateClient"]


def test_history_tells_before_and_after(base: ClientBase) -> None:
    client = base.do(card("Ёлкина Анна")).value
    base.do(UpdateClient(client, None, {"note": "любит матчу"}))
    base.do(UpdateClient(client, None, {"note": "любит чай", "birthday": "1990-05-12"}))
    newest, older, _ = base.ask(client_history, client)
    assert {(d.column, d.before, d.after) for d in newest.columns} == {
        ("note", "любит матчу", "любит чай"),
        ("birthday", None, "1990-05-12"),
    }
    assert [(d.column, d.before, d.after) for d in older.columns] == [("note", None, "любит матчу")]


def test_history_keeps_what_was_undone_and_says_so(base: ClientBase) -> None:
    client = base.do(card("Ёлкина Анна")).value
    base.do(UpdateClient(client, None, {"note": "опечатка"}))
    base.do(Undo())
    newest, _ = base.ask(client_history, client)
    assert newest.state == "undone"
    assert [(d.column, d.before, d.after) for d in newest.columns] == [("note", None, "опечатка")]


def test_an_older_change_is_taken_back_alone(base: ClientBase) -> None:
    first = base.do(card("Первая"))
    second = base.do(card("Вторая"))
    assert first.change_id is not None
    base.do(TakeBack(first.change_id))
    assert [row[1] for row in base.ask(content)["client"]] == ["Вторая"]
    base.do(Redo())
    assert {row[0] for row in base.ask(content)["client"]} == {first.value, second.value}


def test_a_change_that_others_built_on_stays(base: ClientBase) -> None:
    made = base.do(card("Первая"))
    base.do(AddPurchase(made.value, DAY, Decimal(5)))
    before = base.ask(content)
    assert made.change_id is not None
    with pytest.raises(TroubleError) as caught:
        base.do(TakeBack(made.change_id))
    assert caught.value.trouble is Trouble.USED_LATER
    assert base.ask(content) == before


def test_a_change_is_not_taken_back_twice(base: ClientBase) -> None:
    made = base.do(card("Первая"))
    assert made.change_id is not None
    base.do(TakeBack(made.change_id))
    with pytest.raises(TroubleError):
        base.do(TakeBack(made.change_id))
    with pytest.raises(TroubleError):
        base.do(TakeBack(ChangeId(999)))


class Halfway:
    def run(self, writing: Writing) -> None:
        writing.session.add(Client(name="половина"))
        writing.session.flush()
        raise RuntimeError("the plug was pulled")


def test_a_command_that_breaks_leaves_nothing(base: ClientBase) -> None:
    before = base.ask(content)
    with pytest.raises(RuntimeError):
        base.do(Halfway())
    assert base.ask(content) == before
    assert base.ask(lambda reading: reading.session.scalars(select(Change)).all()) == []
    base.do(card("Первая"))
    assert len(base.ask(content)["client"]) == 1


class BehindTheOrm:
    """Writes as bulk commands do: by statements, not by objects."""

    def run(self, writing: Writing) -> None:
        writing.session.execute(update(Client).values(note="всем"))
        writing.session.execute(delete(ClientContact))


def test_bulk_statements_are_recorded_too(base: ClientBase) -> None:
    for name in ("Первая", "Вторая"):
        base.do(card(name))
    before = base.ask(content)
    outcome = base.do(BehindTheOrm())
    assert outcome.changes.client_ids == {1, 2}
    assert outcome.changes.touched == {Touched.CARDS}
    base.do(Undo())
    assert base.ask(content) == before


def test_many_cards_go_into_the_bin_and_back_as_one(base: ClientBase) -> None:
    ids = tuple(base.do(CreateClient({"name": f"Клиент {n}"})).value for n in range(5))
    base.do(DeleteClients(ids[:1]))
    assert base.ask(_versions) == [2, 1, 1, 1, 1]
    assert base.do(DeleteClients((*ids, ids[1]))).value == 5
    assert base.ask(_versions) == [2, 2, 2, 2, 2]
    base.do(Undo())
    assert [base.ask(full_card, one).card.deleted_at is None for one in ids] == [False, *[True] * 4]
    base.do(RestoreClients(ids))
    assert all(base.ask(full_card, one).card.deleted_at is None for one in ids)
    with pytest.raises(TroubleError) as caught:
        base.do(DeleteClients((*ids, ClientId(77))))
    assert caught.value.detail == "77"
    assert base.ask(full_card, ids[0]).card.deleted_at is None


def test_so_many_cards_as_a_base_has_can_be_chosen(base: ClientBase) -> None:
    ids = tuple(ClientId(n) for n in range(1, 40_001))
    with pytest.raises(TroubleError) as caught:
        base.do(RestoreClients(ids))
    assert caught.value.trouble is Trouble.NO_SUCH_CLIENT


def test_the_bin_leaves_facts_and_gaps_as_they_are(base: ClientBase) -> None:
    client = base.do(card("Ёлкина Анна")).value
    assert base.do(DeleteClients((client,))).changes.touched == {Touched.CARDS}
    assert base.do(Undo()).changes.touched == {Touched.CARDS}


def _versions(reading: Reading) -> list[int]:
    return list(reading.session.scalars(select(Client.version).order_by(Client.id)))


def test_a_reader_cannot_write(base: ClientBase) -> None:
    def write(reading: Reading) -> None:
        reading.session.add(Client(name="мимо двери"))
        reading.session.flush()

    with pytest.raises(TroubleError) as caught:
        base.ask(write)
    assert caught.value.trouble is Trouble.READ_ONLY


Step = Callable[[ClientBase, list[ClientId]], Command[Any]]
_CLIENT = st.integers(0, 3)
_NAME = st.text("аёяБЁ -1", min_size=1, max_size=8).filter(str.strip)
_PHONE = st.text("0123456789+- ", min_size=3, max_size=12).filter(str.strip)
_AMOUNT = st.decimals(-1000, 1000, places=2)
_VALUES = st.fixed_dictionaries(
    {},
    optional={
        "name": _NAME,
        "note": st.none() | _NAME,
        "phone": st.lists(_PHONE, max_size=3).map(tuple),
        "tags": st.lists(st.sampled_from(["vip", "опт", "VIP"]), max_size=2).map(tuple),
        "birthday": st.none() | st.just("--02-29"),
        "cycle_by_hand": st.none() | st.decimals(1, 400, places=1),
    },
)  # fmt: skip
_STEPS = st.one_of(
    st.builds(lambda v: CreateClient({"name": "Новая", **v}), _VALUES),
    st.builds(lambda c, v: UpdateClient(ClientId(c), None, {"name": "Имя", **v}), _CLIENT, _VALUES),
    st.builds(lambda c: DeleteClients((ClientId(c),)), _CLIENT),
    st.builds(lambda c: RestoreClients((ClientId(c),)), _CLIENT),
    st.builds(
        lambda c, d, a: AddPurchase(ClientId(c), date(2026, 1, d), a, product="Товар"),
        _CLIENT,
        st.integers(1, 31),
        _AMOUNT,
    ),
    st.builds(lambda i: DeletePurchase(PurchaseId(i)), st.integers(1, 3)),
    st.builds(
        lambda c: AddInteraction(ClientId(c), InteractionKind.COMPLAINT, DAY, is_open=True),
        _CLIENT,
    ),
    st.builds(lambda i: CloseComplaint(i, DAY), st.integers(1, 2)),
    st.builds(lambda d: SaveProduct("Товар", usual_cycle_days=d), st.none() | st.integers(1, 60)),
    st.builds(
        lambda d: ChangeSettings(Settings(Company(name="Мы"), trade_cycle_days=d)),
        st.none() | st.integers(1, 60),
    ),
    st.builds(
        lambda c: UpdateClient(
            ClientId(c), None, {}, answers={"birthday": DatedAnswer(GapAnswer.REFUSED, DAY)}
        ),
        _CLIENT,
    ),
)


@given(st.lists(_STEPS, min_size=1, max_size=12))
@settings(max_examples=25)
def test_the_way_back_of_the_way_back_is_the_way(steps: list[Command[Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "base.kartoteka"
        create_base(path)
        with ClientBase(path, as_of=DAY) as base:
            seen = [base.ask(content)]
            for step in steps:
                try:
                    outcome = base.do(step)
                except (TroubleError, InvalidError):
                    assert base.ask(content) == seen[-1]
                    continue
                if outcome.change_id is not None:
                    seen.append(base.ask(content))
            for state in reversed(seen[:-1]):
                base.do(Undo())
                assert base.ask(content) == state
            for state in seen[1:]:
                base.do(Redo())
                assert base.ask(content) == state
