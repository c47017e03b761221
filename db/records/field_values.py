"""One field of many cards at once: what is written in it, and whose value answers it."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from db.domain.fields import Field, FieldKind
from db.domain.rules import FieldRule, is_filled
from db.domain.text import fold
from db.records.cards import CONTACTS
from db.schema import Client, ClientContact, ClientTag, ContactPerson, CustomValue, FieldChoice

_TEXTS = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.BIRTHDAY})


def entries(session: Session, field: Field) -> Iterator[tuple[int, Any]]:
    """Give the client and each entry of a field; a field that is no text gives True."""
    for client_id, value in session.execute(_question(field)):
        if value is not None and value != "":
            yield client_id, value


def _question(field: Field) -> Any:
    if field.is_custom:
        return _own(field)
    if field.key in CONTACTS:
        return select(ClientContact.client_id, ClientContact.value).where(
            ClientContact.kind == field.key
        )
    if field.key == "tags":
        return select(ClientTag.client_id, ClientTag.tag)
    if field.key == "contact_person":
        return select(ContactPerson.client_id, ContactPerson.name)
    column = getattr(Client, field.key)
    shown: Any = column if field.kind in _TEXTS else column.is_not(None)
    return select(Client.id, shown).where(column.is_not(None))


def _own(field: Field) -> Any:
    asked = select(CustomValue.client_id, CustomValue.text).where(CustomValue.field_id == field.id)
    if field.kind is FieldKind.CHOICE:
        return (
            select(CustomValue.client_id, FieldChoice.text)
            .join(FieldChoice, FieldChoice.id == CustomValue.choice_id)
            .where(CustomValue.field_id == field.id)
        )
    if field.kind in _TEXTS:
        return asked
    there = case((func.coalesce(CustomValue.number, CustomValue.day).is_not(None), True))
    return select(CustomValue.client_id, there).where(CustomValue.field_id == field.id)


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
