"""Numbers, money and days as each language writes them."""

from datetime import date
from decimal import Decimal

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.words import formats, i18n

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("language", "shown"), [("ru", f"12{NBSP}345,60{NBSP}₽"), ("en", "₽12,345.60")]
)
def test_money_is_written_as_the_language_does(language: str, shown: str) -> None:
    i18n.use(language)
    assert formats.money(Decimal("12345.6")) == shown


def test_money_is_rounded_half_up_and_a_lack_is_a_dash() -> None:
    assert formats.money_short(Decimal("38899.50")) == f"38{NBSP}900{NBSP}₽"
    assert formats.money(None) == "—"
    assert formats.money(Decimal(-5)) == f"−5,00{NBSP}₽"


def test_tiles_show_few_digits() -> None:
    assert formats.money_brief(Decimal(612_400)) == f"612 тыс.{NBSP}₽"
    assert formats.money_brief(Decimal(1_918_000)) == f"1,92 млн{NBSP}₽"
    assert formats.money_brief(Decimal(2_241)) == f"2{NBSP}241{NBSP}₽"


def test_numbers_keep_the_decimals_they_have() -> None:
    assert formats.number(Decimal("1.50"), None) == "1,5"
    assert formats.number(Decimal("1200"), None) == f"1{NBSP}200"
    assert formats.number(Decimal("0.1"), None) == "0,1"


def test_days_in_both_languages() -> None:
    day = date(2026, 11, 22)
    assert formats.day(day) == "22.11.2026"
    assert formats.day_long(day).replace(NBSP, " ") == "22 ноября 2026 г."
    assert formats.day_title(day) == "воскресенье 22 ноября"
    assert formats.month(day) == f"ноябрь{NBSP}2026"
    i18n.use("en")
    assert formats.day(day) == "22.11.2026"
    assert formats.day_long(day).replace(NBSP, " ") == "22 November 2026"
    assert formats.day_title(day) == "Sunday 22 November"


@pytest.mark.parametrize(
    ("count", "shown"),
    [(1, "1 день"), (2, "2 дня"), (5, "5 дней"), (21, "21 день"), (35, "35 дней")],
)
def test_days_are_counted_in_the_right_case(count: int, shown: str) -> None:
    assert formats.days_count(count).replace(NBSP, " ") == shown


def test_near_days_have_names() -> None:
    today = date(2026, 11, 22)
    assert formats.day_relative(date(2026, 11, 21), today) == "вчера"
    assert formats.days_ago(date(2026, 10, 18), today).replace(NBSP, " ") == "35 дней назад"
    assert formats.days_ago(date(2026, 11, 27), today).replace(NBSP, " ") == "через 5 дней"


@pytest.mark.parametrize("typed", ["89131234567", "+7 (913) 123-45-67", "8 913 123 45 67"])
def test_one_number_looks_alike_however_it_was_typed(typed: str) -> None:
    assert formats.phone(typed).replace(NBSP, " ") == "+7 913 123-45-67"


def _digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


@given(
    st.sampled_from(["+7{}{}{}{}", "8 ({}) {}-{}-{}", "7 {} {} {} {}", "8-{}-{} - {}{}"]),
    st.tuples(_digits(2).map("9{}".format), _digits(3), _digits(2), _digits(2)),
)
def test_a_mobile_number_looks_as_the_library_of_numbers_has_it(
    pattern: str, groups: tuple[str, ...]
) -> None:
    typed = pattern.format(*groups)
    how = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    shown = phonenumbers.format_number(phonenumbers.parse(typed, "RU"), how)
    assert formats.phone(typed).replace(NBSP, " ") == shown


def test_an_extension_is_kept_and_nonsense_stays_as_typed() -> None:
    shown = formats.phone("8 913 123-45-67 доб. 12").replace(NBSP, " ")
    assert shown == "+7 913 123-45-67 доб. 12"
    assert formats.phone("звонить Маше") == "звонить Маше"


def test_a_birthday_may_have_no_year() -> None:
    assert formats.birthday("1984-03-08") == "08.03.1984"
    assert formats.birthday("--03-08").replace(NBSP, " ") == "8 марта"
    assert formats.age(date(1984, 11, 23), date(2026, 11, 22)) == 41
    assert formats.age(date(1984, 11, 22), date(2026, 11, 22)) == 42
    born = date(1984, 2, 29)
    assert [formats.age(born, date(2026, 2, day)) for day in (27, 28)] == [41, 42]
    assert [formats.age(born, date(2028, 2, day)) for day in (28, 29)] == [43, 44]


def test_a_landline_grouped_by_hand_keeps_its_groups() -> None:
    assert formats.phone("+7 3852 20-11-20") == "+7 3852 20-11-20"
    assert formats.phone("8 (913) 123-45-67") == "+7\u00a0913\u00a0123-45-67"
