"""Fields or tiles in equal columns: as many as there is room for, one below the other if narrow."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget, QWidgetItem

from ui.look.theme import em


class FieldGrid(QLayout):
    """At most `most` columns, none narrower than `least` text heights.

    A field takes one column, or several where there are as many; a wide one takes a line, and so
    does one that does not fit into its columns.
    """

    def __init__(
        self, parent: QWidget | None = None, *, most: int = 2, least: float = 9.0, gap: float = 0.7
    ) -> None:
        super().__init__(parent)
        self._entries: list[QLayoutItem] = []
        self._columns: dict[QWidget | None, int] = {}
        self._heights: dict[int, int] = {}
        self._most, self._least, self._gap = most, least, gap
        self.setContentsMargins(0, 0, 0, 0)
        if parent is not None:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            parent.setSizePolicy(policy)

    def add(self, widget: QWidget, *, wide: bool = False, columns: int = 1) -> None:
        """Add a field; a wide one has a line to itself."""
        self._columns[widget] = self._most if wide else columns
        self.addWidget(widget)

    def addWidget(self, widget: QWidget) -> None:
        self.addChildWidget(widget)
        self.addItem(QWidgetItem(widget))
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._entries.append(item)

    def clear(self) -> None:
        """Take everything out and delete it."""
        while self._entries:
            if (widget := self._entries.pop().widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._columns.clear()
        self.invalidate()

    def count(self) -> int:
        return len(self._entries)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._entries[index] if 0 <= index < len(self._entries) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._entries.pop(index) if 0 <= index < len(self._entries) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:  # Qt asks dozens of times between two changes
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights = {}
        super().invalidate()

    def setGeometry(self, place: QRect) -> None:
        super().setGeometry(place)
        self._arrange(place, move=True)

    def sizeHint(self) -> QSize:
        width = (em(self._least) + em(self._gap)) * self._most
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt
        width = max((item.minimumSize().width() for item in self._shown()), default=0)
        return QSize(max(width, em(self._least)), 0)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._entries if not item.isEmpty()]

    def _lines(self, columns: int, share: int) -> list[list[tuple[QLayoutItem, int]]]:
        """Return the lines, each of fields with the columns they take, of `share` pixels each."""
        lines: list[list[tuple[QLayoutItem, int]]] = []
        free = 0
        for item in self._shown():
            taken = min(self._columns.get(item.widget(), 1), columns)
            if item.minimumSize().width() > taken * share:
                taken = columns
            if taken > free:
                lines.append([])
                free = columns
            lines[-1].append((item, taken))
            free -= taken
        return lines

    def _arrange(self, place: QRect, *, move: bool) -> int:
        gap = em(self._gap)
        columns = max(1, min(self._most, (place.width() + gap) // (em(self._least) + gap)))
        share = (place.width() - gap * (columns - 1)) // columns
        y = place.top()
        lines = self._lines(columns, share)
        for number, line in enumerate(lines):
            widths = [
                place.width() if taken == columns else taken * (share + gap) - gap
                for _item, taken in line
            ]
            height = max(
                _height(item, wide) for (item, _taken), wide in zip(line, widths, strict=True)
            )
            x = place.left()
            for (item, _taken), wide in zip(line, widths, strict=True):
                if move:
                    item.setGeometry(QRect(x, y, wide, height))
                x += wide + gap
            y += height + (gap if number < len(lines) - 1 else 0)
        return y - place.top()


def _height(item: QLayoutItem, width: int) -> int:
    if item.hasHeightForWidth():
        return max(item.heightForWidth(width), item.minimumSize().height())
    return item.sizeHint().height()
