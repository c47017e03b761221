"""Commands on winning clients back: attempts, reasons, next steps, "do not return".

The first of these opens the loss episode; a purchase closes it (db.commands.returns).
"Do not return" ends with ResumeReturn or an attempt.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.commands.interactions import AddInteraction
from db.commands.purchases import demand_client
from db.domain.churn import LossState, Result, Way
from db.domain.fields import Fault, FieldError
from db.domain.ids import ClientId
from db.domain.marks import Marks, losses_on
from db.domain.money import LIMIT
from db.domain.text import tidy
from db.domain.trade import InteractionKind
from db.errors import InvalidError, Trouble, TroubleError
from db.outcome import Writing
from db.queries.winback.episodes import nobody_worked_on
from db.queries.winback.losses import client_marks
from db.schema import LossAttempt, LossEpisode, Purchase

# The kind of contact that an attempt is written as; CALL for ways not listed.
_AS_INTERACTION = {Way.MEETING: InteractionKind.MEETING, Way.VIDEO: InteractionKind.MESSAGE}


@dataclass(frozen=True, slots=True)
class LogAttempt:
    """Write an attempt to win a client back; return the id of the loss episode.

    It is a contact as well, with `note` as its text. A refusal ends the episode. The next step is
    replaced: None removes it. Raises TroubleError NO_SUCH_CLIENT, and InvalidError for the cost.
    """

    client_id: ClientId
    way: Way
    day: date
    result: Result
    cost: Decimal | None = None
    next_step: str | None = None
    next_on: date | None = None
    note: str | None = None

    def run(self, writing: Writing) -> int:
        if self.cost is not None and not 0 <= self.cost <= LIMIT:
            raise InvalidError((FieldError("cost", Fault.BAD_NUMBER, str(self.cost)),))
        episode = _working_episode(writing.session, self.client_id, self.day)
        kind = _AS_INTERACTION.get(self.way, InteractionKind.CALL)
        AddInteraction(self.client_id, kind, self.day, tidy(self.note or "") or None).run(writing)
        writing.session.add(
            LossAttempt(
                episode_id=episode.id,
                client_id=self.client_id,
                way=self.way,
                day=self.day,
                result=self.result,
                cost=self.cost,
            )
        )
        _plan(episode, self.next_step, self.next_on)
        _set_result(episode, self.result, self.day)
        return episode.id


@dataclass(frozen=True, slots=True)
class SetLoss:
    """Write the survey of a loss: reasons, motive, opinions, the next step.

    Returns the id of the episode. Raises TroubleError NO_SUCH_CLIENT.
    """

    client_id: ClientId
    on: date
    reason: str | None = None
    more_reasons: tuple[str, ...] = ()
    motive: str | None = None
    liked: str | None = None
    disliked: str | None = None
    improve: str | None = None
    next_step: str | None = None
    next_on: date | None = None

    def run(self, writing: Writing) -> int:
        episode = _episode(writing.session, self.client_id, self.on)
        episode.reason = self.reason or None
        more = [reason for reason in self.more_reasons if reason and reason != self.reason]
        episode.more_reasons = "\n".join(dict.fromkeys(more)) or None
        episode.motive = self.motive or None
        episode.liked = tidy(self.liked or "") or None
        episode.disliked = tidy(self.disliked or "") or None
        episode.improve = tidy(self.improve or "") or None
        _plan(episode, self.next_step, self.next_on)
        return episode.id


@dataclass(frozen=True, slots=True)
class DoNotReturn:
    """Mark a client as not to be won back, for good or until a day; return the episode's id.

    Raises TroubleError NO_SUCH_CLIENT, and InvalidError without a reason or for a past day.
    """

    client_id: ClientId
    on: date
    reason: str
    until: date | None = None

    def run(self, writing: Writing) -> int:
        reason = tidy(self.reason)
        if not reason:
            raise InvalidError((FieldError("leave_reason", Fault.REQUIRED),))
        if self.until is not None and self.until <= self.on:
            raise InvalidError((FieldError("until", Fault.BAD_DATE, self.until.isoformat()),))
        episode = _working_episode(writing.session, self.client_id, self.on)
        episode.state = LossState.DO_NOT_RETURN
        episode.leave_reason, episode.leave_until = reason, self.until
        _plan(episode, None, None)
        return episode.id


@dataclass(frozen=True, slots=True)
class ResumeReturn:
    """End "do not return". Raises TroubleError GONE when it is not set."""

    client_id: ClientId
    on: date

    def run(self, writing: Writing) -> int:
        episode = _open_episode(writing.session, self.client_id)
        if episode is None or episode.state is not LossState.DO_NOT_RETURN:
            raise TroubleError(Trouble.GONE)
        return _working_episode(writing.session, self.client_id, self.on).id


@dataclass(frozen=True, slots=True)
class PlanNextStep:
    """Set or clear only the next step; return the episode's id."""

    client_id: ClientId
    on: date
    next_step: str | None
    next_on: date | None

    def run(self, writing: Writing) -> int:
        episode = _episode(writing.session, self.client_id, self.on)
        _plan(episode, self.next_step, self.next_on)
        return episode.id


