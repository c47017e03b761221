"""What both kinds of table model share: columns, headings, and rows that have an id."""

from collections.abc import Sequence
from typing import Generic

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.models.column import CellRole, Column, Row, alignment, cell

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
WAITING = "…"


class RowsModel(QAbstractTableModel, Generic[Row]):
    """A table of rows with ids. `row_at` may return None for a row that is still on its way."""

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)

    def id_at(self, row: int) -> int:
        """Return the id of this row."""
        raise NotImplementedError

    def row_of(self, item_id: int) -> int | None:
        """Return the row number of this id, or None."""
        raise NotImplementedError

    def row_at(self, row: int) -> Row | None:
        """Return the row if it is loaded."""
        raise NotImplementedError

    def want(self, row: int) -> Row | None:
        """Return the row, or start fetching it."""
        return self.row_at(row)

    def ids(self) -> Sequence[int]:
        """Return the ids of all rows in their order."""
        raise NotImplementedError

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.ids())

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(column)
        if role == CellRole.ROW_ID:
            return self.id_at(index.row())
        row = self.want(index.row())
        if row is None:
            return WAITING if role == Qt.ItemDataRole.DisplayRole else None
        return cell(column, row, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(self.columns[section])
        return None
