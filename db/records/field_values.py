"""One field of many cards at once: what is written in it, and whose value answers it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, SQLColumnExpression, select
from sqlalchemy.orm import Session

from db.domain.field_rules import is_filled
from db.domain.fields import Entry, Field
from db.domain.kinds import KINDS
from db.records.cards import CONTACTS
from db.schema import Client, ClientContact, ClientTag, ContactPerson, CustomValue


class Stored(NamedTuple):
    """Where the entries of a field are: the client, the column, and the rows that are its own."""

    owner: SQLColumnExpression[int]
    column: SQLColumnExpression[Any]
    rows: tuple[ColumnElement[bool], ...] = ()


def stored(field: Field) -> Stored:
    """Return where the entries of a field are."""
    if field.is_custom:
        column = getattr(CustomValue, KINDS[field.kind].column)
        return Stored(CustomValue.client_id, column, (CustomValue.field_id == field.id,))
    if field.key in CONTACTS:
        mine = ClientContact.kind == field.key
        return Stored(ClientContact.client_id, ClientContact.value, (mine,))
    if field.key == "tags":
        return Stored(ClientTag.client_id, ClientTag.tag)
    if field.key == "contact_person":
        return Stored(ContactPerson.client_id, ContactPerson.name)
    return Stored(Client.id, getattr(Client, field.key))


def entries(session: Session, field: Field) -> Iterator[tuple[int, Entry]]:
    """Give the client and each entry of a field; an entry that is no text is only True."""
    kind, where = KINDS[field.kind], stored(field)
    by_id = field.is_custom and kind.has_choices
    said = where.column if kind.is_text or kind.has_choices else where.column.is_not(None)
    rows = select(where.owner, said).where(*where.rows, where.column.is_not(None))
    for client_id, entry in session.execute(rows):
        said_entry = kind.load(entry, field) if by_id else entry
        if said_entry is not None and said_entry != "":
            yield client_id, said_entry


def filled_and_junk(session: Session, field: Field) -> tuple[set[int], set[int]]:
    """Return who has a good value in a field, and who has only junk there."""
    good: set[int] = set()
    some: set[int] = set()
    for client_id, value in entries(session, field):
        (good if is_filled(value) else some).add(client_id)
    return good, some - good
