"""Choosing: one of a list, yes or no, several of a list."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QPushButton, QWidget

from ui.widgets.flow import FlowLayout
from ui.words.formats import DASH
from ui.words.i18n import _

T = TypeVar("T")
H = TypeVar("H", bound=Hashable)


class ChoiceBox(QComboBox, Generic[T]):
    """One of a list of (value, words). With `empty`, nothing may be chosen: None.

    The wheel scrolls the page and never changes a box that hasn't the cursor.
    """

    edited = Signal()
    left = Signal()

    def __init__(
        self,
        choices: Iterable[tuple[T, str]] = (),
        *,
        empty: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._values: list[T | None] = []
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumContentsLength(8)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_choices(choices, empty=empty)
        self.activated.connect(lambda _: self.edited.emit())

    def set_choices(self, choices: Iterable[tuple[T, str]], *, empty: str | None = None) -> None:
        """Offer these; what was chosen stays chosen if it is still among them."""
        chosen = self.value() if self._values else None
        rows: list[tuple[T | None, str]] = [] if empty is None else [(None, empty or DASH)]
        rows.extend(choices)
        self.clear()
        self._values = [value for value, _words in rows]
        self.addItems([words for _value, words in rows])
        self.set_value(chosen)

    def value(self) -> T | None:
        place = self.currentIndex()
        return self._values[place] if 0 <= place < len(self._values) else None

    def chosen(self) -> T:
        """Return the value of a box that always has one. Raises ValueError when it has none."""
        value = self.value()
        if value is None:
            raise ValueError(self.accessibleName())
        return value

    def set_value(self, value: T | None) -> None:
        """Choose this value; one that is not offered counts as none."""
        if value in self._values:
            self.setCurrentIndex(self._values.index(value))
        else:
            self.setCurrentIndex(0 if self._values and self._values[0] is None else -1)

    def problem(self) -> str | None:
        return None

    def typed(self) -> str:
        return self.currentText()

    def set_typed(self, text: str) -> None:
        place = self.findText(text)
        self.setCurrentIndex(place if place >= 0 else self.currentIndex())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.view().isVisible():
            self.left.emit()


class YesNoBox(ChoiceBox[bool]):
    """Yes, no, or not known: True, False, None."""

    def __init__(self, value: bool | None = None, *, parent: QWidget | None = None) -> None:  # noqa: FBT001 - it is the value itself
        super().__init__([(True, _("Yes")), (False, _("No"))], empty=DASH, parent=parent)
        self.set_value(value)


class CheckLine(QCheckBox):
    """On or off, with its words beside it: True or False."""

    edited = Signal()
    left = Signal()

    def __init__(self, text: str, *, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setChecked(checked)
        self.clicked.connect(lambda _on: self.edited.emit())

    def value(self) -> bool:
        return self.isChecked()

    def set_value(self, value: bool) -> None:  # noqa: FBT001 - it is the value itself
        self.setChecked(value)

    def problem(self) -> str | None:
        return None

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class ChipsChoice(QFrame, Generic[H]):
    """Several of a list, each a chip that is on or off. The value is a tuple in list order."""

    edited = Signal()
    left = Signal()

    def __init__(
        self, choices: Sequence[tuple[H, str]] = (), *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._chips: dict[H, QPushButton] = {}
        self._flow = FlowLayout(self)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[H, str]]) -> None:
        chosen = self.value()
        self._flow.clear()
        self._chips = {}
        for value, words in choices:
            chip = QPushButton(words.replace("&", "&&"), self)
            chip.setProperty("kind", "chip")
            chip.setCheckable(True)
            chip.clicked.connect(lambda _on: self.edited.emit())
            chip.installEventFilter(self)
            self._chips[value] = chip
            self._flow.addWidget(chip)
        if self._chips:
            self.setFocusProxy(next(iter(self._chips.values())))
        self.set_value(chosen)

    def value(self) -> tuple[H, ...]:
        return tuple(value for value, chip in self._chips.items() if chip.isChecked())

    def set_value(self, value: Iterable[H] | None) -> None:
        chosen = set(value or ())
        for key, chip in self._chips.items():
            chip.setChecked(key in chosen)

    def problem(self) -> str | None:
        return None

    def typed(self) -> str:
        return "\n".join(map(str, self.value()))

    def set_typed(self, text: str) -> None:
        chosen = text.split("\n")
        for key, chip in self._chips.items():
            chip.setChecked(str(key) in chosen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Going from chip to chip stays inside; `left` comes when the cursor goes elsewhere."""
        if event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self._tell_left)
        return super().eventFilter(watched, event)

    def _tell_left(self) -> None:
        if not any(chip.hasFocus() for chip in self._chips.values()):
            self.left.emit()
