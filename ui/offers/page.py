"""The page of offers: the list, or one of them in its editor."""

from collections import Counter
from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from db.domain.ids import ClientId, OfferId
from db.domain.offers import OfferStatus
from db.domain.text import fold
from db.outcome import Touched
from db.queries.offers.offers import OfferListRow, offer_list
from ui.jobs.latest import Latest
from ui.models.rows import StaticModel
from ui.offers.columns import offer_columns
from ui.offers.editor import OfferEditor
from ui.parts.list_page import ListPage
from ui.parts.page import PageHost
from ui.widgets.buttons import primary_button
from ui.widgets.chips import Chip
from ui.widgets.header import PageHeader
from ui.widgets.labels import EmptyState
from ui.widgets.search import SearchLine
from ui.words import formats
from ui.words.i18n import _, ngettext, pgettext
from ui.words.offers import status_word

_ALL = "all"
_OPEN = (OfferStatus.DRAFT, OfferStatus.SENT)


class OffersPage(ListPage[OfferListRow]):
    """Enter on a row opens its editor; Esc comes back to the row."""

    SHOWS = frozenset({Touched.OFFERS, Touched.CARDS, Touched.SETTINGS})

    def __init__(self, host: PageHost, parent: QWidget | None = None) -> None:
        model = StaticModel(offer_columns(), lambda row: row.id)
        super().__init__(host, "offers", model, "file-text", parent)
        self.model = model
        self._offers: tuple[OfferListRow, ...] = ()
        self._latest = Latest(self)
        self.search_line = SearchLine(_("Number, client, subject…"))
        self._nothing = self._make_nothing()
        self._editor: OfferEditor | None = None
        self._stack = QStackedWidget()
        self._arrange()
        self.search_line.sought.connect(self._show_chosen)
        self.search_line.down_wanted.connect(self.table.setFocus)
        self.chips.chosen.connect(self._show_chosen)
        self.table.opened.connect(self.focus_item)

    @property
    def editor(self) -> OfferEditor:
        """The editor, made when the first offer is opened."""
        if self._editor is None:
            self._editor = OfferEditor(self.host)
            self._editor.closed.connect(self._show_list)
            self._stack.addWidget(self._editor)
        return self._editor

    def _arrange(self) -> None:
        header = PageHeader(_("Offers"))
        header.add_left(self.search_line)
        new = primary_button(_("New offer"), "plus")
        new.clicked.connect(self.new)
        header.add_right(new)
        self.lists.addWidget(self._nothing)
        listing = QWidget()
        column = QVBoxLayout(listing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (header, self.chips_strip()):
            column.addWidget(widget)
        column.addWidget(self.lists, 1)
        self._stack.addWidget(listing)
        self.lay_out(body=self._stack)

    def _make_nothing(self) -> EmptyState:
        """Return what a base without offers shows."""
        first = primary_button(_("Make the first offer"), "plus")
        first.clicked.connect(self.new)
        hint = _("Three prices to choose from, a deadline and what to do next: on one page.")
        return EmptyState("file-text", _("There are no offers yet"), hint, [first])

    def refresh(self) -> None:
        self._latest.take(self.context.ask(offer_list), self._show_offers)
        if self._is_editing():
            self.editor.look_again()

    def may_leave(self) -> bool:
        return not self._is_editing() or self.editor.may_leave()

    def search(self) -> None:
        if not self._is_editing():
            self.search_line.start()

    def new(self) -> None:
        self._turn_to(self.editor.start)

    def new_for(self, client_id: ClientId) -> None:
        self._turn_to(lambda: self.editor.start(client_id))

    def print_page(self) -> None:
        if self._is_editing():
            self.editor.print_paper()

    def focus_item(self, item_id: int) -> None:
        """Open the offer with this id."""
        self._turn_to(lambda: self.editor.open_offer(OfferId(item_id)))

    def _turn_to(self, show: Callable[[], object]) -> None:
        """Show another offer, once the base has what was typed into the one before."""
        if self._is_editing():
            self.editor.leave_for(show)
        else:
            self._stack.setCurrentWidget(self.editor)
            show()

    def page_actions(self) -> list[QAction]:
        known = (
            (_("Save the offer"), "Ctrl+S"),
            (_("Save PDF"), "Ctrl+Shift+S"),
            (_("Back to all offers"), "Esc"),
            (_("Remove the line"), "Ctrl+Del"),
            (_("Move the line up"), "Alt+Up"),
            (_("Move the line down"), "Alt+Down"),
        )
        actions = []
        for words, keys in known:
            action = QAction(words, self)
            action.setShortcut(QKeySequence(keys))
            actions.append(action)
        return actions

    def _is_editing(self) -> bool:
        return self._editor is not None and self._stack.currentWidget() is self._editor

    def _show_offers(self, offers: tuple[OfferListRow, ...]) -> None:
        self._offers = offers
        self.count_changed.emit(sum(row.status in _OPEN for row in offers))
        counts = Counter(row.status for row in offers)
        chips = [Chip(_ALL, pgettext("offers", "all"), len(offers))]
        chips += [
            Chip(status, status_word(status), counts[status])
            for status in OfferStatus
            if counts[status]
        ]
        self.chips.set_chips(chips)
        self._show_chosen()

    def _show_chosen(self, _chosen: str = "") -> None:
        """Show the offers of the chosen state with the words of the search line."""
        words, chosen = fold(self.search_line.sought_text()).split(), self.chips.current()
        self.model.show_rows(
            [
                row
                for row in self._offers
                if chosen in (_ALL, row.status)
                and all(
                    word in fold(f"{row.number} {row.client_name} {row.title}") for word in words
                )
            ]
        )
        self.show_list(_("Nothing found"), _("Clear the search or choose all."))
        if not self._offers:
            self.lists.setCurrentWidget(self._nothing)
        self.tell_selection()

    def tell_selection(self) -> None:
        if not self._is_editing():
            super().tell_selection()

    def selection_words(self, chosen: int) -> str:
        """Return how many are shown."""
        count = self.model.rowCount()
        return ngettext("{count} offer", "{count} offers", count).format(
            count=formats.number(count)
        )

    def _show_list(self) -> None:
        self._stack.setCurrentIndex(0)
        self.refresh()
        self.table.setFocus()
