"""Editors of one value each, all with the methods and signals of `ValueEditor`.

`edited` comes when the person changes something, `left` when the cursor goes away. `problem` is
the words for what can't be read, or None; what was typed stays as it is until it is corrected.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QPlainTextEdit, QSizePolicy, QWidget

from db.domain.days import parse_day
from db.domain.money import parse_money, parse_number
from db.domain.text import tidy, tidy_lines
from ui.widgets.calendar import DayCalendar
from ui.widgets.edge import IconLine
from ui.words import formats
from ui.words.i18n import _

V = TypeVar("V")


class ValueLine(IconLine, Generic[V]):
    """A line whose text stands for a value, shown as it is understood on leaving."""

    edited = Signal()
    left = Signal()

    def __init__(
        self, text: str = "", *, example: str = "", digits: int = 24, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._digits = digits
        if example:
            self.setPlaceholderText(example)
        self.textEdited.connect(self.edited)

    def value(self) -> V:
        raise NotImplementedError

    def set_value(self, value: V) -> None:
        raise NotImplementedError

    def shown(self) -> str:
        """Return the text of the value; only where there is no `problem`."""
        raise NotImplementedError

    def problem(self) -> str | None:
        return None

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        hint.setWidth(QFontMetrics(self.font()).horizontalAdvance("0") * self._digits)
        return hint

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        hint.setWidth(QFontMetrics(self.font()).horizontalAdvance("0") * min(self._digits, 8))
        return hint

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.make_tidy()
            self.left.emit()

    def make_tidy(self) -> None:
        """Show the value as it is understood; what can't be read stays as typed."""
        if self.problem() is None and not self.isReadOnly():
            shown = self.shown()
            if shown != self.text():
                self.setText(shown)

    def typed(self) -> str:
        return self.text()

    def set_typed(self, text: str) -> None:
        self.setText(text)


class TextLine(ValueLine[str]):
    """One line of text, made tidy on leaving. Its value is never padded; "" when empty."""

    def value(self) -> str:
        return tidy(self.text())

    def set_value(self, value: str | None) -> None:
        self.setText(value or "")
        self.setCursorPosition(0)

    def shown(self) -> str:
        return self.value()


class MoneyLine(ValueLine[Decimal | None]):
    """An amount: `1234,5`, `1234.5` and `1 234,50 ₽` are the same. None when empty."""

    def __init__(
        self, value: Decimal | None = None, *, decimals: int = 2, parent: QWidget | None = None
    ) -> None:
        super().__init__(digits=14, parent=parent)
        self._decimals = decimals
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.set_value(value)

    def value(self) -> Decimal | None:
        """Raises ValueError when `problem` says something."""
        return parse_money(self.text())

    def set_value(self, value: Decimal | None) -> None:
        self.setText("" if value is None else formats.number(value, self._decimals))

    def problem(self) -> str | None:
        try:
            parse_money(self.text())
        except ValueError:
            return _("Enter an amount, for example {example}").format(
                example=formats.number(Decimal("1234.50"), 2)
            )
        return None

    def shown(self) -> str:
        value = parse_money(self.text())
        return "" if value is None else formats.number(value, self._decimals)


