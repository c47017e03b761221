"""Writing cards: make, change, put into the bin, take out of it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, func, select, update
from sqlalchemy.orm import Session

from db.domain.card import CardValue, CardValues, faults
from db.domain.fields import Fault, FieldError
from db.domain.ids import ClientId
from db.domain.lifecycle import Status
from db.domain.rules import Answered, FieldRule, Level, gaps
from db.domain.text import fold, tidy
from db.errors import InvalidError, Trouble, TroubleError
from db.outcome import Writing
from db.queries.lists.status import status_now
from db.records.card_rows import write_answers, write_persons, write_values
from db.records.cards import Person, card_values, fields_of_base, rules_of_base
from db.schema import Client, ClientFact, ClientTag
from db.schema.base import now

# The ways to reach a client, in the order in which a card without a name is called by them.
_WAYS = ("phone", "email", "messenger")


@dataclass(frozen=True, slots=True)
class CreateClient:
    """Make a card. Raises InvalidError when a blocking rule or a value's shape forbids it."""

    values: CardValues
    persons: tuple[Person, ...] | None = None
    answers: Mapping[str, Answered | None] = field(default_factory=dict)

    def run(self, writing: Writing) -> ClientId:
        session = writing.session
        client = Client(name="")
        values = {**self.values, **_named(self.values)}
        blocking = _blocking(session, Status.POTENTIAL)
        _demand_valid(session, values, self.persons, self.answers, blocking)
        return ClientId(_write(session, client, values, self.persons, self.answers).id)


@dataclass(frozen=True, slots=True)
class UpdateClient:
    """Change the fields given, leave the others; refuse when the card was saved meanwhile.

    `version` is the one the card was opened at; None writes over whatever is there. Returns the
    new version. Raises TroubleError CHANGED_MEANWHILE, NO_SUCH_CLIENT, and InvalidError.
    """

    client_id: ClientId
    version: int | None
    values: CardValues
    persons: tuple[Person, ...] | None = None
    answers: Mapping[str, Answered | None] = field(default_factory=dict)

    def run(self, writing: Writing) -> int:
        session = writing.session
        client = _in_use(session, self.client_id)
        if self.version is not None and client.version != self.version:
            raise TroubleError(Trouble.CHANGED_MEANWHILE, client.name)
        held, answered = card_values(session, [self.client_id])[self.client_id]
        values = {**held, **self.values}
        if (
            "name" not in self.values
            and self.values.keys() & set(_WAYS)
            and _is_called_by_way(held)
        ):
            values["name"] = ""
        values |= _named(values)
        blocking = _blocking(session, _status(writing, self.client_id))
        # A rule made after the card must not lock it: what was missing before is only a gap.
        old = {rule.id for rule in gaps(blocking, held, answered)}
        blocking = [rule for rule in blocking if rule.id not in old]
        _demand_valid(session, values, self.persons, {**answered, **self.answers}, blocking)
        changed = {key: value for key, value in values.items() if held.get(key) != value}
        if not changed and self.persons is None and not self.answers:
            return client.version
        return _write(session, client, changed, self.persons, self.answers).version


@dataclass(frozen=True, slots=True)
class DeleteClients:
    """Put cards into the bin. Everything stays until the bin is emptied; returns how many went."""

    client_ids: tuple[ClientId, ...]

    def run(self, writing: Writing) -> int:
        chosen = _chosen(writing.session, self.client_ids)
        _put(writing.session, chosen, Client.deleted_at.is_(None), now())
        return len(chosen)


@dataclass(frozen=True, slots=True)
class RestoreClients:
    client_ids: tuple[ClientId, ...]

    def run(self, writing: Writing) -> int:
        chosen = _chosen(writing.session, self.client_ids)
        _put(writing.session, chosen, Client.deleted_at.is_not(None), None)
        return len(chosen)


