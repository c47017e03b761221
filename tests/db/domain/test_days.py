"""Days as people write them."""

from datetime import date

import pytest

from db.domain.days import add_months, celebrated_on, parse_birthday, parse_day

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("8.3.26", date(2026, 3, 8)),
        ("08032026", date(2026, 3, 8)),
        ("080326", date(2026, 3, 8)),
        ("8/3", date(2026, 3, 8)),
        ("8.3", date(2026, 3, 8)),
        ("2026-03-08", date(2026, 3, 8)),
        ("2026-03-08T18:00", date(2026, 3, 8)),
        ("08.03.2026 00:00:00", date(2026, 3, 8)),
        ("8 марта 2026", date(2026, 3, 8)),
        ("8 марта 2026 г.", date(2026, 3, 8)),
        ("8 мая", date(2026, 5, 8)),
        ("8 March 2026", date(2026, 3, 8)),
        ("01.02.1980", date(1980, 2, 1)),
        ("1.2.80", date(1980, 2, 1)),
        ("сегодня", TODAY),
        ("Вчера", date(2026, 11, 21)),
        ("завтра", date(2026, 11, 23)),
        ("+7д", date(2026, 11, 29)),
        ("+ 7", date(2026, 11, 29)),
        ("-2н", date(2026, 11, 8)),
        ("+3мес", date(2027, 2, 22)),
        ("", None),
        ("  ", None),
    ],
)
def test_a_day_is_read_however_it_is_written(typed: str, expected: date | None) -> None:
    assert parse_day(typed, TODAY) == expected


NO_DAYS = """
31.02.1990 2026-13-45 0.0.0 29.02.2026 abc 8.3.26.1 99999999 1.1.1 12.10.0001 3
+9999м -9999м +9999н
"""


@pytest.mark.parametrize("typed", NO_DAYS.split())
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_day(typed, TODAY)


@pytest.mark.parametrize("typed", ["-5", "+7", "+7д", "1.5", "8/3", "8 мая", "+3мес"])
def test_a_cell_of_a_file_has_its_whole_day(typed: str) -> None:
    assert parse_day(typed, TODAY) is not None
    with pytest.raises(ValueError, match=r".*"):
        parse_day(typed, TODAY, in_full=True)


@pytest.mark.parametrize("typed", ["8.3.26", "8 марта 2026", "2026-03-08", "08032026"])
def test_a_whole_day_is_read_from_a_file_too(typed: str) -> None:
    assert parse_day(typed, TODAY, in_full=True) == date(2026, 3, 8)
    assert parse_day("вчера", TODAY, in_full=True) == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("05.02.1960", "1960-02-05"),
        ("5.2", "--02-05"),
        ("5 февраля", "--02-05"),
        ("--0121", "--01-21"),
        ("29.02", "--02-29"),
        ("19660816", "1966-08-16"),
        ("05.03.45", "1945-03-05"),
        ("1.2.30", "1930-02-01"),
        ("010245", "1945-02-01"),
        ("22.11.26", "2026-11-22"),
        ("23.11.26", "1926-11-23"),
        ("1.2.19", "2019-02-01"),
        ("", None),
    ],
)
def test_a_birthday_may_have_no_year(typed: str, expected: str | None) -> None:
    assert parse_birthday(typed, TODAY) == expected


def test_nobody_is_born_tomorrow() -> None:
    with pytest.raises(ValueError, match=r"23.11.2026"):
        parse_birthday("23.11.2026", TODAY)


@pytest.mark.parametrize("typed", ["-5", "+7", "-2н"])
def test_a_birthday_is_no_number_of_days(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_birthday(typed, TODAY)


def test_29_february_is_celebrated_on_the_28th_in_other_years() -> None:
    assert celebrated_on("1996-02-29", 2026) == date(2026, 2, 28)
    assert celebrated_on("--02-29", 2028) == date(2028, 2, 29)


def test_months_end_on_the_last_day() -> None:
    assert add_months(date(2026, 5, 31), -3) == date(2026, 2, 28)
    assert add_months(date(2026, 11, 22), 3) == date(2027, 2, 22)
