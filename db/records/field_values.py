"""One field of many cards at once: where it is stored, its entries, which are filled."""

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
    """Where the entries of a field are stored: client id, column, and the condition on rows."""

    owner: SQLColumnExpression[int]
    column: SQLColumnExpression[Any]
    rows: tuple[ColumnElement[bool], ...] = ()


def stored(field: Field) -> Stored:
    """Return where the entries of a field are stored."""
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
    """Yield the client and each entry of a field; entries that are no text only as True."""
    kind, where = KINDS[field.kind], stored(field)
    by_id = field.is_custom and kind.has_choices
    column = where.column if kind.is_text or kind.has_choices else where.column.is_not(None)
    rows = select(where.owner, column).where(*where.rows, where.column.is_not(None))
    for client_id, entry in session.execute(rows):
        value = kind.load(entry, field) if by_id else entry
        if value is not None and value != "":
            yield client_id, value


def filled_and_junk(session: Session, field: Field) -> tuple[set[int], set[int]]:
    """Return the clients with a good value in a field, and those with only junk."""
    good: set[int] = set()
    junk: set[int] = set()
    for client_id, value in entries(session, field):
        (good if is_filled(value) else junk).add(client_id)
    return good, junk - good
