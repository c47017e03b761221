"""Who runs jobs, and in which lane: writes one after another, reads side by side."""

import logging
from enum import Enum, auto
from time import monotonic

from PySide6.QtCore import (
    QCoreApplication,
    QEventLoop,
    QObject,
    QRunnable,
    QThreadPool,
    QTimer,
    Signal,
)

from db.progress import CancelledError
from ui.jobs.job import Ending, Failed, Job, Stopped, Succeeded, Ticket, Work

_log = logging.getLogger(__name__)
_REPORT_EVERY = 0.05  # seconds: a progress bar needs no more, and the event queue stays short


class Lane(Enum):
    READ = auto()
    WRITE = auto()
    FILE = auto()


_WIDTH = {
    Lane.READ: 2,
    Lane.WRITE: 1,  # SQLite has one writer; a queue here is kinder than a lock there
    Lane.FILE: 1,  # a long PDF or import must not hold up the saving of a card
}


class JobRunner(QObject):
    """Starts work and brings its ending back to the GUI thread."""

    reported = Signal(object, int, int)  # sent by workers
    ended = Signal(object, object)  # sent by workers
    troubled = Signal(object)  # an error that no page has caught
    writing_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: dict[Ticket, Job] = {}
        self._writing: set[Ticket] = set()
        self._pools = {lane: QThreadPool(self) for lane in Lane}
        for lane, pool in self._pools.items():
            pool.setMaxThreadCount(_WIDTH[lane])
        self.reported.connect(self._report)
        self.ended.connect(self._settle)

    def start(self, work: Work, lane: Lane) -> Job:
        """Return the job of this work. It starts when control returns to Qt, so that whoever
        asked can connect first: a signal sent before its slot is connected is lost.
        """
        ticket = Ticket()
        job = self._jobs[ticket] = Job(ticket, self)
        job.uncaught.connect(self.troubled)
        if lane is Lane.WRITE:
            self._writing.add(ticket)
            self.writing_changed.emit(self.writing())
        QTimer.singleShot(0, self, lambda: self._pools[lane].start(_Errand(ticket, work, self)))
        return job

    def busy(self) -> bool:
        return bool(self._jobs)

    def writing(self) -> bool:
        return bool(self._writing)

    def close(self, wait_ms: int = 5000) -> bool:
        """Ask every job to stop and wait; say whether they all did.

        A save that was asked for a moment ago and has not begun yet is still carried out.
        """
        for job in self._jobs.values():
            job.cancel()
        deadline = monotonic() + wait_ms / 1000
        while self._jobs and monotonic() < deadline:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
            for pool in self._pools.values():
                pool.waitForDone(10)
        return not self._jobs

    def _report(self, ticket: Ticket, done: int, total: int) -> None:
        if job := self._jobs.get(ticket):
            job.progressed.emit(done, total)

    def _settle(self, ticket: Ticket, ending: Ending) -> None:
        self._jobs.pop(ticket).settle(ending)
        if ticket in self._writing:
            self._writing.discard(ticket)
            self.writing_changed.emit(self.writing())


class _Errand(QRunnable):
    """The worker's side: it is the work's Progress, and it carries the ending home."""

    def __init__(self, ticket: Ticket, work: Work, runner: JobRunner) -> None:
        super().__init__()
        self._ticket, self._work, self._runner = ticket, work, runner
        self._next_report = 0.0

    def step(self, done: int, total: int) -> None:
        if self._ticket.stop_asked.is_set():
            raise CancelledError
        if monotonic() >= self._next_report or done == total:
            self._next_report = monotonic() + _REPORT_EVERY
            self._runner.reported.emit(self._ticket, done, total)

    def run(self) -> None:
        self._runner.ended.emit(self._ticket, self._ending())

    def _ending(self) -> Ending:
        try:
            return Succeeded(self._work(self))
        except CancelledError:
            return Stopped()
        except Exception as error:  # noqa: BLE001 - whatever it is, the person must hear of it
            _log.info("job failed", exc_info=error)
            return Failed(error)
