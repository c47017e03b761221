"""Writing a call list in a worker, after a question for the file."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from db.progress import Progress
from ui.documents.call_file import CallList, write_call_list
from ui.jobs.job import Job, Work
from ui.preferences import Preferences
from ui.widgets.files import FileKind, ask_save
from ui.words import formats
from ui.words.i18n import _

T = TypeVar("T")

Gather = Callable[[], CallList]


class _Works(Protocol):
    def work(self, work: Work[T]) -> Job[T]: ...


class CallListHost(Protocol):
    """What a page offers to the maker of a call list."""

    @property
    def context(self) -> _Works: ...
    @property
    def preferences(self) -> Preferences: ...

    def tell(self, text: str) -> None: ...
    def follow(self, job: Job[object], title: str) -> None: ...


class CallListMaker(QObject):
    """`gather` makes the list when it is wanted, in another thread."""

    def __init__(self, host: CallListHost, parent: QWidget) -> None:
        super().__init__(parent)
        self._host, self._window = host, parent

    def ask(self, name: str, gather: Gather) -> None:
        """Ask where to write; `name` is proposed, without an ending."""
        kind = FileKind(
            "export",
            [(_("Excel workbook"), ["xlsx"]), (_("Paper (PDF)"), ["pdf"]), (_("CSV"), ["csv"])],
        )
        path = ask_save(self._window, self._host.preferences, kind, _("Call list"), f"{name}.xlsx")
        if path is not None:
            self.write(path, gather)

    def write(self, path: Path, gather: Gather) -> None:
        """Write the list in another thread, then say how many clients it has."""

        def work(progress: Progress) -> tuple[Path, CallList]:
            listed = gather()
            write_call_list(path, listed, progress)
            return path, listed

        job = self._host.context.work(work)
        self._host.follow(job, _("Writing the call list"))
        job.succeeded.connect(self._tell)

    def _tell(self, written: tuple[Path, CallList]) -> None:
        path, listed = written
        text = _("Written: {file}, {clients}").format(
            file=path.name, clients=formats.clients_count(len(listed.rows))
        )
        self._host.tell("; ".join((text, *listed.left_out())))
