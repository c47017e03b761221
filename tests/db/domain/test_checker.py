"""What is wrong with an offer, and where."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from db.domain.checker import FindingLevel, check
from db.domain.offers import Block, Deadline, DeadlineKind, Offer, OfferLine, Tier, TierTerms
from tests.offer_sample import TODAY, greenhouse_offer


@pytest.fixture
def whole() -> Offer:
    return replace(greenhouse_offer(), client_id=1)


def found(offer: Offer, as_of: date = TODAY) -> list[tuple[str, str]]:
    return [(str(finding.rule), finding.place) for finding in check(offer, as_of)]


def test_a_whole_offer_has_nothing_to_mend(whole: Offer) -> None:
    assert found(whole) == []


def test_an_empty_offer_lacks_everything() -> None:
    assert found(Offer()) == [
        ("no_client", "client"),
        ("no_validity", "valid_until"),
        ("no_offer", "lines"),
        ("no_deadline", "deadline"),
        ("no_call_to_action", "blocks.call_to_action"),
    ]


def test_a_name_that_is_no_card_is_only_a_warning(whole: Offer) -> None:
    (finding,) = check(replace(whole, client_id=None, client_name="Кто-то"), TODAY)
    assert (str(finding.rule), finding.level) == ("client_not_in_base", FindingLevel.WARNING)


def test_blanks_are_no_call_to_action(whole: Offer) -> None:
    blank = replace(whole, blocks={**whole.blocks, Block.CALL_TO_ACTION: " \n"})
    assert found(blank) == [("no_call_to_action", "blocks.call_to_action")]


@pytest.mark.parametrize(
    ("deadline", "rules"),
    [
        (None, ["no_deadline"]),
        (Deadline(DeadlineKind.TIME), ["no_deadline"]),
        (Deadline(DeadlineKind.TIME, quantity=5), ["no_deadline"]),
        (Deadline(DeadlineKind.QUANTITY, datetime(2027, 1, 1)), ["no_deadline"]),
        (Deadline(DeadlineKind.FIRST_BUYERS, quantity=5), []),
        (Deadline(DeadlineKind.TIME, datetime(2026, 11, 22, 0, 1)), []),
        (Deadline(DeadlineKind.TIME, datetime(2026, 11, 21, 23, 59)), ["deadline_past"]),
        (Deadline(DeadlineKind.TIME, datetime(2027, 1, 31, 23, 59)), []),
        (Deadline(DeadlineKind.TIME, datetime(2027, 2, 1)), ["deadline_after_validity"]),
    ],
)
def test_a_deadline_lies_between_today_and_the_last_day(
    whole: Offer, deadline: Deadline | None, rules: list[str]
) -> None:
    assert [rule for rule, _ in found(replace(whole, deadline=deadline))] == rules


def test_equal_prices_do_not_rise(whole: Offer) -> None:
    flat = OfferLine("x", Decimal(100), dict.fromkeys(Tier, Decimal(1)))
    assert found(replace(whole, lines=(flat,))) == [
        ("tiers_not_rising", "tiers.better"),
        ("tiers_not_rising", "tiers.best"),
    ]


def test_a_discount_below_cost_is_seen_even_when_a_cost_is_unknown(whole: Offer) -> None:
    tiers = {**whole.tiers, Tier.BEST: TierTerms(discount_percent=Decimal(30))}
    deep = replace(
        whole,
        lines=(
            OfferLine("a", Decimal(100), dict.fromkeys(Tier, Decimal(1)), cost=Decimal(90)),
            OfferLine("b", Decimal(20), {Tier.BETTER: Decimal(1), Tier.BEST: Decimal(1)}),
            OfferLine("c", Decimal(5), {Tier.BEST: Decimal(1)}),
        ),
        tiers=tiers,
        rounding=0,
    )
    assert found(deep) == [("tiers_not_rising", "tiers.best"), ("below_cost", "tiers.best")]


def test_two_prices_get_a_word_of_warning(whole: Offer) -> None:
    line = OfferLine("x", Decimal(100), {Tier.GOOD: Decimal(1), Tier.BEST: Decimal(2)})
    (finding,) = check(replace(whole, lines=(line,)), TODAY)
    assert (str(finding.rule), finding.level) == ("few_tiers", FindingLevel.WARNING)
