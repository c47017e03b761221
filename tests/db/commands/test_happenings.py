"""Contacts, tasks, agreements and relationships of a client: what is refused, what is written."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from db.client_base import ClientBase
from db.commands.clients import CreateClient, DeleteClients
from db.commands.interactions import AddInteraction, CloseComplaint, DeleteInteraction
from db.commands.purchases import AddPurchase, DeletePurchase, SaveProduct
from db.commands.relations import (
    AddAgreement,
    AddRelationship,
    DeleteAgreement,
    DeleteRelationship,
)
from db.commands.tasks import AddTask, CompleteTask, Congratulate, SnoozeClient, SnoozeTask
from db.domain.fields import Fault
from db.domain.ids import ClientId, PurchaseId
from db.domain.today import Touch
from db.domain.trade import InteractionKind
from db.errors import InvalidError, Trouble, TroubleError
from db.file.create import create_base
from db.outcome import Command
from db.queries.cards.head import client_head
from db.queries.cards.purchases import client_interactions, client_purchases, products
from db.queries.cards.relations import client_relations
from db.queries.today.board import TodayRow, today_board

DAY = date(2026, 11, 22)
NOBODY = ClientId(999)
CALL = InteractionKind.CALL


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    create_base(tmp_path / "base.kartoteka")
    with ClientBase(tmp_path / "base.kartoteka", as_of=DAY) as opened:
        yield opened


@pytest.fixture
def anna(base: ClientBase) -> ClientId:
    return base.do(CreateClient({"name": "Анна"})).value


def today(base: ClientBase) -> tuple[TodayRow, ...]:
    return base.ask(today_board).rows


def faults_of(base: ClientBase, command: Command[object]) -> list[tuple[str, Fault]]:
    with pytest.raises(InvalidError) as caught:
        base.do(command)
    return [(error.field_key, error.fault) for error in caught.value.errors]


@pytest.mark.parametrize(
    "command",
    [
        AddInteraction(NOBODY, CALL, DAY),
        AddPurchase(NOBODY, DAY, Decimal(1)),
        AddAgreement(NOBODY, "discount", percent=Decimal(5)),
        AddRelationship(NOBODY, "friend", text="Ира"),
        AddTask("позвонить", DAY, NOBODY),
        SnoozeClient(NOBODY, (Touch.DUE,), DAY),
        Congratulate(NOBODY, CALL, DAY, DAY),
    ],
    ids=lambda command: type(command).__name__,
)
def test_nothing_is_written_of_a_client_who_is_not_there(
    base: ClientBase, command: Command[object]
) -> None:
    with pytest.raises(TroubleError) as caught:
        base.do(command)
    assert caught.value.trouble is Trouble.NO_SUCH_CLIENT


def test_nothing_is_written_of_a_client_in_the_bin(base: ClientBase, anna: ClientId) -> None:
    base.do(DeleteClients((anna,)))
    with pytest.raises(TroubleError) as caught:
        base.do(AddInteraction(anna, CALL, DAY))
    assert caught.value.trouble is Trouble.NO_SUCH_CLIENT


@pytest.mark.parametrize(
    "command",
    [
        CloseComplaint(7, DAY),
        DeleteInteraction(7),
        DeletePurchase(PurchaseId(7)),
        DeleteAgreement(7),
        DeleteRelationship(7),
        CompleteTask(7, DAY),
        SnoozeTask(7, DAY),
    ],
    ids=lambda command: type(command).__name__,
)
def test_what_is_gone_is_a_trouble(base: ClientBase, command: Command[object]) -> None:
    with pytest.raises(TroubleError) as caught:
        base.do(command)
    assert caught.value.trouble is Trouble.GONE


@pytest.mark.parametrize(("nps", "is_right"), [(-1, False), (0, True), (10, True), (11, False)])
def test_a_score_is_from_0_to_10(
    base: ClientBase, anna: ClientId, nps: int, *, is_right: bool
) -> None:
    survey = AddInteraction(anna, InteractionKind.SURVEY, DAY, nps=nps)
    if is_right:
        base.do(survey)
        assert base.ask(client_interactions, anna)[0].nps == nps
    else:
        assert faults_of(base, survey) == [("nps", Fault.BAD_NUMBER)]


def test_only_a_complaint_can_be_open(base: ClientBase, anna: ClientId) -> None:
    call = AddInteraction(anna, CALL, DAY, is_open=True)
    assert faults_of(base, call) == [("open", Fault.WRONG_KIND)]
    complaint = AddInteraction(anna, InteractionKind.COMPLAINT, DAY, is_open=True)
    number = base.do(complaint).value
    assert base.ask(client_head, anna).complaint_on == DAY
    base.do(CloseComplaint(number, DAY))
    assert base.ask(client_head, anna).complaint_on is None


@pytest.mark.parametrize("day", [date(1899, 12, 31), date(2201, 1, 1)])
def test_a_day_out_of_range_is_refused(base: ClientBase, anna: ClientId, day: date) -> None:
    assert faults_of(base, AddInteraction(anna, CALL, day)) == [("day", Fault.BAD_DATE)]
    assert faults_of(base, AddPurchase(anna, day, Decimal(1))) == [("day", Fault.BAD_DATE)]
    assert faults_of(base, AddTask("позвонить", day)) == [("due_on", Fault.BAD_DATE)]


def test_a_purchase_makes_its_product_once(base: ClientBase, anna: ClientId) -> None:
    base.do(AddPurchase(anna, DAY, Decimal(900), product="  Стрижка "))
    base.do(AddPurchase(anna, DAY, Decimal(900), product="стрижка"))
    base.do(SaveProduct("СТРИЖКА", price=Decimal(950), usual_cycle_days=35))
    (product,) = base.ask(products)
    assert (product.name, product.price, product.usual_cycle_days) == ("Стрижка", 950, 35)
    assert [row.product for row in base.ask(client_purchases, anna)] == ["Стрижка", "Стрижка"]
    assert faults_of(base, SaveProduct("  ")) == [("product", Fault.REQUIRED)]


def test_the_cost_of_a_refund_is_negative(base: ClientBase, anna: ClientId) -> None:
    base.do(AddPurchase(anna, DAY, Decimal(-500), cost=Decimal(200)))
    (row,) = base.ask(client_purchases, anna)
    assert (row.amount, row.cost) == (-500, -200)


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "90071992547409.92"])
def test_an_amount_that_no_base_can_hold_is_refused(
    base: ClientBase, anna: ClientId, amount: str
) -> None:
    purchase = AddPurchase(anna, DAY, Decimal(amount))
    assert faults_of(base, purchase) == [("amount", Fault.BAD_NUMBER)]


@pytest.mark.parametrize(("text", "fault"), [(" ", Fault.REQUIRED), ("я" * 501, Fault.TOO_LONG)])
def test_a_task_has_a_text_of_some_length(base: ClientBase, text: str, fault: Fault) -> None:
    assert faults_of(base, AddTask(text, DAY)) == [("text", fault)]


def test_a_task_done_with_a_call_writes_the_call_once(base: ClientBase, anna: ClientId) -> None:
    task = base.do(AddTask("узнать размер", DAY, anna)).value
    assert [row.touch for row in today(base)] == [Touch.TASK]
    for _time in range(2):
        base.do(CompleteTask(task, DAY, CALL))
    assert [row.text for row in base.ask(client_interactions, anna)] == ["узнать размер"]
    assert today(base) == ()


def test_a_task_put_off_comes_back_on_its_day(base: ClientBase, anna: ClientId) -> None:
    task = base.do(AddTask("позвонить", DAY, anna)).value
    base.do(SnoozeTask(task, DAY + timedelta(days=1)))
    assert today(base) == ()
    base.do(SnoozeClient(anna, (Touch.TASK,), DAY, (task,)))
    assert [row.client_id for row in today(base)] == [anna]


def test_a_congratulation_takes_the_birthday_off_the_list(base: ClientBase) -> None:
    boris = base.do(CreateClient({"name": "Борис", "birthday": "1984-11-23"})).value
    assert [row.touch for row in today(base)] == [Touch.BIRTHDAY]
    base.do(Congratulate(boris, CALL, DAY, DAY + timedelta(days=1), "поздравили"))
    assert today(base) == ()
    assert [row.text for row in base.ask(client_interactions, boris)] == ["поздравили"]


def test_an_agreement_says_something(base: ClientBase, anna: ClientId) -> None:
    assert faults_of(base, AddAgreement(anna, "discount", text=" ")) == [("text", Fault.REQUIRED)]
    number = base.do(AddAgreement(anna, "fixed_price", text=" как в 2025 ")).value
    (row,) = base.ask(client_head, anna).agreements
    assert (row.id, row.kind, row.text) == (number, "fixed_price", "как в 2025")
    base.do(DeleteAgreement(number))
    assert base.ask(client_head, anna).agreements == ()


def test_a_relationship_is_seen_from_both_sides(base: ClientBase, anna: ClientId) -> None:
    boris = base.do(CreateClient({"name": "Борис"})).value
    number = base.do(AddRelationship(anna, "spouse", boris, "с 2010")).value
    (there,) = base.ask(client_relations, anna)
    (back,) = base.ask(client_relations, boris)
    assert (there.name, there.backward, there.text) == ("Борис", False, "с 2010")
    assert (back.name, back.backward, back.other_id) == ("Анна", True, anna)
    base.do(DeleteRelationship(number))
    assert base.ask(client_relations, boris) == []


def test_a_relationship_needs_another_person(base: ClientBase, anna: ClientId) -> None:
    for command in (AddRelationship(anna, "friend"), AddRelationship(anna, "friend", anna)):
        assert faults_of(base, command) == [("text", Fault.REQUIRED)]
    base.do(AddRelationship(anna, "friend", text="Ира"))
    (row,) = base.ask(client_relations, anna)
    assert (row.name, row.other_id, row.text) == ("Ира", None, None)
