"""Prices of an offer, worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.offers import Offer, OfferLine, Tier, TierTerms, Vat
from db.domain.pricing import price_offer, round_total, share_out
from db.domain.vat import VatMode, default_rate, vat_within
from tests.offer_sample import greenhouse_offer

ALL = {Tier.GOOD: Decimal(1), Tier.BETTER: Decimal(2), Tier.BEST: Decimal(3)}


@pytest.fixture
def greenhouse() -> Offer:
    return greenhouse_offer()


def line(price: str, cost: str | None = None, discount: str = "0") -> OfferLine:
    known = None if cost is None else Decimal(cost)
    return OfferLine("x", Decimal(price), ALL, cost=known, discount_percent=Decimal(discount))


def test_each_line_is_rounded_half_up_once_and_the_tier_is_their_sum() -> None:
    # 3 × 33.35 less 10 % = 90.045, which is 90.05 and not 90.04.
    priced = price_offer(Offer(lines=(line("33.35", discount="10"), line("10"))))
    best = priced.tier(Tier.BEST)
    assert best is not None
    assert [held.amount for held in best.lines] == [Decimal("90.05"), Decimal("30.00")]
    assert best.total == Decimal("120.05")


def test_the_three_totals_of_the_greenhouse(greenhouse: Offer) -> None:
    priced = price_offer(greenhouse)
    assert [tier.total for tier in priced.tiers] == [38_900, 54_900, 88_900]
    assert [tier.separate for tier in priced.tiers] == [38_900, 61_100, 100_400]
    assert [tier.saving for tier in priced.tiers] == [0, 6_200, 11_500]
    # 54 900 − (16 800 + 8 100 + 4 300 + 6 000 + 2 × 2 700) = 14 300, which is 26.0 %.
    better = priced.tier(Tier.BETTER)
    assert better is not None
    assert (better.margin, better.margin_percent) == (14_300, Decimal("26.0"))
    assert priced.main is better


def test_a_tier_without_quantities_is_not_there() -> None:
    only = OfferLine("x", Decimal(5), {Tier.GOOD: Decimal(1), Tier.BEST: Decimal(0)})
    assert [tier.tier for tier in price_offer(Offer(lines=(only,))).tiers] == [Tier.GOOD]
    assert price_offer(Offer()).main is None


def test_the_middle_of_three_is_recommended_unless_the_owner_chose() -> None:
    offer = Offer(lines=(line("5"),))
    assert price_offer(offer).main == price_offer(offer).tier(Tier.BETTER)
    chosen = Offer(lines=(line("5"),), tiers={Tier.BEST: TierTerms(recommended=True)})
    assert [tier.recommended for tier in price_offer(chosen).tiers] == [False, False, True]


def test_an_unknown_cost_leaves_the_margin_unknown() -> None:
    priced = price_offer(Offer(lines=(line("5", "1"), line("5"))))
    assert {(tier.cost, tier.margin, tier.margin_percent) for tier in priced.tiers} == {
        (None, None, None)
    }
    assert price_offer(Offer(lines=(line("5", "0"),))).tiers[0].margin_percent == 100


def test_tax_on_top_is_added_and_tax_included_is_found_within() -> None:
    for mode, total, vat in (
        (VatMode.NONE, "1000.00", "0.00"),
        (VatMode.INCLUDED, "1000.00", "180.33"),
        (VatMode.ON_TOP, "1220.00", "220.00"),
    ):
        good = price_offer(Offer(lines=(line("1000", "500"),), vat=Vat(mode))).tiers[0]
        assert (good.total, good.vat) == (Decimal(total), Decimal(vat))
        assert good.net + good.vat == good.total


def test_the_margin_is_of_the_price_without_tax() -> None:
    good = price_offer(Offer(lines=(line("1220", "500"),), vat=Vat(VatMode.INCLUDED))).tiers[0]
    assert (good.net, good.margin_percent) == (1000, Decimal("50.0"))


def test_the_rate_follows_the_day() -> None:
    assert default_rate(date(2025, 12, 31)) == 20
    assert default_rate(date(2026, 1, 1)) == 22


@pytest.mark.parametrize(
    ("amount", "rounding", "total"),
    [
        ("54990", 900, "54900"),
        ("55400", 900, "55900"),
        ("55399.99", 900, "54900"),
        ("300", 900, "300"),
        ("1234.56", 0, "1234.56"),
        ("1234.50", 1, "1235"),
        ("1235", 10, "1240"),
        ("1249.99", 100, "1200"),
        ("4.99", 10, "4.99"),
        ("0", 100, "0"),
    ],
)
def test_a_total_is_rounded_to_the_nearest_and_never_to_zero(
    amount: str, rounding: int, total: str
) -> None:
    assert round_total(Decimal(amount), rounding) == Decimal(total)


amounts = st.decimals(min_value=0, max_value=10**9, places=2)


@given(amounts, st.decimals(min_value=0, max_value=100, places=2))
def test_tax_put_on_top_is_the_tax_found_within(net: Decimal, rate: Decimal) -> None:
    offer = Offer(
        lines=(OfferLine("x", net, {Tier.GOOD: Decimal(1)}),), vat=Vat(VatMode.ON_TOP, rate)
    )
    good = price_offer(offer).tiers[0]
    assert good.net == net
    assert good.vat == vat_within(good.total, rate)


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [
        ("100", ("1", "1", "1"), ("33.33", "33.34", "33.33")),
        ("100", ("3", "1"), ("75.00", "25.00")),
        ("0.01", ("1", "1"), ("0.01", "0.00")),
        ("90", ("0", "0", "0"), ("30.00", "30.00", "30.00")),
        ("-10", ("1", "3"), ("-2.50", "-7.50")),
    ],
)
def test_a_total_is_shared_by_weights_in_whole_kopecks(
    total: str, weights: tuple[str, ...], shares: tuple[str, ...]
) -> None:
    assert share_out(Decimal(total), list(map(Decimal, weights))) == list(map(Decimal, shares))


@given(amounts, st.lists(amounts, min_size=1, max_size=20))
def test_shares_add_up(total: Decimal, weights: list[Decimal]) -> None:
    assert sum(share_out(total, weights)) == total
