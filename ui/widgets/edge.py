"""Icons at the edges of a line: Qt's own keep their size when the text grows."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from ui.look.icons import draw, icon
from ui.look.palette import Tone
from ui.look.theme import colours, em

_SIDE = 1.0  # of the text height
_GAP = 0.45


class IconLine(QLineEdit):
    """A line that may show an icon at its left and hold a small button at its right."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._left_icon = ""
        self._edge: QToolButton | None = None

    def set_left_icon(self, name: str) -> None:
        self._left_icon = name
        self._fit()

    def add_edge_button(self, icon_name: str, name: str) -> QToolButton:
        """Add the button at the right end; Tab does not stop at it."""
        self._edge = QToolButton(self)
        self._edge.setIcon(icon(icon_name, Tone.MUTED))
        self._edge.setCursor(Qt.CursorShape.ArrowCursor)
        self._edge.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._edge.setToolTip(name)
        self._edge.setAccessibleName(name)
        self._edge.installEventFilter(self)
        self._fit()
        return self._edge

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shows = {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}
        if watched is self._edge and event.type() in shows:
            self._fit()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._left_icon:
            painter = QPainter(self)
            side = em(_SIDE)
            place = QRectF(em(_GAP), (self.height() - side) / 2, side, side)
            draw(painter, self._left_icon, place, colours().muted)
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        room = em(_SIDE + _GAP / 2)
        shown = self._edge is not None and not self._edge.isHidden()
        self.setTextMargins(room if self._left_icon else 0, 0, room if shown else 0, 0)
        if self._edge is not None:
            side = em(_SIDE + 0.4)
            self._edge.setIconSize(QSize(em(_SIDE), em(_SIDE)))
            self._edge.setGeometry(
                self.width() - side - em(0.2), (self.height() - side) // 2, side, side
            )
