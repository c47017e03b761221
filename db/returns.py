"""A purchase ends the loss it follows: returned by an attempt, or by himself."""

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.domain.churn import ENDED, ChurnRule, LossState
from db.queries.settings import settings
from db.schema import ChangeRow, LossAttempt, LossEpisode, Purchase


def settle_returns(session: Session) -> None:
    """Close the open episodes of clients who, in this change, bought after they were lost."""
    change_id = session.info["change_id"]
    bought = (
        select(ChangeRow.client_id)
        .where(ChangeRow.change_id == change_id, ChangeRow.table_name == "purchase")
        .distinct()
    )
    if session.info.get("swapped"):
        return
    episodes = session.scalars(
        select(LossEpisode).where(
            LossEpisode.closed_on.is_(None),
            LossEpisode.state.not_in(ENDED),
            LossEpisode.client_id.in_(bought),
        )
    ).all()
    if not episodes:
        return
    rule = settings(session).churn
    for episode in episodes:
        _settle(session, episode, rule)


def _settle(session: Session, episode: LossEpisode, rule: ChurnRule) -> None:
    came = session.scalar(
        select(func.min(Purchase.day)).where(
            Purchase.client_id == episode.client_id,
            Purchase.amount >= 0,
            Purchase.day >= episode.opened_on,
            Purchase.day > episode.lost_on,
        )
    )
    if came is None:
        return
    attempt: date | None = session.scalar(
        select(func.max(LossAttempt.day)).where(
            LossAttempt.episode_id == episode.id, LossAttempt.day <= came
        )
    )
    episode.closed_on, episode.state = came, LossState.RETURNED
    episode.by_himself = attempt is None or came > attempt + timedelta(days=rule.return_days)
    episode.next_on = None
