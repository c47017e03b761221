"""Costs of purchases and refunds."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.trade import InteractionKind, cost_of

amounts = st.decimals(-(10**6), 10**6, places=2)


@pytest.mark.parametrize(
    ("amount", "cost", "counts_as"),
    [
        ("1000", "600", "600"),
        ("1000", "-600", "-600"),
        ("-1000", "600", "-600"),  # what was returned costs nothing any more
        ("-1000", "-600", "-600"),
        ("0", "600", "600"),  # a present: no revenue, and a cost
        ("-1000", "0", "0"),
        ("1000", None, None),
        ("-1000", None, None),
    ],
)
def test_a_refund_brings_its_cost_back(
    amount: str, cost: str | None, counts_as: str | None
) -> None:
    known = None if cost is None else Decimal(cost)
    expected = None if counts_as is None else Decimal(counts_as)
    assert cost_of(Decimal(amount), known) == expected


@given(amounts.filter(bool), st.decimals(0, 10**6, places=2))
def test_a_purchase_and_its_refund_cost_nothing_together(amount: Decimal, cost: Decimal) -> None:
    bought, returned = cost_of(abs(amount), cost), cost_of(-abs(amount), cost)
    assert bought is not None
    assert returned is not None
    assert bought + returned == 0


@given(amounts, amounts)
def test_a_cost_counted_twice_is_the_same(amount: Decimal, cost: Decimal) -> None:
    once = cost_of(amount, cost)
    assert cost_of(amount, once) == once


def test_the_kinds_of_contacts_are_those_of_the_command_line() -> None:
    assert [str(kind) for kind in InteractionKind] == [
        "enquiry", "call", "meeting", "message", "complaint", "survey",
    ]  # fmt: skip
