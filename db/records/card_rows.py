"""Between the values of a card and its rows."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.domain.card import CardValue, CardValues
from db.domain.contacts import email_key, phone_key
from db.domain.fields import STANDARD_BY_KEY, ClientKind, Field, FieldKind
from db.domain.rules import Answered
from db.domain.text import fold, tidy, tidy_lines
from db.records.cards import COLUMNS, CONTACTS, Person, custom_fields
from db.schema import (
    Client,
    ClientContact,
    ClientTag,
    ContactPerson,
    CustomValue,
    FieldAnswer,
)

_KEY: Mapping[str, Callable[[str], str]] = {
    "phone": phone_key,
    "email": email_key,
    "messenger": fold,
}


def write_values(session: Session, client: Client, values: CardValues) -> None:
    """Write these fields of a card, whose values were checked before; the others stay."""
    _write_columns(client, values)
    session.add(client)
    session.flush()
    for kind in values.keys() & set(CONTACTS):
        _write_contacts(session, client.id, kind, _entries(values[kind]))
    if "tags" in values:
        _write_tags(session, client.id, _entries(values["tags"]))
    if "contact_person" in values:
        names = _entries(values["contact_person"])
        write_persons(session, client.id, _known_persons(session, client.id, names))
    for field in custom_fields(session):
        if field.key in values:
            _write_custom(session, client.id, field, values[field.key])


def _write_columns(client: Client, values: CardValues) -> None:
    for key in COLUMNS:
        if key in values:
            setattr(client, key, _tidied(key, values[key]))
    client.kind = client.kind or ClientKind.PERSON
    client.name = client.name or ""


def _tidied(key: str, value: CardValue) -> CardValue:
    if not isinstance(value, str) or isinstance(value, StrEnum):
        return value
    several_lines = STANDARD_BY_KEY[key].kind is FieldKind.LONG_TEXT
    return (tidy_lines if several_lines else tidy)(value) or None


def _entries(value: CardValue) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _write_contacts(session: Session, client_id: int, kind: str, entries: tuple[str, ...]) -> None:
    mine = select(ClientContact).where(
        ClientContact.client_id == client_id, ClientContact.kind == kind
    )
    held = list(session.scalars(mine.order_by(ClientContact.position)))
    for position, value in enumerate(entries):
        key = _KEY[kind](value)
        if position < len(held):
            row = held[position]
            row.value, row.key, row.position = value, key, position
        else:
            session.add(
                ClientContact(
                    client_id=client_id, kind=kind, value=value, key=key, position=position
                )
            )
    for row in held[len(entries) :]:
        session.delete(row)


def _write_tags(session: Session, client_id: int, tags: tuple[str, ...]) -> None:
    wanted = {fold(tag): tag for tag in tags}
    for row in session.scalars(select(ClientTag).where(ClientTag.client_id == client_id)):
        tag = wanted.pop(row.key, None)
        if tag is None:
            session.delete(row)
        else:
            row.tag = tag
    session.add_all(ClientTag(client_id=client_id, tag=tag, key=key) for key, tag in wanted.items())


def _known_persons(session: Session, client_id: int, names: tuple[str, ...]) -> tuple[Person, ...]:
    """Keep role and phone of the persons who stay when only names are given."""
    rows = session.scalars(select(ContactPerson).where(ContactPerson.client_id == client_id))
    known = {fold(row.name): row for row in rows}
    return tuple(
        Person(name, row.role, row.phone, row.email, row.note)
        if (row := known.get(fold(name)))
        else Person(name)
        for name in names
    )


def write_persons(session: Session, client_id: int, persons: tuple[Person, ...]) -> None:
    """Make these the contact persons of a client."""
    rows = list(
        session.scalars(
            select(ContactPerson)
            .where(ContactPerson.client_id == client_id)
            .order_by(ContactPerson.id)
        )
    )
    for position, person in enumerate(persons):
        row = rows[position] if position < len(rows) else ContactPerson(client_id=client_id)
        row.name, row.role, row.phone = person.name, person.role, person.phone
        row.email, row.note = person.email, person.note
        session.add(row)
    for row in rows[len(persons) :]:
        session.delete(row)


def _write_custom(session: Session, client_id: int, field: Field, value: CardValue) -> None:
    mine = (CustomValue.client_id == client_id, CustomValue.field_id == field.id)
    row = session.scalar(select(CustomValue).where(*mine))
    if value is None or value in ("", ()):
        if row is not None:
            session.delete(row)
        return
    if row is None:
        row = CustomValue(client_id=client_id, field_id=field.id)
        session.add(row)
    for column, held in columns_of(field, value).items():
        setattr(row, column, held)


def columns_of(field: Field, value: CardValue) -> dict[str, Any]:
    """Return the columns of a custom value; one of them holds it, the others are empty."""
    row: dict[str, Any] = dict.fromkeys(("text", "text_key", "number", "day", "choice_id"))
    match value:
        case bool():
            row["number"] = Decimal(int(value))
        case Decimal():
            row["number"] = value
        case date():
            row["day"] = value
        case str() if field.kind is FieldKind.CHOICE:
            row["choice_id"] = next(c.id for c in field.choices if c.text == value)
        case _:
            row["text"], row["text_key"] = str(value), fold(str(value))
    return row


def write_answers(session: Session, client_id: int, answers: Mapping[str, Answered | None]) -> None:
    """Keep "won't say" and "has none"; None takes an answer back."""
    for key, answer in answers.items():
        mine = (FieldAnswer.client_id == client_id, FieldAnswer.field_key == key)
        if answer is None:
            session.execute(delete(FieldAnswer).where(*mine))
            continue
        row = session.scalar(select(FieldAnswer).where(*mine))
        if row is None:
            row = FieldAnswer(client_id=client_id, field_key=key)
            session.add(row)
        row.answer, row.answered_on = answer.answer, answer.on
