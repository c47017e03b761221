"""The headings of a table: sorting arrow, width, order and choice of columns, remembered."""

import json
import math
from collections.abc import Sequence
from typing import Generic

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from ui.look.icons import draw
from ui.look.theme import colours, em
from ui.models.column import Column, Row
from ui.preferences import Preferences
from ui.words.i18n import _


class TableHeader(QHeaderView, Generic[Row]):
    """A right click chooses columns. Widths are kept in digits, so that they follow the text."""

    sort_requested = Signal(int, Qt.SortOrder)

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: str,
        preferences: Preferences | None,
        parent: QWidget,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = tuple(columns)
        self._key = f"columns/{key}"
        self._preferences = preferences
        self._widths = {column.key: float(column.width) for column in self._columns}
        self._measuring = False
        self._sort: tuple[int, bool] | None = None

    def prepare(self) -> None:
        """Take the model's columns; after the view has got its model."""
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._apply_defaults()
        self._restore()
        self.customContextMenuRequested.connect(self._choose)
        self.sectionClicked.connect(self._click)
        self.sectionResized.connect(self._resized)
        self.sectionMoved.connect(self._remember)

    def setSelectionModel(self, selection: QItemSelectionModel) -> None:  # noqa: N802 - Qt
        """Take an empty selection instead of the table's: no heading is highlighted.

        Before it paints a heading, Qt asks the model about each row whether the column is
        selected: 1.5 s where 100,000 rows are.
        """
        super().setSelectionModel(QItemSelectionModel(selection.model(), self))

    def measure(self) -> None:
        """Give every column its width in the font of now."""
        self._measuring = True
        self.setMinimumSectionSize(em(2))
        for number, column in enumerate(self._columns):
            if not column.stretch:
                self.resizeSection(number, self._wanted(number))
        self._measuring = False
        self.fit()

    def fit(self) -> None:
        """Give the stretching column what the others leave, but never less than its own width:
        a table that is too wide scrolls, where Qt's Stretch would squeeze the name to nothing.
        """
        shown = [n for n in range(len(self._columns)) if not self.isSectionHidden(n)]
        stretching = next((n for n in shown if self._columns[n].stretch), None)
        if stretching is None:
            return
        widths = {n: self._wanted(n) for n in shown}
        lack = sum(widths.values()) - self.viewport().width()
        spare = {n: widths[n] - self._least(n) for n in shown}
        share = min(1.0, max(0, lack) / (sum(spare.values()) or 1))
        for number in shown:
            widths[number] -= math.ceil(spare[number] * share)
        widths[stretching] += max(0, self.viewport().width() - sum(widths.values()))
        self._measuring = True
        for number, width in widths.items():
            self.resizeSection(number, width)
        self._measuring = False

    def _wanted(self, section: int) -> int:
        column = self._columns[section]
        width = self._pixels(self._widths[column.key])
        if not self._is_as_made(column):
            return width
        sign = em(0.75) if column.sort else 0  # its arrow
        return max(width, self.sectionSizeFromContents(section).width() + sign)

    def _least(self, section: int) -> int:
        column = self._columns[section]
        if column.least is None or not self._is_as_made(column):
            return self._wanted(section)
        return min(self._pixels(column.least), self._wanted(section))

    def _is_as_made(self, column: Column[Row]) -> bool:
        return self._widths[column.key] == column.width

    def _pixels(self, digits: float) -> int:
        return round(digits * QFontMetrics(self.font()).horizontalAdvance("0")) + em()

    def show_sort(self, key: str, *, descending: bool) -> None:
        for number, column in enumerate(self._columns):
            if column.sort == key:
                self._sort = number, descending
        self.viewport().update()

    def go_back_to_defaults(self) -> None:
        """Go back to the columns as they were made."""
        if self._preferences:
            self._preferences.set_text(self._key, "")
        self._widths = {column.key: float(column.width) for column in self._columns}
        self._apply_defaults()
        self.measure()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        super().paintSection(painter, rect, section)
        painter.restore()
        if self._sort and self._sort[0] == section:
            name = "chevron-down" if self._sort[1] else "chevron-up"
            side = em(0.75)
            right = self._columns[section].align_right
            text = QFontMetrics(self.font()).horizontalAdvance(self._columns[section].title + "00")
            left = rect.right() - em(0.45) - text - side if right else rect.left() + text + em(0.2)
            left = max(rect.left() + 1, min(left, rect.right() - side))
            spot = QRectF(left, rect.center().y() - side / 2, side, side)
            draw(painter, name, spot, colours().accent)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.measure()

    def _click(self, section: int) -> None:
        if self._columns[section].sort is None:
            return
        same = self._sort is not None and self._sort[0] == section
        descending = same and not (self._sort or (0, True))[1]
        self._sort = section, descending
        self.viewport().update()
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.sort_requested.emit(section, order)

    def _resized(self, section: int, _old: int, new: int) -> None:
        if self._measuring:
            return
        if new and not self._columns[section].stretch:
            digit = QFontMetrics(self.font()).horizontalAdvance("0")
            self._widths[self._columns[section].key] = max(2.0, (new - em()) / digit)
        self._remember()
        self.fit()

    def _choose(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = sum(not self.isSectionHidden(n) for n in range(len(self._columns)))
        for number, column in enumerate(self._columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not self.isSectionHidden(number))
            action.setEnabled(shown > 1 or self.isSectionHidden(number))
            action.toggled.connect(lambda on, n=number: self._show(n, shown=on))
        menu.addSeparator()
        menu.addAction(_("Default columns")).triggered.connect(self.go_back_to_defaults)
        menu.popup(self.mapToGlobal(where))

    def _show(self, section: int, *, shown: bool) -> None:
        self.setSectionHidden(section, not shown)
        self._remember()
        self.fit()

    def _apply_defaults(self) -> None:
        for number, column in enumerate(self._columns):
            self.moveSection(self.visualIndex(number), number)
            self.setSectionHidden(number, column.hidden)

    def _remember(self) -> None:
        if self._preferences is None or self._measuring:
            return
        order = [self._columns[self.logicalIndex(n)].key for n in range(len(self._columns))]
        hidden = [c.key for n, c in enumerate(self._columns) if self.isSectionHidden(n)]
        state = {"order": order, "hidden": hidden, "widths": self._widths}
        self._preferences.set_text(self._key, json.dumps(state))

    def _restore(self) -> None:
        text = self._preferences.text(self._key) if self._preferences else ""
        try:
            state = json.loads(text) if text else {}
            order, hidden = list(state.get("order", [])), set(state.get("hidden", []))
            widths = {str(k): float(v) for k, v in dict(state.get("widths", {})).items()}
        except (ValueError, TypeError, AttributeError):
            return  # written by another version: start from the defaults
        places = {column.key: number for number, column in enumerate(self._columns)}
        for place, key in enumerate(key for key in order if key in places):
            self.moveSection(self.visualIndex(places[key]), place)
        if order:
            for key, number in places.items():
                known = key in order
                self.setSectionHidden(
                    number, key in hidden if known else self._columns[number].hidden
                )
        self._widths.update({key: width for key, width in widths.items() if key in places})
