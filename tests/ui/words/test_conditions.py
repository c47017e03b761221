"""Conditions are said in words, whatever they compare."""

import pytest

from db.domain.condition import (
    EVERYBODY,
    NOBODY,
    STATUS,
    All,
    AnyOf,
    Comparison,
    Condition,
    Not,
    Operator,
    equals,
    has_status,
)
from db.domain.fields import STANDARD_BY_KEY
from db.domain.lifecycle import Status
from ui.words import i18n
from ui.words.conditions import condition_words


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (EVERYBODY, "everybody"),
        (NOBODY, "nobody"),
        (All((equals("kind", "company"), has_status(Status.LOST))), "companies, lost"),
        (Not(equals("tags", "vip")), "except: tag “vip”"),
        (
            All((AnyOf((equals("source", "A"), equals("source", "B"))), equals("kind", "person"))),
            "(Source: A or Source: B), persons",
        ),
        (equals("consent", value=True), "Consent to messages: Yes"),
        (Comparison("note", Operator.CONTAINS, "tea"), "Note contains “tea”"),
        (Comparison(STATUS.key, Operator.CONTAINS, "lo"), "Status contains “lo”"),
        (Comparison(STATUS.key, Operator.HAS_VALUE), "Status is filled in"),
    ],
)
def test_a_condition_in_words(condition: Condition, words: str) -> None:
    with i18n.speaking("en"):
        assert condition_words(condition, STANDARD_BY_KEY) == words


def test_every_operator_has_words_of_its_own() -> None:
    comparisons = [Comparison("note", operator, "tea") for operator in Operator]
    with i18n.speaking("en"):
        texts = {condition_words(comparison, STANDARD_BY_KEY) for comparison in comparisons}
    assert len(texts) == len(Operator)
