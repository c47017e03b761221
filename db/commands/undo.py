"""Undo and redo."""

from dataclasses import dataclass

from sqlalchemy import func, select

from db.domain.ids import ChangeId
from db.errors import Trouble, TroubleError
from db.journal.undo import Swapped, demand_not_overtaken, is_redoable, is_undoable, swap
from db.outcome import Writing
from db.schema import Change, ChangeState


@dataclass(frozen=True, slots=True)
class Undo:
    """Undo the last change of the base, by any user. Raises TroubleError NOTHING_TO_UNDO."""

    def run(self, writing: Writing) -> Swapped:
        # The newest change is the one this command itself has just opened.
        last = writing.session.scalar(
            select(func.max(Change.id)).where(is_undoable(), Change.id != writing.change_id)
        )
        if last is None:
            raise TroubleError(Trouble.NOTHING_TO_UNDO)
        return swap(writing.session, writing.change_id, ChangeId(last), ChangeState.UNDONE)


@dataclass(frozen=True, slots=True)
class Redo:
    """Redo the change that was undone last. Raises TroubleError NOTHING_TO_REDO."""

    def run(self, writing: Writing) -> Swapped:
        first = writing.session.scalar(
            select(Change.id)
            .where(is_redoable())
            .order_by(Change.undone_at.desc(), Change.id)
            .limit(1)
        )
        if first is None:
            raise TroubleError(Trouble.NOTHING_TO_REDO)
        return swap(writing.session, writing.change_id, ChangeId(first), ChangeState.DONE)


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Undo one change, also an older one.

    Raises TroubleError USED_LATER where later changes build on it, SEALED where it was made before
    an upgrade of the base or too long ago, NOTHING_TO_UNDO where it is not done.
    """

    change_id: ChangeId

    def run(self, writing: Writing) -> Swapped:
        session = writing.session
        change = session.get(Change, self.change_id)
        if change is not None and change.state is ChangeState.SEALED:
            raise TroubleError(Trouble.SEALED)
        if change is None or change.state is not ChangeState.DONE:
            raise TroubleError(Trouble.NOTHING_TO_UNDO)
        if session.scalar(select(Change.id).where(is_undoable(), Change.id == change.id)) is None:
            raise TroubleError(Trouble.SEALED)
        demand_not_overtaken(session, self.change_id)
        return swap(session, writing.change_id, self.change_id, ChangeState.UNDONE)
