"""A phone is found by any of its last digits, however it begins."""

from collections.abc import Iterator

import pytest

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.file.create import create_base
from db.queries.lists.clients import find_clients
from db.records.cards import Person

PHONE = "79131234567"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClientBase]:
    path = tmp_path_factory.mktemp("search") / "b.kartoteka"
    create_base(path)
    with ClientBase(path) as opened:
        opened.do(CreateClient({"name": "Анна", "phone": ("+7 913 123-45-67",)}))
        opened.do(CreateClient({"name": "Борис", "phone": ("+7 383 200-11-22",)}))
        yield opened


def _found(base: ClientBase, typed: str) -> list[str]:
    return [row.name for row in base.ask(find_clients, typed, 10)]


@pytest.mark.parametrize("tail", range(2, 12))
def test_any_last_digits_find_a_phone(base: ClientBase, tail: int) -> None:
    assert _found(base, PHONE[-tail:]) == ["Анна"]


@pytest.mark.parametrize(
    "typed", ["+7 913 123-45-67", "8 913 123-45-67", "8913", "+7 913", "123-45-67", "анна 67"]
)
def test_a_phone_is_found_as_it_is_written(base: ClientBase, typed: str) -> None:
    assert _found(base, typed) == ["Анна"]


@pytest.mark.parametrize("typed", ["68", "7567", "8567", "86"])
def test_other_last_digits_find_nobody(base: ClientBase, typed: str) -> None:
    assert _found(base, typed) == []


def test_a_person_of_a_company_is_found_by_any_beginning(base: ClientBase) -> None:
    person = Person("Ян", phone="8 999 555-44-33")
    base.do(CreateClient({"name": "ООО Ёж", "kind": "company"}, (person,)))
    for typed in ("+7 999 555", "8 999 555-44-33", "33"):
        assert _found(base, typed) == ["ООО Ёж"]
