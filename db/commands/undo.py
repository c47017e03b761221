"""Taking changes back and putting them back. The journal knows how; these say which."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import journal
from db.domain.ids import ChangeId
from db.errors import Trouble, TroubleError
from db.schema import Change, ChangeState


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the base's last change, whoever made it; return the name of its command."""

    def run(self, session: Session) -> str:
        # The newest row is the change this command itself has just opened.
        last = session.scalar(
            select(func.max(Change.id)).where(
                Change.state == ChangeState.DONE, Change.id != session.info["change_id"]
            )
        )
        if last is None:
            raise TroubleError(Trouble.NOTHING_TO_UNDO)
        return _swap(session, ChangeId(last), ChangeState.UNDONE)


@dataclass(frozen=True, slots=True)
class Redo:
    """Put back what was undone last; return the name of its command."""

    def run(self, session: Session) -> str:
        first = session.scalar(
            select(Change.id)
            .where(Change.state == ChangeState.UNDONE)
            .order_by(Change.undone_at.desc(), Change.id)
            .limit(1)
        )
        if first is None:
            raise TroubleError(Trouble.NOTHING_TO_REDO)
        return _swap(session, ChangeId(first), ChangeState.DONE)


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Take back one change, also an older one, unless later changes built on it (USED_LATER)."""

    change_id: ChangeId

    def run(self, session: Session) -> str:
        change = session.get(Change, self.change_id)
        if change is None or change.state is not ChangeState.DONE:
            raise TroubleError(Trouble.NOTHING_TO_UNDO)
        journal.demand_not_overtaken(session, self.change_id)
        return _swap(session, self.change_id, ChangeState.UNDONE)


def _swap(session: Session, change_id: ChangeId, state: ChangeState) -> str:
    name = session.scalar(select(Change.command).where(Change.id == change_id))
    journal.swap(session, change_id, state)
    return name or ""
