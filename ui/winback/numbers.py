"""Win-back in numbers: the tiles over the list, and the losses by month, reason and source."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTabWidget, QWidget

from db.queries.winback.board import WinbackBoard, WinbackView
from db.queries.winback.numbers import (
    LostBy,
    LostInMonth,
    WinbackNumbers,
    WinbackStats,
    winback_stats,
)
from ui.jobs.latest import take_once
from ui.look.palette import Tone
from ui.look.theme import em
from ui.models.column import Column
from ui.models.rows import StaticModel
from ui.parts.context import Context
from ui.preferences import Preferences
from ui.widgets.cards import Tile
from ui.widgets.dialog import Dialog
from ui.widgets.labels import note
from ui.widgets.table import TableView
from ui.words import formats
from ui.words import winback as words
from ui.words.i18n import _

Losses = TypeVar("Losses", LostBy, LostInMonth)


class NumberTiles(QFrame):
    """A click on a tile shows the clients behind it: `chosen` brings that part of the list."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._listed = Tile(_("In the list"), clickable=True)
        self._at_stake = Tile(_("At stake a year"))
        self._in_work = Tile(_("In work"), clickable=True)
        self._returned = Tile(_("Returned this quarter"))
        self._revenue = Tile(_("Revenue after return"))
        self._revenue.setToolTip(_("What the clients won back have bought since."))
        self._listed.clicked.connect(lambda: self.chosen.emit(WinbackView.ALL))
        self._in_work.clicked.connect(lambda: self.chosen.emit(WinbackView.IN_WORK))
        row = QHBoxLayout(self)
        row.setContentsMargins(em(0.9), em(0.7), em(0.9), em(0.1))
        row.setSpacing(em(0.6))
        for tile in (self._listed, self._at_stake, self._in_work, self._returned, self._revenue):
            row.addWidget(tile, 1)

    def show_board(self, board: WinbackBoard) -> None:
        listed = board.counts[WinbackView.ALL]
        left = board.counts[WinbackView.DO_NOT_RETURN]
        self._listed.show_number(
            formats.number(listed), _("not to win back: {count}").format(count=formats.number(left))
        )
        known = _("known for {known} of {all}").format(
            known=formats.number(board.at_stake_known), all=formats.number(listed)
        )
        self._at_stake.show_number(formats.money_brief(board.at_stake), known)
        self._at_stake.setToolTip(_at_stake_words(board))
        late = board.overdue_steps
        late_words = _("overdue steps: {count}").format(count=formats.number(late))
        self._in_work.show_number(
            formats.number(board.counts[WinbackView.IN_WORK]),
            late_words if late else _("no step is overdue"),
            Tone.DANGER if late else Tone.MUTED,
        )

    def show_numbers(self, numbers: WinbackNumbers) -> None:
        text = _("on their own: {count}; refused: {refused}").format(
            count=formats.number(numbers.by_themselves),
            refused=formats.number(numbers.closed - numbers.returned),
        )
        self._returned.show_number(formats.number(numbers.returned), text)
        since = _("since {day}").format(day=formats.day(numbers.quarter_from))
        self._revenue.show_number(formats.money_brief(numbers.returned_revenue), since)


def _at_stake_words(board: WinbackBoard) -> str:
    text = _("Yearly gross profit of the clients in the list, weighted by the chance of a return.")
    if board.estimated:
        text += "\n" + _("For {clients} the usual margin of the trade was used.").format(
            clients=formats.clients_count(board.estimated)
        )
    return text


class StatsDialog(Dialog):
    """Losses by month, reason and source, with money."""

    def __init__(
        self, context: Context, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Loss statistics"), parent)
        self._preferences = preferences
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.column.addWidget(
            note(
                _(
                    "All losses so far: clients in the list, those not to be won back, and closed "
                    "cases. The money is at stake a year, where it is known."
                )
            )
        )
        self.column.addWidget(self.tabs, 1)
        self.add_close()
        self.resize(em(40), em(32))
        job = context.ask(winback_stats)
        take_once(self, job, self._show)

    def _show(self, stats: WinbackStats) -> None:
        month: Column[LostInMonth] = _named(_("Month"), lambda row: formats.month(row.month))
        reason: Column[LostBy] = _named(_("Reason"), lambda row: words.loss_reason(row.key))
        source: Column[LostBy] = _named(_("Source"), lambda row: words.source(row.key))
        months = sorted(stats.by_month, key=lambda row: row.month, reverse=True)
        self._add(_("By month"), "winback-months", month, months)
        self._add(_("By reason"), "winback-reasons", reason, stats.by_reason)
        self._add(_("By source"), "winback-sources", source, stats.by_source)

    def _add(self, name: str, key: str, first: Column[Losses], rows: Sequence[Losses]) -> None:
        places = {id(row): place for place, row in enumerate(rows)}
        columns: list[Column[Losses]] = _figures()
        columns.insert(0, first)
        model = StaticModel(columns, lambda row: places[id(row)], self)
        model.show_rows(rows)
        self.tabs.addTab(TableView(model, key, self._preferences), name)


def _named(title: str, text: Callable[[Losses], str]) -> Column[Losses]:
    return Column("name", title, text, width=24, stretch=True)


def _figures() -> list[Column[Losses]]:
    return [
        Column(
            "count",
            _("Clients"),
            lambda row: formats.number(row.count),
            align_right=True,
            sort="count",
            value=lambda row: row.count,
        ),
        Column(
            "money",
            _("At stake"),
            lambda row: formats.money_short(row.money),
            align_right=True,
            sort="money",
            value=lambda row: row.money,
        ),
    ]
