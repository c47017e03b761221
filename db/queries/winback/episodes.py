"""Loss episodes as they stood on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from db.domain.churn import ENDED, LossState
from db.domain.ids import ClientId
from db.outcome import Reading
from db.schema import LossEpisode
from db.schema.types import Day


@dataclass(frozen=True, slots=True)
class Episode:
    """A loss that is open on a day, and what was decided about it."""

    id: int
    client_id: ClientId
    lost_on: date
    state: LossState
    reason: str | None
    next_step: str | None
    next_on: date | None
    leave_reason: str | None = None
    leave_until: date | None = None

    @property
    def is_shelved(self) -> bool:
        """Say whether the client is not to be won back, for good or until a later day."""
        return self.state is LossState.DO_NOT_RETURN


@dataclass(frozen=True, slots=True)
class Episodes:
    """By client id: the open episode, and the day on which the last one worked on ended."""

    open: dict[int, Episode]
    closed_on: dict[int, date]

    def reasons(self) -> dict[int, str | None]:
        """Return the reason of each open episode by client id."""
        return {client_id: episode.reason for client_id, episode in self.open.items()}


_KEPT = (
    LossEpisode.id,
    LossEpisode.client_id,
    LossEpisode.lost_on,
    LossEpisode.state,
    LossEpisode.reason,
    LossEpisode.next_step,
    LossEpisode.next_on,
    LossEpisode.leave_reason,
    LossEpisode.leave_until,
)


def episodes(reading: Reading, ids: Sequence[int] | Select[int] | None = None) -> Episodes:
    """Return the episodes of these clients, of all when None, as they stood on a day."""
    mine = [LossEpisode.opened_on <= reading.as_of]
    if ids is not None:
        mine.append(LossEpisode.client_id.in_(ids))
    # Rows, not objects: a large base has thousands, and they are only read.
    ended = (
        select(LossEpisode.client_id, func.max(LossEpisode.closed_on, type_=Day))
        .where(*mine, LossEpisode.closed_on <= reading.as_of, ~nobody_worked_on())
        .group_by(LossEpisode.client_id)
    )
    still_open = or_(LossEpisode.closed_on.is_(None), LossEpisode.closed_on > reading.as_of)
    left_alone = LossEpisode.left_alone_on(reading.as_of).label("is_left_alone")
    open_ones = select(*_KEPT, left_alone).where(*mine, still_open).order_by(LossEpisode.id)
    return Episodes(
        {row.client_id: _episode(row) for row in reading.session.execute(open_ones)},
        {client_id: day for client_id, day in reading.session.execute(ended) if day is not None},
    )


def nobody_worked_on() -> ColumnElement[bool]:
    """Return the condition for episodes written by a purchase alone: see db.commands.returns.

    Such an episode ends silence only, not a low score or a complaint.
    """
    survey = (
        LossEpisode.reason, LossEpisode.more_reasons, LossEpisode.motive, LossEpisode.liked,
        LossEpisode.disliked, LossEpisode.improve, LossEpisode.next_step,
    )  # fmt: skip
    return and_(
        LossEpisode.without_attempt,
        LossEpisode.opened_on == LossEpisode.closed_on,
        *(column.is_(None) for column in survey),
    )


def _episode(row: Any) -> Episode:
    over = row.state in ENDED or (row.state is LossState.DO_NOT_RETURN and not row.is_left_alone)
    # It ended after that day, or "do not return" has run out: it is in work.
    state = LossState.IN_WORK if over else row.state
    return Episode(
        row.id,
        ClientId(row.client_id),
        row.lost_on,
        state,
        row.reason,
        row.next_step,
        row.next_on,
        row.leave_reason,
        row.leave_until,
    )
