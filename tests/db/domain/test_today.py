"""Days that decide who is on Today's list."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.days import celebrated_on
from db.domain.today import REST_DAYS, URGENCY, Touch, birthday_near, birthdays_of, rests

AS_OF = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("birthday", "expected"),
    [
        ("1984-11-22", AS_OF),
        ("--11-23", date(2026, 11, 23)),
        ("1984-11-24", None),
        ("1984-11-21", None),
    ],
)
def test_a_birthday_is_near_on_its_day_and_the_day_before(
    birthday: str, expected: date | None
) -> None:
    assert birthday_near(birthday, AS_OF) == expected


def test_the_new_year_is_no_wall() -> None:
    assert birthday_near("--01-01", date(2026, 12, 31)) == date(2027, 1, 1)


def test_the_29th_of_february_is_celebrated_on_the_28th_in_other_years() -> None:
    assert birthdays_of(date(2027, 2, 28)) == ("02-28", "02-29")
    assert birthdays_of(date(2028, 2, 28)) == ("02-28",)
    assert birthdays_of(date(2028, 2, 29)) == ("02-29",)
    assert birthday_near("2000-02-29", date(2027, 2, 27)) == date(2027, 2, 28)


@pytest.mark.parametrize(("day", "expected"), [(22, True), (19, True), (18, False)])
def test_three_days_after_a_talk_are_days_of_rest(day: int, expected: bool) -> None:
    assert rests(date(2026, 11, day), AS_OF) is expected


def test_nobody_rests_who_was_never_spoken_to() -> None:
    assert not rests(None, AS_OF)


@given(st.dates(date(1901, 1, 1), date(2026, 11, 22)), st.dates(date(2026, 1, 1), date(2040, 1, 1)))
def test_a_birthday_is_near_on_two_days_a_year(born: date, day: date) -> None:
    near = birthday_near(born.isoformat(), day)
    celebrated = {celebrated_on(born.isoformat(), year) for year in (day.year, day.year + 1)}
    assert (near is not None) is bool(celebrated & {day, day + timedelta(days=1)})
    assert near is None or near in celebrated


@given(st.dates(date(1901, 1, 1), date(2026, 11, 22)), st.integers(2020, 2040))
def test_a_birthday_is_looked_up_on_the_day_it_is_celebrated(born: date, year: int) -> None:
    day = celebrated_on(born.isoformat(), year)
    assert f"{born:%m-%d}" in birthdays_of(day)
    assert birthday_near(born.isoformat(), day) == day


def test_what_was_promised_comes_before_what_is_due() -> None:
    assert sorted(Touch, key=URGENCY.__getitem__) == [
        "winback", "complaint", "task", "offer", "birthday", "overdue", "due", "gaps",
    ]  # fmt: skip


@given(st.integers(0, 3000), st.integers(0, 3000))
def test_the_longer_ago_a_talk_the_less_it_rests(one: int, other: int) -> None:
    sooner, later = sorted((one, other))
    if rests(AS_OF - timedelta(days=later), AS_OF):
        assert rests(AS_OF - timedelta(days=sooner), AS_OF)
    assert REST_DAYS == 3
