"""Taking changes back and putting them back. The journal knows how; these say which."""

from dataclasses import dataclass

from sqlalchemy import func, select

from db import journal
from db.domain.ids import ChangeId
from db.errors import Trouble, TroubleError
from db.outcome import Writing
from db.schema import Change, ChangeState


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the base's last change, whoever made it; return the name of its command."""

    def run(self, writing: Writing) -> str:
        # The newest row is the change this command itself has just opened.
        last = writing.session.scalar(
            select(func.max(Change.id)).where(
                Change.state == ChangeState.DONE, Change.id != writing.change_id
            )
        )
        if last is None:
            raise TroubleError(Trouble.NOTHING_TO_UNDO)
        return _swap(writing, ChangeId(last), ChangeState.UNDONE)


@dataclass(frozen=True, slots=True)
class Redo:
    """Put back what was undone last; return the name of its command."""

    def run(self, writing: Writing) -> str:
        first = writing.session.scalar(
            select(Change.id)
            .where(Change.state == ChangeState.UNDONE)
            .order_by(Change.undone_at.desc(), Change.id)
            .limit(1)
        )
        if first is None:
            raise TroubleError(Trouble.NOTHING_TO_REDO)
        return _swap(writing, ChangeId(first), ChangeState.DONE)


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Take back one change, also an older one, unless later changes built on it (USED_LATER)."""

    change_id: ChangeId

    def run(self, writing: Writing) -> str:
        session = writing.session
        change = session.get(Change, self.change_id)
        if change is None or change.state is not ChangeState.DONE:
            raise TroubleError(Trouble.NOTHING_TO_UNDO)
        journal.demand_not_overtaken(session, self.change_id)
        return _swap(writing, self.change_id, ChangeState.UNDONE)


def _swap(writing: Writing, change_id: ChangeId, state: ChangeState) -> str:
    name = writing.session.scalar(select(Change.command).where(Change.id == change_id))
    journal.swap(writing.session, writing.change_id, change_id, state)
    return name or ""
