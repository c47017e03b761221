"""Win-back in sentences: why, how much, what comes next."""

from datetime import date
from decimal import Decimal

import pytest

from db.domain.churn import Definition, Loss, LossState
from db.domain.ids import ClientId
from db.queries.winback.board import WinbackRow, WinbackView
from db.queries.winback.episodes import Episode
from db.queries.winback.losses import Stake
from ui.words import winback as words

TODAY = date(2026, 11, 22)
NO_PURCHASES = Loss(Definition.SILENT, date(2026, 7, 17))
COMPLAINT = Loss(Definition.COMPLAINT, date(2026, 11, 20))
KNOWN = Stake(
    Decimal("1564.29"), estimated=False, profit_a_visit=Decimal(500), chance=Decimal("0.30")
)


def row(
    *losses: Loss,
    episode: Episode | None = None,
    stake: Stake = KNOWN,
    cycle_days: str | None = "35",
    visits: int = 4,
) -> WinbackRow:
    return WinbackRow(
        client_id=ClientId(1),
        name="Анна",
        phone=None,
        do_not_contact=False,
        stake=stake,
        losses=losses,
        last_purchase=date(2026, 4, 16),
        cycle_days=None if cycle_days is None else Decimal(cycle_days),
        visits=visits,
        nps=4,
        enquiries=4,
        episode=episode,
    )


def in_work(step: str | None = None, on: date | None = None) -> Episode:
    return Episode(1, ClientId(1), TODAY, LossState.IN_WORK, None, step, on)


def left_alone(reason: str, until: date | None = None) -> Episode:
    state = LossState.DO_NOT_RETURN
    return Episode(1, ClientId(1), TODAY, state, None, None, None, reason, until)


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("losses", "cycle_days", "why"),
    [
        ((NO_PURCHASES,), "35", "не покупал 220 дней, обычно раз в 35"),
        ((NO_PURCHASES,), None, "не покупал 220 дней"),
        ((Loss(Definition.LOW_NPS, TODAY),), "35", "оценка 4 из 10"),
        ((Loss(Definition.COMPLAINT, TODAY),), "35", "жалоба сегодня"),
        ((COMPLAINT,), "35", "жалоба открыта 2 дня"),
        ((Loss(Definition.NEVER_BOUGHT, TODAY),), "35", "4 обращения без покупки"),
        ((NO_PURCHASES, COMPLAINT), None, "жалоба открыта 2 дня, не покупал 220 дней"),
    ],
)
def test_every_definition_is_shown_with_its_numbers(
    losses: tuple[Loss, ...], cycle_days: str | None, why: str
) -> None:
    assert plain(words.why(row(*losses, cycle_days=cycle_days), TODAY)) == why


def test_money_is_shown_with_what_it_is_made_of() -> None:
    assert plain(words.money(row())) == "1 564 ₽"
    assert plain(words.money_made_of(row())) == (
        "прибыль за визит 500 ₽ × визитов в год 10,4 × вероятность возврата 30 %"
    )


def test_an_estimated_sum_is_marked_and_explained() -> None:
    stake = Stake(Decimal(100), estimated=True, profit_a_visit=Decimal(10), chance=Decimal("0.3"))
    assert plain(words.money(row(stake=stake))) == "≈ 100 ₽"
    assert "взята типовая маржа отрасли" in words.money_made_of(row(stake=stake))


@pytest.mark.parametrize(
    ("visits", "reason"),
    [(0, "Суммы нет: клиент ещё не покупал."), (1, "Суммы нет: цикл клиента неизвестен.")],
)
def test_a_sum_that_is_not_known_says_why(visits: int, reason: str) -> None:
    unknown = Stake(None, estimated=False, profit_a_visit=None, chance=Decimal("0.30"))
    shown = row(stake=unknown, cycle_days=None, visits=visits)
    assert (words.money(shown), words.money_made_of(shown)) == ("—", reason)


@pytest.mark.parametrize(
    ("episode", "state", "step"),
    [
        (None, "новый", "—"),
        (in_work(), "в работе", "—"),
        (in_work("позвонить"), "в работе", "позвонить"),
        (in_work("позвонить", TODAY), "в работе", "сегодня: позвонить"),
        (in_work(on=date(2026, 11, 20)), "в работе", "просрочен, 20.11.2026"),
        (in_work("звонок", date(2026, 11, 20)), "в работе", "просрочен, 20.11.2026: звонок"),
        (left_alone("грубит"), "не возвращать", "грубит"),
        (left_alone("уехал", date(2027, 1, 1)), "не возвращать до 01.01.2027", "уехал"),
    ],
)
def test_the_state_and_the_next_step(episode: Episode | None, state: str, step: str) -> None:
    shown = row(NO_PURCHASES, episode=episode)
    assert (words.standing(shown), words.next_step(shown, TODAY)) == (state, step)


def test_every_part_of_the_list_has_words_of_its_own() -> None:
    parts = [words.view(str(key)) for key in (*WinbackView, *Definition)]
    assert len(set(parts)) == len(WinbackView) + len(Definition)


def test_what_the_owner_wrote_is_shown_as_written() -> None:
    assert words.motive("своё") == words.loss_reason("своё") == words.source("своё") == "своё"
    assert words.motive("image") == "значимый клиент"
    assert words.loss_reason(None) == "ещё не спросили"
    assert words.source("") == "источник неизвестен"
