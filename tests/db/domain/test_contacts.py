"""Phones, e-mails and tax numbers: which forms are the same, and which can't be right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.contacts import (
    digits,
    email_key,
    is_email,
    is_inn,
    is_kpp,
    is_ogrn,
    is_phone,
    phone_key,
    split_several,
)

FORMS = """\
+7 (913) 123-45-67
+79131234567
8 (913) 123-45-67
8-913-123-45-67
89131234567
79131234567
9131234567
(913) 123 45 67
 8 913 123.45.67
+7\u00a0913\u00a0123\u00a045\u00a067
8 (913) 123-45-67 доб. 12
8 (913) 123-45-67 доб 12
8 (913) 123-45-67 вн. 5
+7 913 123-45-67 ext. 3
+7 913 123-45-67 #3
тел. 8 913 123 45 67
"""


@pytest.mark.parametrize("form", FORMS.splitlines())
def test_every_form_of_a_number_is_the_same_number(form: str) -> None:
    assert phone_key(form) == "79131234567"
    assert is_phone(form)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("+49 30 123456", "4930123456"),
        ("+1 (212) 555-01-00", "12125550100"),
        ("+380 44 123 45 67", "380441234567"),
        ("222-33-44", "2223344"),  # a city number without its code stays what it is
        ("+8 10", "810"),
        ("", ""),
        ("нет", ""),
        ("доб. 12", ""),
    ],
)
def test_a_number_of_elsewhere_keeps_its_digits(typed: str, key: str) -> None:
    assert phone_key(typed) == key


ten_digits = st.from_regex(r"[0-9]{10}", fullmatch=True)
separators = st.sampled_from(["", " ", "-", ".", " (", ") ", "\u00a0"])


@given(ten_digits, st.sampled_from(["", "7", "8", "+7", "+7 ", "8-"]), st.data())
def test_no_separator_or_prefix_makes_another_number(
    number: str, prefix: str, data: st.DataObject
) -> None:
    typed = prefix + "".join(digit + data.draw(separators) for digit in number)
    assert phone_key(typed) == "7" + number


@given(st.text())
def test_the_key_of_a_key_is_the_key(text: str) -> None:
    key = phone_key(text)
    assert phone_key("+" + key) == key
    assert digits(key) == key
    assert email_key(email_key(text)) == email_key(text)


@given(ten_digits)
def test_any_ten_digits_after_seven_are_a_number(number: str) -> None:
    assert is_phone(f"+7{number}")


@pytest.mark.parametrize(
    ("typed", "fits"),
    [
        ("+49 30 123456", True),
        ("+375 29 123-45-67", True),
        ("222-33-44", False),
        ("12", False),
        ("8 913 123 45", False),
        ("8 913 123 45 67 89 01 23", False),
        ("нет", False),
        ("", False),
    ],
)
def test_a_number_that_cannot_exist_is_doubted(typed: str, fits: bool) -> None:
    assert is_phone(typed) is fits


@pytest.mark.parametrize(
    ("cell", "entries"),
    [
        ("8 913 123-45-67, 8 383 222-33-44", ("8 913 123-45-67", "8 383 222-33-44")),
        ("a@b.ru; c@d.ru", ("a@b.ru", "c@d.ru")),
        ("8 913 123-45-67 / 222-33-44", ("8 913 123-45-67", "222-33-44")),
        ("first\nsecond\n\n", ("first", "second")),
        ("  one   entry ", ("one entry",)),
        (" ,; / \n", ()),
        ("", ()),
    ],
)
def test_a_cell_may_hold_several(cell: str, entries: tuple[str, ...]) -> None:
    assert split_several(cell) == entries


@given(st.text(alphabet="aб1 ,;/\n\t"))
def test_an_entry_is_never_split_again(cell: str) -> None:
    for entry in split_several(cell):
        assert split_several(entry) == (entry,)


@pytest.mark.parametrize(
    "address",
    ["anna@mail.ru", "anna.petrova@yandex.ru", "a_b-c@firma-1.com", "ANNA@MAIL.RU", " a@b.ru ",
     "анна@почта.рф", "anna+shop@gmail.com", "a@b.c.d.museum"],
)  # fmt: skip
def test_an_address_that_can_exist(address: str) -> None:
    assert is_email(address)


@pytest.mark.parametrize(
    "address",
    ["", "anna", "anna@", "@mail.ru", "anna@mail", "anna@mail..ru", "a..b@mail.ru", "a b@mail.ru",
     "anna@-mail.ru", "anna@mail.ru, b@mail.ru", "anna@@mail.ru", ".a@mail.ru", "www.mail.ru"],
)  # fmt: skip
def test_an_address_that_cannot(address: str) -> None:
    assert not is_email(address)


def test_case_and_blanks_make_no_other_address() -> None:
    assert email_key(" Anna@Mail.RU ") == email_key("anna@mail.ru")


def _inn_of_ten(nine: str) -> str:
    # FNS: the check digit is the weighted sum modulo 11, modulo 10.
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    return nine + str(sum(w * int(d) for w, d in zip(weights, nine, strict=True)) % 11 % 10)


def _inn_of_twelve(ten: str) -> str:
    first = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
    eleven = ten + str(sum(w * int(d) for w, d in zip(first, ten, strict=True)) % 11 % 10)
    second = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
    return eleven + str(sum(w * int(d) for w, d in zip(second, eleven, strict=True)) % 11 % 10)


@given(st.from_regex(r"[0-9]{9}", fullmatch=True))
def test_the_inn_of_a_firm_ends_with_its_check_digit(nine: str) -> None:
    inn = _inn_of_ten(nine)
    assert is_inn(inn)
    assert is_inn(f" {inn} ")
    assert [last for last in "0123456789" if is_inn(nine + last)] == [inn[-1]]


@given(st.from_regex(r"[0-9]{10}", fullmatch=True))
def test_the_inn_of_a_person_ends_with_two_check_digits(ten: str) -> None:
    inn = _inn_of_twelve(ten)
    assert is_inn(inn)
    wrong = str((int(inn[-1]) + 1) % 10)
    assert not is_inn(inn[:-1] + wrong)
    assert not is_inn(inn[:-1])


@pytest.mark.parametrize("inn", ["", "7707083894", "770708389", "77070838931", "77070838AB"])
def test_what_is_no_inn(inn: str) -> None:
    assert not is_inn(inn)


@given(st.from_regex(r"[15][0-9]{11}", fullmatch=True))
def test_an_ogrn_ends_with_the_remainder_by_eleven(twelve: str) -> None:
    ogrn = twelve + str(int(twelve) % 11 % 10)
    assert is_ogrn(ogrn)
    assert not is_ogrn(twelve + str((int(ogrn[-1]) + 1) % 10))


@given(st.from_regex(r"3[0-9]{13}", fullmatch=True))
def test_an_ogrnip_ends_with_the_remainder_by_thirteen(fourteen: str) -> None:
    ogrnip = fourteen + str(int(fourteen) % 13 % 10)
    assert is_ogrn(ogrnip)
    assert not is_ogrn(fourteen + str((int(ogrnip[-1]) + 1) % 10))


@pytest.mark.parametrize(
    ("ogrn", "fits"),
    [
        ("1027700132195", True),  # Sberbank
        (" 1027700132195 ", True),
        ("309565808600188", True),
        ("300000000000060", True),  # the remainder by 13 is 10: its last digit counts
        ("1027700132196", False),
        ("0000000000000", False),
        ("102770013219", False),
        ("10277001321950", False),
        ("504500116000157", False),  # 15 digits that do not begin as those of a person
        ("", False),
    ],
)
def test_an_ogrn_is_of_a_firm_or_of_a_person(ogrn: str, fits: bool) -> None:
    assert is_ogrn(ogrn) is fits


@pytest.mark.parametrize(
    ("kpp", "fits"),
    [
        ("773601001", True),
        (" 773601001 ", True),
        ("7736AB001", True),
        ("7736ab001", True),
        ("77360100", False),
        ("7736010011", False),
        ("A73601001", False),
        ("77360100A", False),
        ("7736АБ001", False),  # Cyrillic
        ("٧٧٣٦٠١٠٠١", False),  # digits, but not the ones a form takes
        ("", False),
    ],
)
def test_a_kpp_is_four_digits_two_signs_and_three_digits(kpp: str, fits: bool) -> None:
    assert is_kpp(kpp) is fits
