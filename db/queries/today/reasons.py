"""Why clients are on Today's list: what was promised, what is due, who has a birthday."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    case,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from db.derived.gaps_of_day import counts_now
from db.domain.churn import CERTAIN, money_at_stake
from db.domain.today import (
    REST_DAYS,
    Touch,
    TouchReason,
    birthday_near,
    birthdays_of,
)
from db.domain.trade import InteractionKind
from db.outcome import Reading
from db.queries.lists.calls import may_be_called
from db.queries.winback.board import IN_WORK
from db.queries.winback.episodes import episodes
from db.schema import (
    Client,
    ClientFact,
    ClientGap,
    FieldRuleRow,
    Interaction,
    LossEpisode,
    Snooze,
    Task,
)

Reasons = dict[int, list[TouchReason]]


@dataclass(frozen=True, slots=True)
class VisitDue:
    """A client whose visit is due or overdue; kept small: a large base has many."""

    client_id: int
    touch: Touch
    profit_kopecks: int | None  # gross profit a year
    estimated: bool


def task_reasons(reading: Reading) -> list[tuple[int | None, TouchReason]]:
    """Return tasks due, with the client in use or None; offers to follow up are among them.

    A task that was done after the day is open.
    """
    is_open = or_(Task.done_on.is_(None), ~reading.covers(Task.done_on))
    query = (
        select(Task)
        .outerjoin(Client, Client.id == Task.client_id)
        .where(is_open, Task.due_on <= reading.as_of, Client.deleted_at.is_(None))
        .order_by(Task.due_on, Task.id)
    )
    return [
        (
            task.client_id,
            TouchReason(
                Touch.TASK if task.offer_id is None else Touch.OFFER,
                task.due_on,
                task.text,
                item_id=task.id,
                offer_id=task.offer_id,
            ),
        )
        for task in reading.session.scalars(query)
    ]


def promised_reasons(reading: Reading) -> Reasons:
    """Return tasks, next steps and open complaints of clients up to the day."""
    by_client: Reasons = defaultdict(list)
    for client_id, task in task_reasons(reading):
        if client_id is not None:
            by_client[client_id].append(task)
    for reasons in (_winback(reading), _complaints(reading)):
        for client_id, reason in reasons:
            by_client[client_id].append(reason)
    return by_client


def _winback(reading: Reading) -> Iterator[tuple[int, TouchReason]]:
    due = select(LossEpisode.client_id).where(LossEpisode.next_on <= reading.as_of)
    steps = {
        client_id: (episode.next_on, episode.next_step or "")
        for client_id, episode in episodes(reading, due).open.items()
        if episode.next_on is not None
        and episode.next_on <= reading.as_of
        and episode.state in IN_WORK
    }
    in_use = select(Client.id).where(Client.id.in_(steps), Client.deleted_at.is_(None))
    snoozed_ids = snoozed(reading, Touch.WINBACK)
    for client_id in reading.session.scalars(in_use):
        if client_id not in snoozed_ids:
            yield client_id, TouchReason(Touch.WINBACK, *steps[client_id])


def _complaints(reading: Reading) -> Iterator[tuple[int, TouchReason]]:
    """Give open complaints, without those followed by a contact within REST_DAYS."""
    later = select(Interaction.client_id, Interaction.day, Interaction.id).subquery()
    contacted = (
        select(later.c.id)
        .where(
            later.c.client_id == Interaction.client_id,
            later.c.id > Interaction.id,
            later.c.day.between(reading.as_of - timedelta(days=REST_DAYS), reading.as_of),
        )
        .exists()
    )
    query = (
        select(Interaction.client_id, Interaction.day, Interaction.text, Interaction.id)
        .join(ClientFact, ClientFact.client_id == Interaction.client_id)
        .join(Client, Client.id == Interaction.client_id)
        .where(
            ClientFact.open_complaint_on.is_not(None),
            Client.deleted_at.is_(None),
            Interaction.kind == InteractionKind.COMPLAINT,
            Interaction.day <= reading.as_of,
            Interaction.open_on(reading.as_of),
            ~contacted,
        )
        .order_by(Interaction.day, Interaction.id)
    )
    snoozed_ids = snoozed(reading, Touch.COMPLAINT)
    for row in reading.session.execute(query):
        if row.client_id not in snoozed_ids:
            yield (
                row.client_id,
                TouchReason(Touch.COMPLAINT, row.day, row.text or "", item_id=row.id),
            )


def birthday_reasons(reading: Reading) -> Reasons:
    """Return birthdays of today and tomorrow, without clients contacted today."""
    days = [*birthdays_of(reading.as_of), *birthdays_of(reading.as_of + timedelta(days=1))]
    query = (
        select(Client.id, Client.birthday, ClientFact.last_on)
        .join(ClientFact, ClientFact.client_id == Client.id)
        .where(
            may_be_called(reading.as_of),
            func.substr(Client.birthday, -5).in_(days),
            not_contacted_since(reading.as_of),
            Client.id.not_in(_snoozed(Touch.BIRTHDAY, reading.as_of)),
        )
    )
    by_client: Reasons = {}
    for row in reading.session.execute(query):
        day = birthday_near(row.birthday, reading.as_of)
        if day is not None:
            by_client[row.id] = [
                TouchReason(Touch.BIRTHDAY, day, last_on=row.last_on, birthday=row.birthday)
            ]
    return by_client


def gap_reasons(reading: Reading) -> Reasons:
    """Return empty mandatory fields of clients expected today or tomorrow."""
    query = (
        select(ClientGap.client_id, FieldRuleRow.field_key, ClientFact.next_on)
        .join(FieldRuleRow, FieldRuleRow.id == ClientGap.rule_id)
        .join(ClientFact, ClientFact.client_id == ClientGap.client_id)
        .join(Client, Client.id == ClientGap.client_id)
        .where(
            Client.deleted_at.is_(None),
            ClientFact.next_on.between(reading.as_of, reading.as_of + timedelta(days=1)),
            counts_now(reading),
            Client.id.not_in(_snoozed(Touch.GAPS, reading.as_of)),
        )
        .order_by(FieldRuleRow.position, FieldRuleRow.id)
    )
    keys: dict[tuple[int, date], list[str]] = defaultdict(list)
    for row in reading.session.execute(query):
        keys[row.client_id, row.next_on].append(row.field_key)
    return {
        client_id: [TouchReason(Touch.GAPS, day, gaps=tuple(dict.fromkeys(gaps)))]
        for (client_id, day), gaps in keys.items()
    }


def visits_due(reading: Reading) -> list[VisitDue]:
    """Return every client whose visit is due or overdue and who is not lost."""
    day = reading.as_of
    query = (
        select(
            ClientFact.client_id,
            case((ClientFact.overdue_on <= day, Touch.OVERDUE.value), else_=Touch.DUE.value),
            type_coerce(ClientFact.profit_a_year, Integer),
            ClientFact.profit_estimated,
        )
        .join(Client, Client.id == ClientFact.client_id)
        .where(
            ClientFact.due_on <= day,
            or_(ClientFact.lost_on.is_(None), ClientFact.lost_on > day),
            not_contacted_since(day - timedelta(days=REST_DAYS)),
            may_be_called(day),
        )
    )
    # A snooze of a due visit still counts when it is overdue.
    snoozed_ids = snoozed(reading, Touch.DUE) | snoozed(reading, Touch.OVERDUE)
    return [
        VisitDue(client_id, Touch(touch), money_at_stake(profit, CERTAIN), estimated)
        for client_id, touch, profit, estimated in reading.session.execute(query)
        if client_id not in snoozed_ids
    ]


def visit_reasons(session: Session, due: Sequence[VisitDue]) -> Reasons:
    """Return the fields shown for these visits."""
    touches = {one.client_id: one.touch for one in due}
    query = select(
        ClientFact.client_id, ClientFact.last_on, ClientFact.cycle_days, ClientFact.next_on
    ).where(ClientFact.client_id.in_(touches))
    return {
        row.client_id: [
            TouchReason(
                touches[row.client_id],
                row.next_on,
                last_on=row.last_on,
                cycle_days=row.cycle_days.normalize(),
            )
        ]
        for row in session.execute(query)
    }


def not_contacted_since(day: date) -> ColumnElement[bool]:
    """Return the condition that a client was not contacted on this day or later."""
    return or_(ClientFact.contacted_on.is_(None), ClientFact.contacted_on < day)


def _snoozed(touch: Touch, as_of: date) -> Select[int]:
    return select(Snooze.client_id).where(Snooze.kind == touch, Snooze.until > as_of)


def snoozed(reading: Reading, touch: Touch) -> set[int]:
    """Return the clients for whom a reason is snoozed on the day."""
    return set(reading.session.scalars(_snoozed(touch, reading.as_of)))
