"""Names as they are compared and sorted."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.text import fold, sort_key, tidy, tidy_lines, without_legal_form, words

YO = "\u0435\u0308"  # ё as е and a sign above it, as macOS names files


def test_case_blanks_and_yo_make_no_difference() -> None:
    assert fold("  ЁЛКИН   Пётр ") == fold("елкин петр")
    assert fold(f"{YO}лкин") == "елкин"
    assert fold("Straße") == fold("STRASSE")


def test_yo_stands_between_ye_and_zhe() -> None:
    names = ["Жукова", "Ёлкина", "Еремина", "Ёжикова", "Яшина", "Евсеева"]
    expected = ["Евсеева", "Еремина", "Ёжикова", "Ёлкина", "Жукова", "Яшина"]
    assert sorted(names, key=sort_key) == expected
    assert sorted([f"{YO}лкина", "Еремина", "Жукова"], key=sort_key)[1] == f"{YO}лкина"


def test_control_characters_and_line_breaks_are_taken_out() -> None:
    assert tidy(" Анна\x00\n\u202eПетровна\ufeff ") == "Анна Петровна"


def test_a_lone_surrogate_which_no_file_can_hold_is_taken_out() -> None:
    assert tidy("Анна\udcff \ud800") == "Анна"
    assert tidy_lines("\udcffone\ntwo") == "one\ntwo"


def test_lines_stay_lines_and_only_the_outer_empty_ones_go() -> None:
    assert tidy_lines("\n\n  one \x07 two \r\n\n three\t\n\n") == "one two\n\nthree"
    assert tidy_lines(" \n \n") == ""


def test_words_are_what_stands_between_signs() -> None:
    assert words("Иванова-Петрова, Ёлка: ivanov@mail.ru") == [
        "иванова", "петрова", "елка", "ivanov", "mail", "ru",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("company", "name"),
    [
        ("ООО «Колорит-Алтай»", "Колорит-Алтай"),
        ('ооо "Ромашка"', "Ромашка"),
        ("Колорит, ООО", "Колорит"),
        ("«Ромашка» ООО", "Ромашка"),
        ("ИП Иванов И. И.", "Иванов И. И."),
        ("ПАО   Сбербанк ", "Сбербанк"),
        ("Acme Ltd.", "Acme"),
        ("Acme, Inc", "Acme"),
        ("ООО", "ООО"),  # nothing but the form: it is the name
        ("ИПотека", "ИПотека"),  # a word that begins like one
        ("Компания АОРТА", "Компания АОРТА"),
        ("", ""),
    ],
)
def test_a_company_has_a_name_without_its_legal_form(company: str, name: str) -> None:
    assert without_legal_form(company) == name


# What people paste: letters of several alphabets, marks that combine, signs without width.
pasted = st.text() | st.text(alphabet="еёЕЁ\u0308\u0301\u200b\ufeff\u202e\x00 \t\nийИЙ\u0306aÅ")


@given(pasted)
def test_a_text_made_tidy_is_tidy(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip()
    assert "  " not in once


@given(pasted)
def test_lines_made_tidy_are_tidy(text: str) -> None:
    once = tidy_lines(text)
    assert tidy_lines(once) == once
    assert once.splitlines() == [tidy(line) for line in once.splitlines()]


# A ё that carries one more mark is no letter of any language.
foldable = pasted.filter(
    lambda text: not re.search("[ёЁ][\u0300-\u036f]", unicodedata.normalize("NFC", text))
)


@given(foldable)
def test_what_is_folded_is_folded_and_so_are_other_forms_of_it(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert fold(unicodedata.normalize("NFD", text)) == once
    assert fold(f"  {text}\t") == once
    assert "ё" not in once


@given(foldable)
def test_the_words_of_a_text_are_those_of_its_folded_form(text: str) -> None:
    assert words(fold(text)) == words(text)
    assert all(word.strip() == word != "" for word in words(text))


@given(st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюя", max_size=8), st.data())
def test_names_are_sorted_as_in_a_dictionary(name: str, data: st.DataObject) -> None:
    alphabet = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
    other = data.draw(st.text(alphabet=alphabet, max_size=8))
    in_order = [alphabet.index(sign) for sign in name] <= [alphabet.index(sign) for sign in other]
    assert (sort_key(name) <= sort_key(other)) is in_order
    assert sort_key(name.upper()) == sort_key(name)


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_latin_text_goes_the_same_way_as_any_other(text: str) -> None:
    """Latin text takes a shorter way; a Cyrillic letter in front sends it the long one."""
    assert fold(f"ж {text}").removeprefix("ж").strip() == fold(text)
    assert tidy(f"ж {text}").removeprefix("ж").strip() == tidy(text)
