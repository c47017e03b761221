"""Asking again before the last answer has come: only the answer to the newest question counts."""

from collections.abc import Callable
from typing import Generic, Never, TypeVar

from PySide6.QtCore import QObject

from ui.jobs.job import Job

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)

Take = Callable[[T], object]
Fail = Callable[[object], object]


class Latest(QObject):
    """One question a widget may ask again and again. It is a child of whoever asks, so an answer
    that comes after its page has gone is dropped as well.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._newest: _Answer[Never] | None = None

    def take(self, job: Job[T], take: Take[T], fail: Fail | None = None) -> Job[T]:
        """Hand the answer of this job to `take`, unless a newer job has come meanwhile."""
        if self._newest is not None:
            self._newest.forget()
        self._newest = _Answer(job, take, fail, self)
        return job

    def forget(self) -> None:
        """Drop the answer that is still under way."""
        if self._newest is not None:
            self._newest.forget()

    def done(self, answer: "_Answer[Never]") -> None:
        if self._newest is answer:
            self._newest = None
        answer.deleteLater()


def take_once(asker: QObject, job: Job[T], take: Take[T], fail: Fail | None = None) -> Job[T]:
    """Hand the answer of one job to `take`, unless `asker` has gone; nothing of it stays behind.

    Unlike Latest it lets answers that come after one another all count: windows of one list, and
    commands, whose outcomes must not swallow each other.
    """
    latest = Latest(asker)
    job.finished.connect(latest.deleteLater)
    return latest.take(job, take, fail)


class _Answer(QObject, Generic[T_contra]):
    def __init__(
        self, job: Job[T_contra], take: Take[T_contra], fail: Fail | None, parent: Latest
    ) -> None:
        super().__init__(parent)
        self._take: Take[T_contra] | None = take
        self._fail: Fail | None = fail
        self._latest = parent
        job.succeeded.connect(self._succeed)
        job.finished.connect(self._finish)
        if fail is not None:
            job.failed.connect(self._stumble)

    def forget(self) -> None:
        self._take = self._fail = None

    def _succeed(self, value: T_contra) -> None:
        if self._take is not None:
            self._take(value)

    def _stumble(self, error: object) -> None:
        if self._fail is not None:
            self._fail(error)

    def _finish(self) -> None:
        self._latest.done(self)
