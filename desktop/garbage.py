"""When objects that hold one another are collected: in the GUI thread, while no job runs."""

import gc

from PySide6.QtCore import QObject, QTimer

from ui.jobs.runner import JobRunner

_EVERY_MS = 20_000
_WORTH_IT = 5_000  # containers made since the last collection


class GarbageCollection(QObject):
    """Python's own collection runs in whichever thread makes an object.

    In a worker it may destroy a widget, which only the GUI thread may do, and during an import it
    stops the window for most of a second: it goes through all rows in memory.
    """

    def __init__(self, jobs: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(_EVERY_MS)

    def collect(self) -> None:
        """Collect now, unless a job runs or little was made since."""
        if not self._jobs.busy() and gc.get_count()[0] > _WORTH_IT:
            gc.collect()
