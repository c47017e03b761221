"""What every page gets: the base, the job runner, and the signal of changes."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from PySide6.QtCore import QObject

from db.outcome import Command, Outcome, Query
from db.progress import Progress
from ui.jobs.job import Job, Work
from ui.jobs.runner import JobRunner, Lane
from ui.parts.changes import ChangeBus

if TYPE_CHECKING:  # the window is painted before the ORM is imported
    from db.client_base import ClientBase

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Context:
    """An open base as the pages see it. Whatever fails and is not caught reaches the shell."""

    base: "ClientBase"
    jobs: JobRunner
    changes: ChangeBus = field(default_factory=ChangeBus)

    def today(self) -> date:
        """Return the day of the base. Forms are handed this method: midnight may pass meanwhile."""
        return self.base.as_of

    def ask(self, query: Query[P, T], *args: P.args, **kwargs: P.kwargs) -> Job[T]:
        """Read away from the screen; the answer comes as `succeeded`."""
        return self.jobs.start(lambda _: self.base.ask(query, *args, **kwargs), Lane.READ)

    def ask_later(self, query: Query[P, T], *args: P.args, **kwargs: P.kwargs) -> Job[T]:
        """Read as `ask` does, once all that is read for the page in front has come."""
        return self.jobs.start(lambda _: self.base.ask(query, *args, **kwargs), Lane.IDLE)

    def do(self, command: Command[T], asked_by: QObject | None = None) -> Job[Outcome[T]]:
        """Write away from the screen, then tell every view what changed.

        `succeeded` brings the Outcome.
        """
        return self._write(
            lambda progress: self.base.do(command, progress), asked_by, outlasts_closing=True
        )

    def write(self, work: Work[Outcome[T]], asked_by: QObject | None = None) -> Job[Outcome[T]]:
        """Run work that ends in an Outcome in the writing lane, as an import does.

        When the window closes it is asked to stop; what a command of `do` saves is not.
        """
        return self._write(work, asked_by, outlasts_closing=False)

    def _write(
        self, work: Work[Outcome[T]], asked_by: QObject | None, *, outlasts_closing: bool
    ) -> Job[Outcome[T]]:
        job = self.jobs.start(work, Lane.WRITE, outlasts_closing=outlasts_closing)
        job.succeeded.connect(lambda outcome: self._announce(outcome, asked_by))
        return job

    def work(self, work: Work[T]) -> Job[T]:
        """Run work on files (a paper, an export) in its own lane; it is handed a Progress."""
        return self.jobs.start(work, Lane.FILE)

    def _announce(self, outcome: Outcome[object], asked_by: QObject | None) -> None:
        self.changes.changed.emit(outcome.changes, asked_by)


__all__ = ["Context", "Job", "Lane", "Progress", "Work"]
