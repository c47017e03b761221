"""The list at the left: which clients, in which order, and what to do where there are none."""

from array import array
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db.domain.condition import EVERYBODY, has_status
from db.domain.lifecycle import Status
from db.queries.lists.clients import (
    ClientCounts,
    ListSpec,
    Sort,
    client_counts,
    client_ids,
    client_rows,
)
from ui.clients.bin_bar import BinBar
from ui.clients.columns import client_columns
from ui.jobs.latest import Latest
from ui.look.theme import em
from ui.parts.base_rows import BaseRowsModel
from ui.parts.page import PageHost
from ui.widgets.buttons import button, link_button, primary_button
from ui.widgets.chips import Chip, ChipsBar, FilterChips
from ui.widgets.labels import EmptyState, note
from ui.widgets.search import SearchLine
from ui.widgets.table import TableView
from ui.words import formats, labels
from ui.words.i18n import _

ALL, BIN = "all", "bin"
_ORDER = (Status.REGULAR, Status.NEW, Status.POTENTIAL, Status.AT_RISK, Status.LOST)
_GAPS = "gaps"
_ROOMY = 48  # text heights


class FilterBar(QWidget):
    """Chips of the statuses with their counts, and how many cards have gaps."""

    chosen = Signal(str)
    gaps_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips = ChipsBar(_chips(None))
        self.chips.chosen.connect(self.chosen)
        self._count = 0
        self._label = note()
        self._label.setWordWrap(False)
        self.gaps = link_button("")
        self.gaps.clicked.connect(self.gaps_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(em(0.9), em(0.5), em(0.9), em(0.5))
        row.addWidget(self.chips, 1)
        row.addWidget(self._label)
        row.addWidget(self.gaps)
        self.show_counts(None)

    def show_counts(self, counts: ClientCounts | None) -> None:
        self.chips.set_chips(_chips(counts))
        self._count = gaps = counts.with_gaps if counts else 0
        self._tell_gaps()
        self.gaps.setText(formats.number(gaps))
        self.gaps.setAccessibleName(
            _("Cards with empty mandatory fields: {count}").format(count=formats.number(gaps))
        )
        for widget in (self._label, self.gaps):
            widget.setVisible(bool(gaps))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_gaps()

    def _tell_gaps(self) -> None:
        """Use the short words where the text is large."""
        roomy = self.width() > em(_ROOMY)
        self._label.setText(_("Mandatory fields not filled in:") if roomy else _("Not filled in:"))


def _chips(counts: ClientCounts | None) -> list[Chip]:
    return [
        Chip(ALL, _("All"), counts.all if counts else None),
        *(
            Chip(
                status, labels.status_of_many(status), counts.by_status[status] if counts else None
            )
            for status in _ORDER
        ),
        Chip(BIN, _("Bin"), counts.in_bin if counts else None),
    ]


class ListPanel(QWidget):
    """Asks the base for ids and rows; answers to old questions are dropped."""

    new_wanted = Signal()
    import_wanted = Signal()
    counted = Signal(object)  # ClientCounts
    shown = Signal()

    def __init__(
        self, host: PageHost, search: SearchLine, bar: FilterBar, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._host, self._context = host, host.context
        self._search, self._bar = search, bar
        self._spec = ListSpec()
        self._ids, self._counts = Latest(self), Latest(self)
        self._total: int | None = None
        self.model = BaseRowsModel(host.context, client_columns(), client_rows, self)
        self.table = TableView(self.model, "clients", host.preferences)
        self.table.setAccessibleName(_("Clients"))
        self.table.show_sort(Sort.NAME)
        self._filters = FilterChips()
        self.bin_bar = BinBar()
        self._in_bin = 0
        self._lay_out()
        self.table.selection_changed.connect(self._fit_bin_bar)
        search.sought.connect(self._seek)
        search.down_wanted.connect(self._to_table)
        bar.chosen.connect(self.choose)
        bar.gaps_wanted.connect(lambda: self._apply(replace(self._spec, with_gaps=True)))
        self._filters.removed.connect(lambda _key: self._drop_gaps())
        self._filters.cleared.connect(self._drop_gaps)
        self.model.sort_wanted.connect(self._sort)

    def _lay_out(self) -> None:
        new = primary_button(_("Add a client"), "user-plus")
        new.clicked.connect(self.new_wanted)
        load = button(_("Load from a file"), "upload")
        load.clicked.connect(self.import_wanted)
        clear = button(_("Clear the filters"))
        clear.clicked.connect(self.clear)
        hint = _("Add the first one, or load them from a spreadsheet.")
        self._empty = EmptyState("users", _("No clients yet"), hint, [new, load])
        self._nothing = EmptyState("search", _("Nobody found"), "", [clear])
        self._stack = QStackedWidget()
        for widget in (self.table, self._empty, self._nothing):
            self._stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._filters)
        column.addWidget(self.bin_bar)
        column.addWidget(self._stack, 1)

    # Which clients -----------------------------------------------------------------------------

    @property
    def spec(self) -> ListSpec:
        """Return the question behind the list; other lists are made from it, never from rows."""
        return self._spec

    def refresh(self) -> None:
        """Ask again, the counts as well."""
        self._ask()
        self._counts.take(self._context.ask_later(client_counts), self._show_counts)

    def choose(self, key: str) -> None:
        """Show those of one chip."""
        self._bar.chips.set_current(key)
        condition = EVERYBODY if key in (ALL, BIN) else has_status(Status(key))
        gaps = self._spec.with_gaps and key != BIN
        self._apply(replace(self._spec, condition=condition, in_bin=key == BIN, with_gaps=gaps))

    def clear(self) -> None:
        """Take every filter away."""
        self._search.clear()
        self._bar.chips.set_current(ALL)
        self._apply(ListSpec(sort=self._spec.sort, descending=self._spec.descending))

    def _seek(self, text: str) -> None:
        self._apply(replace(self._spec, text=text))

    def _drop_gaps(self) -> None:
        self._apply(replace(self._spec, with_gaps=False))

    def _sort(self, key: str, descending: bool) -> None:  # noqa: FBT001 - a slot
        self._apply(replace(self._spec, sort=Sort(key), descending=descending))

    def _apply(self, spec: ListSpec) -> None:
        if spec != self._spec:
            self._spec = spec
            filters = [(_GAPS, _("Not filled in"))] if spec.with_gaps else []
            self._filters.set_filters(filters)
            self._show_bin_bar()
            self._ask()

    def _ask(self) -> None:
        job = self._context.ask(client_ids, self._spec)
        self._ids.take(job, self._show)

    # Showing -----------------------------------------------------------------------------------

    def _show(self, ids: "array[int]") -> None:
        if self.model.ids() == ids:
            self.model.refresh()
        else:
            self.model.show_ids(ids)
        narrowed = replace(self._spec, sort=Sort.NAME, descending=False) != ListSpec()
        if ids:
            self._stack.setCurrentWidget(self.table)
        else:
            self._stack.setCurrentWidget(self._nothing if narrowed else self._empty)
            self._tell_nothing()
        self.shown.emit()

    def _tell_nothing(self) -> None:
        if self._spec.in_bin and not self._spec.text:
            self._nothing.show_text(_("The bin is empty"))
        elif self._spec.text:
            text = _("Nobody found for “{text}”").format(text=self._spec.text)
            self._nothing.show_text(text, _("Check the spelling, or search all clients."))
        else:
            self._nothing.show_text(_("Nobody here"))

    def _show_counts(self, counts: ClientCounts) -> None:
        self._total, self._in_bin = counts.all, counts.in_bin
        self._show_bin_bar()
        self._bar.show_counts(counts)
        self.counted.emit(counts)

    def _fit_bin_bar(self) -> None:
        self.bin_bar.erase.setEnabled(self.table.selectionModel().hasSelection())

    def _show_bin_bar(self) -> None:
        self.bin_bar.setVisible(self._spec.in_bin and self._in_bin > 0)

    def status_words(self) -> str:
        """Return the line for the status bar: how many are chosen, or how many are shown."""
        chosen = self.table.selected_count()
        if chosen > 1:
            return _("Chosen: {clients}").format(clients=formats.clients_count(chosen))
        shown = self.model.rowCount()
        if self._total is not None and shown != self._total and not self._spec.in_bin:
            return _("Shown {count} of {total}").format(
                count=formats.number(shown), total=formats.number(self._total)
            )
        return formats.clients_count(shown)

    def _to_table(self) -> None:
        self.table.setFocus()
        if self.table.current_id() is None and self.model.rowCount():
            self.table.choose_row(0)
