"""What keeps a card from being stored, what looks wrong in it, and how it is made tidy."""

from decimal import Decimal

import pytest

from db.domain.card import CardValues, doubts, entry_doubt, faults, tidied
from db.domain.fields import STANDARD_BY_KEY, CardValue, Fault, Field, FieldKind

FIELDS = {
    **STANDARD_BY_KEY,
    "own_1": Field("own_1", FieldKind.LINK, 1, "Сайт"),
    "own_2": Field("own_2", FieldKind.LONG_TEXT, 2, "История"),
    "own_3": Field("own_3", FieldKind.EMAIL, 3, "Почта мужа"),
}


def codes(values: CardValues) -> list[tuple[str, Fault]]:
    return [(error.field_key, error.fault) for error in faults(FIELDS, values)]


def test_a_card_needs_a_name_or_a_way_to_reach_the_client() -> None:
    assert codes({}) == [("name", Fault.NO_NAME_OR_CONTACT)]
    assert codes({"name": "-", "phone": ("нет",)}) == [("name", Fault.NO_NAME_OR_CONTACT)]
    for values in ({"name": "Анна"}, {"phone": ("12",)}, {"messenger": ("@anna",)}):
        assert codes(values) == []  # type: ignore[arg-type]


def test_every_field_is_checked_by_its_kind() -> None:
    values: CardValues = {
        "name": "Анна",
        "phone": "8 913",
        "consent": "да",
        "warmth": "lukewarm",
        "inn": "1" * 13,
        "cycle_by_hand": Decimal("0.00001"),
        "shoe": "38",
        "note": None,
    }
    assert codes(values) == [
        ("phone", Fault.WRONG_KIND),
        ("consent", Fault.WRONG_KIND),
        ("warmth", Fault.NOT_A_CHOICE),
        ("inn", Fault.TOO_LONG),
        ("cycle_by_hand", Fault.BAD_NUMBER),
        ("shoe", Fault.NO_SUCH_FIELD),
    ]


@pytest.mark.parametrize(
    ("key", "value", "wrong"),
    [
        ("phone", ("8 913 123-45-67", "12"), ["12"]),
        ("phone", ("нет",), []),
        ("email", ("a@b", "a@ya.ru"), ["a@b"]),
        ("inn", "7707083894", ["7707083894"]),
        ("inn", "7707083893", []),
        ("kpp", "12", ["12"]),
        ("ogrn", "1027700132195", []),
        ("own_1", "не адрес", ["не адрес"]),
        ("own_1", "https://пример.рф/прайс", []),
        ("own_3", ("anna",), ["anna"]),
        ("name", "12", []),
        ("note", None, []),
    ],
)
def test_what_looks_wrong_is_flagged(key: str, value: CardValue, wrong: list[str]) -> None:
    assert [error.value for error in doubts(FIELDS[key], value)] == wrong
    assert all(error.field_key == key for error in doubts(FIELDS[key], value))


def test_what_is_no_text_is_never_doubtful() -> None:
    assert entry_doubt(FIELDS["phone"], True) is None
    assert entry_doubt(FIELDS["inn"], "7707083894") is Fault.BAD_INN


def test_texts_are_stored_tidy_and_nothing_typed_is_no_value() -> None:
    values: CardValues = {
        "name": " Анна  Ёлкина ",
        "address": "  ",
        "own_2": "\nодна \nдве\n",
        "phone": None,
        "tags": (),
        "consent": False,
        "cycle_by_hand": Decimal(0),
        "shoe": " 38 ",
    }
    assert tidied(FIELDS, values) == {
        "name": "Анна Ёлкина",
        "address": None,
        "own_2": "одна\nдве",
        "phone": (),
        "tags": (),
        "consent": False,
        "cycle_by_hand": Decimal(0),
        "shoe": " 38 ",
    }
