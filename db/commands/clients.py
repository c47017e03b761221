"""Commands on cards: make, change, delete into the bin, restore, tag."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.orm import Session

from db.derived.status import status_now
from db.domain.card import NAMING, CardValues, faults, name_from_contacts, tidied
from db.domain.field_rules import DatedAnswer, FieldRule, Level, gaps, rule_row
from db.domain.fields import CardValue, Fault, FieldError
from db.domain.ids import ClientId
from db.domain.lifecycle import Status
from db.domain.text import fold, tidy
from db.errors import InvalidError, Trouble, TroubleError
from db.outcome import Writing
from db.records.card_rows import CardContent
from db.records.card_writer import create_cards, update_cards
from db.records.cards import Person, card_values, fields_of_base, rules_of_base
from db.schema import Client, ClientFact, ClientTag
from db.schema.base import now


@dataclass(frozen=True, slots=True)
class CreateClient:
    """Make a card; return its id. Raises InvalidError for a blocking rule or a wrong value."""

    values: CardValues
    persons: tuple[Person, ...] | None = None
    answers: Mapping[str, DatedAnswer | None] = field(default_factory=dict)

    def run(self, writing: Writing) -> ClientId:
        session = writing.session
        card = CardContent({**self.values, **_named(self.values)}, self.persons, self.answers)
        broken = _broken(_blocking(session), Status.POTENTIAL, card)
        card = replace(card, values=_valid(session, card.values, broken))
        (client_id,) = create_cards(session, [card])
        return client_id


@dataclass(frozen=True, slots=True)
class UpdateClient:
    """Change the fields given, leave the others; return the new version.

    `version` is the one the card was opened at; None skips the comparison. Raises TroubleError
    CHANGED_MEANWHILE, NO_SUCH_CLIENT, and InvalidError as CreateClient does.
    """

    client_id: ClientId
    version: int | None
    values: CardValues
    persons: tuple[Person, ...] | None = None
    answers: Mapping[str, DatedAnswer | None] = field(default_factory=dict)

    def run(self, writing: Writing) -> int:
        session = writing.session
        version = _demand_current(session, self.client_id, self.version)
        before, answers = card_values(session, [self.client_id])[self.client_id]
        values = dict(self.values)
        if "name" not in values and values.keys() & set(NAMING) and _is_named_by_contact(before):
            values["name"] = ""
        values |= _named({**before, **values})
        blocking, status = _blocking(session), _status(writing, self.client_id)
        # A field that was empty before is only a gap: a new rule must not block an old card.
        old = gaps(blocking, rule_row(before, status), answers)
        card = CardContent({**before, **values}, self.persons, {**answers, **self.answers})
        broken = [rule for rule in _broken(blocking, status, card) if rule not in old]
        valid = _valid(session, card.values, broken)
        card = CardContent({key: valid[key] for key in values}, self.persons, self.answers)
        return version + len(update_cards(session, {self.client_id: card}))


@dataclass(frozen=True, slots=True)
class DeleteClients:
    """Move cards into the bin, where they stay until it is emptied; return their number.

    Raises TroubleError NO_SUCH_CLIENT.
    """

    client_ids: tuple[ClientId, ...]

    def run(self, writing: Writing) -> int:
        chosen = _chosen(writing.session, self.client_ids)
        _put(writing.session, chosen, Client.deleted_at.is_(None), now())
        return len(chosen)


@dataclass(frozen=True, slots=True)
class RestoreClients:
    """Take cards out of the bin; return their number. Raises TroubleError NO_SUCH_CLIENT."""

    client_ids: tuple[ClientId, ...]

    def run(self, writing: Writing) -> int:
        chosen = _chosen(writing.session, self.client_ids)
        _put(writing.session, chosen, Client.deleted_at.is_not(None), None)
        return len(chosen)


@dataclass(frozen=True, slots=True)
class TagClients:
    """Add a tag to cards, or remove it. Raises TroubleError NO_SUCH_CLIENT."""

    client_ids: tuple[ClientId, ...]
    tag: str
    remove: bool = False

    def run(self, writing: Writing) -> None:
        session = writing.session
        key, chosen = fold(self.tag), _chosen(session, self.client_ids)
        tags: dict[ClientId, list[str]] = {client_id: [] for client_id in chosen}
        rows = select(ClientTag.client_id, ClientTag.tag).order_by(ClientTag.id)
        for client_id, tag in session.execute(rows.where(ClientTag.client_id.in_(_listed(chosen)))):
            tags[ClientId(client_id)].append(tag)
        added = () if self.remove else (self.tag,)
        update_cards(
            session,
            {
                client_id: CardContent(
                    {"tags": (*(tag for tag in before if fold(tag) != key), *added)}
                )
                for client_id, before in tags.items()
                if self.remove or key not in map(fold, before)
            },
        )


def _named(values: CardValues) -> dict[str, CardValue]:
    """Return the name of a card without one, so that lists show something."""
    name = None if values.get("name") else name_from_contacts(values)
    return {} if name is None else {"name": name}


def _is_named_by_contact(values: CardValues) -> bool:
    """Say whether the name of a card is one of its contacts."""
    contacts = {
        tidy(entry)
        for key in NAMING
        if isinstance(entries := values.get(key), tuple)
        for entry in entries
    }
    return values.get("name") in contacts


def _blocking(session: Session) -> list[FieldRule]:
    return [rule for rule in rules_of_base(session) if rule.level is Level.BLOCK]


def _broken(rules: Sequence[FieldRule], status: str, card: CardContent) -> tuple[FieldRule, ...]:
    """Return the rules that a card of this status breaks."""
    values = dict(card.values)
    if card.persons is not None:
        values["contact_person"] = tuple(person.name for person in card.persons)
    answers = {key: answer for key, answer in card.answers.items() if answer is not None}
    return gaps(rules, rule_row(values, status), answers)


def _status(writing: Writing, client_id: ClientId) -> str:
    status = status_now(writing.reading)
    mine = select(status).where(ClientFact.client_id == client_id)
    return writing.session.scalar(mine) or Status.POTENTIAL


def _valid(
    session: Session, values: CardValues, broken: Sequence[FieldRule]
) -> dict[str, CardValue]:
    """Return the values as they are stored.

    Raises InvalidError for values that can't be, and for the `broken` rules.
    """
    fields = fields_of_base(session)
    errors = list(faults(fields, values))
    named = {error.field_key for error in errors}
    errors += [
        FieldError(rule.field_key, Fault.REQUIRED) for rule in broken if rule.field_key not in named
    ]
    if errors:
        raise InvalidError(tuple(errors))
    return tidied(fields, values)


def _demand_current(session: Session, client_id: ClientId, version: int | None) -> int:
    """Return the version of a card in use. Raises NO_SUCH_CLIENT, CHANGED_MEANWHILE."""
    row = session.execute(
        select(Client.version, Client.name).where(
            Client.id == client_id, Client.deleted_at.is_(None)
        )
    ).one_or_none()
    if row is None:
        raise TroubleError(Trouble.NO_SUCH_CLIENT, str(client_id))
    if version is not None and row.version != version:
        raise TroubleError(Trouble.CHANGED_MEANWHILE, row.name)
    return int(row.version)


def _chosen(session: Session, client_ids: Iterable[ClientId]) -> list[ClientId]:
    chosen = list(dict.fromkeys(client_ids))
    known = set(session.scalars(select(Client.id).where(Client.id.in_(_listed(chosen)))))
    missing = [client_id for client_id in chosen if client_id not in known]
    if missing:
        raise TroubleError(Trouble.NO_SUCH_CLIENT, str(missing[0]))
    return chosen


def _put(
    session: Session,
    client_ids: Iterable[ClientId],
    unless_there: ColumnElement[bool],
    deleted_at: datetime | None,
) -> None:
    """Move cards into the bin or out of it, unless they are there already; each is a save."""
    session.execute(
        update(Client)
        .where(Client.id.in_(_listed(client_ids)), unless_there)
        .values(deleted_at=deleted_at, modified_at=now(), version=Client.version + 1)
        .execution_options(synchronize_session=False)
    )


def _listed(client_ids: Iterable[ClientId]) -> Select[int]:
    """Return ids as a subquery: there may be more than SQLite takes as parameters."""
    return select(func.json_each(json.dumps(list(client_ids))).table_valued("value").c.value)
