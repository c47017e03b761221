"""Cards as values by field key: the fields and rules of a base, and what is filled in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.domain.condition import from_json
from db.domain.field_rules import DatedAnswer, FieldRule
from db.domain.fields import STANDARD, CardValue, Choice, Field, FieldKind
from db.domain.ids import ClientId
from db.domain.kinds import KINDS
from db.errors import Trouble, TroubleError
from db.schema import (
    Client,
    ClientContact,
    ClientTag,
    ContactPerson,
    CustomField,
    CustomValue,
    FieldAnswer,
    FieldChoice,
    FieldRuleRow,
)

CONTACTS = ("phone", "email", "messenger")
# Standard fields that are columns of the client's own row, in their order there.
COLUMNS = tuple(
    entry.key for entry in STANDARD if entry.key not in (*CONTACTS, "tags", "contact_person")
)

Values = dict[str, CardValue]
Answers = dict[str, DatedAnswer]


@dataclass(frozen=True, slots=True)
class Person:
    """A contact person of a company."""

    name: str
    role: str | None = None
    phone: str | None = None
    email: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ClientCard:
    """A whole card: values and answers by field key; moments are UTC."""

    id: ClientId
    version: int
    values: Values
    answers: Answers = field(default_factory=dict)
    persons: tuple[Person, ...] = ()
    created_at: datetime | None = None
    modified_at: datetime | None = None
    deleted_at: datetime | None = None

    @property
    def name(self) -> str:
        return str(self.values.get("name") or "")


def custom_fields(session: Session, *, archived: bool = False) -> tuple[Field, ...]:
    """Return custom fields in the order of the card; with `archived`, also those."""
    choices: dict[int, list[Choice]] = {}
    texts = select(FieldChoice.field_id, FieldChoice.id, FieldChoice.text, FieldChoice.archived)
    for row in session.execute(texts.order_by(FieldChoice.position, FieldChoice.id)):
        choices.setdefault(row.field_id, []).append(Choice(row.id, row.text, row.archived))
    fields = select(CustomField.id, CustomField.key, CustomField.kind, CustomField.label)
    if not archived:
        fields = fields.where(~CustomField.archived)
    return tuple(
        Field(
            own.key,
            own.kind,
            own.id,
            own.label,
            tuple(choices.get(own.id, ())),
            max_length=20_000 if own.kind is FieldKind.LONG_TEXT else 500,
        )
        for own in session.execute(fields.order_by(CustomField.position, CustomField.id))
    )


def fields_of_base(session: Session) -> dict[str, Field]:
    """Return standard and own fields by key, in the order of the card."""
    return {entry.key: entry for entry in (*STANDARD, *custom_fields(session))}


def rules_of_base(session: Session) -> tuple[FieldRule, ...]:
    """Return the field rules in their order."""
    row = FieldRuleRow
    rules = select(row.id, row.field_key, row.level, row.purpose, row.condition)
    return tuple(
        FieldRule(rule_id, field_key, level, purpose, from_json(condition))
        for rule_id, field_key, level, purpose, condition in session.execute(
            rules.order_by(row.position, row.id)
        )
    )


def client_card(session: Session, client_id: ClientId) -> ClientCard:
    """Return one whole card, also one in the bin. Raises TroubleError NO_SUCH_CLIENT."""
    cards = client_cards(session, [client_id])
    if not cards:
        raise TroubleError(Trouble.NO_SUCH_CLIENT, str(client_id))
    return cards[client_id]


def client_cards(session: Session, ids: Sequence[ClientId]) -> dict[ClientId, ClientCard]:
    """Return whole cards with a fixed number of statements."""
    values = card_values(session, ids)
    persons: dict[int, list[Person]] = {}
    query = select(ContactPerson).where(ContactPerson.client_id.in_(ids))
    for p in session.scalars(query.order_by(ContactPerson.id)):
        of_client = persons.setdefault(p.client_id, [])
        of_client.append(Person(p.name, p.role, p.phone, p.email, p.note))
    return {
        ClientId(row.id): ClientCard(
            ClientId(row.id),
            row.version,
            *values[row.id],
            tuple(persons.get(row.id, ())),
            row.created_at,
            row.modified_at,
            row.deleted_at,
        )
        for row in session.scalars(select(Client).where(Client.id.in_(ids)))
    }


def card_values(session: Session, ids: Sequence[int]) -> dict[int, tuple[Values, Answers]]:
    """Return values and answers of many cards with a fixed number of statements."""
    columns = [getattr(Client, key) for key in COLUMNS]
    by_client: dict[int, tuple[Values, Answers]] = {
        row[0]: (dict(zip(COLUMNS, row[1:], strict=True)), {})
        for row in session.execute(select(Client.id, *columns).where(Client.id.in_(ids)))
    }
    _add_contacts(session, ids, by_client)
    _add_custom(session, ids, by_client)
    answers = select(FieldAnswer).where(FieldAnswer.client_id.in_(ids))
    for row in session.scalars(answers):
        by_client[row.client_id][1][row.field_key] = DatedAnswer(row.answer, row.answered_on)
    return by_client


def _add_contacts(
    session: Session, ids: Sequence[int], by_client: dict[int, tuple[Values, Answers]]
) -> None:
    several: dict[tuple[int, str], list[str]] = {}
    contacts = select(ClientContact.client_id, ClientContact.kind, ClientContact.value)
    for row in session.execute(
        contacts.where(ClientContact.client_id.in_(ids)).order_by(
            ClientContact.position, ClientContact.id
        )
    ):
        several.setdefault((row.client_id, row.kind), []).append(row.value)
    tags = select(ClientTag.client_id, ClientTag.tag).where(ClientTag.client_id.in_(ids))
    for client_id, tag in session.execute(tags.order_by(ClientTag.id)):
        several.setdefault((client_id, "tags"), []).append(tag)
    persons = select(ContactPerson.client_id, ContactPerson.name)
    for client_id, name in session.execute(
        persons.where(ContactPerson.client_id.in_(ids)).order_by(ContactPerson.id)
    ):
        several.setdefault((client_id, "contact_person"), []).append(name)
    for (client_id, key), entries in several.items():
        by_client[client_id][0][key] = tuple(entries)


def _add_custom(
    session: Session, ids: Sequence[int], by_client: dict[int, tuple[Values, Answers]]
) -> None:
    by_id = {own.id: (own, KINDS[own.kind]) for own in custom_fields(session)}
    stored = select(
        CustomValue.client_id,
        CustomValue.field_id,
        CustomValue.text,
        CustomValue.number,
        CustomValue.day,
        CustomValue.choice_id,
    ).where(CustomValue.client_id.in_(ids), CustomValue.field_id.in_(by_id))
    for row in session.execute(
        stored.order_by(CustomValue.client_id, CustomValue.field_id, CustomValue.position)
    ):
        own, kind = by_id[row.field_id]
        entry = kind.load(getattr(row, kind.column), own)
        if entry is None:
            continue
        values = by_client[row.client_id][0]
        if kind.several:
            before = values.get(own.key)
            values[own.key] = (*(before if isinstance(before, tuple) else ()), str(entry))
        else:
            values[own.key] = entry
