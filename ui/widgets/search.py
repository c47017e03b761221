"""The search line of a page: it waits for a pause in typing; Esc clears it."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.edge import IconLine
from ui.words.i18n import _

PAUSE_MS = 120
_TO_THE_LIST = {
    Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Return, Qt.Key.Key_Enter,
}  # fmt: skip


class SearchLine(IconLine):
    """`sought` brings the text, trimmed, once per pause; `down_wanted` asks for the list."""

    sought = Signal(str)
    down_wanted = Signal()

    def __init__(self, example: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._last = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._seek)
        self.setPlaceholderText(example)
        self.setAccessibleName(_("Search"))
        self.setToolTip(_("Search (Ctrl+F)"))
        self.set_left_icon("search")
        self._cross = self.add_edge_button("x", _("Clear"))
        self._cross.hide()
        self._cross.clicked.connect(self.clear_now)
        self.textChanged.connect(self._changed)

    def sought_text(self) -> str:
        return self.text().strip()

    def clear_now(self) -> None:
        """Empty the line and say so at once."""
        self.clear()
        self._seek()

    def start(self, text: str = "") -> None:
        """Put the cursor here, and begin with this text if any."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if text:
            self.setText(text)
        else:
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear_now()
        elif key in _TO_THE_LIST:
            self._seek()
            self.down_wanted.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        hint.setWidth(QFontMetrics(self.font()).horizontalAdvance("0") * 36)
        return hint

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        hint.setWidth(QFontMetrics(self.font()).horizontalAdvance("0") * 14)
        return hint

    def _changed(self) -> None:
        self._cross.setVisible(bool(self.text()))
        self._pause.start()

    def _seek(self) -> None:
        self._pause.stop()
        if self.sought_text() != self._last:
            self._last = self.sought_text()
            self.sought.emit(self._last)
