"""Lists of clients: ids in order, the rows of a window, counts."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    func,
    select,
)
from sqlalchemy.orm import Session

from db.derived.conditions import meets
from db.derived.gaps_of_day import counts_now
from db.derived.status import status_now
from db.domain.condition import EVERYBODY, STATUS, Condition, fields_of
from db.domain.field_rules import rule_row
from db.domain.ids import ClientId
from db.domain.lifecycle import Status
from db.domain.text import fold
from db.outcome import Reading
from db.queries.lists.order import LISTED, by_count, counts_of, ids_by_code, ids_of
from db.queries.lists.search import first_found, is_found
from db.queries.lists.year import keeps_year, year_revenue
from db.records.cards import card_values, fields_of_base, rules_of_base
from db.records.contacts import first_contacts
from db.schema import Client, ClientFact, ClientGap


class Sort(StrEnum):
    """What a list of clients is ordered by."""

    NAME = "name"
    STATUS = "status"
    LAST = "last"
    YEAR = "year"
    GAPS = "gaps"
    CREATED = "created"


@dataclass(frozen=True, slots=True)
class ListSpec:
    """Which clients in which order. Call lists are made from this, not from selected rows."""

    text: str = ""
    condition: Condition = EVERYBODY
    with_gaps: bool = False
    rule_id: int | None = None
    in_bin: bool = False
    sort: Sort = Sort.NAME
    descending: bool = False


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One row of a list. `fill_percent` is None where no rule applies to the card."""

    id: ClientId
    name: str
    kind: str
    phone: str | None
    email: str | None
    status: Status
    last_on: date | None
    year_revenue: Decimal
    cycle_days: Decimal | None
    next_on: date | None
    fill_percent: int | None
    gaps: int
    do_not_contact: bool
    in_bin: bool


class _Origin(NamedTuple):
    """The statement a list is read from, with the columns of ids and sort keys."""

    clients: Select[int]
    owner: SQLColumnExpression[int]
    sort_key: SQLColumnExpression[Any]


def client_ids(reading: Reading, spec: ListSpec, limit: int | None = None) -> "array[int]":
    """Return every id of the list in order, or the first ones.

    Measured at 100,000 clients: 30 ms by name, 90 by the slowest key, and 0.8 MB.
    """
    session, origin = reading.session, _origin(spec)
    clients = origin.clients.where(*_conditions(reading, spec, origin.owner))
    by_name = clients.order_by(origin.sort_key, origin.owner)
    if spec.sort in (Sort.STATUS, Sort.GAPS):
        by_name = _found_by(session, spec, by_name, origin.owner)
        return _by_name_within(reading, spec, by_name, origin.owner)[:limit]
    if limit is not None and spec.text.strip() and spec == ListSpec(spec.text):
        return first_found(session, spec.text, by_name, origin.owner, limit)
    ordered = _ordered(clients, spec, origin, reading)
    return ids_of(session, _found_by(session, spec, ordered, origin.owner).limit(limit))


def _by_name_within(
    reading: Reading, spec: ListSpec, by_name: Select[int], owner: SQLColumnExpression[int]
) -> "array[int]":
    """Return the ids by status, or by gaps, and by name within each."""
    session = reading.session
    if spec.sort is Sort.GAPS:
        # Gaps of clients in the bin are not counted.
        counts = select(ClientGap.client_id, func.count()).where(counts_now(reading))
        by_client = counts.group_by(ClientGap.client_id)
        gaps = {} if spec.in_bin else counts_of(session, by_client)
        return by_count(ids_of(session, by_name), gaps, descending=spec.descending)
    codes = [code.value for code in Status]
    order = codes[::-1] if spec.descending else codes
    return ids_by_code(session, by_name, owner, status_now(reading), order)


def _origin(spec: ListSpec) -> _Origin:
    """Return the facts, whose indexes serve most orders; for the others the cards."""
    if spec.in_bin or spec.sort is Sort.CREATED:
        in_bin = Client.deleted_at.is_not(None) if spec.in_bin else Client.deleted_at.is_(None)
        cards = select(Client.id.label(LISTED)).outerjoin(
            ClientFact, ClientFact.client_id == Client.id
        )
        return _Origin(cards.where(in_bin), Client.id, Client.sort_key)
    listed = ClientFact.client_id.label(LISTED)
    facts = select(listed).where(ClientFact.sort_key.is_not(None))
    return _Origin(facts, ClientFact.client_id, ClientFact.sort_key)


def _conditions(
    reading: Reading, spec: ListSpec, owner: SQLColumnExpression[int]
) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if spec.condition != EVERYBODY:
        fields = fields_of_base(reading.session)
        conditions.append(meets(spec.condition, owner, fields, status_now(reading)))
    if spec.with_gaps or spec.rule_id is not None:
        gaps = select(ClientGap.rule_id).where(ClientGap.client_id == owner, counts_now(reading))
        if spec.rule_id is not None:
            gaps = gaps.where(ClientGap.rule_id == spec.rule_id)
        conditions.append(gaps.correlate(Client, ClientFact).exists())
    return conditions


def _found_by(
    session: Session, spec: ListSpec, clients: Select[int], owner: SQLColumnExpression[int]
) -> Select[int]:
    """Filter a statement by the text of a list."""
    if not spec.text.strip():
        return clients
    if spec.in_bin:
        # The bin is small and not in the index.
        return clients.where(Client.name_key.contains(fold(spec.text), autoescape=True))
    return clients.where(is_found(session, spec.text, owner))


