"""One field of many cards at once, and the contact to reach a client by."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.commands.fields import AddField
from db.domain.field_rules import is_filled
from db.domain.fields import CardValue, FieldKind
from db.domain.ids import ClientId
from db.file.create import create_base
from db.outcome import Reading
from db.records.cards import fields_of_base
from db.records.contacts import first_contacts, first_phones
from db.records.field_values import entries, filled_and_junk


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    create_base(tmp_path / "base.kartoteka")
    with ClientBase(tmp_path / "base.kartoteka") as opened:
        yield opened


def card(base: ClientBase, **values: CardValue) -> ClientId:
    return base.do(CreateClient({"name": "Анна", **values})).value


def halves(reading: Reading, key: str) -> tuple[set[int], set[int]]:
    return filled_and_junk(reading.session, fields_of_base(reading.session)[key])


def values_of(reading: Reading, key: str) -> list[tuple[int, object]]:
    return sorted(entries(reading.session, fields_of_base(reading.session)[key]), key=repr)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("phone", ("нет", "+79131234567")),
        ("phone", ("нет",)),
        ("phone", ()),
        ("email", ("a@ya.ru",)),
        ("tags", ("тест",)),
        ("contact_person", ("Ира", "-")),
        ("note", "любит чай"),
        ("note", "-"),
        ("birthday", "--03-08"),
        ("consent", False),
        ("consent_on", date(2026, 11, 22)),
        ("share_of_wallet", Decimal(0)),
        ("warmth", "hot"),
    ],
)
def test_filled_means_the_same_for_one_card_and_for_all(
    base: ClientBase, key: str, value: CardValue
) -> None:
    client = card(base, **{key: value})
    good, junk = base.ask(halves, key)
    assert (client in good) is is_filled(value)
    assert (client in junk) is (bool(value) and not is_filled(value))


@pytest.mark.parametrize(
    ("kind", "value", "entry"),
    [
        (FieldKind.TEXT, "синяя", "синяя"),
        (FieldKind.NUMBER, Decimal("7.5"), True),
        (FieldKind.DATE, date(2026, 11, 22), True),
        (FieldKind.FLAG, False, True),
        (FieldKind.CHOICE, "зелёный", "зелёный"),
    ],
)
def test_entries_of_an_own_field(
    base: ClientBase, kind: FieldKind, value: CardValue, entry: object
) -> None:
    choices = ("красный", "зелёный") if kind is FieldKind.CHOICE else ()
    key = base.do(AddField("Папка", kind, choices)).value
    client = card(base, **{key: value})
    card(base)
    assert base.ask(values_of, key) == [(client, entry)]
    assert base.ask(halves, key) == ({client}, set())


def test_the_first_usable_contact_of_each_kind(base: ClientBase) -> None:
    anna = card(base, phone=("нет", "8 913 123-45-67", "+79130000000"), email=("a@ya.ru",))
    nobody = card(base, phone=("нет",))
    contacts = base.ask(lambda reading: first_contacts(reading.session, [anna, nobody]))
    assert contacts == {(anna, "phone"): "8 913 123-45-67", (anna, "email"): "a@ya.ru"}
    assert base.ask(lambda reading: first_phones(reading.session, [anna, nobody])) == {
        anna: "8 913 123-45-67"
    }
    assert base.ask(lambda reading: first_phones(reading.session, [])) == {}
