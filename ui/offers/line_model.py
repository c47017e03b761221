"""The lines of an offer as a table model, with a blank row at its end that grows into a line."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor

from db.domain.offers import MAX_LINES, OfferLine
from ui.look.theme import colours
from ui.models.table import Index
from ui.offers.line_rows import QUANTITIES, Cell, TypedLine, lines_of, new_line, typed_line
from ui.words.i18n import _

_ROOT = QModelIndex()


class LineModel(QAbstractTableModel):
    """The rows, and one blank row more while there is room and they may be edited."""

    edited = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[TypedLine] = []
        self._tiers = ("", "", "")
        self._frozen = False

    def show_lines(self, lines: Sequence[OfferLine], *, frozen: bool) -> None:
        self.beginResetModel()
        self._rows, self._frozen = [typed_line(line) for line in lines], frozen
        self.endResetModel()

    def name_tiers(self, names: tuple[str, str, str]) -> None:
        """Head the quantities with the names of the prices."""
        if names != self._tiers:
            self._tiers = names
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, Cell.GOOD, Cell.BEST)

    def lines(self) -> tuple[OfferLine, ...]:
        """Return the lines as typed; what can't be read counts as empty."""
        return lines_of(self._rows)

    def problems(self) -> list[tuple[int, Cell]]:
        """Return the places that can't be read."""
        return [
            (number, cell)
            for number, row in enumerate(self._rows)
            for cell in Cell
            if row.problem(cell)
        ]

    def typed_rows(self) -> int:
        return len(self._rows)

    def put(self, rows: Sequence[TypedLine]) -> None:
        """Show these rows instead; more than an offer may hold are cut off."""
        self.beginResetModel()
        self._rows = list(rows)[:MAX_LINES]
        self.endResetModel()
        self.edited.emit()

    def rows(self) -> list[TypedLine]:
        return list(self._rows)

    def rowCount(self, parent: Index = _ROOT) -> int:
        if parent.isValid():
            return 0
        return len(self._rows) + (not self._frozen and len(self._rows) < MAX_LINES)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(Cell)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags if self._frozen else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        cell = Cell(index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if cell >= Cell.COST else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if index.row() >= len(self._rows):
            return self._of_blank(cell, role)
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.EditRole:
            return row.cells[cell]
        if role == Qt.ItemDataRole.DisplayRole:
            none_here = cell in QUANTITIES and not row.cells[cell]
            return "–" if none_here else row.shown(cell)
        return _look(row, cell, role)

    def _of_blank(self, cell: Cell, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole and cell is Cell.TEXT:
            return _("Enter a line here")
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(colours().faint)
        return "" if role == Qt.ItemDataRole.EditRole else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        number, cell, text = index.row(), Cell(index.column()), str(value or "").strip()
        if number >= len(self._rows):
            if text:
                self._add(new_line(text) if cell is Cell.TEXT else TypedLine().typed(cell, text))
            return bool(text)
        changed = self._rows[number].typed(cell, text)
        if changed != self._rows[number]:
            self._rows[number] = changed
            self.dataChanged.emit(self.index(number, 0), self.index(number, len(Cell) - 1))
            self.edited.emit()
        return True

    def _add(self, row: TypedLine) -> None:
        # The blank row becomes the new one, and a new blank row appears below it.
        last = len(self._rows)
        if last + 1 < MAX_LINES:
            self.beginInsertRows(_ROOT, last + 1, last + 1)
            self._rows.append(row)
            self.endInsertRows()
        else:
            self._rows.append(row)
        self.dataChanged.emit(self.index(last, 0), self.index(last, len(Cell) - 1))
        self.edited.emit()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            left = section < Cell.COST
            side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole:
            return (
                self._heads()[section]
                if section < Cell.GOOD
                else _("Quantity: {tier}").format(tier=self._tiers[section - Cell.GOOD])
            )
        return self._heads()[section] if role == Qt.ItemDataRole.DisplayRole else None

    def _heads(self) -> tuple[str, ...]:
        return (
            _("What is offered"), _("Unit"), _("Cost"), _("Price"), _("Disc. %"), *self._tiers,
        )  # fmt: skip


def _look(row: TypedLine, cell: Cell, role: int) -> object:
    """Return how a cell looks: one that can't be read says so in words and in colour."""
    problem = row.problem(cell)
    tooltip = problem or (row.cells[cell] if cell is Cell.TEXT else None)
    looks: dict[int, object] = {
        Qt.ItemDataRole.ToolTipRole.value: tooltip,
        Qt.ItemDataRole.AccessibleDescriptionRole.value: problem,
    }
    if problem:
        looks[Qt.ItemDataRole.ForegroundRole.value] = QColor(colours().danger)
        looks[Qt.ItemDataRole.BackgroundRole.value] = QColor(colours().danger_soft)
    return looks.get(int(role))
