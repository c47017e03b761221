"""Panels with a frame, tiles with a number, and a column that scrolls."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.look.palette import Tone
from ui.look.theme import em
from ui.widgets.labels import ScaledLabel, heading, note, set_tone


class FramedPanel(QFrame):
    """A framed panel with an optional heading. Put things into `column`."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(em(0.8), em(0.7), em(0.8), em(0.8))
        self.column.setSpacing(em(0.5))
        self.head = QHBoxLayout()
        if text:
            self.head.addWidget(heading(text))
            self.head.addStretch()
            self.column.addLayout(self.head)


class Tile(QFrame):
    """A name, a large number and a note below. With `clickable`, a click shows what is behind."""

    clicked = Signal()

    def __init__(
        self, name: str, *, clickable: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("Card")
        self.setProperty("clickable", clickable)
        self._clickable = clickable
        self._name = note(name)
        self._number = ScaledLabel("—", 1.5, bold=True)
        self._note = note()
        column = QVBoxLayout(self)
        column.setContentsMargins(em(0.75), em(0.6), em(0.75), em(0.6))
        column.setSpacing(em(0.1))
        for label in (self._name, self._number, self._note):
            column.addWidget(label)
        column.addStretch()  # the numbers of a row stand on one line, however long the notes are
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(name)
        if clickable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_number(self, number: str, words: str = "", tone: Tone = Tone.MUTED) -> None:
        """Show a number and the note below it."""
        self._number.setText(number)
        self._note.setText(words)
        set_tone(self._note, tone)
        self.setAccessibleDescription(f"{number} {words}".strip())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._clickable and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
        if self._clickable and event.key() in keys:
            self.clicked.emit()
        else:
            super().keyPressEvent(event)


class ScrollColumn(QScrollArea):
    """A column that scrolls. Put things into `column`."""

    def __init__(self, parent: QWidget | None = None, *, margin: float = 0.9) -> None:
        super().__init__(parent)
        self.inside = QWidget()
        self.inside.setObjectName("ScrollInside")
        self.column = QVBoxLayout(self.inside)
        self.column.setContentsMargins(em(margin), em(margin), em(margin), em(margin))
        self.column.setSpacing(em(0.6))
        self.setWidget(self.inside)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
