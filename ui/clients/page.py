"""The clients: the list at the left, the card at the right."""

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.commands.clients import DeleteClients, RestoreClients
from db.domain.ids import ClientId
from db.outcome import Changes, Outcome
from db.queries.lists.clients import ClientCounts
from ui.clients.card_actions import CardActions
from ui.clients.controller import CardController
from ui.clients.erasing import BinEraser
from ui.clients.list_file import ListWriter
from ui.clients.list_panel import FilterBar, ListPanel
from ui.clients.panel import CardPanel
from ui.clients.questions import Leave, ask_leave
from ui.parts.page import Page, PageHost
from ui.parts.wishes import ImportFile, NewOffer
from ui.widgets.buttons import button, primary_button
from ui.widgets.header import PageHeader
from ui.widgets.notice import Notice
from ui.widgets.search import SearchLine
from ui.widgets.splitter import RememberingSplitter
from ui.words import formats
from ui.words.i18n import _, ngettext

# An arrow key held down opens a card only where it stops.
_PAUSE_MS = 70


class ClientsPage(Page):
    """List and card."""

    def __init__(self, host: PageHost, parent: QWidget | None = None) -> None:
        super().__init__(host, parent)
        self.ask_leave: Callable[[QWidget, str], Leave] = ask_leave
        self.search_line = SearchLine(_("Name, phone, e-mail, note…"))
        self.filters = FilterBar()
        self.list = ListPanel(host, self.search_line, self.filters)
        self.panel = CardPanel(host.preferences)
        self.card = CardController(host, self.panel, self)
        self.writer = ListWriter(host, self)
        self.doings = CardActions(host, self.card, self.panel, self)
        self.eraser = BinEraser(host, self)
        self._wanted: int | None = None
        self._going = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._open_current)
        self._draft_notice = Notice("")
        self._lay_out()
        self._make_actions()
        self._connect()
        QTimer.singleShot(0, self, self._offer_draft)

    # Page --------------------------------------------------------------------------------------

    def show_page(self) -> None:
        super().show_page()
        self._tell()

    def refresh(self) -> None:
        self.list.refresh()

    def may_leave(self) -> bool:
        """Ask once about a changed card; if it is saved, wait for that."""
        if not self.card.is_changed:
            return True
        choice = self.ask_leave(self, self.card.name())
        if choice is Leave.DROP:
            self.card.drop()
        return choice is Leave.DROP or (choice is Leave.SAVE and self._save_now())

    def search(self) -> None:
        self.search_line.start()

    def new(self) -> None:
        self._leaving(self._open_new)

    def focus_item(self, item_id: int) -> None:
        """Show this client, whatever the list shows."""
        self._wanted = item_id
        if not self.list.table.select_id(item_id):
            self._leaving(lambda: self.card.open(ClientId(item_id)))

    def item_in_front(self) -> int | None:
        return self.card.client_id

    def _hear(self, changes: Changes, asked_by: QObject | None) -> None:
        super()._hear(changes, asked_by)
        self.card.hear(changes, asked_by)

    # Making ------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        header = PageHeader(_("Clients"))
        header.add_left(self.search_line, 1)
        load = button(_("Load…"))
        load.setToolTip(_("Load clients from a file (Ctrl+I)"))
        load.clicked.connect(self._load)
        new = primary_button(_("New client"), "plus")
        new.setToolTip(_("New client (Ctrl+N, Ins)"))
        new.clicked.connect(self.new)
        header.add_right(load)
        save = button(_("Export…"))
        save.setToolTip(_("Save the list as a workbook or a table"))
        save.clicked.connect(lambda: self.writer.ask(self.list.spec))
        header.add_right(save)
        header.add_right(new)
        self.splitter = RememberingSplitter(
            self.host.preferences,
            "clients/splitter",
            (self.list, self.panel),
            sizes=(43.6, 26.4),
            stretch=(3, 2),
        )
        self._draft_notice.add_action(_("Show it"), self._take_draft)
        self._draft_notice.add_action(_("Discard"), self._drop_draft)
        self._draft_notice.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (header, self._draft_notice, self.filters):
            column.addWidget(widget)
        column.addWidget(self.splitter, 1)

    def _make_actions(self) -> None:
        self.add_action(_("Save"), "Ctrl+S", self.card.save)
        to_list = self.add_action(_("Save and go to the list"), "", self._save_and_list)
        to_list.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")])
        purchase = self.add_action(_("Write a purchase…"), "Ctrl+B", self.doings.purchase)
        talk = self.add_action(_("Contact…"), "Ctrl+T", self.doings.talk)
        self.add_action(_("“Won't say” and “has none” of a field"), "Ctrl+.", self._answers)
        self._delete = self.add_action(_("Delete"), "Del", self.delete_chosen, in_list=True)
        self._restore = self.add_action(_("Restore"), "", self.restore_chosen)
        self._erase = self.add_action(
            _("Erase for good"), "Shift+Del", self.erase_chosen, in_list=True
        )
        self._empty_bin = self.add_action(_("Empty the bin"), "", self.eraser.empty_bin)
        opened = self.add_action(_("Open the card"), "", self._open_form)
        offer = self.add_action(_("Offer…"), "", self._offer)
        of_card = [opened, purchase, talk, offer, None]
        of_bin = [self._restore, self._erase, self._empty_bin]
        self.list.table.set_menu([*of_card, self._delete, *of_bin])

    def _connect(self) -> None:
        table = self.list.table
        table.current_changed.connect(self._current_changed)
        table.selection_changed.connect(self._tell)
        table.opened.connect(lambda _id: self._open_form())
        table.typed.connect(self.search_line.start)
        self.list.new_wanted.connect(self.new)
        self.list.import_wanted.connect(self._load)
        self.list.counted.connect(self._counted)
        once = Qt.ConnectionType.SingleShotConnection
        self.list.shown.connect(self.card.prepare, once)
        self.list.shown.connect(self._list_shown)
        self.list.bin_bar.erase_wanted.connect(self.erase_chosen)
        self.list.bin_bar.empty_wanted.connect(self.eraser.empty_bin)
        self.card.saved.connect(self._saved)
        self.card.settled.connect(self._settled)
        self.card.shown.connect(lambda _id: self._show_bin_actions())
        head = self.panel.head
        head.offer_wanted.connect(self._offer)
        head.delete_wanted.connect(self._delete_shown)
        head.restore_wanted.connect(self._restore_shown)
        head.erase_wanted.connect(self._erase_shown)
        self.panel.relations.opened.connect(self._open_related)

    # The card ----------------------------------------------------------------------------------

    def _current_changed(self, _client_id: object) -> None:
        self._pause.start()

    def _open_current(self) -> None:
        wanted = self.list.table.current_id()
        if wanted is None or (wanted == self.card.client_id and not self.card.is_new):
            return
        self._leaving(lambda: self.card.open(ClientId(wanted)))

    def _leaving(self, go: Callable[[], object]) -> None:
        """Go on to another card, asking first about one that was changed."""
        if not self.card.is_changed:
            go()
            return
        choice = self.ask_leave(self, self.card.name())
        if choice is Leave.DROP:
            self.card.drop()
            go()
        elif choice is Leave.SAVE and self.card.save_and(go):
            self._going = True
        else:
            self._stay()

    def _stay(self) -> None:
        """Choose the row of the card that stays open again."""
        self._pause.stop()
        table = self.list.table
        if self.card.client_id is None:
            table.clearSelection()
            table.setCurrentIndex(QModelIndex())
        else:
            table.select_id(self.card.client_id)
        self._pause.stop()

    def _open_new(self) -> None:
        self.list.table.clearSelection()
        self.list.table.setCurrentIndex(QModelIndex())
        self._pause.stop()
        self.card.open_new()

    def _open_form(self) -> None:
        self._open_current()
        self.panel.tabs.setCurrentIndex(0)
        self.panel.form.focus_first()

    def _open_related(self, number: int) -> None:
        related = self.panel.relations.model.row_of(number)
        row = None if related is None else self.panel.relations.model.row_at(related)
        if row is not None and row.other_id is not None:
            self.focus_item(row.other_id)

    def _save_and_list(self) -> None:
        if self.card.save():
            self.list.table.setFocus()

    def _save_now(self) -> bool:
        loop = QEventLoop()
        ended: list[bool] = []
        self.card.settled.connect(ended.append)
        self.card.settled.connect(loop.quit)
        if not self.card.save():
            return False
        if not ended:
            loop.exec()
        return bool(ended and ended[0])

    def _saved(self, client_id: int) -> None:
        """Choose the client just made, unless another one is being opened."""
        if not self._going:
            self._wanted = client_id
        self._going = False

    def _settled(self, well: bool) -> None:  # noqa: FBT001 - a slot
        """Keep a card open that could not be saved, whichever was to be opened next."""
        if not well and self._going:
            self._going = False
            self._stay()

    def _answers(self) -> None:
        self.panel.form.open_answers()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.panel.isAncestorOf(self.focusWidget()):
            self._escape()
        else:
            super().keyPressEvent(event)

    def _escape(self) -> None:
        """Leave the form; a changed one asks once."""
        if self.card.is_changed:
            choice = self.ask_leave(self, self.card.name())
            if choice is Leave.STAY or (choice is Leave.SAVE and not self.card.save()):
                return
            if choice is Leave.DROP:
                self.card.drop()
        elif self.card.is_new:
            self.card.close()
        self.list.table.setFocus()

    # The list ----------------------------------------------------------------------------------

    def _list_shown(self) -> None:
        table = self.list.table
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            if table.current_id() != wanted:
                table.select_id(wanted)
        elif table.current_id() is None and not self.card.is_new:
            client_id = self.card.client_id
            if client_id is None or self.list.model.row_of(client_id) is None:
                self._choose_first()
            elif not table.selected_count():
                table.select_id(client_id)
        self._tell()
        self._show_bin_actions()

    def _choose_first(self) -> None:
        seeking = self.search_line.hasFocus() and self.search_line.text()
        if self.list.model.rowCount() and not seeking and not self.card.is_changed:
            self.list.table.choose_row(0)
        elif not self.list.model.rowCount() and self.card.full and not self.card.is_changed:
            self.card.close()

    def _tell(self) -> None:
        self.status.emit(self.list.status_words())

    def _counted(self, counts: ClientCounts) -> None:
        self.count_changed.emit(counts.all)
        self._tell()

    def _show_bin_actions(self) -> None:
        in_bin = self.list.spec.in_bin
        self._delete.setEnabled(not in_bin)
        for action in (self._restore, self._erase, self._empty_bin):
            action.setVisible(in_bin)

    def delete_chosen(self) -> None:
        """Put the chosen cards into the bin; a bar offers to take it back."""
        ids = tuple(ClientId(client_id) for client_id in self.list.table.selected_ids())
        if ids and not self.list.spec.in_bin:
            self._delete_cards(ids)

    def restore_chosen(self) -> None:
        ids = tuple(ClientId(client_id) for client_id in self.list.table.selected_ids())
        if ids:
            self._restore_cards(ids)

    def erase_chosen(self) -> None:
        """Erase the chosen cards of the bin for good, once that is confirmed."""
        if self.list.spec.in_bin:
            table = self.list.table
            ids = [ClientId(number) for number in table.selected_ids()]
            only = self.card.client_id is not None and ids == [self.card.client_id]
            self.eraser.erase(ids, self.card.name() if only else "")

    def _delete_shown(self) -> None:
        if self.card.client_id is not None:
            self._delete_cards((self.card.client_id,))

    def _restore_shown(self) -> None:
        if self.card.client_id is not None:
            self._restore_cards((self.card.client_id,))

    def _erase_shown(self) -> None:
        if self.card.client_id is not None:
            self.eraser.erase([self.card.client_id], self.card.name())

    def _delete_cards(self, ids: tuple[ClientId, ...]) -> None:
        if self.card.client_id in ids:
            self.card.drop()
        self._choose_next()
        self.context.do(DeleteClients(ids), self).succeeded.connect(self._deleted)

    def _choose_next(self) -> None:
        """Put the cursor on the row after the deleted ones."""
        table, model = self.list.table, self.list.model
        chosen = table.selected_ids()
        last = model.row_of(chosen[-1]) if chosen else None
        if last is not None and model.rowCount() > len(chosen):
            place = last + 1 if last + 1 < model.rowCount() else max(0, last - len(chosen))
            self._wanted = model.id_at(place)

    def _deleted(self, outcome: Outcome[int]) -> None:
        text = ngettext("Deleted {clients}", "Deleted {clients}", outcome.value)
        clients = formats.clients_count(outcome.value)
        self.host.tell(text.format(clients=clients), outcome.change_id)

    def _restore_cards(self, ids: tuple[ClientId, ...]) -> None:
        self.context.do(RestoreClients(ids), self).succeeded.connect(self._restored)

    def _restored(self, outcome: Outcome[int]) -> None:
        clients = formats.clients_count(outcome.value)
        self.host.tell(_("Restored: {clients}").format(clients=clients), outcome.change_id)

    # Elsewhere ---------------------------------------------------------------------------------

    def _load(self) -> None:
        self.wish(ImportFile())

    def _offer(self) -> None:
        if self.card.client_id is not None:
            self.wish(NewOffer(self.card.client_id))

    # Drafts ------------------------------------------------------------------------------------

    def _offer_draft(self) -> None:
        if self.card.draft() is not None:
            self._draft_notice.show_text(_("A card was being edited when the program closed."))
            self._draft_notice.show()

    def _take_draft(self) -> None:
        self._draft_notice.hide()
        draft = self.card.draft()
        if draft is not None:
            self._leaving(lambda: self.card.restore(draft))

    def _drop_draft(self) -> None:
        self._draft_notice.hide()
        self.card.forget_draft()
