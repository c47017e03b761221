"""Losses from the first sign to the return, the refusal or the decision."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from db.client_base import ClientBase
from db.commands.clients import CreateClient, DeleteClients
from db.commands.interactions import AddInteraction, CloseComplaint
from db.commands.purchases import AddPurchase, DeletePurchase
from db.commands.undo import Redo, TakeBack, Undo
from db.commands.winback import DoNotReturn, LogAttempt, PlanNextStep, ResumeReturn, SetLoss
from db.domain.churn import Definition, LossReason, LossState, Result, Way
from db.domain.ids import ClientId
from db.domain.trade import InteractionKind
from db.errors import InvalidError, Trouble, TroubleError
from db.file.create import create_base
from db.outcome import Reading
from db.queries.cards.head import client_head
from db.queries.winback.board import (
    WinbackSort,
    WinbackSpec,
    WinbackView,
    winback_board,
    winback_count,
    winback_list,
)
from db.queries.winback.loss_card import loss_card
from db.queries.winback.numbers import winback_numbers, winback_stats
from db.schema import Interaction, LossEpisode
from tests.db.base_content import content
from tests.db.other_day import on_day

TODAY = date(2026, 11, 22)
# 1 January, 5 February, 10 March, 16 April: every 35 days; silent since 17 July.
VISITS = (date(2026, 1, 1), date(2026, 2, 5), date(2026, 3, 10), date(2026, 4, 16))


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    create_base(tmp_path / "base.kartoteka")
    with ClientBase(tmp_path / "base.kartoteka", as_of=TODAY) as opened:
        yield opened


def lost_client(base: ClientBase, name: str = "Анна", amount: int = 1000) -> ClientId:
    client = base.do(CreateClient({"name": name, "phone": ("+79131234567",)})).value
    for day in VISITS:
        base.do(AddPurchase(client, day, Decimal(amount), cost=Decimal(amount) / 2))
    return client


def call(base: ClientBase, client: ClientId, day: date = TODAY, **more: object) -> None:
    result = more.pop("result", Result.TALKED)
    base.do(LogAttempt(client, Way.CALL, day, result, **more))  # type: ignore[arg-type]


def names(base: ClientBase, spec: WinbackSpec | None = None, day: date = TODAY) -> list[str]:
    found = base.ask(on_day, day, winback_list, None, spec)
    if spec is None:
        assert base.ask(on_day, day, winback_count) == len(found)
    return [row.name for row in found]


def episode(base: ClientBase, client: ClientId) -> LossEpisode:
    def last(reading: Reading) -> LossEpisode:
        asked = select(LossEpisode).where(LossEpisode.client_id == client)
        return (
            reading.session.scalars(asked.order_by(LossEpisode.id.desc())).first() or LossEpisode()
        )

    return base.ask(last)


def test_a_row_says_why_since_when_and_what_is_at_stake(base: ClientBase) -> None:
    client = lost_client(base)
    (row,) = base.ask(winback_list)
    assert (row.client_id, row.name, row.phone) == (client, "Анна", "+79131234567")
    assert [(loss.definition, loss.since) for loss in row.losses] == [
        (Definition.SILENT, date(2026, 7, 17))
    ]
    # 500 a visit × 365 / 35 visits × 0.3
    assert row.stake.money == Decimal("1564.29")
    assert (row.stake.profit_a_visit, row.stake.chance) == (500, Decimal("0.30"))
    assert (row.last_purchase, row.cycle_days) == (VISITS[-1], 35)
    assert row.state is LossState.NEW
    assert not row.stake.estimated


def test_the_list_goes_by_money_and_what_is_unknown_stands_last(base: ClientBase) -> None:
    lost_client(base, "Мало", 100)
    lost_client(base, "Много", 5000)
    once = base.do(CreateClient({"name": "Однажды"})).value
    base.do(AddPurchase(once, date(2026, 1, 1), Decimal(9999)))
    assert names(base) == ["Много", "Мало", "Однажды"]
    backwards = WinbackSpec(descending=False)
    assert names(base, backwards) == ["Мало", "Много", "Однажды"]
    by_name = WinbackSpec(sort=WinbackSort.NAME, descending=False)
    assert names(base, by_name) == ["Мало", "Много", "Однажды"]
    assert names(base, WinbackSpec(text="много")) == ["Много"]


def test_the_bin_holds_nobody_to_win_back(base: ClientBase) -> None:
    client = lost_client(base)
    base.do(DeleteClients((client,)))
    assert names(base) == []


def test_the_parts_of_the_list_are_counted_and_shown(base: ClientBase) -> None:
    silent, unhappy = lost_client(base, "Молчит"), lost_client(base, "Недоволен", 50)
    base.do(AddInteraction(unhappy, InteractionKind.SURVEY, TODAY, nps=4))
    call(base, silent, next_on=TODAY - timedelta(days=1))
    board = base.ask(winback_board, WinbackSpec())
    assert board.counts == {
        "all": 2, "in_work": 1, "do_not_return": 0,
        "silent": 2, "low_nps": 1, "complaint": 0, "never_bought": 0,
    }  # fmt: skip
    assert board.overdue_steps == 1
    assert names(base, WinbackSpec(Definition.LOW_NPS)) == ["Недоволен"]
    assert names(base, WinbackSpec(WinbackView.IN_WORK)) == ["Молчит"]


def test_the_reason_changes_the_chance_and_so_the_money(base: ClientBase) -> None:
    client = lost_client(base)
    base.do(SetLoss(client, TODAY, reason=LossReason.MOVED))
    (row,) = base.ask(winback_list)
    assert (row.stake.chance, row.stake.money) == (Decimal("0.05"), Decimal("260.71"))
    assert base.ask(winback_board, WinbackSpec()).at_stake == Decimal("260.71")
    base.do(SetLoss(client, TODAY, reason="ушла подруга"))
    assert base.ask(winback_list)[0].stake.chance == Decimal("0.30")


def test_the_first_step_opens_the_episode_of_the_loss(base: ClientBase) -> None:
    client = lost_client(base)
    call(base, client, next_step="видео", next_on=date(2026, 11, 25), note="  не слышно ")
    (row,) = base.ask(winback_list)
    assert row.state is LossState.IN_WORK
    assert row.next_on == date(2026, 11, 25)
    card = base.ask(loss_card, client)
    assert card.lost_on == date(2026, 7, 17)
    assert [(one.way, one.result) for one in card.attempts] == [(Way.CALL, Result.TALKED)]
    said = base.ask(lambda reading: reading.session.scalars(select(Interaction)).all())
    assert [(one.kind, one.day, one.text) for one in said] == [("call", TODAY, "не слышно")]


def test_one_loss_is_one_episode(base: ClientBase) -> None:
    client = lost_client(base)
    call(base, client)
    base.do(SetLoss(client, TODAY, reason=LossReason.PRICE, more_reasons=("service", "price")))
    call(base, client, result=Result.PROMISED)
    call(base, client)
    count = base.ask(lambda reading: len(reading.session.scalars(select(LossEpisode)).all()))
    assert count == 1
    held = episode(base, client)
    assert (held.state, held.reason, held.more_reasons) == (LossState.PROMISED, "price", "service")


def test_a_refusal_ends_the_loss_until_a_new_one(base: ClientBase) -> None:
    client = lost_client(base)
    call(base, client, date(2026, 11, 1), result=Result.REFUSED, next_on=TODAY)
    assert names(base) == []
    assert (episode(base, client).closed_on, episode(base, client).next_on) == (
        date(2026, 11, 1), None,
    )  # fmt: skip
    base.do(AddInteraction(client, InteractionKind.COMPLAINT, TODAY, is_open=True))
    (row,) = base.ask(winback_list)
    assert [loss.definition for loss in row.losses] == [Definition.COMPLAINT]
    call(base, client)
    assert episode(base, client).lost_on == TODAY


def test_a_new_complaint_brings_back_though_an_old_one_is_still_open(base: ClientBase) -> None:
    client = base.do(CreateClient({"name": "Олег"})).value
    old, new = date(2026, 10, 1), date(2026, 11, 10)
    base.do(AddInteraction(client, InteractionKind.COMPLAINT, old, is_open=True))
    call(base, client, date(2026, 11, 1), result=Result.REFUSED)
    assert names(base) == []
    base.do(AddInteraction(client, InteractionKind.COMPLAINT, new, is_open=True))
    assert names(base) == ["Олег"]
    (row,) = base.ask(winback_list)
    assert [(loss.definition, loss.since) for loss in row.losses] == [(Definition.COMPLAINT, new)]
    assert base.ask(client_head, client).complaint_on == old
    call(base, client)
    assert episode(base, client).lost_on == new


def test_who_is_left_alone_is_listed_apart(base: ClientBase) -> None:
    client = lost_client(base)
    with pytest.raises(InvalidError):
        base.do(DoNotReturn(client, TODAY, "  "))
    with pytest.raises(InvalidError):
        base.do(DoNotReturn(client, TODAY, "грубит", TODAY))
    base.do(DoNotReturn(client, TODAY, "грубит"))
    assert names(base) == []
    assert names(base, day=date(2030, 1, 1)) == []
    assert names(base, WinbackSpec(WinbackView.DO_NOT_RETURN)) == ["Анна"]
    base.do(ResumeReturn(client, TODAY))
    assert names(base) == ["Анна"]
    with pytest.raises(TroubleError) as none:
        base.do(ResumeReturn(client, TODAY))
    assert none.value.trouble is Trouble.GONE


def test_left_alone_until_a_day_comes_back_on_that_day(base: ClientBase) -> None:
    base.do(DoNotReturn(lost_client(base), TODAY, "на год уехал", date(2027, 3, 1)))
    assert names(base, day=date(2027, 2, 28)) == []
    assert names(base, day=date(2027, 3, 1)) == ["Анна"]


def test_who_is_left_for_good_stays_so_after_a_purchase(base: ClientBase) -> None:
    client = lost_client(base)
    base.do(DoNotReturn(client, TODAY, "грубит"))
    base.do(AddPurchase(client, TODAY, Decimal(10)))
    later = date(2027, 9, 1)
    assert names(base, day=later) == []
    assert names(base, WinbackSpec(WinbackView.DO_NOT_RETURN), later) == ["Анна"]


@pytest.mark.parametrize(
    ("days", "without_attempt"),
    [(0, False), (60, False), (61, True)],
    ids=["today", "60th", "61st"],
)
def test_a_purchase_within_sixty_days_of_an_attempt_is_a_return(
    base: ClientBase, days: int, without_attempt: bool
) -> None:
    client = lost_client(base)
    call(base, client, next_on=TODAY)
    base.do(AddPurchase(client, TODAY + timedelta(days=days), Decimal(700)))
    held = episode(base, client)
    assert (held.state, held.without_attempt) == (LossState.RETURNED, without_attempt)
    assert (held.closed_on, held.next_on) == (TODAY + timedelta(days=days), None)


def test_a_purchase_without_an_attempt_came_by_itself(base: ClientBase) -> None:
    client = lost_client(base)
    base.do(SetLoss(client, TODAY, reason=LossReason.PRICE))
    base.do(AddPurchase(client, TODAY, Decimal(700)))
    assert episode(base, client).without_attempt
    assert names(base) == []


def test_a_purchase_entered_late_ends_the_loss_it_follows(base: ClientBase) -> None:
    client = lost_client(base)
    call(base, client)
    base.do(AddPurchase(client, date(2026, 8, 1), Decimal(700)))  # before the first step
    assert episode(base, client).without_attempt
    before = lost_client(base, "Борис")
    call(base, before)
    base.do(AddPurchase(before, date(2026, 5, 1), Decimal(700)))  # before the loss
    assert episode(base, before).state is LossState.IN_WORK


def test_a_refund_is_no_return(base: ClientBase) -> None:
    client = lost_client(base)
    call(base, client)
    base.do(AddPurchase(client, TODAY, Decimal(-700)))
    assert episode(base, client).state is LossState.IN_WORK


def test_undo_of_the_purchase_brings_the_loss_back(base: ClientBase) -> None:
    client = lost_client(base)
    call(base, client, next_step="видео", next_on=TODAY)
    before = base.ask(content)
    base.do(AddPurchase(client, TODAY, Decimal(700)))
    after = base.ask(content)
    base.do(Undo())
    assert base.ask(content) == before
    base.do(Redo())
    assert base.ask(content) == after


def test_a_return_falls_with_its_purchase(base: ClientBase) -> None:
    client = lost_client(base)
    call(base, client)
    bought = base.do(AddPurchase(client, TODAY, Decimal(700))).value
    base.do(DeletePurchase(bought))
    assert episode(base, client).state is LossState.IN_WORK
    assert names(base) == ["Анна"]


def test_what_was_bought_before_the_first_step_is_no_return(base: ClientBase) -> None:
    unhappy = base.do(CreateClient({"name": "Олег"})).value
    base.do(AddInteraction(unhappy, InteractionKind.SURVEY, date(2026, 11, 1), nps=2))
    base.do(AddPurchase(unhappy, date(2026, 11, 5), Decimal(700)))
    call(base, unhappy)
    assert episode(base, unhappy).state is LossState.IN_WORK


def test_every_step_can_be_taken_back(base: ClientBase) -> None:
    client = lost_client(base)
    for command in (
        LogAttempt(client, Way.GIFT, TODAY, Result.NO_ANSWER, Decimal(300)),
        SetLoss(
            client, TODAY, LossReason.SERVICE, liked="мастер", disliked="ждала", improve="запись"
        ),
        PlanNextStep(client, TODAY, "позвонить", TODAY),
        DoNotReturn(client, TODAY, "грубит"),
    ):
        before = base.ask(content)
        change_id = base.do(command).change_id
        assert change_id is not None
        assert base.ask(content) != before
        base.do(TakeBack(change_id))
        assert base.ask(content) == before


def test_a_closed_complaint_is_no_loss(base: ClientBase) -> None:
    client = base.do(CreateClient({"name": "Олег"})).value
    said = base.do(AddInteraction(client, InteractionKind.COMPLAINT, TODAY, is_open=True)).value
    assert names(base) == ["Олег"]
    base.do(CloseComplaint(said, TODAY))
    assert names(base) == []


def test_the_numbers_of_the_quarter(base: ClientBase) -> None:
    won, came, lost = (lost_client(base, name) for name in ("Анна", "Борис", "Вера"))
    call(base, won, date(2026, 11, 1))
    base.do(SetLoss(came, date(2026, 11, 1), reason=LossReason.PRICE))
    for client, day in ((won, 10), (won, 12), (came, 11)):
        base.do(AddPurchase(client, date(2026, 11, day), Decimal(700)))
    call(base, lost, date(2026, 11, 2), result=Result.REFUSED)
    numbers = base.ask(winback_numbers)
    assert numbers.quarter_from == date(2026, 10, 1)
    assert (numbers.returned, numbers.by_themselves, numbers.closed) == (2, 1, 3)
    assert numbers.returned_revenue == Decimal(1400)  # of those won by an attempt


def test_statistics_count_the_lost_and_the_losses_that_ended(base: ClientBase) -> None:
    first, second, third = (lost_client(base, name) for name in ("Анна", "Борис", "Вера"))
    base.do(SetLoss(first, TODAY, reason=LossReason.PRICE))
    call(base, second, result=Result.REFUSED)
    base.do(DoNotReturn(third, TODAY, "грубит"))
    stats = base.ask(winback_stats)
    assert [(one.month, one.count) for one in stats.by_month] == [(date(2026, 7, 1), 3)]
    assert {one.key: one.count for one in stats.by_reason} == {"price": 1, "": 2}
    assert {one.key: one.count for one in stats.by_source} == {"": 3}
    assert sum(one.money for one in stats.by_reason) == sum(one.money for one in stats.by_month)
