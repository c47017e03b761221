"""Why somebody stands on Today's list, in sentences."""

from datetime import date

import pytest

from db.domain.today import Touch, TouchReason
from ui.words import i18n
from ui.words.today import reason_text

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
