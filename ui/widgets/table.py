"""The table of every list: columns remembered, selection kept by id, rows copied for Excel."""

from collections.abc import Sequence
from typing import Generic

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget

from db.domain.text import fold
from ui.models.column import Row
from ui.models.table import Index, RowsModel
from ui.preferences import Preferences
from ui.widgets.cells import CellDelegate, row_height
from ui.widgets.table_header import TableHeader

_MOST_COPIED = 20_000  # rows; more would hold the window up for seconds


class TableView(QTableView, Generic[Row]):
    """Rows are things: one click chooses, Enter or a double click opens.

    `key` names the table in the preferences (column widths, order, which are shown).
    """

    opened = Signal(int)  # the id of the row
    current_changed = Signal(object)  # id or None
    selection_changed = Signal()
    typed = Signal(str)  # a letter that no loaded row begins with

    def __init__(
        self,
        model: RowsModel[Row],
        key: str,
        preferences: Preferences | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows = model
        self._kept: tuple[list[int], int | None] = ([], None)
        self._typing = ""
        self._head = TableHeader(model.columns, key, preferences, self)
        self.setHorizontalHeader(self._head)
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self._head.prepare()
        self._head.sort_requested.connect(model.sort)
        model.modelAboutToBeReset.connect(self._keep_selection)
        model.modelReset.connect(self._restore_selection)
        self._measure()

    # What is chosen -----------------------------------------------------------------------------

    def current_id(self) -> int | None:
        row = self.currentIndex().row()
        return self._rows.id_at(row) if 0 <= row < self._rows.rowCount() else None

    def selected_ids(self) -> list[int]:
        """Return the chosen ids in the order of the list, however many they are."""
        all_ids = self._rows.ids()
        return [item_id for top, bottom in self._chosen() for item_id in all_ids[top : bottom + 1]]

    def selected_count(self) -> int:
        """Return how many rows are chosen, without a look at each."""
        return sum(bottom - top + 1 for top, bottom in self._chosen())

    def _chosen(self) -> list[tuple[int, int]]:
        """Return the first and the last row of each chosen range, in the order of the list."""
        selection = self.selectionModel().selection()
        ranges = (selection.at(n) for n in range(selection.count()))
        spans: list[tuple[int, int]] = []
        last = -1
        for top, bottom in sorted((rows.top(), rows.bottom()) for rows in ranges):
            if bottom > last:
                spans.append((max(top, last + 1), bottom))
                last = bottom
        return spans

    def select_id(self, item_id: int | None) -> bool:
        """Choose this row alone and bring it into view; say whether it is in the list."""
        row = None if item_id is None else self._rows.row_of(item_id)
        if row is None:
            self.clearSelection()
            return False
        self.choose_row(row)
        self.scrollTo(self._rows.index(row, 0))
        return True

    def choose_row(self, row: int) -> None:
        """Choose this row alone. Qt's `selectRow` goes through every row that was chosen before."""
        how = QItemSelectionModel.SelectionFlag
        place = self._rows.index(row, 0)
        self.selectionModel().setCurrentIndex(place, how.ClearAndSelect | how.Rows)

    def selectionChanged(  # noqa: N802 - Qt
        self, selected: QItemSelection, deselected: QItemSelection
    ) -> None:
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.row() != previous.row() or not previous.isValid():
            self.current_changed.emit(self.current_id())

    # Columns ------------------------------------------------------------------------------------

    def show_sort(self, key: str, *, descending: bool = False) -> None:
        """Draw the arrow over the column with this sort key."""
        self._head.show_sort(key, descending=descending)

    # Keys and mouse -----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            self._open_current()
        elif event.key() == Qt.Key.Key_Menu:
            self._show_menu(self.visualRect(self.currentIndex()).center())
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._open_current()

    def keyboardSearch(self, search: str) -> None:
        """Go to the next loaded row that begins with what is typed; never load a whole base."""
        start = max(self.currentIndex().row(), 0)
        count = self._rows.rowCount()
        sought = fold(search)
        for row in [*range(start + 1, count), *range(start + 1)]:
            item = self._rows.row_at(row)
            if item is None:
                continue
            text = self._rows.columns[self._head.logicalIndex(0)].text(item)
            if fold(text).startswith(sought):
                self.choose_row(row)
                return
        self.typed.emit(search)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._measure()

    def copy(self) -> None:
        """Put the chosen rows on the clipboard as a spreadsheet takes them."""
        places = [self._head.logicalIndex(n) for n in range(self._head.count())]
        columns = [self._rows.columns[n] for n in places if not self.isColumnHidden(n)]
        lines = ["\t".join(column.title for column in columns)]
        for item_id in self.selected_ids()[:_MOST_COPIED]:
            place = self._rows.row_of(item_id)
            row = None if place is None else self._rows.row_at(place)
            if row is not None:
                lines.append("\t".join(_one_line(column.text(row)) for column in columns))
        if len(lines) > 1:
            QGuiApplication.clipboard().setText("\n".join(lines))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def set_menu(self, actions: Sequence[QAction | None]) -> None:
        """Offer the same actions as the toolbar under the right button; None is a line."""
        for old in self.actions():
            self.removeAction(old)
        for action in actions:
            self.addAction(action or _separator(self))

    def _show_menu(self, where: QPoint) -> None:
        if self.actions() and self.indexAt(where).isValid():
            menu = QMenu(self)
            menu.addActions(self.actions())
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.viewport().mapToGlobal(where))

    def _open_current(self) -> None:
        if (item_id := self.current_id()) is not None:
            self.opened.emit(item_id)

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(row_height())
        self.verticalHeader().setMinimumSectionSize(row_height())
        self._head.measure()

    def _keep_selection(self) -> None:
        self._kept = (self.selected_ids(), self.current_id())

    def _restore_selection(self) -> None:
        chosen, current = self._kept
        rows = [row for item_id in chosen if (row := self._rows.row_of(item_id)) is not None]
        last = self._rows.columnCount() - 1
        selection = QItemSelection()
        for top, bottom in _spans(sorted(rows)):
            selection.select(self._rows.index(top, 0), self._rows.index(bottom, last))
        how = QItemSelectionModel.SelectionFlag
        if current is not None and (place := self._rows.row_of(current)) is not None:
            self.selectionModel().setCurrentIndex(self._rows.index(place, 0), how.NoUpdate)
        if rows:
            self.selectionModel().select(selection, how.ClearAndSelect)
            self.scrollTo(self.currentIndex())


def _spans(rows: list[int]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for row in rows:
        if spans and spans[-1][1] == row - 1:
            spans[-1] = (spans[-1][0], row)
        else:
            spans.append((row, row))
    return spans


def _separator(parent: QWidget) -> QAction:
    action = QAction(parent)
    action.setSeparator(True)
    return action


def _one_line(text: str) -> str:
    return " ".join(text.split()) if "\t" in text or "\n" in text else text
