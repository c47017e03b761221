"""Money as people type it."""

from decimal import Decimal

import pytest

from db.domain.money import parse_money, parse_number, to_kopecks


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("10 045,84", "10045.84"),
        ("-48\u00a0870,07", "-48870.07"),
        ("−5", "-5.00"),
        ("1 234,50 ₽", "1234.50"),
        ("1234.5", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1234 руб.", "1234.00"),
        ("0", "0.00"),
        (".5", "0.50"),
        ("2.005", "2.01"),
        ("0,125", "0.13"),
        ("1234,567", "1234.57"),
        ("1,234", "1234.00"),
        ("-12,345", "-12345.00"),
        ("1,234,567", "1234567.00"),
        ("1.234.567", "1234567.00"),
        ("1,234,567.89", "1234567.89"),
        ("₽12,345.60", "12345.60"),
        ("100 рублей", "100.00"),
        ("100 руб", "100.00"),
        ("1 рубль", "1.00"),
        ("-₽5", "-5.00"),
        ("$ -5.5", "-5.50"),
        ("RUB 1 200,50", "1200.50"),
        ("5 р.", "5.00"),
    ],
)
def test_an_amount_is_read_however_it_is_typed(typed: str, expected: str) -> None:
    assert parse_money(typed) == Decimal(expected)


@pytest.mark.parametrize(
    "typed",
    ["Итого", "1e5", "NaN", "12-5", "--5", "1,23,4", "5 крон", "1.2.3.4", "10**20", "9" * 30],
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_money(typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("1,234", "1.234"), ("0,125", "0.125"), ("1,234,567", "1234567"), ("15%", "15")],
)
def test_a_quantity_keeps_three_digits_behind_its_comma(typed: str, expected: str) -> None:
    assert parse_number(typed) == Decimal(expected)


def test_nothing_typed_is_no_amount() -> None:
    assert parse_money("  ") is None


def test_kopecks_are_rounded_half_up() -> None:
    assert to_kopecks(Decimal("0.005")) == Decimal("0.01")
    assert to_kopecks(Decimal("-0.005")) == Decimal("-0.01")
