"""What a purchase does to a loss: after a refusal, after a decision, after nothing at all."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import insert, select

from db.client_base import ClientBase
from db.commands import returns
from db.commands.clients import CreateClient, DeleteClients
from db.commands.interactions import AddInteraction
from db.commands.purchases import AddPurchase, DeletePurchase
from db.commands.returns import FRESH_DAYS
from db.commands.undo import Redo, Undo
from db.commands.winback import DoNotReturn, LogAttempt, PlanNextStep, ResumeReturn, SetLoss
from db.domain.churn import LossReason, LossState, Result, Way
from db.domain.ids import ClientId, PurchaseId
from db.domain.trade import InteractionKind
from db.file.create import create_base
from db.outcome import Writing
from db.queries.winback.board import winback_list
from db.queries.winback.numbers import winback_numbers, winback_stats
from db.schema import LossEpisode, Purchase
from tests.db.base_content import content

TODAY = date(2026, 11, 22)
# Every 35 days; silent since 17 July.
VISITS = (date(2026, 1, 1), date(2026, 2, 5), date(2026, 3, 10), date(2026, 4, 16))


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    create_base(tmp_path / "base.kartoteka")
    with ClientBase(tmp_path / "base.kartoteka", as_of=TODAY) as opened:
        yield opened


def lost_client(base: ClientBase, name: str = "Анна") -> ClientId:
    client = base.do(CreateClient({"name": name})).value
    for day in VISITS:
        buy(base, client, day, 1000)
    return client


def buy(base: ClientBase, client: ClientId, day: date, amount: int = 700) -> int:
    return base.do(AddPurchase(client, day, Decimal(amount))).value


def attempt(base: ClientBase, client: ClientId, day: date, result: Result = Result.TALKED) -> None:
    base.do(LogAttempt(client, Way.CALL, day, result))


def episodes(base: ClientBase) -> list[LossEpisode]:
    return base.ask(lambda reading: list(reading.session.scalars(select(LossEpisode))))


def listed(base: ClientBase) -> list[str]:
    return [row.name for row in base.ask(winback_list)]


@pytest.mark.parametrize(
    ("days", "state"),
    [(0, LossState.RETURNED), (60, LossState.RETURNED), (61, LossState.REFUSED)],
)
def test_a_refusal_followed_soon_by_a_purchase_is_a_return(
    base: ClientBase, days: int, state: LossState
) -> None:
    client, refused = lost_client(base), date(2026, 9, 1)
    attempt(base, client, refused, Result.REFUSED)
    came = refused + timedelta(days=days)
    bought = base.do(AddPurchase(client, came, Decimal(700))).value
    (held,) = episodes(base)
    assert (held.state, held.without_attempt) == (state, False)
    assert held.closed_on == (came if state is LossState.RETURNED else refused)
    base.do(DeletePurchase(bought))
    (held,) = episodes(base)
    assert (held.state, held.closed_on) == (LossState.REFUSED, refused)


def test_what_was_bought_before_a_refusal_is_no_return(base: ClientBase) -> None:
    client = lost_client(base)
    attempt(base, client, date(2026, 9, 1), Result.REFUSED)
    buy(base, client, date(2026, 8, 30))
    assert episodes(base)[0].state is LossState.REFUSED


def test_who_is_left_alone_stays_so_whatever_is_written_of_them(base: ClientBase) -> None:
    client = lost_client(base)
    base.do(DoNotReturn(client, TODAY, "грубит"))
    base.do(SetLoss(client, TODAY, reason=LossReason.PRICE, liked="мастер"))
    base.do(PlanNextStep(client, TODAY, "подумать", TODAY))
    (held,) = episodes(base)
    assert (held.state, held.leave_reason) == (LossState.DO_NOT_RETURN, "грубит")
    assert (held.reason, held.liked) == (LossReason.PRICE, "мастер")
    assert listed(base) == []
    base.do(ResumeReturn(client, TODAY))
    assert listed(base) == ["Анна"]


def test_an_attempt_lifts_the_decision_to_leave_alone(base: ClientBase) -> None:
    client = lost_client(base)
    base.do(DoNotReturn(client, TODAY, "грубит"))
    attempt(base, client, TODAY)
    assert listed(base) == ["Анна"]


def test_what_is_written_after_the_wait_is_over_is_work(base: ClientBase) -> None:
    client = lost_client(base)
    base.do(DoNotReturn(client, TODAY - timedelta(days=9), "уехал", TODAY))
    base.do(SetLoss(client, TODAY, liked="мастер"))
    assert episodes(base)[0].state is LossState.IN_WORK


def test_a_purchase_after_silence_that_nobody_worked_on_is_a_return(base: ClientBase) -> None:
    client = lost_client(base)
    before = base.ask(winback_stats)
    content_before = base.ask(content)
    bought = buy(base, client, TODAY)
    (held,) = episodes(base)
    assert (held.lost_on, held.opened_on, held.closed_on) == (date(2026, 7, 17), TODAY, TODAY)
    assert (held.state, held.without_attempt) == (LossState.RETURNED, True)
    numbers = base.ask(winback_numbers)
    assert (numbers.returned, numbers.by_themselves) == (1, 1)
    assert numbers.returned_revenue == 0
    after = base.ask(winback_stats)
    assert [(one.month, one.count) for one in after.by_month] == [
        (one.month, one.count) for one in before.by_month
    ]
    kept = base.ask(content)
    base.do(Undo())
    assert base.ask(content) == content_before
    base.do(Redo())
    assert base.ask(content) == kept
    buy(base, client, TODAY)
    assert len(episodes(base)) == 1
    assert bought


def test_a_return_nobody_worked_for_goes_with_its_purchase(base: ClientBase) -> None:
    client = lost_client(base)
    first = base.do(AddPurchase(client, date(2026, 11, 1), Decimal(700))).value
    second = base.do(AddPurchase(client, date(2026, 11, 5), Decimal(700))).value
    base.do(DeletePurchase(first))
    (held,) = episodes(base)
    assert (held.opened_on, held.closed_on) == (date(2026, 11, 5), date(2026, 11, 5))
    base.do(DeletePurchase(second))
    assert episodes(base) == []
    assert listed(base) == ["Анна"]


@pytest.mark.parametrize(
    ("day", "amount"), [(date(2026, 7, 16), 700), (TODAY, -700), (date(2026, 3, 30), 700)],
    ids=["not lost yet", "a refund", "older than what is known"],
)  # fmt: skip
def test_other_purchases_are_no_return(base: ClientBase, day: date, amount: int) -> None:
    buy(base, lost_client(base), day, amount)
    assert episodes(base) == []


def test_who_is_lost_by_something_else_stays_in_the_list(base: ClientBase) -> None:
    client = lost_client(base)
    base.do(AddInteraction(client, InteractionKind.SURVEY, date(2026, 10, 1), nps=3))
    buy(base, client, TODAY)
    assert episodes(base) == []
    assert listed(base) == ["Анна"]


def test_a_low_score_found_later_is_not_hidden_by_such_a_return(base: ClientBase) -> None:
    client = lost_client(base)
    buy(base, client, date(2026, 11, 20))
    base.do(AddInteraction(client, InteractionKind.SURVEY, date(2026, 11, 19), nps=3))
    assert listed(base) == ["Анна"]
    base.do(SetLoss(client, TODAY, reason=LossReason.SERVICE))
    assert max(episodes(base), key=lambda one: one.id).lost_on == date(2026, 11, 19)


def test_a_refusal_long_ago_has_dealt_with_the_silence(base: ClientBase) -> None:
    client = lost_client(base)
    attempt(base, client, date(2026, 8, 1), Result.REFUSED)
    buy(base, client, TODAY)
    assert [one.state for one in episodes(base)] == [LossState.REFUSED]


class _Load:
    """Purchases of many clients in one change, as an import writes them."""

    def __init__(self, rows: list[tuple[ClientId, date]]) -> None:
        self._rows = rows

    def run(self, writing: Writing) -> None:
        writing.session.execute(
            insert(Purchase),
            [{"client_id": one, "day": day, "amount": Decimal(9)} for one, day in self._rows],
        )


def test_of_a_loaded_file_only_what_is_fresh_is_a_return(base: ClientBase) -> None:
    today = TODAY
    fresh, old = today - timedelta(days=FRESH_DAYS - 3), today - timedelta(days=FRESH_DAYS + 3)
    years = [today - timedelta(days=ago) for ago in (600, 570, 540, 510)]
    clients = [base.do(CreateClient({"name": name})).value for name in ("Анна", "Борис", "Вера")]
    base.do(_Load([(client, day) for client in clients for day in years]))
    assert episodes(base) == []
    more = [(clients[0], fresh), (clients[1], old), (clients[1], fresh), (clients[2], old)]
    base.do(_Load(more))
    assert [(one.client_id, one.closed_on) for one in episodes(base)] == [(clients[0], fresh)]


def test_a_purchase_after_two_returns_is_counted_once(base: ClientBase) -> None:
    client = lost_client(base)
    attempt(base, client, date(2026, 10, 1))
    buy(base, client, date(2026, 10, 5), 100)
    base.do(AddInteraction(client, InteractionKind.COMPLAINT, date(2026, 11, 1), is_open=True))
    attempt(base, client, date(2026, 11, 2))
    buy(base, client, date(2026, 11, 5), 1000)
    numbers = base.ask(winback_numbers)
    assert (numbers.returned, numbers.returned_revenue) == (2, Decimal(1100))


def test_the_bin_counts_in_no_number(base: ClientBase) -> None:
    won, refused = lost_client(base), lost_client(base, "Борис")
    attempt(base, won, date(2026, 11, 1))
    buy(base, won, date(2026, 11, 5))
    attempt(base, refused, date(2026, 11, 1), Result.REFUSED)
    base.do(DeleteClients((won, refused)))
    numbers = base.ask(winback_numbers)
    assert (numbers.returned, numbers.closed) == (0, 0)
    assert numbers.returned_revenue == 0
    stats = base.ask(winback_stats)
    assert (stats.by_month, stats.by_reason, stats.by_source) == ((), (), ())


def test_a_low_score_that_still_stands_leaves_no_return_without_work(tmp_path: Path) -> None:
    """An earlier return without work has not ended the low score, so buying does not end it."""
    path, bought = tmp_path / "base.kartoteka", date(2026, 9, 1)
    create_base(path)
    with ClientBase(path, as_of=bought) as base:
        client = lost_client(base)
        buy(base, client, bought)
        assert [episode.state for episode in episodes(base)] == [LossState.RETURNED]
        base.do(AddInteraction(client, InteractionKind.SURVEY, date(2026, 5, 1), nps=3))
    with ClientBase(path, as_of=date(2027, 6, 1)) as base:
        buy(base, client, date(2027, 6, 1))
        assert len(episodes(base)) == 1
        assert listed(base) == ["Анна"]


@pytest.mark.parametrize("seed", range(6))
def test_what_a_save_skips_would_have_written_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Losses are the same where every save goes through all that a return may need."""
    written = []
    for name in ("skips", "never-skips"):
        path = tmp_path / f"{name}.kartoteka"
        create_base(path)
        with ClientBase(path, as_of=TODAY) as base:
            _live(base, Random(seed))
            written.append(base.ask(content)["loss_episode"])
        monkeypatch.setattr(returns, "_has_returns", lambda _: True)
    assert written[0] == written[1]
    assert written[0]


def _live(base: ClientBase, dice: Random) -> None:
    """Buy, take back, talk and complain at random, with clients who come back from silence."""
    clients = [base.do(CreateClient({"name": f"Клиент {number}"})).value for number in range(5)]
    bought: list[int] = []
    for _ in range(60):
        client, day = dice.choice(clients), TODAY - timedelta(days=dice.randrange(700))
        match dice.randrange(8):
            case 0 if bought:
                base.do(DeletePurchase(PurchaseId(bought.pop(dice.randrange(len(bought))))))
            case 1:
                base.do(AddInteraction(client, InteractionKind.CALL, day, nps=dice.randrange(11)))
            case 2:
                attempt(base, client, day, dice.choice([Result.TALKED, Result.REFUSED]))
            case _:
                bought.append(buy(base, client, day, dice.choice([700, 1500, -200])))
    for client in clients:
        buy(base, client, TODAY)
