"""Commands on tasks, and snoozing entries of Today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.interactions import AddInteraction
from db.commands.purchases import demand_client
from db.domain.days import EARLIEST, LATEST
from db.domain.fields import Fault, FieldError
from db.domain.ids import ClientId
from db.domain.text import tidy
from db.domain.today import Touch
from db.domain.trade import InteractionKind
from db.errors import InvalidError, Trouble, TroubleError
from db.outcome import Writing
from db.schema import Snooze, Task

_LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True)
class AddTask:
    """Plan a task for a day, with or without a client; return its id.

    Raises TroubleError NO_SUCH_CLIENT, and InvalidError for the text or the day.
    """

    text: str
    due_on: date
    client_id: ClientId | None = None
    offer_id: int | None = None

    def run(self, writing: Writing) -> int:
        session = writing.session
        text = tidy(self.text)
        errors = []
        if not text:
            errors.append(FieldError("text", Fault.REQUIRED))
        if len(text) > _LONGEST_TEXT:
            errors.append(FieldError("text", Fault.TOO_LONG))
        if not EARLIEST <= self.due_on <= LATEST:
            errors.append(FieldError("due_on", Fault.BAD_DATE, self.due_on.isoformat()))
        if errors:
            raise InvalidError(tuple(errors))
        if self.client_id is not None:
            demand_client(session, self.client_id)
        task = Task(client_id=self.client_id, offer_id=self.offer_id, text=text, due_on=self.due_on)
        session.add(task)
        session.flush()
        return task.id


@dataclass(frozen=True, slots=True)
class CompleteTask:
    """Close a task. One that is closed already stays as it is. Raises TroubleError GONE.

    With `talk`, a contact of this kind with the client is written as well.
    """

    task_id: int
    on: date
    talk: InteractionKind | None = None

    def run(self, writing: Writing) -> None:
        task = _task(writing.session, self.task_id)
        if task.done_on is not None:
            return
        task.done_on = self.on
        if self.talk is not None and task.client_id is not None:
            client_id = ClientId(task.client_id)
            AddInteraction(client_id, self.talk, self.on, task.text).run(writing)


@dataclass(frozen=True, slots=True)
class SnoozeTask:
    """Move a task to another day. Raises TroubleError GONE."""

    task_id: int
    until: date

    def run(self, writing: Writing) -> None:
        _task(writing.session, self.task_id).due_on = self.until


@dataclass(frozen=True, slots=True)
class SnoozeClient:
    """Hide a client from Today for these reasons until a day; `task_ids` move to that day.

    Raises TroubleError NO_SUCH_CLIENT, GONE.
    """

    client_id: ClientId
    touches: tuple[Touch, ...]
    until: date
    task_ids: tuple[int, ...] = ()

    def run(self, writing: Writing) -> None:
        session = writing.session
        demand_client(session, self.client_id)
        snoozed = [touch for touch in self.touches if touch not in (Touch.TASK, Touch.OFFER)]
        _put_off(session, self.client_id, snoozed, self.until)
        for task_id in self.task_ids:
            _task(session, task_id).due_on = self.until


@dataclass(frozen=True, slots=True)
class Congratulate:
    """Write a congratulation; Today does not show this birthday again."""

    client_id: ClientId
    kind: InteractionKind
    day: date
    celebrated_on: date
    text: str | None = None

    def run(self, writing: Writing) -> None:
        AddInteraction(self.client_id, self.kind, self.day, self.text).run(writing)
        after = self.celebrated_on + timedelta(days=1)
        _put_off(writing.session, self.client_id, [Touch.BIRTHDAY], after)


def _task(session: Session, task_id: int) -> Task:
    task = session.get(Task, task_id)
    if task is None:
        raise TroubleError(Trouble.GONE)
    return task


def _put_off(session: Session, client_id: ClientId, touches: Sequence[Touch], until: date) -> None:
    query = select(Snooze).where(Snooze.client_id == client_id)
    by_kind = {row.kind: row for row in session.scalars(query)}
    for touch in touches:
        if touch in by_kind:
            by_kind[touch].until = until
        else:
            session.add(Snooze(client_id=client_id, kind=touch, until=until))
