"""The progress of a job, with the amount and Cancel."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QWidget

from ui.jobs.job import Job
from ui.look.theme import em
from ui.widgets.buttons import button
from ui.words import formats
from ui.words.i18n import _

PATIENCE_MS = 300  # work that is over sooner shows nothing


class ProgressLine(QFrame):
    """Appears when a job takes longer than a moment, and goes with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Footer")
        self._job: Job[object] | None = None
        self._words = QLabel()
        self._amount = QLabel()
        self._amount.setProperty("tone", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._cancel = button(_("Cancel"), "x")
        self._cancel.clicked.connect(self._stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(em(0.9), em(0.3), em(0.9), em(0.3))
        for widget, share in ((self._words, 0), (self._bar, 1), (self._amount, 0)):
            row.addWidget(widget, share)
        row.addWidget(self._cancel)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._appear)
        self.hide()

    def is_free(self) -> bool:
        """Say whether no job is followed."""
        return self._job is None

    def follow(self, job: Job[object], title: str) -> None:
        """Show this job from now on."""
        self._job = job
        self._words.setText(title)
        self._bar.setAccessibleName(title)
        self._amount.clear()
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        job.progressed.connect(self._progress)
        job.finished.connect(self._end)
        self._patience.start(PATIENCE_MS)

    def _appear(self) -> None:
        self.setVisible(self._job is not None)

    def _progress(self, done: int, total: int) -> None:
        if self.sender() is not None and self.sender() is not self._job:
            return
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        if total > 0:
            text = _("{done} of {total}")
            self._amount.setText(
                text.format(done=formats.number(done), total=formats.number(total))
            )

    def _stop(self) -> None:
        if self._job is not None:
            self._cancel.setEnabled(False)
            self._words.setText(_("Stopping…"))
            self._job.cancel()

    def _end(self) -> None:
        if self.sender() is None or self.sender() is self._job:
            self._job = None
            self._patience.stop()
            self.hide()
