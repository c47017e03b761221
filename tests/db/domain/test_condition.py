"""What a condition means, worked out by hand, and the laws of its forms."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    condition_faults,
    equals,
    fields_of,
    from_json,
    has_status,
    holds,
    meaning,
    to_json,
    with_value_renamed,
    without,
)
from db.domain.fields import STANDARD_BY_KEY, Choice, Entry, Fault, Field, FieldKind
from db.domain.lifecycle import Status

DAY = date(2026, 3, 8)
AT_LEAST, AT_MOST, CONTAINS = Operator.AT_LEAST, Operator.AT_MOST, Operator.CONTAINS
OWN = Field("hair", FieldKind.CHOICE, 7, "Волосы", (Choice(1, "Сухие"), Choice(2, "Жирные")))
FIELDS = {**STANDARD_BY_KEY, OWN.key: OWN}

ENTRIES = st.one_of(
    st.sampled_from(["", "Ёлка", "елка", "company", "lost", " опт ", "да"]),
    st.booleans(),
    st.decimals(-10, 10, places=2),
    st.dates(date(2026, 1, 1), date(2026, 1, 9)),
)
KEYS = st.sampled_from(["kind", "tags", "note", "status", "cycle_by_hand", "consent"])
COMPARISONS = st.builds(Comparison, KEYS, st.sampled_from(Operator), ENTRIES)
CONDITIONS = st.recursive(
    COMPARISONS,
    lambda parts: st.one_of(
        st.builds(All, st.lists(parts, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(parts, max_size=3).map(tuple)),
        st.builds(Not, parts),
    ),
    max_leaves=8,
)
VALUES = st.one_of(st.none(), ENTRIES, st.lists(st.sampled_from(["опт", "Ель"])).map(tuple))
ROWS = st.dictionaries(KEYS, VALUES)


@pytest.mark.parametrize(
    ("value", "comparison", "expected"),
    [
        ("Ёлкин", equals("f", "елкин"), True),
        ("Ёлкин", equals("f", "елк"), False),
        ("Ёлкин", Comparison("f", CONTAINS, "ЕЛК"), True),
        (("опт", "VIP"), equals("f", "vip"), True),
        ((), equals("f", "vip"), False),
        (None, equals("f", ""), False),
        (None, Comparison("f", Operator.HAS_VALUE), False),
        ("", Comparison("f", Operator.HAS_VALUE), False),
        (False, Comparison("f", Operator.HAS_VALUE), True),
        (False, equals("f", value=False), True),
        (None, equals("f", value=False), False),
        (Decimal("1.50"), equals("f", Decimal("1.5")), True),
        (Decimal(0), Comparison("f", AT_LEAST, Decimal(1)), False),
        (Decimal(1), Comparison("f", AT_LEAST, Decimal(1)), True),
        (Decimal(1), Comparison("f", AT_MOST, Decimal(1)), True),
        (Decimal(2), Comparison("f", AT_MOST, Decimal(1)), False),
        (DAY, Comparison("f", AT_MOST, DAY), True),
        (DAY, Comparison("f", AT_LEAST, date(2026, 3, 9)), False),
        (True, equals("f", Decimal(1)), False),
        ("1", equals("f", Decimal(1)), False),
        ("б", Comparison("f", AT_LEAST, "а"), False),
    ],
)
def test_a_comparison(value: object, comparison: Comparison, expected: bool) -> None:
    assert holds(comparison, {"f": value}) is expected  # type: ignore[dict-item]


def test_a_field_that_the_row_does_not_have_is_empty() -> None:
    assert not holds(equals("hat", "red"), {})
    assert holds(Not(equals("hat", "red")), {})


def test_groups_without_parts_are_everybody_and_nobody() -> None:
    assert holds(EVERYBODY, {})
    assert not holds(NOBODY, {})


def test_without_a_field_of_a_condition_the_rest_remains() -> None:
    company = equals("kind", "company")
    whole = All((company, has_status(Status.LOST)))
    assert without(whole, frozenset({"status"})) == All((company, EVERYBODY))
    turned = Not(AnyOf((company, has_status(Status.LOST))))
    assert without(turned, frozenset({"status"})) == Not(AnyOf((company, NOBODY)))


@given(CONDITIONS, ROWS)
def test_what_remains_without_a_field_follows_from_the_condition(
    condition: Condition, row: dict[str, object]
) -> None:
    left = without(condition, frozenset({"status"}))
    assert "status" not in fields_of(left)
    if holds(condition, row):  # type: ignore[arg-type]
        assert holds(left, row)  # type: ignore[arg-type]


@given(CONDITIONS)
def test_a_condition_is_read_as_it_was_written(condition: Condition) -> None:
    again = from_json(to_json(condition))
    assert meaning(again) == meaning(condition)
    assert to_json(again) == to_json(condition)


@given(st.lists(COMPARISONS, max_size=4), ROWS)
def test_the_order_of_a_group_means_nothing(
    parts: list[Comparison], row: dict[str, object]
) -> None:
    one, other = All(tuple(parts)), All(tuple(reversed(parts)))
    assert meaning(one) == meaning(other)
    assert holds(one, row) == holds(other, row)  # type: ignore[arg-type]


@given(CONDITIONS, ROWS)
def test_not_any_is_all_not(condition: Condition, row: dict[str, object]) -> None:
    other = equals("kind", "company")
    one = holds(Not(AnyOf((condition, other))), row)  # type: ignore[arg-type]
    assert one == holds(All((Not(condition), Not(other))), row)  # type: ignore[arg-type]


def test_true_and_one_do_not_mean_the_same() -> None:
    assert meaning(equals("f", value=True)) != meaning(equals("f", Decimal(1)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        '{"all": 1}',
        '{"all": [1]}',
        '{"field": "kind"}',
        '{"field": "kind", "is": "like", "value": "x"}',
        '{"field": 1, "is": "equals", "value": "x"}',
        '{"field": "kind", "is": "equals", "value": 1}',
        '{"field": "kind", "is": "equals", "value": {"number": "NaN"}}',
        '{"field": "kind", "is": "equals", "value": {"number": "x"}}',
        '{"field": "kind", "is": "equals", "value": {"day": "2026-02-30"}}',
        '{"not":' * 30 + '{"all":[]}' + "}" * 30,
        '{"not":' * 50_000,
    ],
)
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the text itself is the message
        from_json(text)


@pytest.mark.parametrize(
    ("comparison", "fault"),
    [
        (equals("kind", "company"), None),
        (equals("kind", "robot"), Fault.NOT_A_CHOICE),
        (has_status(Status.NEW), None),
        (equals(STATUS.key, "asleep"), Fault.NOT_A_CHOICE),
        (equals("hat", "red"), Fault.NO_SUCH_FIELD),
        (equals("hair", "Сухие"), None),
        (equals("hair", "Синие"), Fault.NOT_A_CHOICE),
        (equals("tags", "vip"), None),
        (equals("note", ""), Fault.REQUIRED),
        (equals("consent", value=False), None),
        (equals("consent", "да"), Fault.WRONG_KIND),
        (Comparison("note", CONTAINS, "чай"), None),
        (Comparison("consent_on", CONTAINS, "2026"), Fault.WRONG_KIND),
        (Comparison("consent_on", AT_LEAST, DAY), None),
        (Comparison("consent_on", AT_LEAST, Decimal(1)), Fault.WRONG_KIND),
        (Comparison("note", AT_MOST, "я"), Fault.WRONG_KIND),
        (Comparison("cycle_by_hand", AT_MOST, Decimal("1.23456")), Fault.BAD_NUMBER),
        (Comparison("phone", Operator.HAS_VALUE), None),
    ],
)
def test_what_can_be_compared(comparison: Comparison, fault: Fault | None) -> None:
    faults = [error.fault for error in condition_faults(Not(comparison), FIELDS)]
    assert faults == ([] if fault is None else [fault])


@pytest.mark.parametrize("operator", Operator)
def test_every_operator_can_be_stored_with_some_field(operator: Operator) -> None:
    values: dict[str, Entry] = {
        "note": "чай", "consent": True, "consent_on": DAY, "cycle_by_hand": Decimal(30),
    }  # fmt: skip
    assert any(
        not condition_faults(Comparison(key, operator, value), FIELDS)
        for key, value in values.items()
    )


def test_a_renamed_value_is_renamed_where_it_is_compared() -> None:
    dry = equals("hair", "сухие")
    other = equals("note", "Сухие")
    whole = All((Not(dry), AnyOf((other, equals("hair", "Жирные")))))
    assert with_value_renamed(whole, "hair", "Сухие", "Ломкие") == All(
        (Not(equals("hair", "Ломкие")), AnyOf((other, equals("hair", "Жирные"))))
    )
