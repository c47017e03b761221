"""Laws of amounts: what is written is read back, and rounding happens once."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.money import KOPECK, LIMIT, parse_money, parse_number, to_kopecks

amounts = st.decimals(-(10**12), 10**12, places=2)
numbers = st.decimals(-(10**9), 10**9, places=4)
GROUPS = ("", " ", "\u00a0", "\u202f", "'")
CURRENCIES = ("", " ₽", "₽", " руб.", " р.", " RUB", "$", " €")


def grouped(amount: Decimal, group: str, point: str) -> str:
    """Write an amount as people do: groups of three, kopecks behind a comma or a point."""
    return f"{amount:,.2f}".replace(",", "\x00").replace(".", point).replace("\x00", group)


@given(amounts, st.sampled_from(GROUPS), st.sampled_from(",."), st.sampled_from(CURRENCIES))
def test_an_amount_is_read_back_from_any_way_of_writing_it(
    amount: Decimal, group: str, point: str, currency: str
) -> None:
    assert parse_money(grouped(amount, group, point) + currency) == amount


@given(amounts)
def test_english_and_german_groups_are_read_back_too(amount: Decimal) -> None:
    assert parse_money(grouped(amount, ",", ".")) == amount
    assert parse_money(grouped(amount, ".", ",")) == amount


@given(amounts.filter(lambda amount: amount > 0), st.sampled_from("-−–‒"))
def test_every_minus_is_a_minus(amount: Decimal, minus: str) -> None:
    assert parse_money(f"{minus}{amount:.2f}") == -amount
    assert parse_money(f"{minus} {amount:.2f} ₽") == -amount


@given(numbers)
def test_a_number_is_read_back(number: Decimal) -> None:
    assert parse_number(f"{number:f}") == number
    assert parse_number(f"{number:f}".replace(".", ",")) == number
    assert parse_number(f" {number:f} %") == number


@given(st.text(alphabet="0123456789,.-+ ₽%рубe\u00a0", max_size=15) | st.text(max_size=15))
def test_no_text_gives_anything_but_an_amount_or_a_refusal(text: str) -> None:
    try:
        amount = parse_money(text)
    except ValueError:
        return
    assert amount is None or (amount == to_kopecks(amount) and abs(amount) <= LIMIT)


@given(numbers)
def test_rounding_is_to_the_nearest_kopeck_and_done_once(number: Decimal) -> None:
    rounded = to_kopecks(number)
    assert abs(rounded - number) <= KOPECK / 2
    assert to_kopecks(rounded) == rounded
    assert to_kopecks(-number) == -rounded


@given(numbers, numbers)
def test_rounding_keeps_the_order(one: Decimal, other: Decimal) -> None:
    less, more = sorted((one, other))
    assert to_kopecks(less) <= to_kopecks(more)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("0.004", "0.00"),
        ("0.005", "0.01"),
        ("0.015", "0.02"),
        ("0.025", "0.03"),
        ("-0.005", "-0.01"),
    ],
)
def test_half_a_kopeck_goes_up_and_never_to_the_even_one(typed: str, expected: str) -> None:
    assert to_kopecks(Decimal(typed)) == Decimal(expected)


def test_the_largest_amount_is_2_to_the_53_kopecks() -> None:
    assert Decimal(2**53 - 1) == LIMIT * 100
    assert parse_money(f"{LIMIT}") == LIMIT
    assert parse_money(f"-{LIMIT}") == -LIMIT
    with pytest.raises(ValueError, match=r".*"):
        parse_money(f"{LIMIT + KOPECK}")


@given(st.from_regex(r"-?[0-9]{1,13}(\.[0-9]{1,2})?", fullmatch=True))
def test_an_amount_as_programs_write_it_is_read_the_same_in_any_dress(text: str) -> None:
    """What is written plainly is read at once; with a currency it goes the long way."""
    assert parse_money(text) == parse_money(f"{text} ₽") == parse_money(f" {text} ")
