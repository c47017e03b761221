"""Whom to win back: who is lost, why and since when, and the money that leaves with him."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.domain.churn import Definition, Loss, LossState, losses
from db.domain.ids import ClientId
from db.queries.clients import ListSpec, client_ids
from db.queries.episodes import Episode, Episodes, episodes
from db.queries.losses import Found, Stake, lost_clients, stake, standings
from db.queries.settings import settings
from db.schema import Client, ClientContact, ClientFact

IN_WORK = frozenset({LossState.IN_WORK, LossState.PROMISED})


class WinbackView(StrEnum):
    """What part of the list is shown; besides these, each definition is a part."""

    ALL = "all"
    IN_WORK = "in_work"
    DO_NOT_RETURN = "do_not_return"


class WinbackSort(StrEnum):
    STAKE = "stake"
    NAME = "name"
    SINCE = "since"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class WinbackSpec:
    """Which part, in which order: WinbackView or Definition. What is not known stands last."""

    view: str = WinbackView.ALL
    text: str = ""
    sort: WinbackSort = WinbackSort.STAKE
    descending: bool = True


@dataclass(frozen=True, slots=True)
class WinbackRow:
    """One client of the list. `stake` explains the money: profit a visit × visits × chance."""

    client_id: ClientId
    name: str
    phone: str | None
    stake: Stake
    losses: tuple[Loss, ...]
    last_purchase: date | None
    cycle_days: Decimal | None
    nps: int | None
    enquiries: int
    state: LossState
    reason: str | None
    next_step: str | None
    next_on: date | None
    leave_reason: str | None
    leave_until: date | None
    do_not_contact: bool

    @property
    def since(self) -> date | None:
        return min((loss.since for loss in self.losses), default=None)


@dataclass(frozen=True, slots=True)
class WinbackBoard:
    """The ids of one part in order, with the numbers of the whole list.

    `counts` is by WinbackView and Definition; `at_stake` is the sum of what is known, for
    `at_stake_known` clients, of whom `estimated` rest on the trade's margin.
    """

    ids: "array[int]"
    counts: dict[str, int]
    at_stake: Decimal
    at_stake_known: int
    estimated: int
    overdue_steps: int


def winback_board(session: Session, spec: WinbackSpec, as_of: date) -> WinbackBoard:
    """Return a part of the list and the counts of all parts, from one look at the base."""
    held = episodes(session, as_of)
    listed, shelved = _lost(session, held, as_of)
    counts = _counts(listed, held)
    counts[WinbackView.DO_NOT_RETURN] = len(shelved)
    steps = (held.open[found.client_id].next_on for found in listed if found.client_id in held.open)
    known = [found.stake.money for found in listed if found.stake.money is not None]
    chosen = _part(listed, shelved, held, spec.view)
    if spec.text.strip():
        named = set(client_ids(session, ListSpec(text=spec.text), as_of))
        chosen = [found for found in chosen if found.client_id in named]
    return WinbackBoard(
        array("q", [found.client_id for found in _ordered(chosen, held, spec)]),
        counts,
        sum(known, Decimal(0)),
        len(known),
        sum(found.stake.estimated for found in listed),
        sum(step is not None and step < as_of for step in steps),
    )


def _lost(session: Session, held: Episodes, as_of: date) -> tuple[list[Found], list[Found]]:
    """Return who is in the list, and who would be but is not to be won back."""
    listed: list[Found] = []
    shelved: list[Found] = []
    for found in lost_clients(session, settings(session), held.reasons(), as_of):
        episode = held.open.get(found.client_id)
        if episode is None and (closed := held.closed_on.get(found.client_id)):
            # What an episode has dealt with is no new loss.
            for definition in [key for key, since in found.since.items() if since <= closed]:
                del found.since[definition]
            if not found.since:
                continue
        (shelved if episode is not None and episode.is_shelved else listed).append(found)
    return listed, shelved


def _counts(listed: Sequence[Found], held: Episodes) -> dict[str, int]:
    counts = dict.fromkeys([*WinbackView, *Definition], 0)
    counts[WinbackView.ALL] = len(listed)
    for found in listed:
        for definition in found.since:
            counts[definition] += 1
        if found.client_id in held.open and held.state(found.client_id) in IN_WORK:
            counts[WinbackView.IN_WORK] += 1
    return {str(key): count for key, count in counts.items()}


def _part(
    listed: list[Found], shelved: list[Found], held: Episodes, view: str
) -> list[Found]:
    if view == WinbackView.ALL:
        return listed
    if view == WinbackView.DO_NOT_RETURN:
        return shelved
    if view == WinbackView.IN_WORK:
        return [found for found in listed if held.state(found.client_id) in IN_WORK]
    return [found for found in listed if view in found.since]


def _ordered(found: list[Found], held: Episodes, spec: WinbackSpec) -> list[Found]:
    """Ties, and what is not known, go by the day of the loss and then by name."""
    found = sorted(found, key=lambda one: (min(one.since.values()), one.sort_key, one.client_id))
    key = _sort_key(held, spec.sort)
    known = [one for one in found if key(one) is not None]
    unknown = [one for one in found if key(one) is None]
    return sorted(known, key=key, reverse=spec.descending) + unknown


def _sort_key(held: Episodes, sort: WinbackSort) -> Callable[[Found], Any]:
    def next_on(one: Found) -> date | None:
        episode = held.open.get(one.client_id)
        return episode and episode.next_on

    match sort:
        case WinbackSort.STAKE:
            return lambda one: one.stake.money
        case WinbackSort.NAME:
            return lambda one: one.sort_key
        case WinbackSort.SINCE:
            return lambda one: min(one.since.values())
    return next_on


def winback_rows(session: Session, ids: Sequence[int], as_of: date) -> dict[int, WinbackRow]:
    """Return the rows of one window, decided client by client by the rule itself."""
    held = episodes(session, as_of, ids)
    now = settings(session)
    standing = standings(session, ids, now.churn, as_of)
    phones = first_phones(session, ids)
    asked = (
        select(Client, ClientFact)
        .join(ClientFact, ClientFact.client_id == Client.id)
        .where(Client.id.in_(ids))
    )
    rows: dict[int, WinbackRow] = {}
    for client, fact in session.execute(asked):
        episode = held.open.get(client.id)
        sums = (fact.revenue, fact.costed_revenue, fact.cost)
        reason = episode and episode.reason
        fired = losses(standing[client.id], now.churn, as_of)
        if episode is None and (closed := held.closed_on.get(client.id)):
            fired = tuple(loss for loss in fired if loss.since > closed)
        rows[client.id] = _row(
            client,
            fact,
            phones.get(client.id),
            stake(now, sums, fact.visits, fact.cycle_days, reason),
            fired,
            episode,
        )
    return rows


def _row(
    client: Client,
    fact: ClientFact,
    phone: str | None,
    money: Stake,
    fired: tuple[Loss, ...],
    episode: Episode | None,
) -> WinbackRow:
    return WinbackRow(
        ClientId(client.id),
        client.name,
        phone,
        money,
        fired,
        fact.last_on,
        None if fact.cycle_days is None else fact.cycle_days.normalize(),
        fact.nps,
        fact.enquiries,
        LossState.NEW if episode is None else episode.state,
        episode and episode.reason,
        episode and episode.next_step,
        episode and episode.next_on,
        episode and episode.leave_reason,
        episode and episode.leave_until,
        bool(client.do_not_contact),
    )


def winback_list(
    session: Session, as_of: date, limit: int | None = None, spec: WinbackSpec | None = None
) -> list[WinbackRow]:
    """Return whole rows in the order of the list."""
    ids = winback_board(session, spec or WinbackSpec(), as_of).ids[:limit]
    found: list[WinbackRow] = []
    for start in range(0, len(ids), _BATCH):
        part = ids[start : start + _BATCH]
        rows = winback_rows(session, part, as_of)
        found += [rows[client_id] for client_id in part if client_id in rows]
    return found


_BATCH = 500


def first_phones(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """Return the phone a client is called at."""
    asked = (
        select(ClientContact.client_id, ClientContact.value)
        .where(ClientContact.client_id.in_(ids), ClientContact.kind == "phone")
        .order_by(ClientContact.position.desc(), ClientContact.id.desc())
    )
    return {row.client_id: row.value for row in session.execute(asked)}
