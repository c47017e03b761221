"""One loss as the win-back page shows it beside the list."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from db.domain.churn import Result, Way
from db.domain.ids import ClientId
from db.errors import Trouble, TroubleError
from db.outcome import Reading
from db.queries.winback.board import WinbackRow, winback_rows
from db.schema import ClientFact, LossAttempt, LossEpisode


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to win a client back; `cost` in roubles."""

    way: Way | str
    day: date
    result: Result | str | None
    cost: Decimal | None


@dataclass(frozen=True, slots=True)
class LossCard:
    """What is known of a loss. Without an episode the survey is empty."""

    row: WinbackRow
    purchases: int
    revenue: Decimal
    lost_on: date | None
    more_reasons: tuple[str, ...] = ()
    motive: str | None = None
    liked: str | None = None
    disliked: str | None = None
    improve: str | None = None
    attempts: tuple[Attempt, ...] = ()


def loss_card(reading: Reading, client_id: ClientId) -> LossCard:
    """Return the loss of a client, newest attempt first. Raises TroubleError NO_SUCH_CLIENT."""
    row = winback_rows(reading, [client_id]).get(client_id)
    fact = reading.session.get(ClientFact, client_id)
    if row is None or fact is None:
        raise TroubleError(Trouble.NO_SUCH_CLIENT, str(client_id))
    if row.episode is None:
        return LossCard(row, fact.purchases, fact.revenue, row.since)
    episode = reading.session.get_one(LossEpisode, row.episode.id)
    return LossCard(
        row,
        fact.purchases,
        fact.revenue,
        episode.lost_on,
        tuple((episode.more_reasons or "").splitlines()),
        episode.motive,
        episode.liked,
        episode.disliked,
        episode.improve,
        _attempts(reading, episode.id),
    )


def _attempts(reading: Reading, episode_id: int) -> tuple[Attempt, ...]:
    rows = (
        select(LossAttempt)
        .where(LossAttempt.episode_id == episode_id, LossAttempt.day <= reading.as_of)
        .order_by(LossAttempt.day.desc(), LossAttempt.id.desc())
    )
    return tuple(
        Attempt(row.way, row.day, row.result, row.cost) for row in reading.session.scalars(rows)
    )
