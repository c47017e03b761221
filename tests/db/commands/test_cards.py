"""A card without a name shows the first contact as its name, while the card has that contact."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.client_base import ClientBase
from db.commands.clients import CreateClient, UpdateClient
from db.domain.fields import CardValue, Fault
from db.errors import InvalidError
from db.file.create import create_base
from db.queries.cards.full_card import full_card

OLD, NEW = "8 913 123-45-67", "8 913 765-43-21"


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    create_base(tmp_path / "b.kartoteka")
    with ClientBase(tmp_path / "b.kartoteka") as opened:
        yield opened


def _renamed(base: ClientBase, values: dict[str, CardValue], change: dict[str, CardValue]) -> str:
    client = base.do(CreateClient(values)).value
    base.do(UpdateClient(client, None, change))
    return base.ask(full_card, client).card.name


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"phone": (NEW,)}, NEW),
        ({"phone": (NEW, OLD)}, NEW),
        ({"phone": (OLD, NEW)}, OLD),
        ({"phone": (), "email": ("a@ya.ru",)}, "a@ya.ru"),
        ({"phone": (NEW,), "name": "Анна"}, "Анна"),
        ({"phone": (NEW,), "name": OLD}, OLD),
        ({"note": "любит матчу"}, OLD),
    ],
)
def test_a_card_called_by_its_phone_follows_it(
    base: ClientBase, change: dict[str, CardValue], name: str
) -> None:
    assert _renamed(base, {"phone": (OLD,)}, change) == name


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"phone": ("нет", NEW)}, NEW),
        ({"phone": ("нет",), "email": ("a@ya.ru",)}, "a@ya.ru"),
        ({"phone": ("-",), "messenger": ("@anna",)}, "@anna"),
    ],
)
def test_no_card_is_called_by_an_entry_that_says_there_is_none(
    base: ClientBase, values: dict[str, CardValue], name: str
) -> None:
    assert base.ask(full_card, base.do(CreateClient(values)).value).card.name == name


def test_a_name_of_its_own_stays(base: ClientBase) -> None:
    assert _renamed(base, {"name": "Анна", "phone": (OLD,)}, {"phone": (NEW,)}) == "Анна"


def test_the_only_way_to_reach_a_nameless_card_is_not_taken_away(base: ClientBase) -> None:
    client = base.do(CreateClient({"phone": (OLD,)})).value
    with pytest.raises(InvalidError) as caught:
        base.do(UpdateClient(client, None, {"phone": ()}))
    assert [error.fault for error in caught.value.errors] == [Fault.NO_NAME_OR_CONTACT]
