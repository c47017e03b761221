"""A large thing to click: an icon, what it does, and a line that explains."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.look.icons import pixmap
from ui.look.palette import Tone
from ui.look.theme import em
from ui.widgets.labels import heading, note


class ActionTile(QFrame):
    """`clicked` comes for the mouse, Enter and the space bar."""

    clicked = Signal()

    def __init__(
        self, icon_name: str, text: str, explanation: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self.setObjectName("Card")
        self.setProperty("clickable", "true")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(text)
        self.setAccessibleDescription(explanation)
        self._picture = QLabel()
        words = QVBoxLayout()
        words.setSpacing(em(0.1))
        name = heading(text)
        name.setWordWrap(True)
        words.addWidget(name)
        words.addWidget(note(explanation))
        words.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(em(0.9), em(0.7), em(0.9), em(0.7))
        row.setSpacing(em(0.8))
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self._draw()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # otherwise the release goes to the widget behind

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if inside and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._draw()

    def _draw(self) -> None:
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(pixmap(self._icon_name, em(1.5), Tone.ACCENT, ratio))