def _in_use_with_gaps(reading: Reading) -> Select[int]:
    """Return the client of every gap in use, for rules that apply on the day."""
    in_bin = select(Client.id).where(Client.deleted_at.is_not(None))
    return select(ClientGap.client_id).where(
        counts_now(reading), ClientGap.client_id.not_in(in_bin)
    )


def _ordered(
    clients: Select[int], spec: ListSpec, origin: _Origin, reading: Reading
) -> Select[int]:
    key: SQLColumnExpression[Any]
    match spec.sort:
        case Sort.CREATED:
            key = Client.created_at
        case Sort.LAST:
            key = ClientFact.last_on
        case Sort.YEAR if keeps_year(reading):
            key = ClientFact.year_revenue
        case Sort.YEAR:
            year = year_revenue(reading).subquery()
            clients = clients.outerjoin(year, year.c.client_id == origin.owner)
            key = func.coalesce(year.c.year_revenue, 0)
        case _:
            first = origin.sort_key.desc() if spec.descending else origin.sort_key.asc()
            return clients.order_by(first, origin.owner)
    # Unknown values come last in either direction; descending, NULL does anyway.
    first = key.desc() if spec.descending else key.asc().nulls_last()
    return clients.order_by(first, origin.sort_key, origin.owner)


def client_rows(reading: Reading, ids: Sequence[int]) -> dict[int, ClientRow]:
    """Return the rows of one window by id; clients erased meanwhile are missing."""
    status = status_now(reading)
    contacts = first_contacts(reading.session, ids)
    revenue = _year_revenue(reading, ids)
    gaps = _gap_counts(reading, ids)
    applicable = _applicable(reading.session, ids)
    rows: dict[int, ClientRow] = {}
    for row in reading.session.execute(_window(ids, status)):
        rules = applicable(row.id, row.kind, row.status)
        missing = 0 if row.deleted_at is not None else gaps.get(row.id, 0)
        rows[row.id] = ClientRow(
            ClientId(row.id),
            row.name,
            row.kind,
            contacts.get((row.id, "phone")),
            contacts.get((row.id, "email")),
            Status(row.status),
            row.last_on,
            (row.year_revenue if revenue is None else revenue.get(row.id)) or Decimal(0),
            row.cycle_days,
            row.next_on,
            round(100 * (rules - missing) / rules) if rules else None,
            missing,
            bool(row.do_not_contact),
            row.deleted_at is not None,
        )
    return rows


def _gap_counts(reading: Reading, ids: Sequence[int]) -> dict[int, int]:
    """Return how many gaps these clients have, also those in the bin."""
    gaps = select(ClientGap.client_id, func.count()).where(
        ClientGap.client_id.in_(ids), counts_now(reading)
    )
    counts = reading.session.execute(gaps.group_by(ClientGap.client_id))
    return dict(counts.all())


def _year_revenue(reading: Reading, ids: Sequence[int]) -> dict[int, Decimal] | None:
    """Sum up the year by client; None where the sums are stored in client_fact."""
    if keeps_year(reading):
        return None
    sums = year_revenue(reading)
    window = sums.where(sums.selected_columns.client_id.in_(ids))
    return {row.client_id: row.year_revenue for row in reading.session.execute(window)}


def _window(ids: Sequence[int], status: ColumnElement[str]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Client.id,
            Client.name,
            Client.kind,
            Client.do_not_contact,
            Client.deleted_at,
            ClientFact.last_on,
            ClientFact.cycle_days,
            ClientFact.next_on,
            ClientFact.year_revenue,
            status.label("status"),
        )
        .outerjoin(ClientFact, ClientFact.client_id == Client.id)
        .where(Client.id.in_(ids))
    )


def _applicable(session: Session, ids: Sequence[int]) -> Callable[[int, str, str], int]:
    """Return a function that counts the rules for a card by id, kind and status."""
    rules = rules_of_base(session)
    named = frozenset[str]().union(*(fields_of(rule.condition) for rule in rules))
    cards = card_values(session, ids) if named - {"kind", STATUS.key} else {}

    def count(client_id: int, kind: str, status: str) -> int:
        values = cards[client_id][0] if client_id in cards else {"kind": kind}
        row = rule_row(values, status)
        return sum(rule.applies(row) for rule in rules)

    return count


def find_clients(reading: Reading, typed: str, limit: int) -> list[ClientRow]:
    """Return the first clients found by a text, in the order of names."""
    ids = client_ids(reading, ListSpec(text=typed), limit)
    rows = client_rows(reading, ids)
    return [rows[client_id] for client_id in ids if client_id in rows]


@dataclass(frozen=True, slots=True)
class ClientCounts:
    """How many clients are in use, by status; with gaps; in the bin."""

    all: int
    by_status: dict[Status, int]
    with_gaps: int
    in_bin: int


def client_counts(reading: Reading) -> ClientCounts:
    """Count the clients. Measured at 100,000 of them: 40 ms, from indexes alone."""
    session, status = reading.session, status_now(reading)
    # The limit keeps SQLite from computing the status once for each of the five counts.
    in_use = select(status.label("status")).where(ClientFact.sort_key.is_not(None)).limit(-1)
    codes = in_use.subquery().c.status
    counted = session.execute(select(*(func.count().filter(codes == one) for one in Status))).one()
    by_status = dict(zip(Status, counted, strict=True))
    all_clients = session.scalar(select(func.count()).select_from(Client)) or 0
    in_bin = all_clients - sum(by_status.values())
    clients = func.count(ClientGap.client_id.distinct())
    gaps = session.scalar(_in_use_with_gaps(reading).with_only_columns(clients))
    return ClientCounts(sum(by_status.values()), by_status, gaps or 0, in_bin)
