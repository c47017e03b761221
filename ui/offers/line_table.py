"""The table of lines: typed in like a spreadsheet, with a blank row at its end that grows."""

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.look.theme import em
from ui.models.table import Index
from ui.offers.line_model import LineModel
from ui.offers.line_rows import Cell, with_pasted
from ui.words.i18n import _

_NARROWEST = 7.0  # the text of a line, in text heights; beyond that the table scrolls
_WIDTHS = {
    Cell.UNIT: 6, Cell.COST: 9, Cell.PRICE: 9, Cell.DISCOUNT: 5, Cell.GOOD: 6, Cell.BETTER: 6,
    Cell.BEST: 6,
}  # fmt: skip


class _CellDelegate(QStyledItemDelegate):
    """Edits a cell as text; errors are shown on leaving, never while typing."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        line = QLineEdit(parent)
        line.setFrame(False)
        line.setStyleSheet("QLineEdit { padding: 0 2px; border-radius: 0; }")
        line.setAlignment(Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole)))
        line.setAccessibleName(
            str(index.model().headerData(index.column(), Qt.Orientation.Horizontal))
        )
        return line

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QLineEdit)  # noqa: S101 - made above
        model.setData(index, editor.text())


class LineTable(QTableView):
    """Enter goes on to the next cell; Ctrl+Delete removes a line, Alt+Up and Alt+Down move it."""

    def __init__(self, model: LineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = model
        self.setModel(model)
        self.setItemDelegate(_CellDelegate(self))
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setAccessibleName(_("Lines of the offer"))
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setMinimumSectionSize(em(2))
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        head.sectionResized.connect(self._fit_text)
        model.modelReset.connect(self._grow)
        model.rowsInserted.connect(self._grow)
        model.dataChanged.connect(self._grow)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def _measure(self) -> None:
        metrics = QFontMetrics(self.font())
        self.verticalHeader().setMinimumSectionSize(metrics.height() + em(0.75))
        self.verticalHeader().setDefaultSectionSize(metrics.height() + em(0.75))
        bold = self.font()
        bold.setBold(True)
        for column, digits in _WIDTHS.items():
            text = str(self._lines.headerData(column, Qt.Orientation.Horizontal))
            head = min(QFontMetrics(bold).horizontalAdvance(text), em(6))
            width = max(metrics.horizontalAdvance("0") * digits, head) + em(1.1)
            self.setColumnWidth(column, width)
        self._grow()

    def _grow(self) -> None:
        """Show every line with all its words: the page scrolls, not the table."""
        others = sum(self.columnWidth(column) for column in _WIDTHS)
        room = self.viewport().width() - others
        self.setColumnWidth(Cell.TEXT, max(em(_NARROWEST), room))
        self.resizeRowsToContents()
        rows = self.verticalHeader().length()
        too_wide = room < em(_NARROWEST)
        bar = self.horizontalScrollBar().sizeHint().height() if too_wide else 0
        self.setFixedHeight(rows + self.horizontalHeader().sizeHint().height() + bar + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def _fit_text(self, column: int) -> None:
        if column != Cell.TEXT:
            self._grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        done = self._key(event)
        if done is None:
            super().keyPressEvent(event)
        else:
            done()

    def _key(self, event: QKeyEvent) -> Callable[[], object] | None:
        if self.state() == QAbstractItemView.State.EditingState:
            return None  # the editor of the cell has handled the key already
        key, keys = event.key(), event.modifiers()
        if event.matches(QKeySequence.StandardKey.Paste):
            return self.paste
        if event.matches(QKeySequence.StandardKey.Copy):
            return self.copy
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not keys:
            return lambda: self.edit(self.currentIndex())
        control = bool(keys & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            return self.remove_line if control else self.clear_cells
        if keys & Qt.KeyboardModifier.AltModifier and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return lambda: self.move_line(-1 if key == Qt.Key.Key_Up else 1)
        return None

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802
        """Enter goes on as Tab does: to the next cell, which may be in a line just made."""
        submit = QAbstractItemDelegate.EndEditHint.SubmitModelCache
        here = self.currentIndex()
        super().closeEditor(editor, hint)
        if hint == submit and here.isValid():
            last = here.column() == len(Cell) - 1
            row, column = (here.row() + 1, 0) if last else (here.row(), here.column() + 1)
            self.go_to(min(row, self._lines.rowCount() - 1), Cell(column))

    def go_to(self, row: int, cell: Cell) -> None:
        self.setCurrentIndex(self._lines.index(row, cell))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_line(self) -> None:
        """Begin a line at the end."""
        place = self._lines.index(self._lines.rowCount() - 1, Cell.TEXT)
        self.setCurrentIndex(place)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit(place)

    def remove_line(self) -> None:
        """Remove the lines of the selection."""
        chosen = {index.row() for index in self.selectedIndexes()}
        rows = [row for number, row in enumerate(self._lines.rows()) if number not in chosen]
        if len(rows) < self._lines.typed_rows() and self._may_edit():
            here = self.currentIndex()
            self._lines.put(rows)
            self._choose(min(here.row(), self._lines.rowCount() - 1), here.column())

    def move_line(self, step: int) -> None:
        """Move the current line up or down."""
        rows, here = self._lines.rows(), self.currentIndex()
        target = here.row() + step
        if not self._may_edit() or here.row() >= len(rows) or not 0 <= target < len(rows):
            return
        rows[here.row()], rows[target] = rows[target], rows[here.row()]
        self._lines.put(rows)
        self._choose(target, here.column())

    def clear_cells(self) -> None:
        if self._may_edit():
            for index in self.selectedIndexes():
                if index.row() < self._lines.typed_rows():
                    self._lines.setData(index, "")

    def copy(self) -> None:
        """Put the selected cells on the clipboard as a spreadsheet takes them."""
        rows: dict[int, list[str]] = {}
        for index in sorted(self.selectedIndexes()):
            rows.setdefault(index.row(), []).append(str(index.data(Qt.ItemDataRole.EditRole)))
        if rows:
            QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in rows.values()))

    def paste(self) -> None:
        """Put cells from a spreadsheet in, from the current cell on."""
        here, text = self.currentIndex(), QGuiApplication.clipboard().text()
        if not here.isValid() or not text or not self._may_edit():
            return
        row, column = here.row(), here.column()
        self._lines.put(with_pasted(self._lines.rows(), row, Cell(column), text))
        self._choose(row, column)

    def _may_edit(self) -> bool:
        return bool(self._lines.flags(self._lines.index(0, 0)) & Qt.ItemFlag.ItemIsEditable)

    def _choose(self, row: int, column: int) -> None:
        place = self._lines.index(row, max(column, 0))
        select = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(place, select)
