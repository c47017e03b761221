"""Field rules: for whom a field is mandatory, and what fills it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.condition import EVERYBODY, All, Comparison, Operator, equals
from db.domain.field_rules import (
    DatedAnswer,
    FieldRule,
    GapAnswer,
    Level,
    Scope,
    gaps,
    is_filled,
    is_junk,
    rule_row,
    scope_of,
)

PHONE = FieldRule(1, "phone", Level.GAP, "позвонить")
FORMULA = FieldRule(2, "own_1", Level.GAP, condition=equals("kind", "person"))
OF_LOST = FieldRule(
    3, "job", Level.BLOCK, condition=All((equals("status", "lost"), equals("tags", "vip")))
)


@pytest.mark.parametrize(
    ("value", "junk"),
    [
        ("-", True), (" — ", True), ("НЕТ", True), ("тест", True), ("123", True), ("111111", True),
        ("7-777-77", True), ("...", True), ("?", True), ("", True),
        ("Нетребко", False), ("12", False), ("8 913 123-45-67", False), ("0", False), ("я", False),
        (Decimal(0), False), (False, False), (date(2026, 1, 1), False), (None, False),
    ],
)  # fmt: skip
def test_junk_only_pretends_to_be_a_value(value: object, junk: bool) -> None:
    assert is_junk(value) is junk  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "filled"),
    [
        (None, False), ("", False), ((), False), ("нет", False), (("-", "нет"), False),
        (("-", "8 913 123-45-67"), True), (Decimal(0), True), (False, True), ("Анна", True),
    ],
)  # fmt: skip
def test_zero_and_no_are_values_and_a_list_needs_one_good_entry(
    value: object, filled: bool
) -> None:
    assert is_filled(value) is filled


def test_a_card_without_a_kind_is_that_of_a_person() -> None:
    assert FORMULA.applies(rule_row({}))
    assert FORMULA.applies(rule_row({"kind": None}))
    assert not FORMULA.applies(rule_row({"kind": "company"}))


def test_a_rule_holds_where_all_of_its_condition_does() -> None:
    assert OF_LOST.applies(rule_row({"tags": ("vip", "опт")}, "lost"))
    assert not OF_LOST.applies(rule_row({"tags": ("vip",)}, "regular"))
    assert not OF_LOST.applies(rule_row({"tags": ()}, "lost"))


def test_on_some_day_only_the_status_is_left_out() -> None:
    rule = OF_LOST.on_some_day()
    assert rule.applies(rule_row({"tags": ("vip",)}, "regular"))
    assert not rule.applies(rule_row({}, "lost"))
    assert PHONE.on_some_day() == PHONE


def test_gaps_are_the_rules_broken_in_their_order() -> None:
    rules = (FORMULA, PHONE, OF_LOST)
    empty = rule_row({"kind": "person"})
    assert gaps(rules, empty, {}) == (FORMULA, PHONE)
    refused = {"phone": DatedAnswer(GapAnswer.REFUSED, date(2026, 11, 29))}
    assert gaps(rules, empty, refused) == (FORMULA,)
    filled = rule_row({"kind": "person", "phone": ("8 913 123-45-67",), "own_1": "6/0"})
    assert gaps(rules, filled, {}) == ()
    assert gaps(rules, rule_row({"kind": "company", "phone": ("нет",)}), {}) == (PHONE,)


TEXTS = st.none() | st.text("абв 12", min_size=1).filter(lambda text: bool(text.strip()))


@given(TEXTS, TEXTS, TEXTS)
def test_the_scope_of_a_condition_gives_it_back(
    kind: str | None, status: str | None, tag: str | None
) -> None:
    other = Comparison("own_1", Operator.EQUALS, "да")
    condition = Scope(kind, status, tag, (other,)).condition()
    assert scope_of(condition).condition() == condition
    assert scope_of(condition).others == (other,)


def test_everybody_has_no_parts() -> None:
    assert scope_of(EVERYBODY) == Scope()
    assert scope_of(equals("kind", "company")) == Scope(kind="company")
    assert scope_of(All((equals("kind", "a"), equals("kind", "b")))).others == (
        equals("kind", "b"),
    )
