"""Rows of a long list, read from the base for what is on the screen."""

from collections.abc import Callable, Sequence
from typing import Generic

from PySide6.QtCore import QObject

from db.outcome import Query
from ui.jobs.latest import take_once
from ui.models.column import Column, Row
from ui.models.id_window import IdWindowModel
from ui.parts.context import Context

RowsQuery = Query[[Sequence[int]], dict[int, Row]]


class BaseRowsModel(IdWindowModel[Row], Generic[Row]):
    """An IdWindowModel whose rows come from a query of the base."""

    def __init__(
        self,
        context: Context,
        columns: Sequence[Column[Row]],
        query: RowsQuery[Row],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, self._read, parent)
        self._context, self._query = context, query

    def _read(self, ids: Sequence[int], take: Callable[[dict[int, Row]], None]) -> None:
        take_once(self, self._context.ask(self._query, ids), take)
