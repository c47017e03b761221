"""Widgets side by side that go on in the next line when the window is narrow or the text large."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget, QWidgetItem

from ui.look.theme import em


class FlowLayout(QLayout):
    """Lays its widgets out like words."""

    def __init__(self, parent: QWidget | None = None, *, gap: float = 0.35) -> None:
        super().__init__(parent)
        self._flow: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)
        if parent is not None:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            parent.setSizePolicy(policy)

    def addItem(self, item: QLayoutItem) -> None:
        self._flow.append(item)

    def addWidget(self, widget: QWidget) -> None:
        self.addChildWidget(widget)
        self.addItem(QWidgetItem(widget))
        self.invalidate()

    def clear(self) -> None:
        """Take everything out and delete it."""
        while self._flow:
            item = self._flow.pop()
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.invalidate()

    def count(self) -> int:
        return len(self._flow)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._flow[index] if 0 <= index < len(self._flow) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._flow.pop(index) if 0 <= index < len(self._flow) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, place: QRect) -> None:
        super().setGeometry(place)
        self._arrange(place, move=True)

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._shown()]
        gap = em(self._gap)
        width = sum(size.width() for size in sizes) + gap * max(0, len(sizes) - 1)
        height = max((size.height() for size in sizes), default=0)
        return QSize(width, height)

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._flow if not item.isEmpty()]

    def _arrange(self, place: QRect, *, move: bool) -> int:
        gap = em(self._gap)
        x, y, line = place.left(), place.top(), 0
        for item in self._shown():
            size = item.sizeHint()
            if x > place.left() and x + size.width() > place.left() + place.width():
                x, y, line = place.left(), y + line + gap, 0
            width = min(size.width(), max(place.width(), 1))
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(width, size.height())))
            x, line = x + width + gap, max(line, size.height())
        return y + line - place.top()
