"""A purchase ends the loss it follows: returned by an attempt, or by himself."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from db.domain.churn import ENDED, ChurnRule, LossState
from db.queries.settings import settings
from db.schema import ChangeRow, LossAttempt, LossEpisode, Purchase


def settle_returns(session: Session) -> None:
    """Look again at the losses of clients whose purchases this change wrote.

    An open one ends with the first purchase after it. One that ended with a purchase which is not
    there any more is open again. Refunds count for nothing; whoever is to be left alone stays so.
    """
    if session.info.get("swapped"):
        return  # undo and redo bring episodes back as they were
    written = and_(
        ChangeRow.change_id == session.info["change_id"], ChangeRow.table_name == "purchase"
    )
    buyers = select(ChangeRow.client_id).where(written).distinct()
    touched = session.scalars(
        select(LossEpisode).where(
            LossEpisode.client_id.in_(buyers),
            or_(LossEpisode.closed_on.is_(None), LossEpisode.state == LossState.RETURNED),
        )
    ).all()
    if not touched:
        return
    rule = settings(session).churn
    for episode in touched:
        if episode.closed_on is not None:
            _reopen_unless_bought(session, episode)
        if episode.closed_on is None and episode.state not in _DECIDED:
            _settle(session, episode, rule, written)


_DECIDED = ENDED | {LossState.DO_NOT_RETURN}


def _settle(
    session: Session, episode: LossEpisode, rule: ChurnRule, written: ColumnElement[bool]
) -> None:
    # What was bought between the loss and the first step was known when that step was taken;
    # a purchase written only now was not.
    just_written = select(ChangeRow.row_id).where(written, ChangeRow.image.is_(None))
    came = session.scalar(
        select(func.min(Purchase.day)).where(
            *_by(episode),
            Purchase.day > episode.lost_on,
            or_(Purchase.day >= episode.opened_on, Purchase.id.in_(just_written)),
        )
    )
    if came is None:
        return
    attempt = _last_attempt(session, episode, came)
    episode.closed_on, episode.state = came, LossState.RETURNED
    episode.by_himself = attempt is None or came > attempt + timedelta(days=rule.return_days)
    episode.next_on = None


def _reopen_unless_bought(session: Session, episode: LossEpisode) -> None:
    still_there = exists().where(*_by(episode), Purchase.day == episode.closed_on)
    if session.scalar(select(still_there)):
        return
    episode.closed_on, episode.state = None, LossState.IN_WORK
    episode.by_himself = False


def _by(episode: LossEpisode) -> Sequence[ColumnElement[bool]]:
    return Purchase.client_id == episode.client_id, Purchase.amount >= 0


def _last_attempt(session: Session, episode: LossEpisode, until: date) -> date | None:
    return session.scalar(
        select(func.max(LossAttempt.day)).where(
            LossAttempt.episode_id == episode.id, LossAttempt.day <= until
        )
    )
