"""Names as they are compared and sorted."""

from db.domain.text import fold, sort_key, tidy, words


def test_case_blanks_and_yo_make_no_difference() -> None:
    assert fold("  ЁЛКИН   Пётр ") == fold("елкин петр")


def test_yo_stands_between_ye_and_zhe() -> None:
    names = ["Жукова", "Ёлкина", "Еремина", "Ёжикова", "Яшина", "Евсеева"]
    expected = ["Евсеева", "Еремина", "Ёжикова", "Ёлкина", "Жукова", "Яшина"]
    assert sorted(names, key=sort_key) == expected


def test_control_characters_and_line_breaks_are_taken_out() -> None:
    assert tidy(" Анна\x00\n\u202eПетровна\ufeff ") == "Анна Петровна"


def test_words_are_what_stands_between_signs() -> None:
    assert words("Иванова-Петрова, Ёлка: ivanov@mail.ru") == [
        "иванова", "петрова", "елка", "ivanov", "mail", "ru",
    ]  # fmt: skip
