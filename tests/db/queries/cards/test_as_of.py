"""What a card, a list or a table shows on a chosen day: nothing that came later."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.commands.interactions import AddInteraction, CloseComplaint
from db.commands.offers import SaveOffer, SetOfferState
from db.commands.purchases import AddPurchase
from db.commands.relations import AddAgreement
from db.commands.tasks import AddTask, CompleteTask
from db.domain.ids import ClientId
from db.domain.offers import Offer, OfferState
from db.domain.today import Touch
from db.domain.trade import InteractionKind
from db.errors import Trouble, TroubleError
from db.file.create import create_base
from db.queries.cards.head import client_head
from db.queries.cards.records import client_records
from db.queries.offers.offers import find_offer, offer_list, open_offers
from db.queries.today.board import today_board
from db.transfer.export import clients_out, purchases_out

EARLY, DAY, LATE = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    create_base(tmp_path / "base.kartoteka")
    return tmp_path / "base.kartoteka"


def client(base: ClientBase) -> ClientId:
    return base.do(CreateClient({"name": "Анна"})).value


def test_a_card_shows_no_later_purchase_and_no_later_talk(path: Path) -> None:
    with ClientBase(path, as_of=LATE) as base:
        anna = client(base)
        for day in (EARLY, DAY, LATE):
            base.do(AddPurchase(anna, day, Decimal(100)))
            base.do(AddInteraction(anna, InteractionKind.CALL, day))
        held = base.ask(client_records, anna)
        assert [row.day for row in held.purchases] == [LATE, DAY, EARLY]
    with ClientBase(path, as_of=DAY) as base:
        held = base.ask(client_records, anna)
        assert [row.day for row in held.purchases] == [DAY, EARLY]
        assert [row.day for row in held.interactions] == [DAY, EARLY]
        assert base.ask(client_head, anna).purchases == len(held.purchases)
        assert [row.day for row in base.ask(purchases_out)] == [EARLY, DAY]


def test_what_is_written_down_for_a_later_day_is_seen_today(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.client_base.today", lambda: DAY)
    with ClientBase(path) as base:
        anna = client(base)
        base.do(AddPurchase(anna, LATE, Decimal(100)))
        base.do(AddAgreement(anna, "discount", percent=Decimal(5), from_on=LATE))
        assert [row.day for row in base.ask(client_records, anna).purchases] == [LATE]
        assert base.ask(client_head, anna).purchases == 0
        assert len(base.ask(client_head, anna).agreements) == 1


def test_a_complaint_settled_later_is_open(path: Path) -> None:
    with ClientBase(path, as_of=LATE) as base:
        anna = client(base)
        said = base.do(AddInteraction(anna, InteractionKind.COMPLAINT, EARLY, is_open=True)).value
        base.do(CloseComplaint(said, LATE))
        (talk,) = base.ask(client_records, anna).interactions
        assert (talk.is_open, talk.closed_on) == (False, LATE)
    with ClientBase(path, as_of=DAY) as base:
        (talk,) = base.ask(client_records, anna).interactions
        assert (talk.is_open, talk.closed_on) == (True, None)


def test_an_agreement_begins_on_its_day(path: Path) -> None:
    with ClientBase(path, as_of=LATE) as base:
        anna = client(base)
        base.do(AddAgreement(anna, "discount", percent=Decimal(5), from_on=LATE))
        base.do(AddAgreement(anna, "deferred", days=14))
        assert len(base.ask(client_head, anna).agreements) == 2
    with ClientBase(path, as_of=DAY) as base:
        assert [row.kind for row in base.ask(client_head, anna).agreements] == ["deferred"]
        (row,) = base.ask(clients_out).rows
        assert (row.get("discount"), row.get("deferred")) == (None, Decimal(14))


def test_a_task_done_later_is_open(path: Path) -> None:
    with ClientBase(path, as_of=LATE) as base:
        task = base.do(AddTask("заказать бланки", EARLY)).value
        base.do(CompleteTask(task, LATE))
        assert base.ask(today_board).rows == ()
    with ClientBase(path, as_of=DAY) as base:
        (row,) = base.ask(today_board).rows
        assert row.touch is Touch.TASK


def test_offers_made_later_are_not_in_the_list(path: Path) -> None:
    with ClientBase(path, as_of=LATE) as base:
        anna = client(base)
        sent = base.do(SaveOffer(Offer(anna, title="a"), EARLY)).value
        sent = base.do(SetOfferState(sent.id, OfferState.SENT, EARLY)).value
        second = base.do(SaveOffer(Offer(anna, title="b"), LATE, sent.id, sent.edition)).value
        base.do(SaveOffer(Offer(anna, title="c"), LATE))
        assert len(base.ask(offer_list)) == 2
        assert base.ask(find_offer, "1") == second.id
    with ClientBase(path, as_of=DAY) as base:
        (row,) = base.ask(offer_list)
        assert (row.id, row.version, row.status) == (sent.id, 1, "sent")
        assert base.ask(open_offers) == 1
        assert base.ask(client_records, anna).offers == (row,)
        assert base.ask(find_offer, "1") == sent.id
        with pytest.raises(TroubleError) as caught:
            base.ask(find_offer, "2")
        assert caught.value.trouble is Trouble.NO_SUCH_OFFER
