"""Value added tax in kopecks, by hand."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.vat import VatMode, default_rate, vat_within, with_vat

amounts = st.decimals(0, 10**9, places=2)
rates = st.decimals(0, 100, places=2)
KOPECK = Decimal("0.01")


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        (date(2019, 1, 1), 20),
        (date(2025, 12, 31), 20),
        (date(2026, 1, 1), 22),
        (date(2030, 6, 1), 22),
    ],
)
def test_the_rate_is_20_before_2026_and_22_from_then(day: date, rate: int) -> None:
    assert default_rate(day) == rate


@pytest.mark.parametrize(
    ("total", "rate", "vat"),
    [
        ("122.00", 22, "22.00"),
        ("120.00", 20, "20.00"),
        ("1000.00", 22, "180.33"),  # 180.3278…
        ("100.00", 20, "16.67"),  # 16.6666…
        ("0.01", 22, "0.00"),
        ("0.03", 20, "0.01"),  # exactly half a kopeck goes up
        ("555.55", 0, "0.00"),
        ("-122.00", 22, "-22.00"),
        ("110.00", 10, "10.00"),
    ],
)
def test_the_tax_within_a_total(total: str, rate: int, vat: str) -> None:
    assert vat_within(Decimal(total), Decimal(rate)) == Decimal(vat)


@pytest.mark.parametrize(
    ("net", "rate", "total"),
    [
        ("1000.00", 22, "1220.00"),
        ("0.01", 22, "0.01"),
        ("0.03", 22, "0.04"),  # 0.0366
        ("99.99", 22, "121.99"),  # 121.9878
        ("0.05", 10, "0.06"),  # 0.055
        ("99.99", 0, "99.99"),
    ],
)
def test_the_tax_on_top_of_a_net_price(net: str, rate: int, total: str) -> None:
    assert with_vat(Decimal(net), Decimal(rate)) == Decimal(total)


@given(amounts, rates)
def test_tax_on_top_is_found_within(net: Decimal, rate: Decimal) -> None:
    total = with_vat(net, rate)
    assert total - vat_within(total, rate) == net


@given(amounts, rates)
def test_tax_within_is_whole_kopecks_and_less_than_half_of_the_total(
    total: Decimal, rate: Decimal
) -> None:
    vat = vat_within(total, rate)
    assert vat == vat.quantize(KOPECK)
    assert 0 <= vat <= total / 2 + KOPECK / 2


@given(amounts, amounts, rates)
def test_a_larger_total_holds_no_less_tax(one: Decimal, other: Decimal, rate: Decimal) -> None:
    less, more = sorted((one, other))
    assert vat_within(less, rate) <= vat_within(more, rate)


def test_the_codes_are_those_of_the_document() -> None:
    assert [str(mode) for mode in VatMode] == ["none", "included", "on_top"]
