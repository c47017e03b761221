"""Undo and redo of the base. A step counts only when the base has confirmed it.

QUndoStack moves at once, and its commands must do their work at once; ours run in another thread,
and what undoes them is in the base, so that it is there after a restart and for the command line.
"""

from PySide6.QtCore import QObject, Signal

from db.commands.undo import Redo, TakeBack, Undo
from db.domain.ids import ChangeId
from db.journal.history import UndoState, undo_state
from db.outcome import Command, Outcome
from ui.jobs.job import Job
from ui.jobs.latest import Latest
from ui.parts.context import Context


class UndoHistory(QObject):
    """What can be undone and redone now, by the code of its command; None when nothing can."""

    changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._state = UndoState(None, None)
        self._busy = False
        self._latest = Latest(self)
        context.changes.changed.connect(self.refresh)
        self.refresh()

    @property
    def undo_code(self) -> str | None:
        return None if self._busy else self._state.undo

    @property
    def is_sealed(self) -> bool:
        """Whether there are changes, but all from before an update or an erasure."""
        return self._state.sealed

    @property
    def redo_code(self) -> str | None:
        return None if self._busy else self._state.redo

    def refresh(self) -> None:
        """Ask the base what its last change was."""
        self._latest.take(self._context.ask(undo_state), self._take)

    def undo(self) -> Job[Outcome[object]] | None:
        return self._do(Undo()) if self.undo_code else None

    def redo(self) -> Job[Outcome[object]] | None:
        return self._do(Redo()) if self.redo_code else None

    def take_back(self, change_id: ChangeId) -> Job[Outcome[object]] | None:
        """Undo this very change, as the bar «Deleted 3 clients — Undo» does."""
        return None if self._busy else self._do(TakeBack(change_id))

    def _do(self, command: Command[object]) -> Job[Outcome[object]]:
        self._busy = True
        self.changed.emit()
        job = self._context.do(command, self)
        job.finished.connect(self._ready)
        return job

    def _take(self, state: UndoState) -> None:
        self._state = state
        self.changed.emit()

    def _ready(self) -> None:
        self._busy = False
        self.refresh()
        self.changed.emit()
