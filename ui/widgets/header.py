"""The strip above a page: its title, a search line, and what can be done."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.look.theme import em
from ui.widgets.labels import title


class PageHeader(QFrame):
    """Title at the left, buttons at the right, the filled one last."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Header")
        self.title = title(text)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(em(0.9), em(0.55), em(0.9), em(0.55))
        self._row.setSpacing(em(0.5))
        self._row.addWidget(self.title)
        self._row.addStretch(1)
        self._lefts = 1

    def add_left(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a search line or a badge behind the title."""
        self._row.insertWidget(self._lefts, widget, stretch)
        self._lefts += 1

    def add_right(self, widget: QWidget) -> None:
        """Put a button at the right end."""
        self._row.addWidget(widget)
