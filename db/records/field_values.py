"""One field of many cards at once: what is written in it, and whose value answers it."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.domain.fields import Entry, Field
from db.domain.kinds import KINDS
from db.domain.rules import FieldRule, is_filled
from db.domain.text import fold
from db.records.cards import CONTACTS
from db.schema import Client, ClientContact, ClientTag, ContactPerson, CustomValue


def entries(session: Session, field: Field) -> Iterator[tuple[int, Entry]]:
    """Give the client and each entry of a field; an entry that is no text is only True."""
    kind = KINDS[field.kind]
    by_id = field.is_custom and kind.has_choices
    for client_id, said in session.execute(_statement(field)):
        entry = kind.load(said, field) if by_id else said
        if entry is not None and entry != "":
            yield client_id, entry


def _statement(field: Field) -> Select[int, Any]:
    """Select the client and a text, the id of a choice, or whether there is a value."""
    kind = KINDS[field.kind]
    if field.is_custom:
        column = getattr(CustomValue, kind.column)
        said = column if kind.is_text or kind.has_choices else column.is_not(None)
        return select(CustomValue.client_id, said).where(CustomValue.field_id == field.id)
    if field.key in CONTACTS:
        return select(ClientContact.client_id, ClientContact.value).where(
            ClientContact.kind == field.key
        )
    if field.key == "tags":
        return select(ClientTag.client_id, ClientTag.tag)
    if field.key == "contact_person":
        return select(ContactPerson.client_id, ContactPerson.name)
    column = getattr(Client, field.key)
    said = column if kind.is_text else column.is_not(None)
    return select(Client.id, said).where(column.is_not(None))


def filled_and_junk(session: Session, field: Field) -> tuple[set[int], set[int]]:
    """Return who has a good value in a field, and who has only junk there."""
    good: set[int] = set()
    some: set[int] = set()
    for client_id, value in entries(session, field):
        (good if is_filled(value) else some).add(client_id)
    return good, some - good


def asked_by(rule: FieldRule) -> Select[int]:
    """Return the clients, in use or in the bin, whom a rule asks, whatever their status."""
    asked = select(Client.id)
    if rule.for_kind is not None:
        asked = asked.where(Client.kind == rule.for_kind)
    if rule.for_tag is not None:
        tagged = select(ClientTag.client_id).where(ClientTag.key == fold(rule.for_tag))
        asked = asked.where(Client.id.in_(tagged))
    return asked
