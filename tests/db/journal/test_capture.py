"""What the journal records of each row, however it is written."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, delete, insert, select, update

from db.client_base import ClientBase
from db.commands.clients import CreateClient, UpdateClient
from db.commands.fields import AddField
from db.commands.purchases import AddPurchase
from db.commands.relations import AddRelationship
from db.commands.undo import Redo, Undo
from db.domain.fields import FieldKind
from db.domain.ids import ChangeId, ClientId
from db.file import create
from db.file.create import create_base
from db.journal import capture
from db.journal.history import client_history
from db.journal.news import TOUCHED
from db.journal.tables import recorded_tables
from db.outcome import Reading, Touched, Writing
from db.schema import ChangeRow, ClientFact, ClientTag, CustomValue, Purchase, RecordedTable
from tests.db.base_content import content

DAY = date(2026, 11, 22)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    create_base(tmp_path / "base.kartoteka")
    with ClientBase(tmp_path / "base.kartoteka", as_of=DAY) as opened:
        yield opened


@pytest.fixture
def two(base: ClientBase) -> tuple[ClientId, ClientId]:
    first, second = (base.do(CreateClient({"name": name})).value for name in ("Первая", "Вторая"))
    return first, second


def images(base: ClientBase, change_id: ChangeId | None) -> dict[tuple[str, int], object]:
    """Return the images of a change by table and row."""

    def query(reading: Reading) -> dict[tuple[str, int], object]:
        rows = reading.session.execute(
            select(RecordedTable.name, ChangeRow.row_id, ChangeRow.image)
            .join(RecordedTable, RecordedTable.id == ChangeRow.table_id)
            .where(ChangeRow.change_id == change_id)
        )
        return {(name, row): image and json.loads(image) for name, row, image in rows}

    return base.ask(query)


def facts(base: ClientBase) -> dict[int, int]:
    """Return how many purchases the facts count, by client."""
    return base.ask(
        lambda reading: {
            fact.client_id: fact.purchases for fact in reading.session.scalars(select(ClientFact))
        }
    )


class MovePurchases:
    """Give every purchase to another client, as merging two cards does."""

    def __init__(self, owner: ClientId) -> None:
        self.owner = owner

    def run(self, writing: Writing) -> None:
        writing.session.execute(update(Purchase).values(client_id=self.owner))


class Run:
    """Execute statements as a command."""

    def __init__(self, *statements: object) -> None:
        self.statements = statements

    def run(self, writing: Writing) -> None:
        for statement in self.statements:
            writing.session.execute(statement)  # type: ignore[call-overload]


def test_an_image_holds_only_the_columns_that_changed(
    base: ClientBase, two: tuple[ClientId, ClientId]
) -> None:
    outcome = base.do(UpdateClient(two[0], None, {"note": "любит чай", "region": "Алтай"}))
    image = images(base, outcome.change_id)["client", two[0]]
    assert isinstance(image, dict)
    assert image.keys() == {"note", "region", "modified_at"}
    assert (image["note"], image["region"]) == (None, None)


def test_the_first_value_of_a_change_counts(
    base: ClientBase, two: tuple[ClientId, ClientId]
) -> None:
    table = Purchase.__table__
    purchase = base.do(AddPurchase(two[0], DAY, Decimal(100))).value
    outcome = base.do(
        Run(
            update(table).values(note="раз"),
            update(table).values(note="два", cost=Decimal(5)),
        )
    )
    assert images(base, outcome.change_id)["purchase", purchase] == {"note": None, "cost": None}
    base.do(Undo())
    assert base.ask(content)["purchase"][0][8] is None


def test_a_row_changed_and_removed_in_one_change_comes_back_as_it_was_before(
    base: ClientBase, two: tuple[ClientId, ClientId]
) -> None:
    base.do(AddPurchase(two[0], DAY, Decimal(100), note="было"))
    before = base.ask(content)
    base.do(
        Run(
            update(Purchase).values(note=None, amount=Decimal(7), channel="сайт"),
            delete(Purchase),
        )
    )
    assert base.ask(content)["purchase"] == []
    base.do(Undo())
    assert base.ask(content) == before


def test_a_row_made_and_removed_in_one_change_leaves_nothing(
    base: ClientBase, two: tuple[ClientId, ClientId]
) -> None:
    before = base.ask(content)
    base.do(
        Run(
            insert(ClientTag).values(id=900, client_id=two[0], tag="VIP", key="vip"),
            update(ClientTag).values(tag="вип"),
            delete(ClientTag),
        )
    )
    base.do(Undo())
    assert base.ask(content) == before
    base.do(Redo())
    assert base.ask(content) == before


def test_two_rows_may_exchange_a_unique_key(
    base: ClientBase, two: tuple[ClientId, ClientId]
) -> None:
    base.do(
        Run(
            insert(ClientTag).values(id=1, client_id=two[0], tag="а", key="а"),
            insert(ClientTag).values(id=2, client_id=two[0], tag="б", key="б"),
        )
    )
    before = base.ask(content)
    base.do(
        Run(
            update(ClientTag).where(ClientTag.id == 1).values(key="временный"),
            update(ClientTag).where(ClientTag.id == 2).values(key="а", tag="а"),
            update(ClientTag).where(ClientTag.id == 1).values(key="б", tag="б"),
        )
    )
    after = base.ask(content)
    base.do(Undo())
    assert base.ask(content) == before
    base.do(Redo())
    assert base.ask(content) == after


def test_a_row_that_moves_concerns_both_owners(
    base: ClientBase, two: tuple[ClientId, ClientId]
) -> None:
    base.do(AddPurchase(two[0], DAY, Decimal(100)))
    outcome = base.do(MovePurchases(two[1]))
    assert outcome.changes.client_ids == set(two)
    assert facts(base) == {two[0]: 0, two[1]: 1}
    undone = base.do(Undo())
    assert undone.changes.client_ids == set(two)
    assert facts(base) == {two[0]: 1, two[1]: 0}
    for client in two:
        assert "MovePurchases" in [entry.command for entry in base.ask(client_history, client)]


def test_a_relationship_concerns_both_clients(
    base: ClientBase, two: tuple[ClientId, ClientId]
) -> None:
    outcome = base.do(AddRelationship(two[0], "sister", other_id=two[1]))
    assert outcome.changes.client_ids == set(two)
    assert outcome.changes.touched == {Touched.RELATIONS}
    newest = base.ask(client_history, two[1])[0]
    assert newest.command == "AddRelationship"


def test_bytes_are_recorded_and_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No table holds bytes today; one that does must not break the journal."""
    column = CustomValue.__table__.c.text
    monkeypatch.setattr(column, "type", LargeBinary())
    monkeypatch.setattr(CustomValue.text.property.columns[0], "type", LargeBinary())
    for module, kept in ((capture, "_script"), (create, "_statements")):
        monkeypatch.setattr(module, kept, getattr(module, kept).__wrapped__)  # made for these types
    path = tmp_path / "bytes.kartoteka"
    create_base(path)
    picture = bytes(range(256))
    with ClientBase(path, as_of=DAY) as base:
        client = base.do(CreateClient({"name": "Первая"})).value
        base.do(AddField("Фото", FieldKind.TEXT))
        table = CustomValue.__table__
        base.do(Run(insert(table).values(id=1, client_id=client, field_id=1, text=picture)))
        base.do(Run(update(table).values(text=b"\x00\xff")))
        base.do(Run(delete(table)))

        def read() -> object:
            return base.ask(lambda reading: reading.session.scalars(select(table.c.text)).all())

        base.do(Undo())
        assert read() == [b"\x00\xff"]
        base.do(Undo())
        assert read() == [picture]
        base.do(Redo())
        assert read() == [b"\x00\xff"]


def test_every_recorded_table_has_its_news() -> None:
    assert {table.name for table in recorded_tables()} == TOUCHED.keys()
