"""Who runs jobs, and in which lane: writes one after another, reads side by side."""

import logging
from enum import Enum, auto
from time import monotonic
from typing import TypeVar

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

T = TypeVar("T")

_log = logging.getLogger(__name__)
_REPORT_EVERY = 0.05  # seconds: a progress bar needs no more, and the event queue stays short


class Lane(Enum):
    """Where a job waits for its turn; `_WIDTH` says how many of a lane run at once."""

    READ = auto()
    WRITE = auto()
    FILE = auto()
    IDLE = auto()  # what nobody waits for: it begins only while nothing is being read


_WIDTH = {
    Lane.READ: 2,
    Lane.WRITE: 1,  # SQLite has one writer: a second one would only wait for its lock
    Lane.FILE: 1,  # a long PDF or import must not hold up the saving of a card
    Lane.IDLE: 1,
}


class JobRunner(QObject):
    """Starts work and brings its ending back to the GUI thread."""

    reported = Signal(object, int, int)  # sent by workers
    ended = Signal(object, object)  # sent by workers
    troubled = Signal(object)  # an error that no page has caught
    writing_changed = Signal(bool)
    write_reports = Signal(object)  # a Job that writes and reports its progress for the first time

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: dict[Ticket, Job[object]] = {}
        self._lanes: dict[Ticket, Lane] = {}
        self._reported: set[Ticket] = set()
        self._waiting: list[_Errand] = []  # of the lane IDLE
        self._pools = {lane: QThreadPool(self) for lane in Lane}
        for lane, pool in self._pools.items():
            pool.setMaxThreadCount(_WIDTH[lane])
        self.reported.connect(self._report)
        self.ended.connect(self._settle)

    def start(self, work: Work[T], lane: Lane, *, outlasts_closing: bool = False) -> Job[T]:
        """Return the job of this work. It starts when control returns to Qt, so that its signals
        can be connected first: a signal sent before its slot is connected is lost.

        `close` asks it to stop, unless it `outlasts_closing`.
        """
        ticket = Ticket(outlasts_closing)
        job: Job[T] = Job(ticket, self)
        self._jobs[ticket] = job
        self._lanes[ticket] = lane
        job.uncaught.connect(self.troubled)
        if lane is Lane.WRITE:
            self.writing_changed.emit(self.writing())
        errand = _Errand(ticket, work, self)
        if lane is Lane.IDLE:
            self._waiting.append(errand)
            QTimer.singleShot(0, self, self._start_waiting)
        else:
            QTimer.singleShot(0, self, lambda: self._pools[lane].start(errand))
        return job

    def busy(self) -> bool:
        return bool(self._jobs)

    def writing(self) -> bool:
        return Lane.WRITE in self._lanes.values()

    def close(self, wait_ms: int = 5000) -> bool:
        """Ask jobs to stop and wait for all; say whether they ended.

        A save that was asked for a moment ago and has not begun yet is still carried out.
        """
        # Taken out first: the end of one would start the others.
        waiting, self._waiting = self._waiting, []
        for errand in waiting:
            self.ended.emit(errand.ticket, Stopped())
        for ticket, job in self._jobs.items():
            if not ticket.outlasts_closing:
                job.cancel()
        deadline = monotonic() + wait_ms / 1000
        while self._jobs and monotonic() < deadline:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
            for pool in self._pools.values():
                pool.waitForDone(10)
        return not self._jobs

    def _start_waiting(self) -> None:
        if Lane.READ not in self._lanes.values():
            for errand in self._waiting:
                self._pools[Lane.IDLE].start(errand)
            self._waiting.clear()

    def _report(self, ticket: Ticket, done: int, total: int) -> None:
        job = self._jobs.get(ticket)
        if job is None:
            return
        if self._lanes[ticket] is Lane.WRITE and ticket not in self._reported:
            self._reported.add(ticket)
            self.write_reports.emit(job)
        job.progressed.emit(done, total)

    def _settle(self, ticket: Ticket, ending: Ending) -> None:
        lane = self._lanes.pop(ticket)
        self._reported.discard(ticket)
        self._jobs.pop(ticket).settle(ending)
        if lane is Lane.WRITE:
            self.writing_changed.emit(self.writing())
        self._start_waiting()


class _Errand(QRunnable):
    """The worker's side: it is the work's Progress, and it carries the ending home."""

    def __init__(self, ticket: Ticket, work: Work[object], runner: JobRunner) -> None:
        super().__init__()
        self.ticket, self._work, self._runner = ticket, work, runner
        self._next_report = 0.0

    def step(self, done: int, total: int) -> None:
        if self.ticket.stop_requested.is_set():
            raise CancelledError
        if monotonic() >= self._next_report or done == total:
            self._next_report = monotonic() + _REPORT_EVERY
            self._runner.reported.emit(self.ticket, done, total)

    def run(self) -> None:
        self._runner.ended.emit(self.ticket, self._ending())

    def _ending(self) -> Ending:
        try:
            return Succeeded(self._work(self))
        except CancelledError:
            return Stopped()
        except Exception as error:  # noqa: BLE001 - whatever it is, the person must hear of it
            _log.info("job failed", exc_info=error)
            return Failed(error)
