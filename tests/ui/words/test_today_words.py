"""Why somebody stands on Today's list, in sentences."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from db.domain.today import Touch, TouchReason
from ui.words import i18n
from ui.words.today import reason_text, touches

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("born", "words"),
    [
        (2005, "сегодня исполняется 21 год"),
        (2004, "сегодня исполняется 22 года"),
        (1981, "сегодня исполняется 45 лет"),
        (1915, "сегодня исполняется 111 лет"),
    ],
)
def test_an_age_agrees_with_its_years(born: int, words: str) -> None:
    i18n.use("ru")
    reason = TouchReason(Touch.BIRTHDAY, TODAY, birthday=f"{born}-11-22")
    assert reason_text(reason, TODAY, {}) == words


def test_an_offer_that_was_sent_asks_for_its_answer() -> None:
    i18n.use("en")
    planned = TouchReason(Touch.OFFER, TODAY, offer_id=5)
    own = TouchReason(Touch.OFFER, TODAY, "call Anna", offer_id=5)
    assert reason_text(planned, TODAY, {}) == "ask what they say to our offer"
    assert reason_text(own, TODAY, {}) == "call Anna"


@pytest.mark.parametrize(
    ("days", "words"), [(0, "визит ожидается сегодня"), (-1, "визит ожидался вчера")]
)
def test_a_visit_is_told_by_its_day_first(days: int, words: str) -> None:
    i18n.use("ru")
    reason = TouchReason(
        Touch.DUE, TODAY + timedelta(days), last_on=date(2026, 10, 20), cycle_days=Decimal(33)
    )
    told = f"{words}, последний визит 20.10.2026, обычно раз в 33\u00a0дня"
    assert reason_text(reason, TODAY, {}) == told


def test_gaps_are_told_after_the_day_of_the_visit() -> None:
    i18n.use("ru")
    reason = TouchReason(Touch.GAPS, TODAY + timedelta(1), gaps=("phone",))
    assert reason_text(reason, TODAY, {}) == "визит ожидается завтра, не заполнено: Телефон"


def test_the_filter_of_clients_to_win_back_is_named_like_their_rows() -> None:
    i18n.use("ru")
    assert touches(Touch.WINBACK) == "Вернуть"