class NumberLine(ValueLine[Decimal | None]):
    """A number that is no money: a quantity, a percent, days. None when empty."""

    def __init__(
        self,
        value: Decimal | int | None = None,
        *,
        whole: bool = False,
        least: int | None = None,
        most: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(digits=9, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._whole, self._least, self._most = whole, least, most
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.set_value(value)

    def value(self) -> Decimal | None:
        """Raises ValueError when `problem` says something."""
        return parse_number(self.text())

    def set_value(self, value: Decimal | int | None) -> None:
        self.setText("" if value is None else formats.number(Decimal(value), None))

    def problem(self) -> str | None:
        try:
            value = parse_number(self.text())
        except ValueError:
            return _("Enter a number")
        if value is None:
            return None
        if self._whole and value != value.to_integral_value():
            return _("Enter a whole number")
        if self._least is not None and value < self._least:
            return _("Not less than {least}").format(least=formats.number(self._least))
        if self._most is not None and value > self._most:
            return _("Not more than {most}").format(most=formats.number(self._most))
        return None

    def shown(self) -> str:
        value = parse_number(self.text())
        return "" if value is None else formats.number(value, None)


class PhoneLine(TextLine):
    """A phone number typed in any way, made tidy on leaving. Its value is what was typed."""

    def __init__(self, value: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(digits=20, example="+7 913 123-45-67", parent=parent)
        self._given = ""
        self.set_value(value)

    def value(self) -> str:
        """Return what was typed; a number that was not edited comes back as it was set."""
        untouched = self._given and self.text() == formats.phone(self._given)
        return self._given if untouched else tidy(self.text())

    def set_value(self, value: str | None) -> None:
        self._given = value or ""
        self.setText(formats.phone(value) if value else "")

    def shown(self) -> str:
        text = tidy(self.text())
        return formats.phone(text) if text else ""


# Called each time a day is needed: midnight may pass while a form is open.
Today = Callable[[], date]


class DateLine(ValueLine[date | None]):
    """A day: 8.3.26, 08032026, «сегодня», +7д or empty; a calendar by button, F4 or Alt+Down."""

    def __init__(
        self, value: date | None = None, *, today: Today, parent: QWidget | None = None
    ) -> None:
        super().__init__(digits=15, parent=parent)
        self.today = today
        self.setPlaceholderText(_("dd.mm.yyyy"))
        self.add_edge_button("calendar", _("Calendar (F4)")).clicked.connect(self.open_calendar)
        self.set_value(value)

    def value(self) -> date | None:
        """Raises ValueError when `problem` says something."""
        return parse_day(self.text(), self.today())

    def set_value(self, value: date | None) -> None:
        self.setText("" if value is None else formats.day(value))

    def problem(self) -> str | None:
        try:
            self.value()
        except ValueError:
            return _("There is no such day; for example {example}").format(
                example=formats.day(self.today())
            )
        return None

    def shown(self) -> str:
        value = self.value()
        return "" if value is None else formats.day(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        down = event.key() == Qt.Key.Key_Down
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_F4 or (down and alt):
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> QCalendarWidget:
        """Show the calendar beside the line."""
        calendar = DayCalendar(self._day_shown(), self.today(), self)
        calendar.chosen.connect(self._choose)
        calendar.show_beside(self)
        return calendar

    def _day_shown(self) -> date:
        return self.today() if self.problem() else self.value() or self.today()

    def _choose(self, value: date) -> None:
        self.set_value(value)
        self.setFocus()
        self.edited.emit()


class TextArea(QPlainTextEdit):
    """Several lines of text. Tab leaves it; it grows with what is written, up to `most` lines."""

    edited = Signal()
    left = Signal()

    def __init__(
        self,
        value: str = "",
        *,
        example: str = "",
        lines: int = 3,
        most: int = 10,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._lines, self._most = lines, most
        self._setting = False
        self.setTabChangesFocus(True)
        self.setPlaceholderText(example)
        self.textChanged.connect(self._changed)
        self.set_value(value)

    def value(self) -> str:
        return tidy_lines(self.toPlainText())

    def typed(self) -> str:
        return self.toPlainText()

    def set_typed(self, text: str) -> None:
        self.set_value(text)

    def set_value(self, value: str | None) -> None:
        self._setting = True
        self.setPlainText(value or "")
        self._setting = False

    def problem(self) -> str | None:
        return None

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        lines = min(max(self.document().lineCount(), self._lines), self._most)
        metrics = QFontMetrics(self.font())
        hint.setHeight(lines * metrics.lineSpacing() + metrics.height())
        hint.setWidth(metrics.horizontalAdvance("0") * 30)
        return hint

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        hint.setWidth(QFontMetrics(self.font()).horizontalAdvance("0") * 10)
        return hint

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def _changed(self) -> None:
        self.updateGeometry()
        if not self._setting:
            self.edited.emit()
