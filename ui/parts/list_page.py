"""Pages around one list: what they share of table, search line, chips, order and status line."""

from abc import abstractmethod
from typing import Generic

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db.domain.ids import ClientId
from ui.look.theme import em
from ui.models.column import Row
from ui.models.id_window import IdWindowModel
from ui.models.table import RowsModel
from ui.parts.call_lists import CallListMaker, Gather
from ui.parts.page import Page, PageHost
from ui.parts.wishes import ShowClient
from ui.widgets.buttons import button
from ui.widgets.chips import ChipsBar
from ui.widgets.header import PageHeader
from ui.widgets.labels import EmptyState
from ui.widgets.search import SearchLine
from ui.widgets.table import TableView
from ui.words import formats
from ui.words.i18n import _

_TILES_FROM = 30  # text heights


class ListPage(Page, Generic[Row]):
    """A table, or words where it is empty; `key` names its columns in the preferences.

    A subclass makes the model, puts the parts into a layout, asks the base in `refresh` and ends
    with `show_list`.
    """

    def __init__(
        self,
        host: PageHost,
        key: str,
        model: RowsModel[Row],
        icon: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(host, parent)
        self._rows = model
        model.setParent(self)
        self._spare: QWidget | None = None
        self.chips = ChipsBar()
        self.table = TableView(model, key, host.preferences)
        self.empty = EmptyState(icon, "")
        self.lists = QStackedWidget()
        self.lists.addWidget(self.table)
        self.lists.addWidget(self.empty)
        self.table.selection_changed.connect(self.tell_selection)

    def show_page(self) -> None:
        super().show_page()
        self.tell_selection()

    def lay_out(self, *above: QWidget, body: QWidget) -> QVBoxLayout:
        """Put these below one another, and `body` into the room that is left."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in above:
            column.addWidget(widget)
        column.addWidget(body, 1)
        return column

    def chips_strip(self) -> QWidget:
        """Return the chips with the margins they have over a list."""
        strip = QWidget()
        row = QHBoxLayout(strip)
        row.setContentsMargins(em(0.9), em(0.6), em(0.9), em(0.6))
        row.addWidget(self.chips, 1)
        return strip

    def hide_when_low(self, widget: QWidget) -> None:
        """Hide this in a low window, or with very large text, to leave room for the list."""
        self._spare = widget

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._spare is not None:
            self._spare.setVisible(self.height() >= em(_TILES_FROM))

    def show_list(self, text: str, hint: str) -> None:
        """Show the table, or these words where it has no rows."""
        self.empty.show_text(text, hint)
        self.lists.setCurrentWidget(self.table if self._rows.rowCount() else self.empty)

    def tell_selection(self) -> None:
        """Say in the status bar what is chosen, or how many are listed."""
        self.status.emit(self.selection_words(self.table.selected_count()))

    @abstractmethod
    def selection_words(self, chosen: int) -> str:
        """Return the words for the status bar while so many rows are chosen."""


class ClientListPage(ListPage[Row], Generic[Row]):
    """A list of clients to search, to sort, to open cards from, and to save as a call list."""

    def __init__(
        self,
        host: PageHost,
        key: str,
        model: IdWindowModel[Row],
        icon: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(host, key, model, icon, parent)
        self.search_line = SearchLine(_("Name, phone…"))
        self._calls = CallListMaker(host, self)
        model.sort_wanted.connect(self._sort_by)
        self.search_line.sought.connect(lambda _text: self.ask_list())
        self.search_line.down_wanted.connect(self.table.setFocus)
        self.table.typed.connect(self.search_line.start)
        self.table.opened.connect(self._wish_card)

    @abstractmethod
    def ask_list(self) -> None:
        """Ask the base for the ids of the list."""

    @abstractmethod
    def sort_by(self, key: str, *, descending: bool) -> None:
        """Take another order; `ask_list` follows."""

    @abstractmethod
    def call_list(self) -> tuple[str, Gather]:
        """Return the name of the call list, and what makes it in another thread."""

    def search(self) -> None:
        self.search_line.start()

    def print_page(self) -> None:
        self._calls.ask(*self.call_list())

    def header(self, title: str) -> PageHeader:
        """Return the strip above the page with its search line; buttons can be added."""
        header = PageHeader(title)
        header.add_left(self.search_line, 1)
        return header

    def call_list_button(self) -> QWidget:
        made = button(_("Call list…"), "printer")
        made.setToolTip(_("Save the list as XLSX, CSV or PDF (Ctrl+P)"))
        made.clicked.connect(self.print_page)
        return made

    def open_card(self) -> None:
        """Show the card of the client the cursor is on."""
        client_id = self.table.current_id()
        if client_id is not None:
            self._wish_card(client_id)

    def _wish_card(self, client_id: int) -> None:
        self.wish(ShowClient(ClientId(client_id)))

    def selection_words(self, chosen: int) -> str:
        if chosen > 1:
            return self.chosen_words(chosen)
        listed = formats.clients_count(self._rows.rowCount())
        return _("In the list: {clients}").format(clients=listed)

    def chosen_words(self, chosen: int) -> str:
        return _("Chosen: {clients}").format(clients=formats.clients_count(chosen))

    def _sort_by(self, key: str, descending: bool) -> None:  # noqa: FBT001 - a signal's value
        self.sort_by(key, descending=descending)
        self.ask_list()
