"""One piece of work away from the screen, as the screen sees it.

A Job is touched in the GUI thread only. Its worker knows a Ticket, which is plain Python, and
reports to the runner, which outlives them both: a QObject that is deleted while another thread
is still sending its signal loses the slots that have not been reached yet.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import Generic, TypeVar

from PySide6.QtCore import SIGNAL, QObject, Signal

from db.progress import Progress

T_co = TypeVar("T_co", covariant=True)

Work = Callable[[Progress], T_co]


@dataclass(frozen=True, slots=True, eq=False)
class Ticket:
    """What the two threads share: a name for the job, and a flag that asks it to stop."""

    outlasts_closing: bool
    stop_requested: Event = field(default_factory=Event)


@dataclass(frozen=True, slots=True)
class Succeeded:
    """The work returned this value."""

    value: object


@dataclass(frozen=True, slots=True)
class Failed:
    """The work raised this error."""

    error: Exception


@dataclass(frozen=True, slots=True)
class Stopped:
    """The work was cancelled; nothing of it was written."""


Ending = Succeeded | Failed | Stopped


class Job(QObject, Generic[T_co]):
    """A piece of work; `succeeded` with its answer, `failed` or `cancelled`, then `finished`."""

    progressed = Signal(int, int)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal()
    uncaught = Signal(object)  # it failed, and nobody listens to `failed`

    def __init__(self, ticket: Ticket, parent: QObject) -> None:
        super().__init__(parent)
        self._ticket = ticket

    def cancel(self) -> None:
        """Ask the work to stop at its next step; `cancelled` follows when it has."""
        self._ticket.stop_requested.set()

    def settle(self, ending: Ending) -> None:
        """Emit the signals for how it ended. Called once, by the runner."""
        match ending:
            case Succeeded(value):
                self.succeeded.emit(value)
            case Failed(error):
                self._fail(error)
            case Stopped():
                self.cancelled.emit()
        self.finished.emit()
        self.deleteLater()

    def _fail(self, error: Exception) -> None:
        if self.receivers(SIGNAL("failed(PyObject)")):
            self.failed.emit(error)
        else:
            self.uncaught.emit(error)
