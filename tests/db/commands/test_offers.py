"""Offers in a base: numbers, versions, answers, and the way back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from db.client_base import ClientBase
from db.commands.clients import DeleteClients
from db.commands.offers import DeleteOffer, SavedOffer, SaveOffer, SetOfferState
from db.commands.settings import ChangeSettings
from db.commands.undo import Redo, TakeBack, Undo
from db.domain.ids import ClientId, OfferId
from db.domain.offers import (
    Offer,
    OfferFault,
    OfferLine,
    OfferRefusedError,
    OfferState,
    OfferStatus,
    Tier,
    Vat,
    follow_up_on,
)
from db.domain.settings import Company, Settings
from db.domain.today import Touch
from db.domain.vat import VatMode
from db.errors import Trouble, TroubleError
from db.file.create import create_base
from db.outcome import Reading, Writing
from db.queries.offers.offers import (
    client_for_offer,
    find_offer,
    next_number,
    offer_list,
    open_offers,
    stored_offer,
)
from db.queries.today.board import today_board
from db.schema import Client, ClientFact, ContactPerson, Purchase, PurchaseLine, Task
from tests.db.other_day import on_day
from tests.offer_sample import TODAY, greenhouse_offer


class AddPlainClient:
    def __init__(self, name: str, client_id: int) -> None:
        self.name, self.client_id = name, client_id

    def run(self, writing: Writing) -> ClientId:
        session = writing.session
        session.add(Client(id=self.client_id, name=self.name, version=1))
        session.flush()
        session.add(ContactPerson(client_id=self.client_id, name="Сафин Рустам"))
        return ClientId(self.client_id)


class Rename:
    def run(self, writing: Writing) -> None:
        client = writing.session.get(Client, 7)
        assert client is not None
        client.name = "ООО «Новое имя»"


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    create_base(tmp_path / "b.kartoteka")
    with ClientBase(tmp_path / "b.kartoteka", as_of=TODAY) as opened:
        opened.do(AddPlainClient("ООО «Колорит-Алтай»", 7))
        opened.do(ChangeSettings(Settings(company=Company("ООО «Рассвет-Теплица»"))))
        yield opened


@pytest.fixture
def offer() -> Offer:
    return replace(greenhouse_offer(), client_id=7, client_name="ООО «Колорит-Алтай»")


def save(base: ClientBase, offer: Offer, on: date = TODAY) -> SavedOffer:
    return base.do(SaveOffer(offer, on)).value


def become(base: ClientBase, saved: SavedOffer, state: OfferState, **more: object) -> SavedOffer:
    command = SetOfferState(saved.id, state, TODAY, **more)  # type: ignore[arg-type]
    return base.do(command).value


def test_what_is_saved_is_read_back(base: ClientBase, offer: Offer) -> None:
    saved = save(base, offer)
    held = base.ask(stored_offer, saved.id)
    assert held.sheet.offer == offer
    assert (held.sheet.number, held.sheet.version, held.state) == ("2026-001", 1, OfferState.DRAFT)
    assert held.sheet.contact_name == "Сафин Рустам"


def test_the_list_shows_the_recommended_price(base: ClientBase, offer: Offer) -> None:
    save(base, offer)
    (row,) = base.ask(offer_list)
    assert (row.total, row.client_name, row.status) == (
        54_900,
        "ООО «Колорит-Алтай»",
        OfferStatus.DRAFT,
    )
    assert base.ask(open_offers) == 1


def test_numbers_start_again_each_year(base: ClientBase, offer: Offer) -> None:
    days = [TODAY, date(2026, 12, 31), date(2027, 1, 1), TODAY]
    numbers = [save(base, offer, day).number for day in days]
    assert numbers == ["2026-001", "2026-002", "2027-001", "2026-003"]
    assert base.ask(next_number) == "2026-004"


def test_a_number_is_never_given_twice(base: ClientBase, offer: Offer) -> None:
    first = save(base, offer)
    base.do(DeleteOffer(first.id))
    second = save(base, offer)
    base.do(Undo())
    assert base.ask(offer_list) == ()
    assert [second.number, save(base, offer).number] == ["2026-002", "2026-003"]


def test_undo_and_redo_bring_back_the_offer_with_its_lines(base: ClientBase, offer: Offer) -> None:
    saved = save(base, offer)
    shorter = replace(offer, lines=offer.lines[:2], blocks={}, deadline=None, title="другое")
    base.do(SaveOffer(shorter, TODAY, saved.id, saved.edition))
    assert base.ask(stored_offer, saved.id).sheet.offer == shorter
    base.do(Undo())
    assert base.ask(stored_offer, saved.id).sheet.offer == offer
    base.do(Redo())
    assert base.ask(stored_offer, saved.id).sheet.offer == shorter


def test_a_deleted_draft_comes_back_whole(base: ClientBase, offer: Offer) -> None:
    saved = save(base, offer)
    outcome = base.do(DeleteOffer(saved.id))
    assert outcome.change_id is not None
    base.do(TakeBack(outcome.change_id))
    assert base.ask(stored_offer, saved.id).sheet.offer == offer


def test_a_stale_draft_is_refused(base: ClientBase, offer: Offer) -> None:
    saved = save(base, offer)
    base.do(SaveOffer(replace(offer, title="a"), TODAY, saved.id, saved.edition))
    with pytest.raises(TroubleError) as caught:
        base.do(SaveOffer(replace(offer, title="b"), TODAY, saved.id, saved.edition))
    assert caught.value.trouble is Trouble.CHANGED_MEANWHILE
    assert base.ask(stored_offer, saved.id).sheet.offer.title == "a"


def test_a_sent_offer_keeps_both_parties_as_they_were(base: ClientBase, offer: Offer) -> None:
    saved = save(base, offer)
    base.do(Rename())
    assert base.ask(stored_offer, saved.id).sheet.client_name == "ООО «Новое имя»"
    base.do(Undo())
    become(base, saved, OfferState.SENT)
    before = base.ask(stored_offer, saved.id).sheet
    base.do(Rename())
    base.do(ChangeSettings(Settings(company=Company("Другие"))))
    assert base.ask(stored_offer, saved.id).sheet == before
    assert before.ours.name == "ООО «Рассвет-Теплица»"


def test_editing_a_sent_offer_makes_version_two(base: ClientBase, offer: Offer) -> None:
    sent = become(base, save(base, offer), OfferState.SENT)
    second = base.do(SaveOffer(replace(offer, title="v2"), TODAY, sent.id, sent.edition)).value
    assert (second.number, second.version, second.id != sent.id) == (sent.number, 2, True)
    old = base.ask(stored_offer, sent.id)
    assert (old.state, old.sheet.offer.title) == (OfferState.SUPERSEDED, offer.title)
    assert [row.id for row in base.ask(offer_list)] == [second.id]
    assert base.ask(find_offer, "1") == second.id


@pytest.mark.parametrize("answer", [OfferState.SENT, OfferState.DECLINED])
def test_deleting_version_two_gives_version_one_its_state_back(
    base: ClientBase, offer: Offer, answer: OfferState
) -> None:
    held = become(base, save(base, offer), OfferState.SENT)
    if answer is OfferState.DECLINED:
        held = become(base, held, answer)
    second = base.do(SaveOffer(offer, TODAY, held.id, held.edition)).value
    base.do(DeleteOffer(second.id))
    assert base.ask(stored_offer, held.id).state is answer


def test_an_offer_expires_the_day_after_its_last(base: ClientBase, offer: Offer) -> None:
    become(base, save(base, offer), OfferState.SENT)
    for day, status in (
        (date(2027, 1, 31), OfferStatus.SENT),
        (date(2027, 2, 1), OfferStatus.EXPIRED),
    ):
        (row,) = base.ask(on_day, day, offer_list)
        assert row.status is status


def test_acceptance_writes_the_purchase_to_the_kopeck(base: ClientBase, offer: Offer) -> None:
    sent = become(base, save(base, offer), OfferState.SENT)
    become(base, sent, OfferState.ACCEPTED, tier=Tier.BETTER)
    held = base.ask(stored_offer, sent.id)
    assert (held.accepted_tier, held.state) == (Tier.BETTER, OfferState.ACCEPTED)

    def purchases(reading: Reading) -> list[tuple[int, date, Decimal, Decimal | None]]:
        return [
            (p.client_id, p.day, p.amount, p.cost)
            for p in reading.session.scalars(select(Purchase))
        ]

    def amounts(reading: Reading) -> list[Decimal]:
        return list(reading.session.scalars(select(PurchaseLine.amount)))

    assert base.ask(purchases) == [(7, TODAY, Decimal(54_900), Decimal(40_600))]
    assert (len(base.ask(amounts)), sum(base.ask(amounts))) == (5, 54_900)


@pytest.mark.parametrize(
    ("mode", "price"),
    [(VatMode.NONE, 10_000), (VatMode.ON_TOP, 10_000), (VatMode.INCLUDED, 12_200)],
)
def test_an_accepted_offer_earns_its_margin_and_no_tax(
    base: ClientBase, mode: VatMode, price: int
) -> None:
    line = OfferLine("Теплица", Decimal(price), {Tier.GOOD: Decimal(1)}, cost=Decimal(6_000))
    sent = become(base, save(base, Offer(7, vat=Vat(mode), lines=(line,))), OfferState.SENT)
    become(base, sent, OfferState.ACCEPTED, tier=Tier.GOOD)

    def earned(reading: Reading) -> tuple[Decimal, Decimal]:
        fact = reading.session.get_one(ClientFact, 7)
        return fact.revenue, fact.costed_revenue - fact.cost

    assert base.ask(earned) == (Decimal(10_000), Decimal(4_000))


def follow_ups(base: ClientBase) -> list[tuple[int | None, int | None, date]]:
    def asked(reading: Reading) -> list[tuple[int | None, int | None, date]]:
        return [
            (one.client_id, one.offer_id, one.due_on)
            for one in reading.session.scalars(select(Task))
        ]

    return base.ask(asked)


@pytest.mark.parametrize(
    ("sent_on", "asked_on"), [(20, 25), (21, 25), (22, 25), (23, 26), (25, 30)]
)
def test_a_sent_offer_is_asked_about_after_three_working_days(sent_on: int, asked_on: int) -> None:
    assert follow_up_on(date(2026, 11, sent_on)) == date(2026, 11, asked_on)


def test_sending_plans_to_ask_for_the_answer_and_undo_takes_it_back(
    base: ClientBase, offer: Offer
) -> None:
    sent = become(base, save(base, offer), OfferState.SENT)
    assert follow_ups(base) == [(7, sent.id, date(2026, 11, 25))]
    assert base.ask(on_day, date(2026, 11, 24), today_board).rows == ()
    (row,) = base.ask(on_day, date(2026, 11, 25), today_board).rows
    assert (row.client_id, row.touch, row.reasons[0].offer_id) == (7, Touch.OFFER, sent.id)
    base.do(Undo())
    assert follow_ups(base) == []


@pytest.mark.parametrize("answer", [OfferState.ACCEPTED, OfferState.DECLINED])
def test_an_answer_removes_what_was_planned_and_undo_brings_it_back(
    base: ClientBase, offer: Offer, answer: OfferState
) -> None:
    sent = become(base, save(base, offer), OfferState.SENT)
    become(base, sent, answer, tier=Tier.GOOD)
    assert follow_ups(base) == []
    base.do(Undo())
    assert [offer_id for _, offer_id, _ in follow_ups(base)] == [sent.id]


def test_a_new_version_is_asked_about_instead_of_the_one_before(
    base: ClientBase, offer: Offer
) -> None:
    sent = become(base, save(base, offer), OfferState.SENT)
    second = base.do(SaveOffer(offer, TODAY, sent.id, sent.edition)).value
    assert [offer_id for _, offer_id, _ in follow_ups(base)] == [sent.id]
    become(base, second, OfferState.SENT)
    assert [offer_id for _, offer_id, _ in follow_ups(base)] == [second.id]


def test_an_offer_to_whom_has_no_card_is_asked_about_by_name(base: ClientBase) -> None:
    become(base, save(base, Offer(client_name="Анна")), OfferState.SENT)
    (row,) = base.ask(on_day, date(2026, 11, 25), today_board).rows
    assert (row.client_id, row.reasons[0].text) == (None, "Анна")


def test_a_client_in_the_bin_accepts_nothing(base: ClientBase, offer: Offer) -> None:
    sent = become(base, save(base, offer), OfferState.SENT)
    base.do(DeleteClients((ClientId(7),)))
    with pytest.raises(TroubleError) as caught:
        become(base, sent, OfferState.ACCEPTED, tier=Tier.GOOD)
    assert caught.value.trouble is Trouble.NO_SUCH_CLIENT
    assert base.ask(stored_offer, sent.id).state is OfferState.SENT


def test_a_refusal_keeps_its_reason(base: ClientBase, offer: Offer) -> None:
    sent = become(base, save(base, offer), OfferState.SENT)
    become(base, sent, OfferState.DECLINED, reason=" дорого ")
    assert base.ask(stored_offer, sent.id).decline_reason == "дорого"


def test_wrong_steps_are_refused_and_write_nothing(base: ClientBase, offer: Offer) -> None:
    saved = save(base, offer)
    good_only = replace(
        offer,
        lines=tuple(replace(held, quantities={Tier.GOOD: Decimal(1)}) for held in offer.lines),
    )

    def fault(**asked: object) -> OfferFault:
        with pytest.raises(OfferRefusedError) as caught:
            become(base, saved, **asked)  # type: ignore[arg-type]
        return caught.value.fault

    assert fault(state=OfferState.ACCEPTED, tier=Tier.GOOD) is OfferFault.NOT_SENT
    saved = base.do(SaveOffer(good_only, TODAY, saved.id, saved.edition)).value
    saved = become(base, saved, OfferState.SENT)
    assert fault(state=OfferState.SENT) is OfferFault.ALREADY_SENT
    assert fault(state=OfferState.ACCEPTED) is OfferFault.TIER_WANTED
    assert fault(state=OfferState.ACCEPTED, tier=Tier.BEST) is OfferFault.NO_SUCH_TIER
    with pytest.raises(OfferRefusedError):
        base.do(DeleteOffer(saved.id))
    saved = become(base, saved, OfferState.ACCEPTED, tier=Tier.GOOD)
    assert fault(state=OfferState.DECLINED) is OfferFault.ANSWERED
    with pytest.raises(OfferRefusedError):
        base.do(SaveOffer(offer, TODAY, saved.id, saved.edition))


@pytest.mark.parametrize("written", ["1", "001", "2026-001", "2026-1", "КП-2026-001", "№ 1"])
def test_a_number_is_found_however_it_is_written(
    base: ClientBase, offer: Offer, written: str
) -> None:
    saved = save(base, offer)
    assert base.ask(find_offer, written) == saved.id


@pytest.mark.parametrize("written", ["2", "", "2025-001", "1; drop", "9" * 30])
def test_a_number_that_is_not_there_is_a_trouble(
    base: ClientBase, offer: Offer, written: str
) -> None:
    save(base, offer)
    with pytest.raises(TroubleError) as caught:
        base.ask(find_offer, written)
    assert caught.value.trouble is Trouble.NO_SUCH_OFFER
    with pytest.raises(TroubleError):
        base.ask(stored_offer, OfferId(99))


def test_a_client_is_meant_by_name_or_id(base: ClientBase) -> None:
    meant = (7, "ООО «Колорит-Алтай»")
    for who in (7, "7", "ооо «колорит-алтай»"):
        assert base.ask(client_for_offer, who) == meant
    assert base.ask(client_for_offer, "Никто") is None
    base.do(AddPlainClient("ООО «КОЛОРИТ-АЛТАЙ»", 8))
    for who, trouble in (
        ("ООО «Колорит-Алтай»", Trouble.SEVERAL_CLIENTS),
        (99, Trouble.NO_SUCH_CLIENT),
        (10**30, Trouble.NO_SUCH_CLIENT),
    ):
        with pytest.raises(TroubleError) as caught:
            base.ask(client_for_offer, who)
        assert caught.value.trouble is trouble
