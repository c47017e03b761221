"""Win-back: the list of the lost at the left, the loss looked at beside it."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from db.commands.winback import DoNotReturn, ResumeReturn
from db.domain.churn import Definition
from db.domain.ids import ClientId
from db.outcome import Outcome
from db.queries.winback import board as queries
from db.queries.winback.board import (
    WinbackBoard,
    WinbackSort,
    WinbackSpec,
    WinbackView,
    winback_board,
    winback_rows,
)
from db.queries.winback.loss_card import LossCard, loss_card
from db.queries.winback.numbers import winback_numbers
from ui.jobs.job import Job
from ui.jobs.latest import Latest, take_once
from ui.look.theme import em
from ui.models.id_window import IdWindowModel
from ui.parts.call_lists import CallListMaker
from ui.parts.context import Context
from ui.parts.page import Page, PageHost
from ui.widgets.buttons import button
from ui.widgets.chips import Chip, ChipsBar
from ui.widgets.header import PageHeader
from ui.widgets.labels import EmptyState
from ui.widgets.search import SearchLine
from ui.widgets.table import TableView
from ui.winback.call_list import winback_call_list
from ui.winback.columns import columns
from ui.winback.dialogs import AttemptDialog, LeaveDialog
from ui.winback.numbers import NumberTiles, StatsDialog
from ui.winback.panel import LossPanel
from ui.words import formats
from ui.words import winback as words
from ui.words.i18n import _

_SPLITTER = "winback/splitter"
_PAUSE_MS = 70  # walking through the list opens a loss only where it stops
_TILES_FROM = 30  # text heights


def winback_count(context: Context) -> Job:
    """Ask how many clients are in the list."""
    return context.ask(queries.winback_count)


class WinbackPage(Page):
    def __init__(self, host: PageHost, parent: QWidget | None = None) -> None:
        super().__init__(host, parent)
        self._view: str = WinbackView.ALL
        self._sort, self._descending = WinbackSort.STAKE, True
        self._wanted: int | None = None
        self._board, self._card, self._numbers = Latest(self), Latest(self), Latest(self)
        self.search_line = SearchLine(_("Name, phone…"))
        self.tiles = NumberTiles()
        self.chips = ChipsBar()
        self.model = IdWindowModel(columns(lambda: self._as_of), self._fetch, self)
        self.table = TableView(self.model, "winback", host.preferences)
        self.panel = LossPanel(self.context)
        self.calls = CallListMaker(host, self)
        self._empty = EmptyState("circle-check", "")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._open_current)
        self._lay_out()
        self._make_actions()
        self._connect()

    @property
    def _as_of(self) -> date:
        return self.context.base.as_of

    # Page ---------------------------------------------------------------------------------------

    def refresh(self, _text: str = "") -> None:
        spec = self._spec()
        self._board.take(self.context.ask(winback_board, spec), self._show)

    def show_page(self) -> None:
        super().show_page()
        self._tell_selection()

    def search(self) -> None:
        self.search_line.start()

    def print_page(self) -> None:
        name = _("Win-back {day}").format(day=f"{self._as_of:%Y-%m-%d}")
        # What is shown now: the list is made in another thread.
        gather = partial(winback_call_list, self.context.base, self._spec())
        self.calls.ask(name, gather)

    def may_leave(self) -> bool:
        return self.commit()

    def focus_item(self, item_id: int) -> None:
        self._wanted = item_id
        self._choose_row()

    def page_actions(self) -> list[QAction]:
        return self._actions

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window, or with very large text, the list is worth more than the numbers."""
        super().resizeEvent(event)
        self.tiles.setVisible(self.height() >= em(_TILES_FROM))

    # Making -------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        header = PageHeader(_("Win-back"))
        header.add_left(self.search_line, 1)
        stats = button(_("Loss statistics…"))
        stats.clicked.connect(self.show_stats)
        calls = button(_("Call list…"), "printer")
        calls.setToolTip(_("Save the list as XLSX, CSV or PDF (Ctrl+P)"))
        calls.clicked.connect(self.print_page)
        header.add_right(stats)
        header.add_right(calls)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.table)
        self._lists.addWidget(self._empty)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._lists)
        self.splitter.addWidget(self.panel)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.setSizes([em(60), em(21)])
        self.splitter.restoreState(self.host.preferences.state(_SPLITTER))
        self.splitter.splitterMoved.connect(self._remember)
        over = QWidget()
        row = QHBoxLayout(over)
        row.setContentsMargins(em(0.9), em(0.6), em(0.9), em(0.6))
        row.addWidget(self.chips, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (header, self.tiles, over):
            column.addWidget(widget)
        column.addWidget(self.splitter, 1)
        self.table.show_sort(WinbackSort.STAKE, descending=True)
        self.setTabOrder(self.search_line, self.table)

    def _make_actions(self) -> None:
        self._actions: list[QAction] = []
        self._add_action(_("Save the details of the loss"), "Ctrl+S", self.commit)
        self._add_action(_("Write down an attempt…"), "Ctrl+T", self.log_attempt)
        self._add_action(_("Do not win back…"), "", self.leave_alone)
        self._add_action(_("Open the card"), "", self._want_client)
        self.table.set_menu([*self._actions[1:3], None, self._actions[3]])

    def _add_action(self, text: str, keys: str, do: Callable[[], object]) -> None:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _on=False: do())
        self.addAction(action)
        self._actions.append(action)

    def _connect(self) -> None:
        self.search_line.sought.connect(self.refresh)
        self.search_line.down_wanted.connect(self.table.setFocus)
        self.chips.chosen.connect(self._look_at)
        self.tiles.chosen.connect(self._look_at)
        self.model.sort_wanted.connect(self._sort_by)
        self.table.opened.connect(self.client_wanted)
        self.table.current_changed.connect(self._current_changed)
        self.table.selection_changed.connect(self._tell_selection)
        self.table.typed.connect(self.search_line.start)
        self.panel.attempt_wanted.connect(self.log_attempt)
        self.panel.leave_wanted.connect(self.leave_alone)
        self.panel.resume_wanted.connect(self.resume)
        self.panel.save_wanted.connect(self.commit)
        self.panel.card_wanted.connect(self._want_client)

    # The list -----------------------------------------------------------------------------------

    def _spec(self) -> WinbackSpec:
        text = self.search_line.sought_text()
        return WinbackSpec(self._view, text, self._sort, self._descending)

    def _look_at(self, view: str) -> None:
        self._view = view
        self.chips.set_current(view)
        self.refresh()

    def _sort_by(self, key: str, descending: bool) -> None:  # noqa: FBT001 - a signal's value
        self._sort, self._descending = WinbackSort(key), descending
        self.refresh()

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
        self._show_empty(is_empty=not board.ids)
        self._choose_row()
        self._tell_selection()

    def _show_empty(self, *, is_empty: bool) -> None:
        if self.search_line.sought_text() or self._view != WinbackView.ALL:
            self._empty.show_text(_("Nobody found"), _("Clear the search or choose “Everybody”."))
        else:
            self._empty.show_text(
                _("Nobody to win back"),
                _("Clients who have not bought for long, gave a low score, complained or enquire "
"but do not buy are listed here."),
            )  # fmt: skip
        self._lists.setCurrentWidget(self._empty if is_empty else self.table)

    def _choose_row(self) -> None:
        """Keep looking at the same loss; else at the first one."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None and not self.table.select_id(wanted):
            self._wanted = wanted if not self.model.ids() else None
        if self.table.current_id() is None and self.model.ids():
            self.table.select_id(self.model.id_at(0))
        self._open_current()

    def _fetch(self, ids: Sequence[int], take: Callable[[dict[int, Any]], None]) -> None:
        take_once(self, self.context.ask(winback_rows, ids), take)

    def _tell_selection(self) -> None:
        chosen = len(self.table.selected_ids())
        shown = _("In the list: {clients}").format(
            clients=formats.clients_count(len(self.model.ids()))
        )
        self.status.emit(
            _("{count} chosen").format(count=formats.number(chosen)) if chosen > 1 else shown
        )

    # The loss looked at -------------------------------------------------------------------------

    def _current_changed(self, _client_id: object) -> None:
        self._pause.start()

    def _open_current(self) -> None:
        self._pause.stop()
        client_id = self.table.current_id()
        held = self.panel.card
        if client_id is None:
            if not self.panel.survey.is_changed() or held is None:
                self.panel.clear()
            return
        if held is not None and held.row.client_id == client_id:
            if not self.panel.survey.is_changed():
                self._load(client_id)
            return
        if self.commit():
            self._load(client_id)
        elif held is not None:
            self.table.select_id(held.row.client_id)

    def _load(self, client_id: int) -> None:
        asked = self.context.ask(loss_card, ClientId(client_id))
        self._card.take(asked, self._show_card)

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
            self._do(command, _("Saved: {name}").format(name=name))
        return True

    def log_attempt(self) -> None:
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
        told = _("Written down: {name}").format(name=card.row.name)
        dialog.accepted.connect(lambda: self._do(dialog.command(), told))
        dialog.open()

    def leave_alone(self) -> None:
        card = self.panel.card
        if card is None or (card.row.episode is not None and card.row.episode.is_shelved):
            return
        if not self.commit():  # else it would be written after the decision
            return
        dialog = LeaveDialog(card.row.name, self.context.today, self)
        dialog.accepted.connect(lambda: self._leave(card, dialog))
        dialog.open()

    def _leave(self, card: LossCard, dialog: LeaveDialog) -> None:
        leave = dialog.leave()
        command = DoNotReturn(card.row.client_id, self._as_of, leave.reason, leave.until)
        self._do(command, _("Not to win back any more: {name}").format(name=card.row.name))

    def resume(self) -> None:
        card = self.panel.card
        if card is not None:
            told = _("Back in the list: {name}").format(name=card.row.name)
            self._do(ResumeReturn(card.row.client_id, self._as_of), told)

    def _do(self, command: Any, told: str) -> None:
        job = self.context.do(command, self)
        take_once(self, job, lambda outcome: self._tell(outcome, told), self.host.trouble)

    def _tell(self, outcome: Outcome[Any], told: str) -> None:
        self.host.tell(told, outcome.change_id)

    def _want_client(self) -> None:
        client_id = self.table.current_id()
        if client_id is not None:
            self.client_wanted.emit(client_id)

    def show_stats(self) -> None:
        StatsDialog(self.context, self.host.preferences, self).open()

    def _remember(self) -> None:
        self.host.preferences.set_state(_SPLITTER, self.splitter.saveState())
