"""Who is lost: the marks of client_fact compared with a day, for a whole base at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Integer, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from db.domain.churn import Loss, LossReason, money_at_stake, profit_a_visit
from db.domain.marks import Marks, losses_on
from db.domain.settings import Settings
from db.outcome import Reading
from db.queries.winback.episodes import Episodes
from db.schema import Client, ClientFact

_MARKS = [getattr(ClientFact, name) for name in Marks._fields]
_LOSS_MARKS = (
    ClientFact.silent_on,
    ClientFact.low_nps_on,
    ClientFact.complaint_on,
    ClientFact.complaint_last_on,
    ClientFact.enquiry_on,
)


@dataclass(frozen=True, slots=True)
class Stake:
    """Money at stake a year in roubles, and its parts; None where cycle or profit is not known."""

    money: Decimal | None
    estimated: bool  # the trade's margin was used for an unknown cost
    profit_a_visit: Decimal | None
    chance: Decimal


@dataclass(frozen=True, slots=True)
class LostClient:
    """A client who meets at least one definition; `stake_kopecks` None: not known."""

    client_id: int
    sort_key: str
    losses: tuple[Loss, ...]
    stake_kopecks: int | None
    estimated: bool

    @property
    def since(self) -> date:
        return min(loss.since for loss in self.losses)


def is_lost(day: date) -> ColumnElement[bool]:
    """Return the condition that a client meets a definition, whatever their episodes."""
    return or_(*(mark <= day for mark in _LOSS_MARKS if mark is not ClientFact.complaint_last_on))


def client_marks(session: Session, ids: Sequence[int]) -> dict[int, Marks]:
    """Return the marks of these clients."""
    rows = session.execute(
        select(ClientFact.client_id, *_MARKS).where(ClientFact.client_id.in_(ids))
    )
    return {client_id: Marks(*marks) for client_id, *marks in rows}


def lost_count(reading: Reading) -> int:
    """Return how many clients in use meet a definition, whatever their episodes."""
    lost = select(func.count()).select_from(ClientFact).where(is_lost(reading.as_of))
    in_bin = select(Client.id).where(Client.deleted_at.is_not(None))
    binned = lost.where(ClientFact.client_id.in_(in_bin))
    return (reading.session.scalar(lost) or 0) - (reading.session.scalar(binned) or 0)


def lost_clients(
    reading: Reading,
    base: Settings,
    episodes: Episodes,
    among: Collection[int] | None = None,
) -> list[LostClient]:
    """Return every client in use who is lost, without losses that a closed episode has ended.

    With `among`, only of these clients. Measured: 28,000 lost of 100,000 in 0.2 s.
    """
    query = (
        select(
            ClientFact.client_id,
            Client.sort_key,
            type_coerce(ClientFact.profit_a_year, Integer),
            ClientFact.profit_estimated,
            *_LOSS_MARKS,
        )
        .join(Client, Client.id == ClientFact.client_id)
        .where(Client.deleted_at.is_(None), is_lost(reading.as_of))
    )
    if among is not None:
        query = query.where(ClientFact.client_id.in_(among))
    chances = _Chances(base, episodes)
    clients: list[LostClient] = []
    for client_id, sort_key, profit, estimated, *days in reading.session.execute(query):
        after = None if client_id in episodes.open else episodes.closed_on.get(client_id)
        losses = losses_on(_loss_marks(*days), reading.as_of, after)
        if losses:
            stake = money_at_stake(profit, chances.of(client_id))
            clients.append(LostClient(client_id, sort_key, losses, stake, estimated))
    return clients


def _loss_marks(
    silent_on: date | None,
    low_nps_on: date | None,
    complaint_on: date | None,
    complaint_last_on: date | None,
    enquiry_on: date | None,
) -> Marks:
    return Marks(
        silent_on=silent_on,
        low_nps_on=low_nps_on,
        complaint_on=complaint_on,
        complaint_last_on=complaint_last_on,
        enquiry_on=enquiry_on,
    )


class _Chances:
    """The chance of a return of each client, by the reason of the open episode."""

    def __init__(self, base: Settings, episodes: Episodes) -> None:
        self._unknown = chance_of(base, None)
        self._known = {
            client_id: chance_of(base, episode.reason)
            for client_id, episode in episodes.open.items()
        }

    def of(self, client_id: int) -> Decimal:
        return self._known.get(client_id, self._unknown)


def chance_of(base: Settings, reason: str | None) -> Decimal:
    """Return the chance of a return; the owner's own reasons count as unknown."""
    chances: Mapping[str, Decimal] = base.return_chances  # type: ignore[assignment]
    return chances.get(reason or LossReason.UNKNOWN, chances[LossReason.UNKNOWN])


def stake_of(base: Settings, fact: ClientFact, reason: str | None) -> Stake:
    """Return the money at stake of one client, with its parts."""
    chance = chance_of(base, reason)
    revenue, costed, cost = (
        int(money.scaleb(2)) for money in (fact.revenue, fact.costed_revenue, fact.cost)
    )
    visit = profit_a_visit((revenue, costed, cost), fact.visits, base.trade_margin_percent)
    yearly = None if fact.profit_a_year is None else int(fact.profit_a_year.scaleb(6))
    kopecks = money_at_stake(yearly, chance)
    return Stake(
        _roubles(kopecks),
        fact.profit_estimated,
        _roubles(visit),
        chance,
    )


def _roubles(kopecks: int | None) -> Decimal | None:
    return None if kopecks is None else Decimal(kopecks).scaleb(-2)
