"""Cards written set-wise: what is written is read, what is the same is not written again."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from db.client_base import ClientBase
from db.commands.clients import CreateClient, TagClients, UpdateClient
from db.commands.fields import AddField, ArchiveChoice
from db.commands.undo import Undo
from db.domain.field_rules import DatedAnswer, GapAnswer
from db.domain.fields import CardValue, FieldKind, Warmth
from db.domain.ids import ClientId
from db.domain.kinds import CUSTOM_KINDS
from db.domain.text import tidy
from db.file.create import create_base
from db.outcome import Outcome, Writing
from db.queries.setup import own_fields
from db.records.card_rows import CardContent
from db.records.card_writer import create_cards, update_cards
from db.records.cards import ClientCard, Person, card_values, client_card, client_cards
from db.schema import Change, ChangeRow, CustomValue, RecordedTable
from db.transfer.columns import TableKind, map_columns
from db.transfer.commands import ImportClients
from db.transfer.sheet import RawTable, take_header

DAY = date(2026, 11, 22)
KINDS = (
    FieldKind.TEXT, FieldKind.NUMBER, FieldKind.MONEY, FieldKind.DATE, FieldKind.FLAG,
    FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.PHONE, FieldKind.LINK,
    FieldKind.LONG_TEXT, FieldKind.EMAIL,
)  # fmt: skip
HAIR = ("сухие", "жирные", "окрашенные")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClientBase]:
    path = tmp_path_factory.mktemp("writer") / "base.kartoteka"
    create_base(path)
    with ClientBase(path, as_of=DAY) as opened:
        for kind in KINDS:
            opened.do(AddField(f"Поле {kind}", kind, HAIR))
        yield opened


def own(kind: FieldKind) -> str:
    return f"own_{KINDS.index(kind) + 1}"


class Run:
    """A command made of a function."""

    def __init__(self, act: Callable[[Session], Any]) -> None:
        self._act = act

    def run(self, writing: Writing) -> Any:
        return self._act(writing.session)


def create(base: ClientBase, *cards: CardContent) -> list[ClientId]:
    made: list[ClientId] = base.do(Run(lambda session: create_cards(session, cards))).value
    return made


def update(base: ClientBase, cards: dict[ClientId, CardContent]) -> Outcome[Any]:
    return base.do(Run(lambda session: update_cards(session, cards)))


def card_of(base: ClientBase, client: ClientId) -> ClientCard:
    return base.ask(lambda reading: client_card(reading.session, client))


def change_count(base: ClientBase) -> int | None:
    return base.ask(lambda reading: reading.session.scalar(select(func.count(Change.id))))


def filled(base: ClientBase, client: ClientId) -> dict[str, CardValue]:
    values = base.ask(lambda reading: card_values(reading.session, [client])[client][0])
    return {key: value for key, value in values.items() if value not in (None, ())}


WORDS = st.text("абвгдё ", min_size=1, max_size=8).map(tidy).filter(bool)
SEVERAL = st.lists(WORDS, max_size=3, unique=True).map(tuple)
CARDS = st.fixed_dictionaries(
    {"name": WORDS},
    optional={
        "kind": st.sampled_from(["person", "company"]),
        "warmth": st.none() | st.sampled_from([str(each) for each in Warmth]),
        "note": st.none() | WORDS,
        "consent": st.none() | st.booleans(),
        "consent_on": st.none() | st.dates(date(1900, 1, 1), DAY),
        "share_of_wallet": st.none() | st.decimals(0, 10**6, places=2),
        "phone": SEVERAL,
        "email": SEVERAL,
        "tags": st.lists(WORDS, max_size=3, unique_by=lambda tag: tag.replace("ё", "е")).map(tuple),
        "contact_person": SEVERAL,
        own(FieldKind.TEXT): st.none() | WORDS,
        own(FieldKind.NUMBER): st.none() | st.decimals(-100, 100, places=4),
        own(FieldKind.MONEY): st.none() | st.decimals(-100, 100, places=2),
        own(FieldKind.DATE): st.none() | st.dates(date(1900, 1, 1), DAY),
        own(FieldKind.FLAG): st.none() | st.booleans(),
        own(FieldKind.CHOICE): st.none() | st.sampled_from(HAIR),
        own(FieldKind.CHOICES): st.lists(st.sampled_from(HAIR), unique=True).map(tuple),
        own(FieldKind.PHONE): SEVERAL,
        own(FieldKind.LINK): st.none() | WORDS,
        own(FieldKind.LONG_TEXT): st.none() | WORDS,
        own(FieldKind.EMAIL): SEVERAL,
    },
)
quick = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


def as_read(values: dict[str, CardValue]) -> dict[str, CardValue]:
    return {"kind": "person"} | {k: v for k, v in values.items() if v not in (None, ())}


def test_a_field_of_every_kind_is_written() -> None:
    assert set(KINDS) == set(CUSTOM_KINDS)


@quick
@given(st.lists(CARDS, min_size=1, max_size=3), st.data())
def test_what_is_written_is_read(
    base: ClientBase, cards: list[dict[str, CardValue]], data: st.DataObject
) -> None:
    ids = create(base, *map(CardContent, cards))
    for client, values in zip(ids, cards, strict=True):
        assert filled(base, client) == as_read(values)
    changes = {client: data.draw(CARDS) for client in ids}
    update(base, {client: CardContent(values) for client, values in changes.items()})
    for client, values in zip(ids, cards, strict=True):
        assert filled(base, client) == as_read(values | changes[client])


@quick
@given(CARDS)
def test_the_same_values_again_change_no_row(
    base: ClientBase, values: dict[str, CardValue]
) -> None:
    content = CardContent(values, answers={"birthday": DatedAnswer(GapAnswer.REFUSED, DAY)})
    (client,) = create(base, content)
    changes = change_count(base)
    again = update(base, {client: content})
    assert again.value == frozenset()
    assert again.change_id is None
    assert (
        base.ask(lambda reading: reading.session.scalar(select(func.count(Change.id)))) == changes
    )
    assert card_of(base, client).version == 1


@quick
@given(CARDS, CARDS)
def test_the_form_and_the_import_write_the_same_card(
    base: ClientBase, before: dict[str, CardValue], after: dict[str, CardValue]
) -> None:
    """One by one, as a form saves, or both at once, as an import does: the same rows."""
    alone, together, other = create(base, *[CardContent(before)] * 3)
    base.do(UpdateClient(alone, 1, after))
    update(base, {together: CardContent(after), other: CardContent(after)})
    assert filled(base, alone) == filled(base, together) == filled(base, other)
    versions = {card_of(base, client).version for client in (alone, together, other)}
    assert len(versions) == 1


def test_a_file_and_a_form_make_the_same_card(base: ClientBase) -> None:
    values: dict[str, CardValue] = {
        "name": "Вера Ли",
        "kind": "person",
        "phone": ("8 923 111-22-33", "8 923 111-22-34"),
        "tags": ("vip", "опт"),
        own(FieldKind.NUMBER): Decimal("1.5"),
        own(FieldKind.CHOICES): ("сухие", "окрашенные"),
        own(FieldKind.MONEY): Decimal("1200.50"),
    }
    typed = base.do(CreateClient(values)).value
    header = (
        "Имя", "Телефон", "Теги",
        *(f"Поле {kind}" for kind in (FieldKind.NUMBER, FieldKind.CHOICES, FieldKind.MONEY)),
    )  # fmt: skip
    row = ("Вера Ли", "8 923 111-22-33; 8 923 111-22-34", "vip, опт", "1,5", "окрашенные, сухие")
    sheet = take_header(RawTable("list.csv", (header, (*row, "1 200,50 ₽"))), 1)
    targets = map_columns(TableKind.CLIENTS, header, base.ask(own_fields))
    # Matched by the phone it would only be found again: let the typed one be another person.
    base.do(UpdateClient(typed, None, {"phone": ("8 923 000-00-00",), "name": "Другая"}))
    assert base.do(ImportClients(sheet, targets)).value.created == 1
    base.do(UpdateClient(typed, None, {"phone": values["phone"], "name": "Вера Ли"}))
    assert filled(base, typed) == filled(base, ClientId(typed + 1)) == values


def test_only_what_differs_is_in_the_journal(base: ClientBase) -> None:
    (client,) = create(
        base, CardContent({"name": "Анна", "phone": ("1", "2"), "tags": ("vip", "опт")})
    )
    changed = update(
        base,
        {client: CardContent({"name": "Анна", "phone": ("1", "3"), "tags": ("vip", "опт")})},
    )
    rows = base.ask(
        lambda reading: reading.session.scalars(
            select(RecordedTable.name)
            .join(ChangeRow, ChangeRow.table_id == RecordedTable.id)
            .where(ChangeRow.change_id == changed.change_id)
        ).all()
    )
    assert sorted(rows) == ["client", "client_contact"]
    card = card_of(base, client)
    assert card.version == 2
    assert card.modified_at is not None
    assert card.created_at is not None
    assert card.modified_at > card.created_at


def test_the_number_of_statements_does_not_grow_with_the_cards(base: ClientBase) -> None:
    values: dict[str, CardValue] = {
        "name": "Анна", "phone": ("1",), "tags": ("vip",), "contact_person": ("Пётр",),
        own(FieldKind.TEXT): "а", own(FieldKind.CHOICES): ("сухие",),
    }  # fmt: skip
    changed = {**values, "phone": ("2",), "tags": (), own(FieldKind.TEXT): "б"}
    counts = []
    for number in (1, 40):
        statements: list[str] = []
        event.listen(
            base._writer, "before_cursor_execute", lambda *args, to=statements: to.append(args[2])
        )

        def act(session: Session, number: int = number, to: list[str] = statements) -> int:
            to.clear()
            ids = create_cards(session, [CardContent(values)] * number)
            update_cards(
                session,
                {
                    client: CardContent(changed if place % 2 else {"note": "x", **changed})
                    for place, client in enumerate(ids)
                },
            )
            card_values(session, ids)
            return len(to)

        counts.append(base.do(Run(act)).value)
    # The first new card gets its id from the base, the others are made by one more statement.
    assert counts[1] - counts[0] <= 1


def test_ids_that_were_used_are_never_used_again(base: ClientBase) -> None:
    (gone,) = create(base, CardContent({"name": "Анна"}))
    base.do(Undo())
    first, second = create(base, CardContent({"name": "Вера"}), CardContent({"name": "Глаша"}))
    assert gone < first < second


def test_names_keep_what_is_known_of_contact_persons(base: ClientBase) -> None:
    (client,) = create(
        base,
        CardContent({"name": "Фирма"}, (Person("Пётр", "директор", "1"), Person("Ольга"))),
    )
    update(base, {client: CardContent({"contact_person": ("Анна", "ПЁТР")})})
    assert card_of(base, client).persons == (
        Person("Анна"),
        Person("Пётр", "директор", "1"),
    )


def test_an_answer_is_kept_changed_and_taken_back(base: ClientBase) -> None:
    (client,) = create(base, CardContent({"name": "Анна"}))
    for answer in (DatedAnswer(GapAnswer.REFUSED, DAY), DatedAnswer(GapAnswer.NONE, DAY)):
        update(base, {client: CardContent({}, answers={"birthday": answer})})
        assert card_of(base, client).answers == {"birthday": answer}
    update(base, {client: CardContent({}, answers={"birthday": None})})
    assert card_of(base, client).answers == {}
    assert card_of(base, client).version == 4


def test_a_card_that_is_gone_is_not_written(base: ClientBase) -> None:
    assert update(base, {ClientId(10**9): CardContent({"name": "Никто"})}).value == frozenset()


def test_tags_of_many_cards_are_saves_of_these_cards(base: ClientBase) -> None:
    ids = create(
        base, CardContent({"name": "А"}), CardContent({"name": "Б", "tags": ("Опт", "vip")})
    )
    base.do(TagClients(tuple(ids), "опт"))
    cards = base.ask(lambda reading: client_cards(reading.session, ids))
    assert [cards[client].values.get("tags") for client in ids] == [("опт",), ("Опт", "vip")]
    assert [cards[client].version for client in ids] == [2, 1]
    base.do(TagClients(tuple(ids), "ОПТ", remove=True))
    cards = base.ask(lambda reading: client_cards(reading.session, ids))
    assert [cards[client].values.get("tags") for client in ids] == [None, ("vip",)]


def test_a_choice_moved_to_another_stands_once_on_each_card(tmp_path: Path) -> None:
    create_base(tmp_path / "b.kartoteka")
    with ClientBase(tmp_path / "b.kartoteka", as_of=DAY) as base:
        key = base.do(AddField("Волосы", FieldKind.CHOICES, HAIR)).value
        both = base.do(CreateClient({"name": "А", key: HAIR[:2]})).value
        one = base.do(CreateClient({"name": "Б", key: HAIR[:1]})).value
        dry, oily, _ = base.ask(own_fields)[0].choices
        assert base.do(ArchiveChoice(dry.id, move_to=oily.id)).value == 2
        assert card_of(base, both).values[key] == ("жирные",)
        assert card_of(base, one).values[key] == ("жирные",)
        base.do(Undo())
        assert card_of(base, both).values[key] == ("сухие", "жирные")
        count = select(func.count(CustomValue.id))
        assert base.ask(lambda reading: reading.session.scalar(count)) == 3
