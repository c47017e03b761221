"""The page of offers: the list, or one of them in its editor."""

from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from db.domain.ids import ClientId, OfferId
from db.domain.offers import OfferStatus
from db.outcome import Touched
from db.queries.offers.offers import OfferListRow, offer_list
from ui.jobs.latest import Latest
from ui.offers.editor import OfferEditor
from ui.offers.list_panel import OfferListPanel
from ui.parts.page import Page, PageHost
from ui.words.i18n import _

_OPEN = (OfferStatus.DRAFT, OfferStatus.SENT)


class OffersPage(Page):
    """Enter on a row opens its editor; Esc comes back to the row."""

    SHOWS = frozenset({Touched.OFFERS, Touched.CARDS, Touched.SETTINGS})

    def __init__(self, host: PageHost, parent: QWidget | None = None) -> None:
        super().__init__(host, parent)
        self._rows = Latest(self)
        self.list = OfferListPanel(host.preferences)
        self.editor = OfferEditor(host)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.editor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.list.opened.connect(self.focus_item)
        self.list.new_wanted.connect(self.new)
        self.editor.closed.connect(self._show_list)

    def refresh(self) -> None:
        self._rows.take(self.context.ask(offer_list), self._show_rows)
        if self._is_editing():
            self.editor.look_again()

    def may_leave(self) -> bool:
        return not self._is_editing() or self.editor.may_leave()

    def search(self) -> None:
        if not self._is_editing():
            self.list.search.start()

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
        return self._stack.currentWidget() is self.editor

    def _show_rows(self, rows: tuple[OfferListRow, ...]) -> None:
        self.list.show_rows(rows)
        self.count_changed.emit(sum(row.status in _OPEN for row in rows))
        if not self._is_editing():
            self.status.emit(self.list.told())

    def _show_list(self) -> None:
        self._stack.setCurrentWidget(self.list)
        self.refresh()
        self.list.table.setFocus()
