"""Win-back: the list of the lost at the left, the chosen one beside it."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from db.commands.winback import ResumeReturn
from db.domain.churn import Definition
from db.domain.ids import ClientId
from db.queries.winback.board import (
    WinbackBoard,
    WinbackRow,
    WinbackSort,
    WinbackSpec,
    WinbackView,
    winback_board,
    winback_rows,
)
from db.queries.winback.loss_card import LossCard, loss_card
from db.queries.winback.numbers import winback_numbers
from ui.jobs.latest import Latest
from ui.parts.attempt_dialog import AttemptDialog
from ui.parts.base_rows import BaseRowsModel
from ui.parts.call_lists import Gather
from ui.parts.list_page import ClientListPage
from ui.parts.page import PageHost
from ui.widgets.buttons import button
from ui.widgets.chips import Chip
from ui.widgets.splitter import RememberingSplitter
from ui.winback.call_list import winback_call_list
from ui.winback.columns import columns
from ui.winback.dialogs import DoNotReturnDialog
from ui.winback.numbers import NumberTiles, StatsDialog
from ui.winback.panel import LossPanel
from ui.words import formats
from ui.words import winback as words
from ui.words.i18n import _

_PAUSE_MS = 70  # an arrow key held down opens a loss only where it stops


class WinbackPage(ClientListPage[WinbackRow]):
    """The list of lost clients and the panel of the chosen one, saved when another is chosen."""

    def __init__(self, host: PageHost, parent: QWidget | None = None) -> None:
        model = BaseRowsModel(host.context, columns(host.context.today), winback_rows)
        super().__init__(host, "winback", model, "circle-check", parent)
        self.model = model
        self._view: str = WinbackView.ALL
        self._sort, self._descending = WinbackSort.STAKE, True
        self._wanted: int | None = None
        self._board, self._card, self._numbers = Latest(self), Latest(self), Latest(self)
        self.tiles = NumberTiles()
        self.hide_when_low(self.tiles)
        self.panel = LossPanel(self.context)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._open_current)
        self._arrange()
        self._make_actions()
        self._connect()

    # Page ---------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self.ask_list()

    def ask_list(self) -> None:
        self._board.take(self.context.ask(winback_board, self._spec()), self._show)

    def call_list(self) -> tuple[str, Gather]:
        name = _("Win-back {day}").format(day=f"{self.context.today():%Y-%m-%d}")
        # What is shown now: the list is made in another thread.
        return name, partial(winback_call_list, self.context.base, self._spec())

    def may_leave(self) -> bool:
        return self.commit()

    def focus_item(self, item_id: int) -> None:
        self._wanted = item_id
        self._choose_row()

    # Making -------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        header = self.header(_("Win-back"))
        stats = button(_("Loss statistics…"))
        stats.clicked.connect(self.show_stats)
        header.add_right(stats)
        header.add_right(self.call_list_button())
        self.splitter = RememberingSplitter(
            self.host.preferences,
            "winback/splitter",
            (self.lists, self.panel),
            sizes=(60, 21),
            stretch=(1, 0),
        )
        self.lay_out(header, self.tiles, self.chips_strip(), body=self.splitter)
        self.table.show_sort(WinbackSort.STAKE, descending=True)
        self.setTabOrder(self.search_line, self.table)

    def _make_actions(self) -> None:
        self.add_action(_("Save the details of the loss"), "Ctrl+S", self.commit)
        attempt = self.add_action(_("Write down an attempt…"), "Ctrl+T", self.log_attempt)
        leave = self.add_action(_("Do not win back…"), "", self.leave_alone)
        card = self.add_action(_("Open the card"), "", self.open_card)
        self.table.set_menu([attempt, leave, None, card])

    def _connect(self) -> None:
        self.chips.chosen.connect(self._look_at)
        self.tiles.chosen.connect(self._look_at)
        self.table.current_changed.connect(self._current_changed)
        self.panel.attempt_wanted.connect(self.log_attempt)
        self.panel.leave_wanted.connect(self.leave_alone)
        self.panel.resume_wanted.connect(self.resume)
        self.panel.save_wanted.connect(self.commit)
        self.panel.card_wanted.connect(self.open_card)

    # The list -----------------------------------------------------------------------------------

    def _spec(self) -> WinbackSpec:
        text = self.search_line.sought_text()
        return WinbackSpec(self._view, text, self._sort, self._descending)

    def _look_at(self, view: str) -> None:
        self._view = view
        self.chips.set_current(view)
        self.refresh()

    def sort_by(self, key: str, *, descending: bool) -> None:
        self._sort, self._descending = WinbackSort(key), descending

    def _show(self, board: WinbackBoard) -> None:
        counts = board.counts
        views = [WinbackView.ALL, *Definition, WinbackView.IN_WORK, WinbackView.DO_NOT_RETURN]
        self.chips.set_chips([Chip(str(key), words.view(key), counts[key]) for key in views])
        self.chips.set_current(self._view)
        self.model.show_ids(board.ids)
        self.count_changed.emit(counts[WinbackView.ALL])
        self.tiles.show_board(board)
        numbers = self.context.ask(winback_numbers)
        self._numbers.take(numbers, self.tiles.show_numbers)
        self._show_list()
        self._choose_row()
        self.tell_selection()

    def _show_list(self) -> None:
        if self.search_line.sought_text() or self._view != WinbackView.ALL:
            self.show_list(_("Nobody found"), _("Clear the search or choose “Everybody”."))
        else:
            self.show_list(
                _("Nobody to win back"),
                _("Clients who have not bought for long, gave a low score, complained or enquire "
"but do not buy are listed here."),
            )  # fmt: skip

    def _choose_row(self) -> None:
        """Keep the chosen client; else choose the first one."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None and not self.table.select_id(wanted):
            self._wanted = wanted if not self.model.ids() else None
        if self.table.current_id() is None and self.model.ids():
            self.table.select_id(self.model.id_at(0))
        self._open_current()

    def chosen_words(self, chosen: int) -> str:
        return _("{count} chosen").format(count=formats.number(chosen))

    # The loss looked at -------------------------------------------------------------------------

    def _current_changed(self, _client_id: object) -> None:
        self._pause.start()

    def _open_current(self) -> None:
        self._pause.stop()
        client_id = self.table.current_id()
        card = self.panel.card
        if client_id is None:
            if not self.panel.survey.is_changed() or card is None:
                self.panel.clear()
            return
        if card is not None and card.row.client_id == client_id:
            if not self.panel.survey.is_changed():
                self._load(client_id)
            return
        if self.commit():
            self._load(client_id)
        elif card is not None:
            self.table.select_id(card.row.client_id)

    def _load(self, client_id: int) -> None:
        job = self.context.ask(loss_card, ClientId(client_id))
        self._card.take(job, self._show_card)

    def _show_card(self, card: LossCard) -> None:
        if card.row.client_id == self.table.current_id():
            self.panel.show_card(card)

    def commit(self) -> bool:
        """Save what was typed, if anything; say whether all of it could be read."""
        if self.panel.card is None or not self.panel.survey.is_changed():
            return True
        if not self.panel.survey.check():
            return False
        command = self.panel.survey.command()
        if command is not None:
            name = self.panel.card.row.name
            self.panel.survey.show_saved()
            self.do(command, _("Saved: {name}").format(name=name))
        return True

    def log_attempt(self) -> None:
        """Ask for an attempt with the client shown."""
        card = self.panel.card
        if card is None or not self.commit():
            return
        dialog = AttemptDialog(
            card.row.client_id,
            card.row.name,
            self.context.today,
            self.panel.survey.next_step(),
            self,
        )
        text = _("Written down: {name}").format(name=card.row.name)
        dialog.run(self.host, dialog.command, text)

    def leave_alone(self) -> None:
        """Ask why the client shown is not to be won back."""
        card = self.panel.card
        if card is None or (card.row.episode is not None and card.row.episode.is_shelved):
            return
        if not self.commit():  # else it would be written after the decision
            return
        dialog = DoNotReturnDialog(card.row.client_id, card.row.name, self.context.today, self)
        text = _("Not to win back any more: {name}").format(name=card.row.name)
        dialog.run(self.host, dialog.command, text)

    def resume(self) -> None:
        """Put the client shown back into the list."""
        card = self.panel.card
        if card is not None:
            text = _("Back in the list: {name}").format(name=card.row.name)
            self.do(ResumeReturn(card.row.client_id, self.context.today()), text)

    def show_stats(self) -> None:
        StatsDialog(self.context, self.host.preferences, self).open()
