"""Sums in words, held equal to num2words."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from num2words import num2words

from ui.words.amount_words import roubles_in_words


@given(st.integers(0, 10**17 - 1))
@example(0)
@example(100_000_00)
@example(2_001_001_00)
@example(1_000_011_11)
@example(21_012_112_01)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_words_are_those_of_num2words(language: str, kopecks: int) -> None:
    expected = num2words(
        kopecks, lang=language, to="currency", currency="RUB", cents=False, separator=""
    )
    assert roubles_in_words(Decimal(kopecks).scaleb(-2), language) == expected


def test_the_sum_on_the_paper() -> None:
    assert (
        roubles_in_words(Decimal(54_900), "ru")
        == "пятьдесят четыре тысячи девятьсот рублей 00 копеек"
    )
    assert roubles_in_words(Decimal("2.05"), "en") == "two roubles 05 kopeks"


@pytest.mark.parametrize("amount", ["-0.01", "1e15"])
def test_sums_without_words_are_refused(amount: str) -> None:
    with pytest.raises(ValueError, match=r"[15]"):
        roubles_in_words(Decimal(amount), "ru")
