"""The rows of a card in other tables: contacts, tags, contact persons, own fields, answers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Table

from db.domain.card import CardValues
from db.domain.field_rules import DatedAnswer
from db.domain.fields import STANDARD_BY_KEY, CardValue, Field
from db.domain.kinds import KINDS, Kind, entries_of
from db.domain.text import fold
from db.records.cards import CONTACTS, Person
from db.schema import ClientContact, ClientTag, ContactPerson, CustomValue, FieldAnswer

# The values of a row, in the order of the columns of its `RowSet`.
Content = tuple[object, ...]
# The rows of one part of a card (its phones, one custom field), with the value of `RowSet.part`.
Part = tuple[object, list[Content]]


@dataclass(frozen=True, slots=True)
class CardContent:
    """New values of a card: each field given gets exactly this value, the others stay.

    The values must have passed `db.domain.card.faults`. `persons` are whole contact persons;
    names alone, in `values["contact_person"]`, keep the other columns of persons of these names.
    An answer of None is removed. `created_at` is the moment of a new card; None is now.
    """

    values: CardValues
    persons: tuple[Person, ...] | None = None
    answers: Mapping[str, DatedAnswer | None] = field(default_factory=dict)
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RowSet:
    """Rows of cards in a table: the column that divides those of one card, and the value columns.

    With `replace`, rows that differ are deleted and inserted: an update in place could meet the
    unique index, and their order is that of their ids.
    """

    table: Table
    part: str | None
    content: tuple[str, ...]
    replace: bool = False


def table_of(model: type) -> Table:
    """Return the table of a mapped class."""
    table = model.__table__  # type: ignore[attr-defined]
    assert isinstance(table, Table)  # noqa: S101 - every model of ours is a table
    return table


_VALUE_COLUMNS = ("text", "number", "day", "choice_id")
CONTACT_ROWS = RowSet(table_of(ClientContact), "kind", ("value", "key", "position"))
TAG_ROWS = RowSet(table_of(ClientTag), None, ("tag", "key"), replace=True)
PERSON_ROWS = RowSet(table_of(ContactPerson), None, ("name", "role", "phone", "email", "note"))
OWN_ROWS = RowSet(table_of(CustomValue), "field_id", (*_VALUE_COLUMNS, "text_key", "position"))
ANSWER_ROWS = RowSet(table_of(FieldAnswer), "field_key", ("answer", "answered_on"))


_CONTACT_KEYS = {key: KINDS[STANDARD_BY_KEY[key].kind].key for key in CONTACTS}


def contact_parts(card: CardContent) -> Iterator[Part]:
    """Yield phones, e-mails and messengers, by kind."""
    for kind in CONTACTS:
        if kind in card.values:
            key = _CONTACT_KEYS[kind]
            yield (
                kind,
                [
                    (entry, key(str(entry)), position)
                    for position, entry in enumerate(entries_of(card.values[kind]))
                ],
            )


def tag_parts(card: CardContent) -> Iterator[Part]:
    """Yield the tags, each once whatever its case."""
    if "tags" in card.values:
        tags = {fold(str(tag)): tag for tag in entries_of(card.values["tags"])}
        yield None, [(tag, key) for key, tag in tags.items()]


def person_parts(card: CardContent, known: Mapping[str, Person]) -> Iterator[Part]:
    """Yield the contact persons; `known` are the stored ones by folded name."""
    if card.persons is not None:
        persons: Iterable[Person] = card.persons
    elif "contact_person" in card.values:
        names = map(str, entries_of(card.values["contact_person"]))
        persons = [known.get(fold(name), Person(name)) for name in names]
    else:
        return
    yield None, [(each.name, each.role, each.phone, each.email, each.note) for each in persons]


def own_parts(own: Iterable[tuple[Field, Kind]], card: CardContent) -> Iterator[Part]:
    """Yield the values of custom fields, by the id of the field."""
    for each, kind in own:
        if each.key in card.values:
            yield each.id, _own_rows(each, kind, card.values[each.key])


def _own_rows(own: Field, kind: Kind, value: CardValue) -> list[Content]:
    place = _VALUE_COLUMNS.index(kind.column)
    before, behind = (None,) * place, (None,) * (len(_VALUE_COLUMNS) - place - 1)
    return [
        (
            *before,
            kind.store(entry, own),
            *behind,
            kind.key(str(entry)) if kind.is_text else None,
            position,
        )
        for position, entry in enumerate(entries_of(value))
    ]


def answer_parts(card: CardContent) -> Iterator[Part]:
    """Yield the answers that close gaps, by the key of the field."""
    for key, answer in card.answers.items():
        yield key, [] if answer is None else [(answer.answer, answer.on)]
