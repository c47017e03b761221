"""Chips: a filter of which one is chosen, with counts; and filters that can be taken away."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from ui.look.theme import em
from ui.widgets.flow import FlowLayout
from ui.words import formats
from ui.words.i18n import _


@dataclass(frozen=True, slots=True)
class Chip:
    """A key, its words, and how many it stands for, if that is known."""

    key: str
    text: str
    count: int | None = None


class ChipsBar(QWidget):
    """One of several filters, as over the list of clients. Arrow keys go from chip to chip."""

    chosen = Signal(str)

    def __init__(self, chips: Sequence[Chip] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QPushButton] = {}
        self.set_chips(chips)

    def set_chips(self, chips: Sequence[Chip]) -> None:
        """Show these chips; with the same keys as before only the words and counts change."""
        if [chip.key for chip in chips] != list(self._buttons):
            self._make(chips)
        for chip in chips:
            count = "" if chip.count is None else f"  {formats.number(chip.count)}"
            self._buttons[chip.key].setText(chip.text.replace("&", "&&") + count)
        self._flow.invalidate()
        self.updateGeometry()

    def current(self) -> str:
        """Return the key of the chosen chip, or ""."""
        return next((key for key, chip in self._buttons.items() if chip.isChecked()), "")

    def set_current(self, key: str) -> None:
        """Choose a chip; `chosen` is not sent."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def _make(self, chips: Sequence[Chip]) -> None:
        chosen = self.current()
        self._flow.clear()
        self._buttons = {}
        for chip in chips:
            made = QPushButton(self)
            made.setProperty("kind", "chip")
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.clicked.connect(lambda _on, key=chip.key: self.chosen.emit(key))
            self._group.addButton(made)
            self._buttons[chip.key] = made
            self._flow.addWidget(made)
            made.show()
        if chips:
            self.set_current(chosen if chosen in self._buttons else chips[0].key)


class FilterChips(QWidget):
    """Conditions in force, each with a cross; one click clears all."""

    removed = Signal(str)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(em(0.9), em(0.1), em(0.9), em(0.5))
        column.addWidget(self._chips)
        self.hide()

    def set_filters(self, filters: Sequence[tuple[str, str]]) -> None:
        """Show these (key, words)."""
        self._flow.clear()
        for key, words in filters:
            chip = self._add(f"{words}  ×", _("Remove the filter {filter}").format(filter=words))
            chip.clicked.connect(lambda _on=False, key=key: self.removed.emit(key))
        if len(filters) > 1:
            clear = self._add(_("Clear all"), "")
            clear.clicked.connect(lambda _on=False: self.cleared.emit())
        self.setVisible(bool(filters))

    def _add(self, text: str, tooltip: str) -> QPushButton:
        chip = QPushButton(text, self._chips)
        chip.setProperty("kind", "chip")
        chip.setAutoDefault(False)
        chip.setCursor(Qt.CursorShape.PointingHandCursor)
        chip.setToolTip(tooltip)
        self._flow.addWidget(chip)
        chip.show()
        return chip
