"""Today: one list of the clients to contact, by urgency and money."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from db.commands.interactions import CloseComplaint
from db.domain.fields import Field
from db.domain.ids import OfferId
from db.domain.today import Touch
from db.queries.lists.clients import ClientCounts, client_counts
from db.queries.setup import own_fields
from db.queries.today.board import TodayBoard, TodayRow, today_board
from db.queries.today.numbers import today_numbers
from ui.jobs.latest import Latest
from ui.look.theme import em
from ui.models.rows import StaticModel
from ui.parts.attempt_dialog import AttemptDialog
from ui.parts.list_page import ListPage
from ui.parts.page import PageHost
from ui.parts.wishes import ImportFile, NewClient, ShowClient, ShowOffer
from ui.today import doings
from ui.today.columns import DONE, LATER, columns
from ui.today.dialogs import DayDialog, TaskDialog
from ui.today.tiles import MonthTiles
from ui.widgets.buttons import button, primary_button
from ui.widgets.chips import Chip
from ui.widgets.header import PageHeader
from ui.widgets.labels import EmptyState, note
from ui.words import formats
from ui.words import today as words
from ui.words.i18n import _, ngettext
from ui.words.presets import own_label

_ALL = "all"
_WEEK = 7


class TodayPage(ListPage[TodayRow]):
    """The rows of today; each can be done, put off or opened."""

    def __init__(self, host: PageHost, parent: QWidget | None = None) -> None:
        fields: dict[str, str] = {}  # labels of the owner's own fields, filled later
        model = StaticModel(columns(host.context.today, fields), _key)
        super().__init__(host, "today", model, "circle-check", parent)
        self.model, self._fields = model, fields
        self._only: Touch | None = None
        self._wanted: int | None = None
        self._board, self._numbers, self._labels = Latest(self), Latest(self), Latest(self)
        self._clients = Latest(self)
        self.tiles = MonthTiles()
        self.hide_when_low(self.tiles)
        self._shown = note()
        self._beginning = self._make_beginning()
        self._arrange()
        self._make_actions()
        self.chips.chosen.connect(self._look_at)
        self.table.clicked.connect(self._clicked)
        self.table.opened.connect(lambda _row_id: self.open_card())

    # Page ---------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._labels.take(self.context.ask(own_fields), self._take_labels)
        self._board.take(self.context.ask(today_board, self._only), self._show)
        self._numbers.take(self.context.ask(today_numbers), self.tiles.show_numbers)

    def new(self) -> None:
        """Ask for a new task."""
        row = self.current_row()
        client = None
        if row is not None and row.client_id is not None and self.table.hasFocus():
            client = (row.client_id, row.name)
        dialog = TaskDialog(self.context, client, self)
        dialog.run(self.host, dialog.command, _("The task is added."))

    def focus_item(self, item_id: int) -> None:
        if not self.table.select_id(item_id):
            self._wanted = item_id

    # Making -------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self._header = PageHeader("")
        task = primary_button(_("New task"), "plus")
        task.setToolTip(_("New task (Ctrl+N, Ins)"))
        task.clicked.connect(self.new)
        self._header.add_right(task)
        self.lists.addWidget(self._beginning)
        below = QWidget()
        foot = QHBoxLayout(below)
        foot.setContentsMargins(em(0.9), em(0.4), em(0.9), em(0.4))
        foot.addWidget(self._shown)
        column = self.lay_out(self._header, self.tiles, self.chips_strip(), body=self.lists)
        column.addWidget(below)
        self._show_title()

    def _make_beginning(self) -> EmptyState:
        """Return what a base without clients offers."""
        add = primary_button(_("Add a client"), "user-plus")
        add.clicked.connect(lambda _on=False: self.wish(NewClient()))
        load = button(_("Load from a file…"), "upload")
        load.clicked.connect(lambda _on=False: self.wish(ImportFile()))
        hint = _(
            "Add the first one, or load them from a spreadsheet: clients to call will be "
            "listed here."
        )
        return EmptyState("users", _("There are no clients yet"), hint, [add, load])

    def _show_title(self) -> None:
        self._header.title.setText(
            _("Today, {day}").format(day=formats.day_title(self.context.today()))
        )

    def _make_actions(self) -> None:
        add = partial(self.add_action, in_list=True)
        self._done = add(_("Done"), "Space", self.done)
        tomorrow = add(_("Put off until tomorrow"), "Alt+1", partial(self.later, 1))
        week = add(_("Put off for a week"), "Alt+7", partial(self.later, _WEEK))
        on_day = add(_("Put off until a day…"), "Ctrl+D", self.later_on)
        self._settled = add(_("The complaint is settled"), "", self.settle)
        self._open = add(_("Open the card"), "", self.open_card)
        self._later = QMenu(self)
        self._later.addActions([tomorrow, week, on_day])
        self.table.set_menu(
            [self._done, self._settled, None, tomorrow, week, on_day, None, self._open]
        )

    # The list -----------------------------------------------------------------------------------

    def _look_at(self, key: str) -> None:
        self._only = None if key == _ALL else Touch(key)
        self.refresh()

    def _take_labels(self, fields: Iterable[Field]) -> None:
        self._fields.update({field.key: own_label(field) for field in fields})

    def _show(self, board: TodayBoard) -> None:
        self._show_title()
        total = board.total if self._only is None else None
        chips = [Chip(_ALL, _("Everything"), total)]
        chips += [
            Chip(touch.value, words.touches(touch), board.counts[touch])
            for touch in Touch
            if board.counts[touch] or touch is self._only
        ]
        self.chips.set_chips(chips)
        self.chips.set_current(_ALL if self._only is None else self._only.value)
        place = max(self.table.currentIndex().row(), 0)
        self.model.show_rows(board.rows)
        self._choose_row(place)
        if self._only is None:
            self.count_changed.emit(board.total)
        self._show_rest(board)
        self.show_list(
            _("Nothing for today"),
            _("Visits that are due, birthdays, tasks and next steps are listed here."),
        )
        if not board.rows:
            counted = self.context.ask(client_counts)
            self._clients.take(counted, self._show_beginning)
        self.tell_selection()

    def _show_beginning(self, counts: ClientCounts) -> None:
        if not counts.all and not self.model.rowCount():
            self.lists.setCurrentWidget(self._beginning)

    def _show_rest(self, board: TodayBoard) -> None:
        """Say how many rows are not shown."""
        cut = board.total - len(board.rows)
        self._shown.setVisible(cut > 0)
        self._shown.setText(
            _("The {shown} most urgent of {total} are shown.").format(
                shown=formats.number(len(board.rows)), total=formats.number(board.total)
            )
        )

    def _choose_row(self, place: int) -> None:
        """Keep the chosen row; where it has gone, take the one that came into its place."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.table.select_id(wanted)
        count = self.model.rowCount()
        if count and not self.table.selected_count():
            self.table.select_id(self.model.id_at(min(place, count - 1)))

    def current_row(self) -> TodayRow | None:
        place = self.table.currentIndex().row()
        return self.model.row_at(place) if 0 <= place < self.model.rowCount() else None

    def tell_selection(self) -> None:
        row = self.current_row()
        self._settled.setEnabled(row is not None and _complaint(row) is not None)
        self._open.setEnabled(row is not None and row.client_id is not None)
        if row is not None:
            self._done.setText(words.done_verb(row.touch))
        super().tell_selection()

    def selection_words(self, chosen: int) -> str:
        count = self.model.rowCount()
        text = ngettext("{count} row", "{count} rows", count)
        return text.format(count=formats.number(count))

    # Doing --------------------------------------------------------------------------------------

    def _clicked(self, index: QModelIndex) -> None:
        key = self.model.columns[index.column()].key
        if key == DONE:
            self.done()
        elif key == LATER:
            self._later.popup(QCursor.pos())

    def done(self) -> None:
        """Write down that the most urgent reason of the row is dealt with."""
        row = self.current_row()
        if row is None:
            return
        command = doings.done(row, self.context.today())
        if command is not None:
            self.do(command, words.done_told(row))
        elif row.touch is Touch.WINBACK and row.client_id is not None:
            dialog = AttemptDialog(
                row.client_id, row.name, self.context.today, parent=self, step=True
            )
            dialog.run(self.host, dialog.command, words.done_told(row))
        else:
            self.open_card()

    def later(self, days: int) -> None:
        """Put the row off for so many days."""
        row = self.current_row()
        if row is not None:
            until = self.context.today() + timedelta(days=days)
            self.do(doings.later(row, until), words.later_told(row, until))

    def later_on(self) -> None:
        row = self.current_row()
        if row is not None:
            dialog = DayDialog(words.name(row), self.context.today, self)
            dialog.run(
                self.host,
                lambda: doings.later(row, dialog.until()),
                lambda: words.later_told(row, dialog.until()),
            )

    def settle(self) -> None:
        """Close the complaint of the row."""
        row = self.current_row()
        complaint = None if row is None else _complaint(row)
        if row is not None and complaint is not None:
            text = _("The complaint is settled: {name}").format(name=row.name)
            self.do(CloseComplaint(complaint, self.context.today()), text)

    def open_card(self) -> None:
        row = self.current_row()
        if row is None:
            return
        if row.touch is Touch.OFFER and row.reasons[0].offer_id is not None:
            self.wish(ShowOffer(OfferId(row.reasons[0].offer_id)))
        elif row.client_id is not None:
            self.wish(ShowClient(row.client_id))


def _key(row: TodayRow) -> int:
    return row.key


def _complaint(row: TodayRow) -> int | None:
    complaints = (reason.item_id for reason in row.reasons if reason.touch is Touch.COMPLAINT)
    return next(complaints, None)
