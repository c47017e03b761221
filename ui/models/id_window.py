"""A table over a list of any length: all the ids at once, rows only for what is on the screen."""

from array import array
from collections.abc import Callable, Sequence
from typing import Generic

from PySide6.QtCore import QObject, Qt, Signal

from ui.models.column import Column, Row
from ui.models.table import RowsModel

FetchRows = Callable[[Sequence[int], Callable[[dict[int, Row]], None]], None]

BLOCK = 200


class IdWindowModel(RowsModel[Row], Generic[Row]):
    """Shows `ids` in order. Rows arrive in blocks; a row that never arrives was deleted.

    Clicking a heading asks outside for another order: `sort_wanted(key, descending)`.
    """

    sort_wanted = Signal(str, bool)

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        fetch: FetchRows[Row],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, parent)
        self._fetch = fetch
        self._ids: Sequence[int] = array("q")
        self._places: dict[int, int] | None = None
        self._rows: dict[int, Row] = {}
        self._requested: set[int] = set()
        self._showing = 0

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show another list. Answers still under way for the old one are dropped."""
        self.beginResetModel()
        self._ids, self._rows, self._requested, self._places = ids, {}, set(), None
        self._showing += 1
        self.endResetModel()

    def ids(self) -> Sequence[int]:
        return self._ids

    def id_at(self, row: int) -> int:
        return self._ids[row]

    def row_of(self, item_id: int) -> int | None:
        if self._places is None:
            self._places = {item: row for row, item in enumerate(self._ids)}
        return self._places.get(item_id)

    def row_at(self, row: int) -> Row | None:
        return self._rows.get(self._ids[row])

    def want(self, row: int) -> Row | None:
        value = self._rows.get(self._ids[row])
        if value is None:
            self._ask(row // BLOCK)
        return value

    def refresh(self, ids: frozenset[int] | None = None) -> None:
        """Read these rows again, or all; the order of the list stays as the person left it."""
        if ids is None:
            blocks = set(self._requested)
        else:
            places = (self.row_of(item_id) for item_id in ids)
            blocks = {place // BLOCK for place in places if place is not None}
        for block in blocks & self._requested:
            self._requested.discard(block)
            self._ask(block)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self.columns) and (key := self.columns[column].sort):
            self.sort_wanted.emit(key, order == Qt.SortOrder.DescendingOrder)

    def _ask(self, block: int) -> None:
        if block in self._requested:
            return
        self._requested.add(block)
        showing = self._showing
        wanted = self._ids[block * BLOCK : (block + 1) * BLOCK]
        self._fetch(wanted, lambda rows: self._take(block, rows, showing))

    def _take(self, block: int, rows: dict[int, Row], showing: int) -> None:
        if showing != self._showing:
            return
        self._rows.update(rows)
        first, last = block * BLOCK, min((block + 1) * BLOCK, len(self._ids)) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
