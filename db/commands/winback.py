"""Winning clients back: attempts, reasons, next steps, and whom to leave alone.

The first of these opens the loss episode; a purchase closes it (db.commands.returns).
"Do not return" holds until ResumeReturn or an attempt.
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

# How an attempt stands in the history of the client; what is not here was a call.
_AS_INTERACTION = {Way.MEETING: InteractionKind.MEETING, Way.VIDEO: InteractionKind.MESSAGE}


@dataclass(frozen=True, slots=True)
class LogAttempt:
    """Write down an attempt to win a client back; returns the id of its episode.

    It is a contact as well, with `note` as its text. A refusal ends the episode. The next step is
    written over: None means there is none.
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
        episode = _opened(writing.session, self.client_id, self.day)
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
        _take_down(episode, self.result, self.day)
        return episode.id


@dataclass(frozen=True, slots=True)
class SetLoss:
    """Keep what is known of a loss: its reasons, the survey, why return, the next step."""

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
        episode = _held(writing.session, self.client_id, self.on)
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
    """Leave a client alone, for good or until a day. The reason is wanted."""

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
        episode = _opened(writing.session, self.client_id, self.on)
        episode.state = LossState.DO_NOT_RETURN
        episode.leave_reason, episode.leave_until = reason, self.until
        _plan(episode, None, None)
        return episode.id


@dataclass(frozen=True, slots=True)
class ResumeReturn:
    """Take back a decision to leave a client alone. Raises TroubleError GONE when there is none."""

    client_id: ClientId
    on: date

    def run(self, writing: Writing) -> int:
        held = _open_episode(writing.session, self.client_id)
        if held is None or held.state is not LossState.DO_NOT_RETURN:
            raise TroubleError(Trouble.GONE)
        return _opened(writing.session, self.client_id, self.on).id


@dataclass(frozen=True, slots=True)
class PlanNextStep:
    """Set or clear only the next step."""

    client_id: ClientId
    on: date
    next_step: str | None
    next_on: date | None

    def run(self, writing: Writing) -> int:
        episode = _held(writing.session, self.client_id, self.on)
        _plan(episode, self.next_step, self.next_on)
        return episode.id


def _open_episode(session: Session, client_id: ClientId) -> LossEpisode | None:
    return session.scalar(
        select(LossEpisode)
        .where(LossEpisode.client_id == client_id, LossEpisode.closed_on.is_(None))
        .order_by(LossEpisode.id.desc())
        .limit(1)
    )


def _held(session: Session, client_id: ClientId, on: date) -> LossEpisode:
    """Return the open episode as it is, a decision to leave him alone included; else open one."""
    episode = _open_episode(session, client_id)
    if (
        episode is not None
        and episode.state is LossState.DO_NOT_RETURN
        and (episode.leave_until is None or episode.leave_until > on)
    ):
        demand_client(session, client_id)
        return episode
    return _opened(session, client_id, on)


def _opened(session: Session, client_id: ClientId, on: date) -> LossEpisode:
    """Return the open episode, in work; open one where there is none.

    A client who was left alone and bought meanwhile came back by himself: that one is over.
    """
    demand_client(session, client_id)
    episode = _open_episode(session, client_id)
    if episode is not None and episode.state is LossState.DO_NOT_RETURN:
        episode.state, episode.leave_reason, episode.leave_until = LossState.IN_WORK, None, None
        came = _came_back(session, episode)
        if came is not None:
            episode.state, episode.closed_on = LossState.RETURNED, came
            episode.by_himself = True
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


def _came_back(session: Session, episode: LossEpisode) -> date | None:
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
    """Return the day the loss began; the day of the first step where no definition fires."""
    marks = client_marks(session, [client_id]).get(client_id, Marks())
    before = session.scalar(
        select(func.max(LossEpisode.closed_on)).where(
            LossEpisode.client_id == client_id, ~nobody_worked_on()
        )
    )
    return min((loss.since for loss in losses_on(marks, on, before)), default=on)


def _plan(episode: LossEpisode, next_step: str | None, next_on: date | None) -> None:
    episode.next_step, episode.next_on = tidy(next_step or "") or None, next_on


def _take_down(episode: LossEpisode, result: Result, day: date) -> None:
    match result:
        case Result.PROMISED:
            episode.state = LossState.PROMISED
        case Result.REFUSED:
            episode.state, episode.closed_on = LossState.REFUSED, day
            _plan(episode, None, None)
        case Result.TALKED | Result.NO_ANSWER:
            pass  # a promise given before still stands
