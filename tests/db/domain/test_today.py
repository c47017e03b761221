"""Days that decide who is on Today's list."""

from datetime import date

import pytest

from db.domain.today import birthday_near, birthdays_of, rests

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
