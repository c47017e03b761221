"""Files dragged onto the window: a table is loaded, a base is opened."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from db.file.names import ENDING

TABLES = frozenset({".csv", ".txt", ".tsv", ".xlsx", ".xls", ".ods", ".vcf"})
BASES = frozenset({ENDING})


class DropTarget(QObject):
    """Watches a window; takes one local file at a time."""

    table_dropped = Signal(str)
    base_dropped = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            if file_of(event.mimeData()):
                event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            if path := file_of(event.mimeData()):
                event.acceptProposedAction()
                self.take(path)
            return True
        return False

    def take(self, path: Path) -> None:
        """Say which kind of file was dropped."""
        signal = self.base_dropped if path.suffix.lower() in BASES else self.table_dropped
        signal.emit(str(path))


def file_of(data: QMimeData) -> Path | None:
    """Return the one file that was dragged, if we can do something with it."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if len(files) == 1 and files[0].suffix.lower() in TABLES | BASES:
        return files[0]
    return None
