"""The changes of a card, told by its fields."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from db.client_base import ClientBase
from db.commands.clients import CreateClient, DeleteClients, UpdateClient
from db.commands.fields import AddField
from db.commands.purchases import AddPurchase, DeletePurchase
from db.commands.relations import (
    AddAgreement,
    AddRelationship,
    DeleteAgreement,
    DeleteRelationship,
)
from db.commands.undo import Undo
from db.domain.fields import FieldKind
from db.domain.ids import ClientId
from db.errors import InvalidError, TroubleError
from db.file.create import create_base
from db.outcome import Writing
from db.queries.cards.card_history import card_changes
from db.queries.cards.head import client_head
from db.queries.cards.relations import client_relations
from db.queries.setup import all_fields
from ui.words.clients import change_lines

DAY = date(2026, 11, 22)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    create_base(tmp_path / "base.kartoteka")
    with ClientBase(tmp_path / "base.kartoteka", as_of=DAY) as opened:
        yield opened


@pytest.fixture
def anna(base: ClientBase) -> ClientId:
    return base.do(CreateClient({"name": "Анна", "phone": ("8 913 123-45-67",)})).value


def told(base: ClientBase, client: ClientId) -> list[list[str]]:
    fields = base.ask(all_fields)
    return [change_lines(change, fields) for change in base.ask(card_changes, client)]


def test_a_change_says_before_and_after(base: ClientBase, anna: ClientId) -> None:
    length = base.do(AddField("Длина", FieldKind.NUMBER)).value
    hair = base.do(AddField("Волосы", FieldKind.CHOICE, ("сухие", "жирные"))).value
    base.do(UpdateClient(anna, None, {length: Decimal(12), hair: "сухие", "birthday": "--03-08"}))
    base.do(
        UpdateClient(
            anna, None,
            {length: Decimal("12.5"), hair: "жирные", "birthday": None, "phone": ("+79131234568",)},
        )
    )  # fmt: skip
    newest, before, made = base.ask(card_changes, anna)
    assert {edit.subject: (edit.before, edit.after) for edit in newest.edits} == {
        length: (Decimal(12), Decimal("12.5")),
        hair: ("сухие", "жирные"),
        "birthday": ("--03-08", None),
        "phone": ("8 913 123-45-67", "+79131234568"),
    }
    assert (made.command, before.command) == ("CreateClient", "UpdateClient")


def test_a_change_in_words_names_the_field(base: ClientBase, anna: ClientId) -> None:
    base.do(UpdateClient(anna, None, {"note": "любит матчу"}))
    base.do(UpdateClient(anna, None, {"note": "любит кофе"}))
    assert told(base, anna)[0][0].endswith(": любит матчу → любит кофе")


def test_purchases_and_the_bin_are_told_in_one_line_each(base: ClientBase, anna: ClientId) -> None:
    sold = base.do(AddPurchase(anna, DAY, Decimal("1200.50"), product="Стрижка"))
    base.do(DeletePurchase(sold.value))
    base.do(DeleteClients((anna,)))
    bin_line, deleted, bought, _made = told(base, anna)
    assert len(bin_line) == 1
    assert "1 200,50 ₽" in deleted[0].replace("\u00a0", " ")
    assert "22.11.2026" in bought[0]
    assert "Стрижка" in bought[0]


def test_what_was_undone_is_told_as_such(base: ClientBase, anna: ClientId) -> None:
    base.do(UpdateClient(anna, None, {"note": "любит матчу"}))
    base.do(Undo())
    undone, made = base.ask(card_changes, anna)
    assert (undone.undone, made.undone) == (True, False)
    assert [(edit.before, edit.after) for edit in undone.edits] == [(None, "любит матчу")]


OLDER_IMAGES = (
    "update change_row set image = json_set(image, '$.former', 'x') where image is not null",
    "insert into recorded_table (id, name) values (900, 'former_table')",
    """insert into change_row (change_id, table_id, row_id, client_id, image)
    select id, 900, 1, 1, '{"text": "x"}' from change where command = 'UpdateClient'""",
)


class WriteOlderImages:
    """Give images a column, and the journal a table, that this schema does not have."""

    def run(self, writing: Writing) -> None:
        for statement in OLDER_IMAGES:
            writing.session.execute(text(statement))


def test_images_of_an_older_schema_are_read(base: ClientBase, anna: ClientId) -> None:
    base.do(UpdateClient(anna, None, {"note": "чай"}))
    before = told(base, anna)
    assert before
    base.do(WriteOlderImages())
    assert told(base, anna) == before


def test_an_agreement_stands_in_the_head_until_it_is_deleted(
    base: ClientBase, anna: ClientId
) -> None:
    made = base.do(AddAgreement(anna, "discount", percent=Decimal(10)))
    (row,) = base.ask(client_head, anna).agreements
    assert (row.kind, row.percent) == ("discount", Decimal(10))
    base.do(DeleteAgreement(made.value))
    assert base.ask(client_head, anna).agreements == ()
    base.do(Undo())
    assert len(base.ask(client_head, anna).agreements) == 1
    with pytest.raises(InvalidError):
        base.do(AddAgreement(anna, "discount", text=" "))
    with pytest.raises(TroubleError):
        base.do(DeleteAgreement(99))


def test_a_relationship_is_seen_from_both_cards(base: ClientBase, anna: ClientId) -> None:
    gleb = base.do(CreateClient({"name": "Глеб"})).value
    made = base.do(AddRelationship(anna, "child", gleb))
    base.do(AddRelationship(anna, "parent", text="Юдина Вера"))
    mine = [(row.name, row.backward, row.other_id) for row in base.ask(client_relations, anna)]
    assert mine == [("Глеб", False, gleb), ("Юдина Вера", False, None)]
    (backward,) = base.ask(client_relations, gleb)
    assert (backward.name, backward.backward, backward.other_id) == ("Анна", True, anna)
    base.do(DeleteRelationship(made.value))
    assert base.ask(client_relations, gleb) == []
    for wrong in (AddRelationship(anna, "child", anna), AddRelationship(anna, "child")):
        with pytest.raises(InvalidError):
            base.do(wrong)
