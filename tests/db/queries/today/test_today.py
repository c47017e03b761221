"""Today's list: who is on it, why, in what order, and what removes them."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from db.client_base import ClientBase
from db.commands.clients import CreateClient, DeleteClients, UpdateClient
from db.commands.interactions import AddInteraction, CloseComplaint
from db.commands.purchases import AddPurchase
from db.commands.tasks import AddTask, CompleteTask, Congratulate, SnoozeClient, SnoozeTask
from db.commands.undo import Undo
from db.commands.winback import DoNotReturn, LogAttempt
from db.domain.churn import Result, Way
from db.domain.condition import EVERYBODY, to_json
from db.domain.cycle import Timing
from db.domain.field_rules import Level
from db.domain.ids import ClientId
from db.domain.today import Touch
from db.domain.trade import InteractionKind
from db.domain.vat import VatMode
from db.errors import InvalidError, Trouble, TroubleError
from db.file.create import create_base
from db.outcome import Writing
from db.queries.cards.head import client_head
from db.queries.today.board import TodayRow, today_board, today_count
from db.queries.today.numbers import today_numbers
from db.schema import FieldRuleRow, Interaction, OfferRow
from tests.db.base_content import content
from tests.db.domain.by_marks import timing
from tests.db.other_day import on_day

TODAY = date(2026, 11, 22)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    create_base(tmp_path / "base.kartoteka")
    with ClientBase(tmp_path / "base.kartoteka", as_of=TODAY) as opened:
        yield opened


def visitor(
    base: ClientBase, last: int, name: str = "Анна", amount: int = 1000, **card: object
) -> ClientId:
    """A client who came every 30 days, the last time so many days ago."""
    client = base.do(CreateClient({"name": name, **card})).value  # type: ignore[dict-item]
    for visit in range(4):
        day = TODAY - timedelta(days=last + 30 * visit)
        base.do(AddPurchase(client, day, Decimal(amount), cost=Decimal(amount) / 2))
    return client


def rows(base: ClientBase, day: date = TODAY, only: Touch | None = None) -> tuple[TodayRow, ...]:
    board = base.ask(on_day, day, today_board, only)
    if only is None:
        assert base.ask(on_day, day, today_count) == board.total == len(board.rows)
    return board.rows


def touches(base: ClientBase, day: date = TODAY) -> list[tuple[str, list[str]]]:
    return [(row.name, [reason.touch.value for reason in row.reasons]) for row in rows(base, day)]


@pytest.mark.parametrize(
    ("last", "expected"),
    [(26, []), (27, ["due"]), (33, ["due"]), (34, ["overdue"]), (60, ["overdue"]), (200, [])],
)
def test_a_visit_is_asked_for_from_the_opening_of_its_window_until_the_client_is_lost(
    base: ClientBase, last: int, expected: list[str]
) -> None:
    visitor(base, last)
    assert touches(base) == ([("Анна", expected)] if expected else [])


@pytest.mark.parametrize("days", range(20, 62))
def test_the_list_and_the_card_agree_on_when_a_visit_is_due(base: ClientBase, days: int) -> None:
    client = base.do(CreateClient({"name": "Анна"})).value
    for ago in (0, 25, 60, 85, 119):  # gaps of 25, 35, 25, 34: a deviation of 4.5 days
        base.do(AddPurchase(client, TODAY - timedelta(days=days + ago), Decimal(100)))
    head = base.ask(client_head, client)
    assert head.cycle is not None
    assert head.last_on is not None
    stands = timing(head.cycle, head.last_on, TODAY, Decimal("1.5"))
    expected = {
        Timing.DUE: ["due"], Timing.OVERDUE: ["overdue"], Timing.AT_RISK: ["overdue"],
    }.get(stands, [])  # fmt: skip
    assert touches(base) == ([("Анна", expected)] if expected else [])


def test_one_row_a_client_with_the_most_urgent_reason_first(base: ClientBase) -> None:
    client = visitor(base, 30, birthday="1984-11-23")
    base.do(AddTask("привезти краску", TODAY, client))
    base.do(AddInteraction(client, InteractionKind.COMPLAINT, date(2026, 11, 10), is_open=True))
    assert touches(base) == [("Анна", ["complaint", "task", "birthday", "due"])]
    assert base.ask(today_board).counts[Touch.TASK] == 1


def test_the_list_goes_by_urgency_then_by_money(base: ClientBase) -> None:
    visitor(base, 30, "Пора, мало", 100)
    visitor(base, 31, "Пора, много", 9000)
    visitor(base, 40, "Просрочено", 10)
    base.do(AddTask("позвонить в банк", date(2026, 11, 20)))
    found = rows(base)
    assert [row.name for row in found] == ["", "Просрочено", "Пора, много", "Пора, мало"]
    # 4500 a visit × 365 / 30
    assert [row.money for row in found][2] == Decimal("54750.00")
    assert len({row.key for row in found}) == 4


@pytest.mark.parametrize(("ago", "shown"), [(0, False), (3, False), (4, True)])
def test_a_talk_of_any_kind_moves_the_next_touch(base: ClientBase, ago: int, shown: bool) -> None:
    client = visitor(base, 30)
    base.do(AddInteraction(client, InteractionKind.MESSAGE, TODAY - timedelta(days=ago)))
    assert bool(rows(base)) is shown


def test_a_complaint_waits_after_a_talk_and_goes_when_it_is_closed(base: ClientBase) -> None:
    client = base.do(CreateClient({"name": "Олег"})).value
    said = base.do(
        AddInteraction(client, InteractionKind.COMPLAINT, TODAY, "ждал час", is_open=True)
    ).value
    (row,) = rows(base)
    assert (row.reasons[0].text, row.reasons[0].item_id) == ("ждал час", said)
    base.do(AddInteraction(client, InteractionKind.CALL, TODAY))
    assert rows(base) == ()
    assert touches(base, TODAY + timedelta(days=4)) == [("Олег", ["complaint"])]
    base.do(CloseComplaint(said, TODAY))
    assert rows(base, TODAY + timedelta(days=4)) == ()


def test_a_step_of_win_back_stands_first_on_its_day(base: ClientBase) -> None:
    client = visitor(base, 300)
    step = LogAttempt(
        client, Way.CALL, TODAY, Result.TALKED, next_step="видео", next_on=date(2026, 11, 25)
    )
    base.do(step)
    assert rows(base, date(2026, 11, 24)) == ()
    (row,) = rows(base, date(2026, 11, 26))
    assert (row.touch, row.reasons[0].text) == (Touch.WINBACK, "видео")
    base.do(DoNotReturn(client, date(2026, 11, 26), "грубит"))
    assert rows(base, date(2026, 11, 26)) == ()


def test_a_congratulation_is_asked_for_once(base: ClientBase) -> None:
    client = base.do(CreateClient({"name": "Анна", "birthday": "--11-23"})).value
    (row,) = rows(base)
    assert row.reasons[0].day == date(2026, 11, 23)
    base.do(Congratulate(client, InteractionKind.CALL, TODAY, row.reasons[0].day))
    assert rows(base) == ()
    assert rows(base, date(2026, 11, 23)) == ()
    assert touches(base, date(2027, 11, 22)) == [("Анна", ["birthday"])]


def test_who_is_not_to_be_contacted_is_not_invited(base: ClientBase) -> None:
    client = visitor(base, 30, birthday="--11-22", do_not_contact=True)
    assert rows(base) == ()
    base.do(AddTask("вернуть долг", TODAY, client))
    (row,) = rows(base)
    assert row.do_not_contact


def test_who_is_not_to_be_won_back_is_not_invited(base: ClientBase) -> None:
    client = visitor(base, 40, birthday="--11-22")
    base.do(DoNotReturn(client, TODAY, "грубит"))
    assert rows(base) == ()


def test_the_bin_is_never_on_the_list(base: ClientBase) -> None:
    client = visitor(base, 30, birthday="--11-22")
    base.do(AddTask("позвонить", TODAY, client))
    base.do(AddInteraction(client, InteractionKind.COMPLAINT, TODAY, is_open=True))
    base.do(DeleteClients((client,)))
    assert rows(base) == ()


class AskForBirthdays:
    def run(self, writing: Writing) -> None:
        writing.session.add(
            FieldRuleRow(field_key="birthday", level=Level.GAP, condition=to_json(EVERYBODY))
        )


def test_gaps_of_who_is_expected_are_told(base: ClientBase) -> None:
    base.do(AskForBirthdays())
    client = visitor(base, 29)
    visitor(base, 20, "Не скоро")
    (row,) = rows(base, only=Touch.GAPS)
    assert (row.name, row.reasons[-1].gaps) == ("Анна", ("birthday",))
    base.do(UpdateClient(client, None, {"birthday": "--01-05"}))
    assert rows(base, only=Touch.GAPS) == ()


def test_a_snooze_hides_what_was_put_off_and_only_that(base: ClientBase) -> None:
    client = visitor(base, 30, birthday="--11-22")
    task = base.do(AddTask("позвонить", TODAY, client)).value
    until = date(2026, 11, 23)
    before = base.ask(content)
    base.do(SnoozeClient(client, (Touch.TASK, Touch.BIRTHDAY, Touch.DUE), until, (task,)))
    assert rows(base) == ()
    assert touches(base, until) == [("Анна", ["task", "due"])]
    base.do(SnoozeClient(client, (Touch.DUE,), date(2026, 11, 29)))
    assert touches(base, date(2026, 11, 28)) == [("Анна", ["task"])]
    base.do(Undo())
    base.do(Undo())
    assert base.ask(content) == before


def test_tasks_are_made_done_and_moved(base: ClientBase) -> None:
    task = base.do(AddTask("  заказать   бланки ", TODAY)).value
    assert rows(base)[0].reasons[0].text == "заказать бланки"
    base.do(SnoozeTask(task, date(2026, 11, 24)))
    assert rows(base) == ()
    base.do(CompleteTask(task, date(2026, 11, 24)))
    assert rows(base, date(2026, 11, 30)) == ()
    with pytest.raises(InvalidError):
        base.do(AddTask(" ", TODAY))
    with pytest.raises(TroubleError) as gone:
        base.do(CompleteTask(99, TODAY))
    assert gone.value.trouble is Trouble.GONE


class MakeOffer:
    def run(self, writing: Writing) -> None:
        writing.session.add(
            OfferRow(
                id=5, number="2026-001", created_on=TODAY, state_on=TODAY,
                vat_mode=VatMode.NONE, vat_rate=Decimal(0),
            )
        )  # fmt: skip


def test_a_task_of_an_offer_is_a_follow_up(base: ClientBase) -> None:
    client = base.do(CreateClient({"name": "Анна"})).value
    base.do(MakeOffer())
    base.do(AddTask("спросить об ответе", TODAY, client, offer_id=5))
    (row,) = rows(base)
    assert (row.touch, row.reasons[0].offer_id) == (Touch.OFFER, 5)
    base.do(CompleteTask(row.reasons[0].item_id or 0, TODAY, InteractionKind.CALL))
    said = base.ask(lambda reading: reading.session.scalars(select(Interaction)).all())
    assert [(one.kind, one.text) for one in said] == [("call", "спросить об ответе")]


def test_more_than_the_limit_are_counted(base: ClientBase) -> None:
    for number in range(4):
        visitor(base, 30, f"Клиент {number}", 100 * number)
    board = base.ask(today_board, None, 2)
    assert ([row.name for row in board.rows], board.total) == (["Клиент 3", "Клиент 2"], 4)


def test_the_figures_of_the_month(base: ClientBase) -> None:
    first, second = (base.do(CreateClient({"name": name})).value for name in "АБ")
    base.do(CreateClient({"name": "В"}))
    for client, day, amount, cost in (
        (first, date(2026, 11, 2), 1000, 600),
        (first, date(2026, 11, 9), 3000, 1200),
        (first, date(2026, 11, 10), -500, None),
        (second, date(2026, 11, 22), 500, None),
        (second, date(2026, 10, 31), 800, 100),
        (second, date(2026, 9, 30), 9999, 100),
    ):
        base.do(AddPurchase(client, day, Decimal(amount), None if cost is None else Decimal(cost)))
    numbers = base.ask(today_numbers)
    month = numbers.this_month
    # А comes every 7 days and was here 13 days ago: that is over 1.5 cycles.
    assert (numbers.clients, numbers.active) == (3, 1)
    assert (month.revenue, month.orders, month.buyers) == (4000, 3, 2)
    assert month.orders_a_client == Decimal("1.5")
    assert month.margin_percent == 55  # 4000 of known cost, 1800 of it
    assert month.known_percent == 100  # what is unknown came and went back
    assert numbers.last_month.average_order == 800