def _open_episode(session: Session, client_id: ClientId) -> LossEpisode | None:
    return session.scalar(
        select(LossEpisode)
        .where(LossEpisode.client_id == client_id, LossEpisode.closed_on.is_(None))
        .order_by(LossEpisode.id.desc())
        .limit(1)
    )


def _episode(session: Session, client_id: ClientId, on: date) -> LossEpisode:
    """Return the open episode, also one that is "do not return"; open one where there is none."""
    episode = _open_episode(session, client_id)
    left_alone = LossEpisode.left_alone_on(on)
    if episode is not None and session.scalar(
        select(left_alone).where(LossEpisode.id == episode.id)
    ):
        demand_client(session, client_id)
        return episode
    return _working_episode(session, client_id, on)


def _working_episode(session: Session, client_id: ClientId, on: date) -> LossEpisode:
    """Return the open episode, in work; open one where there is none.

    An episode that is "do not return" ends when the client has bought since; a new one is opened.
    """
    demand_client(session, client_id)
    episode = _open_episode(session, client_id)
    if episode is not None and episode.state is LossState.DO_NOT_RETURN:
        episode.state, episode.leave_reason, episode.leave_until = LossState.IN_WORK, None, None
        bought_on = _bought_since(session, episode)
        if bought_on is not None:
            episode.state, episode.closed_on = LossState.RETURNED, bought_on
            episode.without_attempt = True
            episode = None
    if episode is None:
        episode = LossEpisode(
            client_id=client_id,
            lost_on=_lost_on(session, client_id, on),
            opened_on=on,
            state=LossState.IN_WORK,
        )
        session.add(episode)
    session.flush()
    return episode


def _bought_since(session: Session, episode: LossEpisode) -> date | None:
    return session.scalar(
        select(Purchase.day)
        .where(
            Purchase.client_id == episode.client_id,
            Purchase.amount >= 0,
            Purchase.day >= episode.opened_on,
            Purchase.day > episode.lost_on,
        )
        .order_by(Purchase.day)
        .limit(1)
    )


def _lost_on(session: Session, client_id: ClientId, on: date) -> date:
    """Return the day the loss began: `on` where the client meets no definition."""
    marks = client_marks(session, [client_id]).get(client_id, Marks())
    before = session.scalar(
        select(func.max(LossEpisode.closed_on)).where(
            LossEpisode.client_id == client_id, ~nobody_worked_on()
        )
    )
    return min((loss.since for loss in losses_on(marks, on, before)), default=on)


def _plan(episode: LossEpisode, next_step: str | None, next_on: date | None) -> None:
    episode.next_step, episode.next_on = tidy(next_step or "") or None, next_on


def _set_result(episode: LossEpisode, result: Result, day: date) -> None:
    match result:
        case Result.PROMISED:
            episode.state = LossState.PROMISED
        case Result.REFUSED:
            episode.state, episode.closed_on = LossState.REFUSED, day
            _plan(episode, None, None)
        case Result.TALKED | Result.NO_ANSWER:
            pass  # an earlier promise stays
