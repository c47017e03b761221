"""A short list, all of it in memory: the purchases of one client, for example."""

from collections.abc import Callable, Sequence
from typing import Generic

from PySide6.QtCore import QObject, Qt

from ui.models.column import Column, Row
from ui.models.table import ROOT, Index, RowsModel


class StaticModel(RowsModel[Row], Generic[Row]):
    """Shows rows it was given and sorts them itself, by `Column.value` or else by the text."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        id_of: Callable[[Row], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, parent)
        self._id_of = id_of
        self._given: list[Row] = []
        self._rows: list[Row] = []
        self._order: tuple[int, Qt.SortOrder] | None = None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows, in the order the person has chosen, else as given."""
        self.beginResetModel()
        self._given = list(rows)
        self._arrange()
        self.endResetModel()

    def rows(self) -> list[Row]:
        return list(self._rows)

    def ids(self) -> Sequence[int]:
        return [self._id_of(row) for row in self._rows]

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def id_at(self, row: int) -> int:
        return self._id_of(self._rows[row])

    def row_of(self, item_id: int) -> int | None:
        places = (n for n, row in enumerate(self._rows) if self._id_of(row) == item_id)
        return next(places, None)

    def row_at(self, row: int) -> Row | None:
        return self._rows[row]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self.columns) or self.columns[column].sort is None:
            return
        self._order = column, order
        self.beginResetModel()
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        self._rows = list(self._given)
        if self._order is None:
            return
        number, order = self._order
        value = self.columns[number].value or self.columns[number].text
        pairs = [(value(row), row) for row in self._given]
        known = [(key, row) for key, row in pairs if key is not None]
        known.sort(key=lambda pair: pair[0], reverse=order == Qt.SortOrder.DescendingOrder)
        unknown = [row for key, row in pairs if key is None]  # always at the end
        self._rows = [row for _key, row in known] + unknown
