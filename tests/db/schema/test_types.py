"""Column types: what is written is read, and what can't be kept exactly is refused."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import TypeDecorator
from sqlalchemy.dialects.sqlite import dialect

from db.domain.fields import Warmth
from db.schema.types import (
    Checked,
    Code,
    DamagedValueError,
    Day,
    Exact,
    Flag,
    Moment,
    Money,
    Scaled,
    read_birthday,
)

DIALECT = dialect()


def written(kind: TypeDecorator[Any], value: object) -> object:
    return kind.process_bind_param(value, DIALECT)


def read(kind: TypeDecorator[Any], raw: object) -> object:
    return kind.process_result_value(raw, DIALECT)


@pytest.mark.parametrize(
    ("kind", "value", "raw"),
    [
        (Money(), Decimal("1234.50"), 123450),
        (Money(), Decimal("-0.01"), -1),
        (Money(), 5, 500),
        (Exact(), Decimal("36.5"), 365_000),
        (Exact(), Decimal("0.0001"), 1),
        (Scaled(6), Decimal("0.000001"), 1),
        (Day(), date(2026, 11, 22), "2026-11-22"),
        (Flag(), True, 1),
        (Flag(), False, 0),
        (Code(Warmth), Warmth.HOT, "hot"),
    ],
)
def test_a_value_is_written_in_its_form_and_read_again(
    kind: TypeDecorator[Any], value: object, raw: object
) -> None:
    assert written(kind, value) == raw
    assert read(kind, raw) == value


@pytest.mark.parametrize(
    "kind",
    [Money(), Exact(), Day(), Moment(), Flag(), Code(Warmth)],
)
def test_nothing_is_kept_as_nothing(kind: TypeDecorator[Any]) -> None:
    assert written(kind, None) is None
    assert read(kind, None) is None


@pytest.mark.parametrize(
    ("kind", "value"), [(Money(), "0.001"), (Exact(), "0.00001"), (Scaled(6), "0.0000001")]
)
def test_a_number_with_more_decimals_is_refused_and_not_rounded(
    kind: TypeDecorator[Any], value: str
) -> None:
    with pytest.raises(ValueError, match="decimals"):
        written(kind, Decimal(value))


@given(st.integers(-(2**53), 2**53))
def test_kopecks_are_exact(kopecks: int) -> None:
    roubles = read(Money(), kopecks)
    assert isinstance(roubles, Decimal)
    assert roubles.as_tuple().exponent == -2
    assert written(Money(), roubles) == kopecks


def test_a_moment_is_kept_in_utc_and_sorts_as_text() -> None:
    there = datetime(2026, 11, 22, 3, 0, tzinfo=timezone(timedelta(hours=7)))
    raw = written(Moment(), there)
    assert raw == "2026-11-21T20:00:00.000000+00:00"
    assert read(Moment(), raw) == there
    later = written(Moment(), datetime(2026, 11, 21, 20, 0, 1, tzinfo=UTC))
    assert isinstance(later, str)
    assert later > str(raw)


def test_a_code_that_is_none_of_its_members_is_not_written() -> None:
    with pytest.raises(ValueError, match="lukewarm"):
        written(Code(Warmth), "lukewarm")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1984-03-08", date(1984, 3, 8)),
        ("--03-08", date(2000, 3, 8)),
        ("--02-29", date(2000, 2, 29)),
    ],
)
def test_a_birthday_may_be_without_a_year(text: str, day: date) -> None:
    assert read_birthday(text) == day
    assert read(Checked("birthday", read_birthday), text) == text


@pytest.mark.parametrize("raw", ["03-08", "--02-30", "1984", 8])
def test_a_birthday_that_can_not_be_one_is_damage(raw: object) -> None:
    with pytest.raises(DamagedValueError) as caught:
        read(Checked("birthday", read_birthday), raw)
    assert (caught.value.kind, caught.value.raw) == ("birthday", raw)
