"""A purchase ends the loss it follows: a return after an attempt, or without one.

A client without an episode can return as well. Their silence is then written as an episode that
begins and ends with the purchase, so that the losses of past months do not change: see
`_write_unasked` for which purchases do this.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from db.domain.churn import ChurnThresholds, Definition, LossState, Result
from db.domain.marks import losses_on
from db.driver import driver_of
from db.journal.change import new_rows_of
from db.journal.tables import WHOLE_ROW, table_id
from db.outcome import Writing
from db.progress import in_batches
from db.queries.winback.episodes import nobody_worked_on
from db.queries.winback.losses import client_marks
from db.records.settings import settings
from db.schema import ChangeRow, ClientFact, LossAttempt, LossEpisode, Purchase

# Of purchases written many at once, these are no history yet: a month's sales are loaded by the
# middle of the next one.
FRESH_DAYS = 45


def settle_returns(writing: Writing) -> None:
    """Look again at the losses of clients whose purchases this change wrote.

    An open one ends with the first purchase after it, one that ended with a refusal is a return
    after all if the purchase comes soon enough. One that ended with a purchase which was deleted is
    open again. Refunds do not count; "do not return" stays.
    """
    session = writing.session
    if not _has_returns(writing):
        return
    written = and_(
        ChangeRow.change_id == writing.change_id, ChangeRow.table_id == table_id("purchase")
    )
    churn = settings(session).churn
    is_gone = func.json_type(ChangeRow.image, f"$.{WHOLE_ROW}").is_not(None)
    new_or_gone = or_(ChangeRow.image.is_(None), is_gone)
    buyers = select(ChangeRow.client_id).where(written, new_or_gone)
    touched = session.scalars(
        select(LossEpisode)
        .where(LossEpisode.client_id.in_(buyers))
        .order_by(LossEpisode.client_id, LossEpisode.id)
    ).all()
    if touched:
        unasked = set(session.scalars(_unasked_of(buyers)))
        last = {episode.client_id: episode for episode in touched}
        with session.no_autoflush:  # no query below reads an episode
            for episode in touched:
                is_last = episode is last[episode.client_id]
                _look_again(session, episode, churn, written, is_last=is_last)
                if episode.id in unasked:
                    _keep_unasked(session, episode)
    _write_unasked(writing, churn, written)


def _has_returns(writing: Writing) -> bool:
    """Say whether a purchase that is new or gone may have to do with a loss.

    That is one of a client with an episode, or one after the silence that the facts, still those
    before the change, say. One statement, in the driver's words: most saves need no other.
    """
    return bool(driver_of(writing.session).execute(_RETURNS, (writing.change_id,)).fetchone()[0])


# The cross joins keep SQLite from starting at all the episodes, purchases or facts of the base.
_RETURNS = """
with mine as (
    select r.row_id, r.client_id, r.image is null as is_new
    from change_row r
    where r.change_id = ? and r.table_id = (select id from recorded_table where name = 'purchase')
    and (r.image is null or json_type(r.image, '$.id') is not null)
)
select exists (
    select 1 from mine cross join loss_episode e where e.client_id = mine.client_id
) or exists (
    select 1 from mine cross join client_fact f cross join purchase p
    where f.client_id = mine.client_id and f.silent_on is not null and p.id = mine.row_id
    and mine.is_new and p.amount >= 0 and p.day > f.last_on and p.day >= f.silent_on
)
"""


def _unasked_of(buyers: Select[int | None]) -> Select[int]:
    return select(LossEpisode.id).where(LossEpisode.client_id.in_(buyers), nobody_worked_on())


def _look_again(
    session: Session,
    episode: LossEpisode,
    churn: ChurnThresholds,
    written: ColumnElement[bool],
    *,
    is_last: bool,
) -> None:
    if episode.state is LossState.RETURNED:
        _reopen_unless_bought(session, episode)
    if episode.state is LossState.REFUSED:
        if is_last:
            _settle_refused(session, episode, churn, written)
    elif episode.closed_on is None and episode.state is not LossState.DO_NOT_RETURN:
        _settle(session, episode, churn, written)


def _settle(
    session: Session, episode: LossEpisode, churn: ChurnThresholds, written: ColumnElement[bool]
) -> None:
    # What was bought between the loss and the first step was known when that step was taken;
    # a purchase written only now was not.
    came = _first_purchase(
        session,
        episode,
        Purchase.day > episode.lost_on,
        or_(Purchase.day >= episode.opened_on, _just_written(written)),
    )
    if came is None:
        return
    attempt = _last_attempt(session, episode, came)
    without_attempt = attempt is None or came > attempt + timedelta(days=churn.return_days)
    _return(episode, came, without_attempt=without_attempt)


def _settle_refused(
    session: Session, episode: LossEpisode, churn: ChurnThresholds, written: ColumnElement[bool]
) -> None:
    """A refusal is an attempt as well: a purchase soon after it is a return."""
    refused = episode.closed_on
    if refused is None:
        return
    came = _first_purchase(
        session,
        episode,
        Purchase.day <= refused + timedelta(days=churn.return_days),
        or_(
            Purchase.day > refused,
            and_(Purchase.day == refused, _just_written(written)),
        ),
    )
    if came is not None:
        _return(episode, came, without_attempt=False)


def _return(episode: LossEpisode, came: date, *, without_attempt: bool) -> None:
    episode.closed_on, episode.state = came, LossState.RETURNED
    episode.without_attempt = without_attempt
    episode.next_on = None


def _reopen_unless_bought(session: Session, episode: LossEpisode) -> None:
    if _first_purchase(session, episode, Purchase.day == episode.closed_on) is not None:
        return
    episode.closed_on, episode.state = None, LossState.IN_WORK
    episode.without_attempt = False
    last = session.scalar(
        select(LossAttempt)
        .where(LossAttempt.episode_id == episode.id)
        .order_by(LossAttempt.id.desc())
        .limit(1)
    )
    if last is not None and last.result == Result.REFUSED:
        episode.closed_on, episode.state = last.day, LossState.REFUSED


def _keep_unasked(session: Session, episode: LossEpisode) -> None:
    """Delete an episode that was never worked on when its purchase is gone."""
    if episode.closed_on is None:
        session.delete(episode)
    else:
        episode.opened_on = episode.closed_on


def _first_purchase(
    session: Session, episode: LossEpisode, *when: ColumnElement[bool]
) -> date | None:
    return session.scalar(
        select(func.min(Purchase.day)).where(
            Purchase.client_id == episode.client_id, Purchase.amount >= 0, *when
        )
    )


def _just_written(written: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(written, ChangeRow.image.is_(None), ChangeRow.row_id == Purchase.id)


def _last_attempt(session: Session, episode: LossEpisode, until: date) -> date | None:
    return session.scalar(
        select(func.max(LossAttempt.day)).where(
            LossAttempt.episode_id == episode.id, LossAttempt.day <= until
        )
    )


# Returns nobody worked for ------------------------------------------------------------------------


def _write_unasked(writing: Writing, churn: ChurnThresholds, written: ColumnElement[bool]) -> None:
    """Write the return of each client who was lost by silence alone.

    Only where the base had purchases of the client before this change, and the first new one comes
    when the client was already lost. Of many purchases written at once, mostly the history of
    years, only those of the last FRESH_DAYS count. A loss that has an episode is not written twice.
    """
    if not churn.silent:
        return
    back = list(_back_from_silence(writing, written))
    for part in in_batches(back):
        _write_returns(writing.session, dict(part))


def _back_from_silence(
    writing: Writing, written: ColumnElement[bool]
) -> Iterator[tuple[int, date]]:
    """Give clients with the day they bought again. Their facts are still those before the change.

    Measured: 0.7 s for 100,000 purchases.
    """
    session, came = writing.session, func.min(Purchase.day)
    query = (
        select(ClientFact.client_id, came)
        .select_from(ChangeRow)
        .join(Purchase, Purchase.id == ChangeRow.row_id)
        .join(ClientFact, ClientFact.client_id == Purchase.client_id)
        .where(
            written,
            ChangeRow.image.is_(None),
            Purchase.amount >= 0,
            Purchase.day > ClientFact.last_on,
        )
        .group_by(ClientFact.client_id)
        .having(came >= ClientFact.silent_on)
    )
    if len(session.scalars(new_rows_of(writing.change_id, "purchase").limit(2)).all()) > 1:
        query = query.having(came >= writing.today - timedelta(days=FRESH_DAYS))
    yield from session.execute(query)


def _write_returns(session: Session, back: dict[int, date]) -> None:
    by_client = {
        client_id: (is_open, closed)
        for client_id, is_open, closed in session.execute(
            select(
                LossEpisode.client_id,
                func.max(LossEpisode.closed_on.is_(None)),
                func.max(LossEpisode.closed_on).filter(~nobody_worked_on()),
            )
            .where(LossEpisode.client_id.in_(back))
            .group_by(LossEpisode.client_id)
        )
    }
    marks = client_marks(session, list(back))
    for client_id, day in back.items():
        is_open, closed = by_client.get(client_id, (False, None))
        fired = losses_on(marks[client_id], day, closed)
        if is_open or [loss.definition for loss in fired] != [Definition.SILENT]:
            continue
        session.add(
            LossEpisode(
                client_id=client_id,
                lost_on=fired[0].since,
                opened_on=day,
                closed_on=day,
                state=LossState.RETURNED,
                without_attempt=True,
            )
        )