@dataclass(frozen=True, slots=True)
class TagClients:
    """Give cards a tag, or take it from them."""

    client_ids: tuple[ClientId, ...]
    tag: str
    remove: bool = False

    def run(self, writing: Writing) -> None:
        session = writing.session
        key = fold(self.tag)
        mine = (ClientTag.client_id.in_(self.client_ids), ClientTag.key == key)
        if self.remove:
            session.execute(delete(ClientTag).where(*mine))
            return
        held = set(session.scalars(select(ClientTag.client_id).where(*mine)))
        session.add_all(
            ClientTag(client_id=client_id, tag=self.tag, key=key)
            for client_id in self.client_ids
            if client_id not in held
        )


def _named(values: CardValues) -> dict[str, CardValue]:
    """A card without a name is called by the way to reach him, so that lists show something."""
    if values.get("name"):
        return {}
    for key in _WAYS:
        entries = values.get(key)
        if isinstance(entries, tuple) and entries:
            return {"name": entries[0]}
    return {}


def _is_called_by_way(held: CardValues) -> bool:
    """Say whether a card has no other name than the way to reach him."""
    called = {
        tidy(entry)
        for key in _WAYS
        if isinstance(entries := held.get(key), tuple)
        for entry in entries
    }
    return held.get("name") in called


def _blocking(session: Session, status: str) -> list[FieldRule]:
    """Return the rules that forbid saving a card of this status."""
    return [
        rule
        for rule in rules_of_base(session)
        if rule.level is Level.BLOCK and rule.for_status in (None, status)
    ]


def _status(writing: Writing, client_id: ClientId) -> str:
    status = status_now(writing.reading)
    mine = select(status).where(ClientFact.client_id == client_id)
    return writing.session.scalar(mine) or Status.POTENTIAL


def _demand_valid(
    session: Session,
    values: CardValues,
    persons: tuple[Person, ...] | None,
    answers: Mapping[str, Answered | None],
    blocking: Iterable[FieldRule],
) -> None:
    errors = list(faults(fields_of_base(session), values))
    if persons is not None:
        values = {**values, "contact_person": tuple(person.name for person in persons)}
    answered = {key: answer for key, answer in answers.items() if answer is not None}
    named = {error.field_key for error in errors}
    errors += [
        FieldError(rule.field_key, Fault.REQUIRED)
        for rule in gaps(blocking, values, answered)
        if rule.field_key not in named
    ]
    if errors:
        raise InvalidError(tuple(errors))


def _write(
    session: Session,
    client: Client,
    values: CardValues,
    persons: tuple[Person, ...] | None,
    answers: Mapping[str, Answered | None],
) -> Client:
    client.modified_at = now()
    write_values(session, client, values)
    if persons is not None:
        write_persons(session, client.id, persons)
    write_answers(session, client.id, answers)
    session.flush()
    return client


def _in_use(session: Session, client_id: ClientId) -> Client:
    client = session.get(Client, client_id)
    if client is None or client.deleted_at is not None:
        raise TroubleError(Trouble.NO_SUCH_CLIENT, str(client_id))
    return client


def _chosen(session: Session, client_ids: Iterable[ClientId]) -> list[ClientId]:
    chosen = list(dict.fromkeys(client_ids))
    found = set(session.scalars(select(Client.id).where(Client.id.in_(_listed(chosen)))))
    missing = [client_id for client_id in chosen if client_id not in found]
    if missing:
        raise TroubleError(Trouble.NO_SUCH_CLIENT, str(missing[0]))
    return chosen


def _put(
    session: Session,
    client_ids: Iterable[ClientId],
    elsewhere: ColumnElement[bool],
    deleted_at: datetime | None,
) -> None:
    """Move cards into the bin or out of it, those that are not there already; each is a save."""
    session.execute(
        update(Client)
        .where(Client.id.in_(_listed(client_ids)), elsewhere)
        .values(deleted_at=deleted_at, modified_at=now(), version=Client.version + 1)
        .execution_options(synchronize_session=False)
    )


def _listed(client_ids: Iterable[ClientId]) -> Select[int]:
    """Return ids as a question: so many may be chosen that they are no parameters any more."""
    return select(func.json_each(json.dumps(list(client_ids))).table_valued("value").c.value)
