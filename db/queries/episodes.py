"""Loss episodes as they stood on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.domain.churn import ENDED, LossState
from db.domain.ids import ClientId
from db.schema import LossEpisode


@dataclass(frozen=True, slots=True)
class Episode:
    """One loss that is not over on the day asked for, and what was decided about it."""

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
        """Whether the owner decided not to win this client back, for good or until a later day."""
        return self.state is LossState.DO_NOT_RETURN


@dataclass(frozen=True, slots=True)
class Episodes:
    """The open episode of each client who has one, and the day his last one ended."""

    open: dict[int, Episode]
    closed_on: dict[int, date]

    def reasons(self) -> dict[int, str | None]:
        return {client_id: episode.reason for client_id, episode in self.open.items()}


def episodes(session: Session, as_of: date, ids: Sequence[int] | None = None) -> Episodes:
    """Return the episodes of these clients, of all when None, as they stood on a day."""
    asked = select(LossEpisode).where(LossEpisode.opened_on <= as_of).order_by(LossEpisode.id)
    if ids is not None:
        asked = asked.where(LossEpisode.client_id.in_(ids))
    found = Episodes({}, {})
    for row in session.scalars(asked):
        if row.closed_on is not None and row.closed_on <= as_of:
            before = found.closed_on.get(row.client_id, row.closed_on)
            found.closed_on[row.client_id] = max(before, row.closed_on)
        else:
            found.open[row.client_id] = _episode(row, as_of)
    return found


def _episode(row: LossEpisode, as_of: date) -> Episode:
    left_alone = row.leave_until is None or row.leave_until > as_of
    over = row.state in ENDED or (row.state is LossState.DO_NOT_RETURN and not left_alone)
    # What ended it lies in the future of that day, or the wait is over: it is in work.
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
