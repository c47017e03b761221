"""What the shell hands to every page."""

from PySide6.QtCore import QObject, Signal

from db.domain.ids import ChangeId
from ui.jobs.job import Job
from ui.parts.context import Context
from ui.parts.undo import UndoHistory
from ui.preferences import Preferences
from ui.widgets.notice import NoticeBar
from ui.widgets.progress import ProgressLine
from ui.words.i18n import _


class ShellHost(QObject):
    """One open base, as long as it is open. The bars are those of the window."""

    troubled = Signal(object)

    def __init__(
        self, context: Context, preferences: Preferences, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._preferences = preferences
        self._undo = UndoHistory(context, self)
        self._notice: NoticeBar | None = None
        self._progress: ProgressLine | None = None

    @property
    def context(self) -> Context:
        return self._context

    @property
    def undo(self) -> UndoHistory:
        return self._undo

    @property
    def preferences(self) -> Preferences:
        return self._preferences

    def use_bars(self, notice: NoticeBar, progress: ProgressLine) -> None:
        """Take the bars of a window that was made anew."""
        self._notice, self._progress = notice, progress

    def tell(self, text: str, undo: ChangeId | None = None) -> None:
        if self._notice is None:
            return
        if undo is None:
            self._notice.tell(text)
        else:
            self._notice.tell(text, _("Undo"), lambda: self._undo.take_back(undo))

    def warn(self, text: str) -> None:
        if self._notice is not None:
            self._notice.warn(text)

    def trouble(self, error: object) -> None:
        self.troubled.emit(error)

    def follow(self, job: Job[object], title: str) -> None:
        if self._progress is not None:
            self._progress.follow(job, title)
