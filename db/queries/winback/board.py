"""The win-back list: who is lost, why and since when, and the money at stake."""

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from db.domain.churn import Definition, Loss, LossState
from db.domain.ids import ClientId
from db.domain.marks import losses_on
from db.domain.settings import Settings
from db.outcome import Reading
from db.progress import in_batches
from db.queries.lists.clients import ListSpec, client_ids
from db.queries.winback.episodes import Episode, Episodes, episodes
from db.queries.winback.losses import LostClient, Stake, lost_clients, lost_count, stake_of
from db.records.contacts import first_phones
from db.records.settings import settings
from db.schema import Client, ClientFact

IN_WORK = frozenset({LossState.IN_WORK, LossState.PROMISED})


class WinbackView(StrEnum):
    """A part of the list; each Definition is a part as well."""

    ALL = "all"
    IN_WORK = "in_work"
    DO_NOT_RETURN = "do_not_return"


class WinbackSort(StrEnum):
    """What the win-back list is ordered by."""

    STAKE = "stake"
    NAME = "name"
    SINCE = "since"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class WinbackSpec:
    """Which part (a WinbackView or a Definition) in which order; unknown values come last."""

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
    do_not_contact: bool
    stake: Stake
    losses: tuple[Loss, ...]
    last_purchase: date | None
    cycle_days: Decimal | None
    visits: int
    nps: int | None
    enquiries: int
    episode: Episode | None

    @property
    def since(self) -> date | None:
        """The first day of the oldest loss."""
        return min((loss.since for loss in self.losses), default=None)

    @property
    def state(self) -> LossState:
        return LossState.NEW if self.episode is None else self.episode.state

    @property
    def next_on(self) -> date | None:
        return None if self.episode is None else self.episode.next_on


@dataclass(frozen=True, slots=True)
class WinbackBoard:
    """The ids of one part in order, with the numbers of the whole list.

    `counts` is by WinbackView and Definition. `at_stake`, in roubles, is the sum over the
    `at_stake_known` clients with a known stake; `estimated` of them use the trade's margin.
    """

    ids: "array[int]"
    counts: dict[str, int]
    at_stake: Decimal
    at_stake_known: int
    estimated: int
    overdue_steps: int


def winback_board(reading: Reading, spec: WinbackSpec) -> WinbackBoard:
    """Return a part of the list and the counts of all parts."""
    known = episodes(reading)
    listed, shelved = lost_and_shelved(reading, settings(reading.session), known)
    chosen = _part(listed, shelved, known, spec.view)
    if spec.text.strip():
        named = set(client_ids(reading, ListSpec(text=spec.text)))
        chosen = [client for client in chosen if client.client_id in named]
    stakes = [client.stake_kopecks for client in listed if client.stake_kopecks is not None]
    steps = [
        known.open[client.client_id].next_on for client in listed if client.client_id in known.open
    ]
    return WinbackBoard(
        array("q", [client.client_id for client in _ordered(chosen, known, spec)]),
        _counts(listed, shelved, known),
        Decimal(sum(stakes)).scaleb(-2),
        len(stakes),
        sum(client.estimated for client in listed),
        sum(step is not None and step < reading.as_of for step in steps),
    )


def winback_count(reading: Reading) -> int:
    """Return how many clients are in the list, without computing it.

    Only clients with an episode are computed one by one. Measured: 30 ms for 100,000 clients.
    """
    known = episodes(reading)
    among = {*known.open, *known.closed_on}
    in_list, _ = lost_and_shelved(reading, settings(reading.session), known, among)
    unworked = lost_clients(reading, settings(reading.session), Episodes({}, {}), among)
    return lost_count(reading) - len(unworked) + len(in_list)


def lost_and_shelved(
    reading: Reading, base: Settings, known: Episodes, among: Collection[int] | None = None
) -> tuple[list[LostClient], list[LostClient]]:
    """Return the clients in the list, and those left out as "do not return"."""
    lost = lost_clients(reading, base, known, among)
    shelved = {client_id for client_id, episode in known.open.items() if episode.is_shelved}
    return (
        [client for client in lost if client.client_id not in shelved],
        [client for client in lost if client.client_id in shelved],
    )


