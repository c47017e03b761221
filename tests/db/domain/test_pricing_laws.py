"""Laws of prices, and sums worked in kopecks."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.offers import MAX_TOTAL, ROUNDINGS, Offer, OfferLine, Tier, TierTerms, Vat
from db.domain.pricing import PricedTier, price_offer, recommended_tier, round_total
from db.domain.vat import VatMode

percents = st.decimals(0, 100, places=2)
prices = st.decimals(0, 10**6, places=2)
quantities = st.dictionaries(st.sampled_from(Tier), st.decimals(0, 999, places=3), max_size=3)
lines = st.builds(
    OfferLine,
    st.just("x"),
    prices,
    quantities,
    cost=st.none() | prices,
    discount_percent=percents,
)
offers = st.builds(
    Offer,
    vat=st.builds(Vat, st.sampled_from(VatMode), percents),
    rounding=st.sampled_from(ROUNDINGS),
    lines=st.lists(lines, max_size=6).map(tuple),
    tiers=st.dictionaries(
        st.sampled_from(Tier), st.builds(TierTerms, discount_percent=percents), max_size=3
    ),
)


def only(offer: Offer) -> PricedTier:
    (tier,) = price_offer(offer).tiers
    return tier


def one(price: str, cost: str | None = None, quantity: str = "1") -> OfferLine:
    known = None if cost is None else Decimal(cost)
    return OfferLine("x", Decimal(price), {Tier.GOOD: Decimal(quantity)}, cost=known)


@given(offers)
def test_every_sum_of_a_tier_follows_from_its_lines(offer: Offer) -> None:
    for tier in price_offer(offer).tiers:
        assert tier.net + tier.vat == tier.total
        assert tier.saving == max(tier.separate - tier.total, 0)
        assert all(line.amount == round(line.amount, 2) for line in tier.lines)
        costs = [line.cost for line in tier.lines if line.cost is not None]
        assert tier.cost == (sum(costs) if len(costs) == len(tier.lines) else None)
        if offer.vat.mode is not VatMode.ON_TOP:
            assert tier.separate == sum(line.amount for line in tier.lines)
        if offer.vat.mode is VatMode.NONE:
            assert tier.vat == 0


@given(offers)
def test_a_tier_is_there_exactly_where_a_line_has_a_quantity(offer: Offer) -> None:
    priced = price_offer(offer)
    filled = [tier for tier in Tier if any(line.quantity(tier) for line in offer.lines)]
    assert [tier.tier for tier in priced.tiers] == filled
    assert sum(tier.recommended for tier in priced.tiers) <= 1
    assert (priced.main is None) is (not filled)


@given(offers, st.permutations(range(6)))
def test_the_order_of_lines_changes_no_total(offer: Offer, order: list[int]) -> None:
    moved = tuple(offer.lines[place] for place in order if place < len(offer.lines))
    other = Offer(vat=offer.vat, rounding=offer.rounding, lines=moved, tiers=offer.tiers)
    assert [tier.total for tier in price_offer(other).tiers] == [
        tier.total for tier in price_offer(offer).tiers
    ]


@given(prices, st.sampled_from(ROUNDINGS))
def test_a_total_is_rounded_to_a_sum_of_its_rule_and_not_far(amount: Decimal, rule: int) -> None:
    total = round_total(amount, rule)
    if rule == 0 or total == amount:
        return
    step, end = (1000, 900) if rule == 900 else (rule, 0)
    assert total > 0
    assert total % step == end
    assert abs(total - amount) <= Decimal(step) / 2
    assert round_total(total, rule) == total


@given(prices, prices, st.sampled_from([rule for rule in ROUNDINGS if rule not in (0, 900)]))
def test_rounding_keeps_the_order_of_totals(first: Decimal, second: Decimal, rule: int) -> None:
    less, more = sorted((first, second))
    if round_total(less, rule) != less:  # too small a sum stays as it is
        assert round_total(less, rule) <= round_total(more, rule)


@pytest.mark.parametrize(
    ("price", "cost", "margin_percent"),
    [
        ("2000", "1999", "0.1"),  # 0.05 %, rounded up
        ("1900", "1200", "36.8"),  # 700 of 1900, while the markup is 58.3 %
        ("150", "100", "33.3"),
        ("200", "100", "50.0"),
        ("100", "100", "0.0"),
        ("80", "100", "-25.0"),
        ("8", "7.994", "0.1"),  # the cost is 7.99 first
        ("0", "0", None),
    ],
)
def test_a_margin_is_a_part_of_the_price_and_not_of_the_cost(
    price: str, cost: str, margin_percent: str | None
) -> None:
    tier = only(Offer(lines=(one(price, cost),)))
    expected = None if margin_percent is None else Decimal(margin_percent)
    assert tier.margin_percent == expected


def test_a_discount_of_the_line_comes_before_that_of_the_tier() -> None:
    # 3 × 99.99 = 299.97; less 5 % = 284.9715 → 284.97; less 10 % = 256.473 → 256.47.
    line = OfferLine("x", Decimal("99.99"), {Tier.BEST: Decimal(3)}, discount_percent=Decimal(5))
    terms = {Tier.BEST: TierTerms(discount_percent=Decimal(10))}
    tier = only(Offer(lines=(line,), tiers=terms))
    assert (tier.separate, tier.total, tier.saving) == (
        Decimal("284.97"),
        Decimal("256.47"),
        Decimal("28.50"),
    )


def test_tax_on_top_comes_before_the_rounding_of_the_total() -> None:
    # 10 000 and 22 % are 12 200; rounded to 900 it is 11 900, which holds 2 145.90 of tax.
    vat = Vat(VatMode.ON_TOP, Decimal(22))
    tier = only(Offer(lines=(one("10000", "9000"),), vat=vat, rounding=900))
    assert (tier.separate, tier.total, tier.vat) == (12_200, 11_900, Decimal("2145.90"))
    assert (tier.net, tier.margin) == (Decimal("9754.10"), Decimal("754.10"))


def test_a_part_of_a_unit_is_rounded_at_the_line() -> None:
    tier = only(Offer(lines=(one("33.33", "10.01", "0.5"), one("33.33", "10.01", "0.5"))))
    assert tier.total == Decimal("33.34")  # 16.665 → 16.67, twice
    assert tier.cost == Decimal("10.02")  # 5.005 → 5.01, twice


def test_kopecks_are_seen_in_the_total_or_in_the_price_without_discount() -> None:
    assert not price_offer(Offer(lines=(one("10"),))).has_kopecks
    assert price_offer(Offer(lines=(one("10.10"),))).has_kopecks
    assert price_offer(Offer(lines=(one("10.10"),), rounding=1)).has_kopecks


def test_a_sum_beyond_prices_is_seen() -> None:
    large = one("999999999.99", quantity="999999.9999")
    assert price_offer(Offer(lines=(large,))).is_beyond_prices
    assert not price_offer(Offer(lines=(one(f"{MAX_TOTAL}"),))).is_beyond_prices


def test_two_tiers_have_no_middle_to_recommend() -> None:
    assert recommended_tier(Offer(), [Tier.GOOD, Tier.BEST]) is None
    assert recommended_tier(Offer(), list(Tier)) is Tier.BETTER
    chosen = Offer(tiers={Tier.GOOD: TierTerms(recommended=True)})
    assert recommended_tier(chosen, list(Tier)) is Tier.GOOD
    assert recommended_tier(chosen, [Tier.BETTER, Tier.BEST]) is None


def test_without_a_recommended_tier_the_first_one_is_the_main_one() -> None:
    line = OfferLine("x", Decimal(5), {Tier.BETTER: Decimal(1), Tier.BEST: Decimal(2)})
    priced = price_offer(Offer(lines=(line,)))
    assert priced.main is priced.tier(Tier.BETTER)
    assert priced.tier(Tier.GOOD) is None
