"""What the checker finds, in words."""

import pytest

from db.domain.checker import Finding, FindingLevel, OfferRule
from tests.offer_sample import greenhouse_offer
from ui.words import i18n
from ui.words.offers import FINDINGS, finding_text


def test_every_rule_of_the_checker_has_words_of_its_own() -> None:
    assert set(FINDINGS) == set(OfferRule)
    with i18n.speaking("en"):
        assert len({words() for words in FINDINGS.values()}) == len(OfferRule)


@pytest.mark.parametrize("rule", OfferRule)
def test_a_finding_names_the_tier_where_its_words_ask_for_one(rule: OfferRule) -> None:
    with i18n.speaking("en"):
        place = "tiers.best" if "{tier}" in FINDINGS[rule]() else "client"
        text = finding_text(Finding(rule, FindingLevel.ERROR, place), greenhouse_offer())
    assert "{" not in text