def _counts(
    listed: Sequence[LostClient], shelved: Sequence[LostClient], known: Episodes
) -> dict[str, int]:
    by_definition = Counter(loss.definition for client in listed for loss in client.losses)
    return {
        str(WinbackView.ALL): len(listed),
        str(WinbackView.IN_WORK): len(_in_work(listed, known)),
        str(WinbackView.DO_NOT_RETURN): len(shelved),
    } | {str(definition): by_definition[definition] for definition in Definition}


def _in_work(listed: Sequence[LostClient], known: Episodes) -> list[LostClient]:
    ids = {client_id for client_id, episode in known.open.items() if episode.state in IN_WORK}
    return [client for client in listed if client.client_id in ids]


def _part(
    listed: list[LostClient], shelved: list[LostClient], known: Episodes, view: str
) -> list[LostClient]:
    if view == WinbackView.ALL:
        return listed
    if view == WinbackView.DO_NOT_RETURN:
        return shelved
    if view == WinbackView.IN_WORK:
        return _in_work(listed, known)
    definition = Definition(view)
    return [
        client for client in listed if any(loss.definition is definition for loss in client.losses)
    ]


def _ordered(clients: list[LostClient], known: Episodes, spec: WinbackSpec) -> list[LostClient]:
    """Sort clients; ties and unknown values by the day of the loss, then by name."""
    by_loss = sorted(clients, key=lambda client: (client.since, client.sort_key, client.client_id))
    key = _sort_key(known, spec.sort)
    with_key = [(value, client) for client in by_loss if (value := key(client)) is not None]
    without_key = [client for client in by_loss if key(client) is None]
    # The sort is stable in both directions.
    with_key.sort(key=lambda pair: pair[0], reverse=spec.descending)
    return [client for _, client in with_key] + without_key


def _sort_key(known: Episodes, sort: WinbackSort) -> Callable[[LostClient], Any]:
    def next_on(client: LostClient) -> date | None:
        episode = known.open.get(client.client_id)
        return None if episode is None else episode.next_on

    match sort:
        case WinbackSort.STAKE:
            return lambda client: client.stake_kopecks
        case WinbackSort.NAME:
            return lambda client: client.sort_key
        case WinbackSort.SINCE:
            return lambda client: client.since
    return next_on


def winback_rows(reading: Reading, ids: Sequence[int]) -> dict[int, WinbackRow]:
    """Return the rows of these clients by id."""
    known, base = episodes(reading, ids), settings(reading.session)
    phones = first_phones(reading.session, ids)
    query = (
        select(Client, ClientFact)
        .join(ClientFact, ClientFact.client_id == Client.id)
        .where(Client.id.in_(ids))
    )
    rows: dict[int, WinbackRow] = {}
    for client, fact in reading.session.execute(query):
        episode = known.open.get(client.id)
        ended = known.closed_on.get(client.id) if episode is None else None
        rows[client.id] = WinbackRow(
            ClientId(client.id),
            client.name,
            phones.get(client.id),
            bool(client.do_not_contact),
            stake_of(base, fact, None if episode is None else episode.reason),
            losses_on(fact.marks, reading.as_of, ended),
            fact.last_on,
            None if fact.cycle_days is None else fact.cycle_days.normalize(),
            fact.visits,
            fact.nps,
            fact.enquiries,
            episode,
        )
    return rows


def winback_list(
    reading: Reading, limit: int | None = None, spec: WinbackSpec | None = None
) -> list[WinbackRow]:
    """Return whole rows in the order of the list."""
    ids = winback_board(reading, spec or WinbackSpec()).ids[:limit]
    listed: list[WinbackRow] = []
    for part in in_batches(ids):
        rows = winback_rows(reading, part)
        listed += [rows[client_id] for client_id in part if client_id in rows]
    return listed
