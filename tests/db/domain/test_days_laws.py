"""Laws of days: what is written is read back, and months are moved without a leap."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.days import EARLIEST, LATEST, add_months, celebrated_on, parse_birthday, parse_day

TODAY = date(2026, 11, 22)
days = st.dates(EARLIEST, LATEST)
months = st.integers(-240, 240)
NAMES = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
FORMS = (
    "{0:%d.%m.%Y}",
    "{0:%d/%m/%Y}",
    "{0:%d-%m-%Y}",
    "{0.day}.{0.month}.{0.year}",
    "{0:%d%m%Y}",
    "{0:%Y-%m-%d}",
    "{0:%Y/%m/%d}",
    "{0:%Y.%m.%d}",
    "{0:%Y-%m-%d}T18:30",
    "{0:%d.%m.%Y} 00:00:00",
    "  {0:%d.%m.%Y} г. ",
    "{0:%d %B %Y}",
)


@given(days, st.sampled_from(FORMS))
def test_a_whole_day_is_read_back_from_any_way_of_writing_it(day: date, form: str) -> None:
    written = form.format(day)
    assert parse_day(written, TODAY) == day
    assert parse_day(written, TODAY, in_full=True) == day


@given(days)
def test_a_month_may_be_written_in_russian(day: date) -> None:
    assert parse_day(f"{day.day} {NAMES[day.month - 1]} {day.year}", TODAY) == day
    assert parse_day(f"{day.day} {NAMES[day.month - 1].upper()} {day.year} года", TODAY) == day


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_a_day_without_a_year_is_of_this_year(day: date) -> None:
    assert parse_day(f"{day:%d.%m}", TODAY) == day
    assert parse_day(f"{day.day} {NAMES[day.month - 1]}", TODAY) == day


@given(st.dates(date(1947, 1, 1), date(2046, 12, 31)))
def test_a_year_of_two_digits_is_at_most_twenty_years_ahead(day: date) -> None:
    assert parse_day(f"{day:%d.%m.%y}", TODAY) == day


@given(st.integers(-999, 999))
def test_a_shift_is_counted_from_today(number: int) -> None:
    assert parse_day(f"{number:+d}д", TODAY) == TODAY + timedelta(days=number)
    assert parse_day(f"{number:+d}н", TODAY) == TODAY + timedelta(weeks=number)


@given(st.text(alphabet="0123456789./- янвмагд+T:", max_size=14) | st.text(max_size=14))
def test_no_text_gives_anything_but_a_day_or_a_refusal(text: str) -> None:
    try:
        day = parse_day(text, TODAY)
    except ValueError:
        return
    assert day is None or EARLIEST <= day <= LATEST


@given(st.text(alphabet="0123456789./- янвмагд", max_size=14) | st.text(max_size=14))
def test_a_birthday_is_stored_in_a_form_that_is_read_back(text: str) -> None:
    try:
        birthday = parse_birthday(text, TODAY)
    except ValueError:
        return
    if birthday is not None:
        assert parse_birthday(birthday, TODAY) == birthday
        assert celebrated_on(birthday, 2028).strftime("%m-%d") == birthday[-5:]


@given(st.dates(EARLIEST, TODAY))
def test_any_day_until_today_can_be_a_birthday(day: date) -> None:
    assert parse_birthday(f"{day:%d.%m.%Y}", TODAY) == day.isoformat()
    assert parse_birthday(f"{day:%d.%m}", TODAY) == f"--{day:%m-%d}"


@pytest.mark.parametrize("typed", ["30.02", "31.04", "32.01", "0.1", "1.13", "1.1.1899", "abc"])
def test_what_is_no_birthday_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_birthday(typed, TODAY)


@given(days, months)
def test_months_move_to_the_same_day_or_the_last_of_a_shorter_month(day: date, shift: int) -> None:
    moved = add_months(day, shift)
    assert moved.year * 12 + moved.month == day.year * 12 + day.month + shift
    assert moved.day <= day.day
    is_last = (moved + timedelta(days=1)).day == 1
    assert moved.day == day.day or is_last


@given(days, months)
def test_moving_there_and_back_loses_at_most_three_days(day: date, shift: int) -> None:
    back = add_months(add_months(day, shift), -shift)
    assert timedelta(0) <= day - back <= timedelta(days=3)


@given(days, days, months)
def test_a_later_day_is_never_moved_before_an_earlier_one(
    one: date, other: date, shift: int
) -> None:
    sooner, later = sorted((one, other))
    assert add_months(sooner, shift) <= add_months(later, shift)


@given(days, st.integers(1900, 2200))
def test_a_birthday_comes_once_a_year(born: date, year: int) -> None:
    day = celebrated_on(born.isoformat(), year)
    assert day.year == year
    assert (day.month, day.day) == (born.month, born.day) or (
        (born.month, born.day, day.month, day.day) == (2, 29, 2, 28)
    )
