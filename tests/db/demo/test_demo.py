"""The demonstration: believable, whole, the same for the same seed."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from db.client_base import ClientBase
from db.demo import make_demo, people
from db.demo.dice import Dice
from db.derived.status import status_now
from db.domain.churn import Definition, LossState
from db.domain.contacts import is_inn, is_phone
from db.domain.fields import ClientKind
from db.domain.lifecycle import Status
from db.domain.marks import losses_on
from db.domain.offers import OfferStatus, status
from db.errors import Trouble, TroubleError
from db.outcome import Reading
from db.progress import CancelledError
from db.queries.winback.losses import client_marks
from db.schema import (
    Agreement,
    Client,
    ClientContact,
    ClientFact,
    ClientGap,
    Interaction,
    LossEpisode,
    OfferRow,
    Purchase,
    Table,
)

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> ClientBase:
    path = tmp_path_factory.mktemp("demo") / "demo.kartoteka"
    make_demo(path, as_of=TODAY, clients=300, seed=1)
    return ClientBase(path, as_of=TODAY)


def everything(reading: Reading) -> dict[str, list[Any]]:
    return {
        table.name: [
            tuple(row)
            for row in reading.session.execute(select(table).order_by(*table.primary_key))
        ]
        for table in Table.metadata.sorted_tables
    }


def test_three_hundred_clients_have_years_of_purchases(tmp_path: Path) -> None:
    made = make_demo(tmp_path / "demo.kartoteka", as_of=TODAY, clients=300, seed=7)
    assert made.clients == 300
    assert made.purchases > 2500


def test_the_same_seed_gives_the_same_base(demo: ClientBase, tmp_path: Path) -> None:
    make_demo(tmp_path / "again.kartoteka", as_of=TODAY, clients=300, seed=1)
    with ClientBase(tmp_path / "again.kartoteka") as again:
        assert again.ask(everything) == demo.ask(everything)


def test_another_seed_gives_other_people(demo: ClientBase, tmp_path: Path) -> None:
    make_demo(tmp_path / "other.kartoteka", as_of=TODAY, clients=300, seed=2)
    names = lambda reading: set(reading.session.scalars(select(Client.name)))  # noqa: E731
    with ClientBase(tmp_path / "other.kartoteka") as other:
        assert len(other.ask(names) & demo.ask(names)) < 60


@pytest.mark.parametrize("clients", [9, 300])
def test_every_status_and_every_way_of_being_lost_is_there(clients: int, tmp_path: Path) -> None:
    make_demo(tmp_path / "demo.kartoteka", as_of=TODAY, clients=clients, seed=5)

    def statuses(reading: Reading) -> set[str]:
        held = select(status_now(reading)).select_from(ClientFact)
        return set(reading.session.scalars(held))

    def definitions(reading: Reading) -> set[Definition]:
        ids = list(reading.session.scalars(select(Client.id)))
        marks = client_marks(reading.session, ids).values()
        return {loss.definition for each in marks for loss in losses_on(each, TODAY)}

    with ClientBase(tmp_path / "demo.kartoteka", as_of=TODAY) as base:
        assert base.ask(statuses) == set(Status)
        assert base.ask(definitions) == set(Definition)


def test_offers_are_there_in_every_state(demo: ClientBase) -> None:
    def states(reading: Reading) -> set[OfferStatus]:
        rows = reading.session.scalars(select(OfferRow))
        return {status(row.state, row.valid_until, TODAY) for row in rows}

    assert demo.ask(states) == set(OfferStatus)


def test_losses_are_under_way_in_every_state(demo: ClientBase) -> None:
    states = demo.ask(lambda reading: set(reading.session.scalars(select(LossEpisode.state))))
    assert states == set(LossState) - {LossState.NEW}


def test_names_agree_in_gender() -> None:
    dice = Dice(1)
    for _ in range(500):
        name = people.person(dice)
        female = name.buyer == "f"
        assert name.patronymic.endswith("на") == female
        if name.surname.endswith(("ова", "ева", "ёва", "ина", "ая")):
            assert female
        if name.surname.endswith(("ов", "ев", "ёв", "ий", "ой")):
            assert not female


def test_phones_and_tax_numbers_are_right_but_for_a_few(demo: ClientBase) -> None:
    phones = demo.ask(
        lambda reading: list(
            reading.session.scalars(
                select(ClientContact.value).where(ClientContact.kind == "phone")
            )
        )
    )
    assert sum(map(is_phone, phones)) / len(phones) > 0.95
    inns = demo.ask(
        lambda reading: list(
            reading.session.scalars(select(Client.inn).where(Client.inn.is_not(None)))
        )
    )
    assert sum(map(is_inn, inns)) / len(inns) > 0.8


def test_the_base_is_as_lively_as_a_real_one(demo: ClientBase) -> None:
    def counts(reading: Reading) -> dict[str, int]:
        return {
            table.__tablename__: reading.session.scalar(select(func.count()).select_from(table))
            or 0
            for table in (Agreement, ClientGap, Interaction, Purchase)
        }

    found = demo.ask(counts)
    assert found["agreement"] > 10
    assert found["client_gap"] > 100
    assert found["interaction"] > 200
    refunds = demo.ask(
        lambda reading: reading.session.scalar(
            select(func.count()).select_from(Purchase).where(Purchase.amount < 0)
        )
    )
    assert refunds
    companies = demo.ask(
        lambda reading: reading.session.scalar(
            select(func.count()).where(Client.kind == ClientKind.COMPANY)
        )
    )
    assert 20 < companies < 60


def test_nothing_lies_in_the_future_and_somebody_celebrates_today(demo: ClientBase) -> None:
    last = demo.ask(lambda reading: reading.session.scalar(select(func.max(Purchase.day))))
    assert last <= TODAY
    assert (
        demo.ask(lambda reading: reading.session.scalar(select(func.max(Interaction.day)))) <= TODAY
    )
    birthdays = demo.ask(
        lambda reading: list(reading.session.scalars(select(Client.birthday).limit(2)))
    )
    assert all(str(day).endswith("11-22") for day in birthdays)


def test_a_file_that_is_there_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "mine.kartoteka").write_text("mine")
    with pytest.raises(TroubleError) as caught:
        make_demo(tmp_path / "mine.kartoteka", as_of=TODAY, clients=9)
    assert caught.value.trouble is Trouble.EXISTS
    assert (tmp_path / "mine.kartoteka").read_text() == "mine"


def test_a_demonstration_given_up_leaves_nothing(tmp_path: Path) -> None:
    class Impatient:
        def step(self, done: int, total: int) -> None:
            raise CancelledError

    with pytest.raises(CancelledError):
        make_demo(tmp_path / "demo.kartoteka", as_of=TODAY, clients=300, progress=Impatient())
    assert not list(tmp_path.iterdir())


def test_a_loss_is_closed_after_it_began(tmp_path: Path) -> None:
    path = tmp_path / "many.kartoteka"
    make_demo(path, as_of=TODAY, clients=1000, seed=7)
    with ClientBase(path, as_of=TODAY) as base:
        assert base.ask(_closed_too_early) == 0


def _closed_too_early(reading: Reading) -> int:
    too_early = LossEpisode.closed_on < LossEpisode.lost_on
    count = select(func.count()).select_from(LossEpisode).where(too_early)
    return reading.session.scalar(count) or 0
