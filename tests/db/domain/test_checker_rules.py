"""Each rule of the checker alone: what breaks it and what just does not."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.checker import FindingLevel, OfferRule, check
from db.domain.offers import Deadline, DeadlineKind, Offer, OfferLine, Tier, Vat
from db.domain.vat import VatMode
from tests.offer_sample import TODAY, greenhouse_offer

WHOLE = replace(greenhouse_offer(), client_id=1)
ONE, TWO, THREE = (Decimal(number) for number in (1, 2, 3))


def broken(offer: Offer, as_of: date = TODAY) -> list[tuple[OfferRule, str]]:
    return [(finding.rule, finding.place) for finding in check(offer, as_of)]


@pytest.mark.parametrize(
    ("client_id", "name", "rule"),
    [
        (1, "", None),
        (1, "Someone", None),
        (None, "Someone", OfferRule.CLIENT_NOT_IN_BASE),
        (None, "", OfferRule.NO_CLIENT),
        (None, "  ", OfferRule.NO_CLIENT),
    ],
)
def test_an_offer_is_for_somebody(client_id: int | None, name: str, rule: OfferRule | None) -> None:
    offer = replace(WHOLE, client_id=client_id, client_name=name)
    assert broken(offer) == ([(rule, "client")] if rule else [])


def test_the_last_day_of_validity_is_not_past() -> None:
    offer = replace(WHOLE, valid_until=TODAY, deadline=Deadline(DeadlineKind.QUANTITY, quantity=1))
    assert broken(offer) == []
    assert broken(offer, TODAY + timedelta(days=1)) == [(OfferRule.VALIDITY_PAST, "valid_until")]


def test_without_validity_a_deadline_cannot_be_after_it() -> None:
    late = Deadline(DeadlineKind.TIME, datetime(2099, 1, 1))
    offer = replace(WHOLE, valid_until=None, deadline=late)
    assert broken(offer) == [(OfferRule.NO_VALIDITY, "valid_until")]


def test_a_deadline_may_be_past_and_after_the_validity_at_once() -> None:
    offer = replace(
        WHOLE,
        valid_until=date(2026, 11, 1),
        deadline=Deadline(DeadlineKind.QUANTITY, datetime(2026, 11, 2), 5),
    )
    assert [rule for rule, _ in broken(offer)] == [
        OfferRule.VALIDITY_PAST,
        OfferRule.DEADLINE_PAST,
        OfferRule.DEADLINE_AFTER_VALIDITY,
    ]


def test_a_line_without_a_quantity_is_no_offer() -> None:
    assert broken(replace(WHOLE, lines=(OfferLine("x", ONE),))) == [(OfferRule.NO_OFFER, "lines")]


@pytest.mark.parametrize(
    ("quantities", "places"),
    [
        ({Tier.GOOD: ONE, Tier.BETTER: TWO, Tier.BEST: THREE}, []),
        ({Tier.GOOD: TWO, Tier.BETTER: ONE, Tier.BEST: THREE}, ["tiers.better"]),
        ({Tier.GOOD: ONE, Tier.BETTER: THREE, Tier.BEST: THREE}, ["tiers.best"]),
        ({Tier.GOOD: THREE, Tier.BETTER: TWO, Tier.BEST: ONE}, ["tiers.better", "tiers.best"]),
    ],
)
def test_prices_rise_from_tier_to_tier(quantities: dict[Tier, Decimal], places: list[str]) -> None:
    offer = replace(WHOLE, lines=(OfferLine("x", Decimal(100), quantities),), tiers={}, rounding=0)
    assert [place for rule, place in broken(offer) if rule is OfferRule.TIERS_NOT_RISING] == places


def test_rounding_may_make_two_prices_equal() -> None:
    quantities = {Tier.GOOD: ONE, Tier.BETTER: Decimal("1.01"), Tier.BEST: TWO}
    line = OfferLine("x", Decimal(1000), quantities)
    assert broken(replace(WHOLE, lines=(line,), tiers={}, rounding=0)) == []
    assert broken(replace(WHOLE, lines=(line,), tiers={}, rounding=100)) == [
        (OfferRule.TIERS_NOT_RISING, "tiers.better")
    ]


@pytest.mark.parametrize(
    ("mode", "price", "cost", "is_below"),
    [
        (VatMode.NONE, "100", "100", False),
        (VatMode.NONE, "100", "100.01", True),
        (VatMode.INCLUDED, "122", "100", False),
        (VatMode.INCLUDED, "122", "100.01", True),  # 100 of it is ours
        (VatMode.ON_TOP, "100", "100", False),
        (VatMode.ON_TOP, "100", "100.01", True),
        (VatMode.NONE, "100", None, False),
    ],
)
def test_a_price_is_below_cost_without_its_tax(
    mode: VatMode, price: str, cost: str | None, is_below: bool
) -> None:
    known = None if cost is None else Decimal(cost)
    line = OfferLine("x", Decimal(price), {Tier.GOOD: ONE}, cost=known)
    offer = replace(WHOLE, lines=(line,), tiers={}, rounding=0, vat=Vat(mode))
    assert ((OfferRule.BELOW_COST, "tiers.good") in broken(offer)) is is_below


def test_only_few_tiers_and_an_unknown_client_are_warnings() -> None:
    offer = Offer(client_name="x", lines=(OfferLine("x", ONE, {Tier.GOOD: ONE}),))
    levels = {finding.rule: finding.level for finding in check(offer, TODAY)}
    warnings = {rule for rule, level in levels.items() if level is FindingLevel.WARNING}
    assert warnings == {OfferRule.CLIENT_NOT_IN_BASE, OfferRule.FEW_TIERS}
    assert OfferRule.NO_DEADLINE in set(levels) - warnings


@given(st.integers(0, 1000))
def test_the_verdict_of_a_day_is_always_the_same(shift: int) -> None:
    day = TODAY + timedelta(days=shift)
    assert check(WHOLE, day) == check(greenhouse_with_client(), day)


def greenhouse_with_client() -> Offer:
    return replace(greenhouse_offer(), client_id=1)
