"""Win-back in numbers: returns of the quarter, and losses by month, reason and source."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.domain.churn import ENDED, LossState
from db.outcome import Reading
from db.queries.winback.board import lost_and_shelved
from db.queries.winback.episodes import episodes
from db.queries.winback.losses import stake_of
from db.records.settings import settings
from db.schema import Client, ClientFact, LossEpisode, Purchase

QUARTER_MONTHS = 3
Key = TypeVar("Key", date, str)


@dataclass(frozen=True, slots=True)
class WinbackNumbers:
    """Episodes of clients in use that ended in the quarter so far.

    `returned` came back, `by_themselves` of them without an attempt; `closed` counts refusals too.
    `returned_revenue` is what clients won by an attempt have bought since, within the quarter.
    """

    quarter_from: date
    returned: int
    by_themselves: int
    closed: int
    returned_revenue: Decimal


def winback_numbers(reading: Reading) -> WinbackNumbers:
    """Return the numbers of the quarter of the day, up to that day."""
    start = quarter_from(reading.as_of)
    in_quarter = (LossEpisode.closed_on.between(start, reading.as_of), LossEpisode.state.in_(ENDED))
    ended = reading.session.scalars(
        select(LossEpisode)
        .join(Client, Client.id == LossEpisode.client_id)
        .where(*in_quarter, Client.deleted_at.is_(None))
    ).all()
    returned = [row for row in ended if row.state is LossState.RETURNED]
    # From the first return on, so that a purchase after two returns counts once.
    since = (
        select(LossEpisode.client_id, func.min(LossEpisode.closed_on).label("day"))
        .where(
            *in_quarter,
            LossEpisode.state == LossState.RETURNED,
            LossEpisode.without_attempt.is_(False),
        )
        .group_by(LossEpisode.client_id)
        .subquery()
    )
    revenue = reading.session.scalar(
        select(func.sum(Purchase.amount))
        .join(since, since.c.client_id == Purchase.client_id)
        .join(Client, Client.id == Purchase.client_id)
        .where(Client.deleted_at.is_(None), Purchase.day.between(since.c.day, reading.as_of))
    )
    return WinbackNumbers(
        start,
        len(returned),
        sum(row.without_attempt for row in returned),
        len(ended),
        revenue or Decimal(0),
    )


def quarter_from(day: date) -> date:
    """Return the first day of the quarter of a day."""
    return date(day.year, (day.month - 1) // QUARTER_MONTHS * QUARTER_MONTHS + 1, 1)


@dataclass(frozen=True, slots=True)
class LostInMonth:
    """Losses of a month, given by its first day; `money` at stake a year in roubles."""

    month: date
    count: int
    money: Decimal


@dataclass(frozen=True, slots=True)
class LostBy:
    """Losses by reason or source, `key`; empty where it is not known."""

    key: str
    count: int
    money: Decimal


@dataclass(frozen=True, slots=True)
class WinbackStats:
    """Losses up to the day: in the list, "do not return", and ended.

    Money at stake a year is computed from present figures; unknown stakes are only counted.
    """

    by_month: tuple[LostInMonth, ...]
    by_reason: tuple[LostBy, ...]
    by_source: tuple[LostBy, ...]


@dataclass(frozen=True, slots=True)
class _Lost:
    client_id: int
    on: date
    reason: str | None
    money: Decimal | None


def winback_stats(reading: Reading) -> WinbackStats:
    """Return losses by month, reason and source, the largest first, months from the oldest."""
    lost = [*_now_lost(reading), *_ended(reading)]
    sources = _sources(reading.session, lost)
    months = _summed(lost, lambda one: one.on.replace(day=1))
    return WinbackStats(
        tuple(LostInMonth(month, *months[month]) for month in sorted(months)),
        _by(lost, lambda one: one.reason or ""),
        _by(lost, lambda one: sources.get(one.client_id) or ""),
    )


def _now_lost(reading: Reading) -> list[_Lost]:
    known = episodes(reading)
    listed, shelved = lost_and_shelved(reading, settings(reading.session), known)
    lost: list[_Lost] = []
    for client in [*listed, *shelved]:
        episode, kopecks = known.open.get(client.client_id), client.stake_kopecks
        money = None if kopecks is None else Decimal(kopecks).scaleb(-2)
        since = client.since if episode is None else episode.lost_on
        reason = None if episode is None else episode.reason
        lost.append(_Lost(client.client_id, since, reason, money))
    return lost


def _ended(reading: Reading) -> list[_Lost]:
    base = settings(reading.session)
    query = (
        select(LossEpisode, ClientFact)
        .join(ClientFact, ClientFact.client_id == LossEpisode.client_id)
        .join(Client, Client.id == LossEpisode.client_id)
        .where(LossEpisode.closed_on <= reading.as_of, Client.deleted_at.is_(None))
    )
    lost: list[_Lost] = []
    for row, fact in reading.session.execute(query):
        stake = stake_of(base, fact, row.reason)
        lost.append(_Lost(row.client_id, row.lost_on, row.reason, stake.money))
    return lost


def _sources(session: Session, lost: Iterable[_Lost]) -> dict[int, str | None]:
    query = select(Client.id, Client.source).where(Client.source.is_not(None))
    ids = {one.client_id for one in lost}
    return {row.id: row.source for row in session.execute(query) if row.id in ids}


def _summed(lost: Iterable[_Lost], key: Callable[[_Lost], Key]) -> dict[Key, tuple[int, Decimal]]:
    sums: dict[Key, tuple[int, Decimal]] = {}
    for one in lost:
        count, money = sums.get(key(one), (0, Decimal(0)))
        sums[key(one)] = count + 1, money + (one.money or 0)
    return sums


def _by(lost: Iterable[_Lost], key: Callable[[_Lost], str]) -> tuple[LostBy, ...]:
    rows = [LostBy(name, *sums) for name, sums in _summed(lost, key).items()]
    return tuple(sorted(rows, key=lambda one: (-one.money, -one.count, one.key)))
