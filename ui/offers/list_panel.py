"""All offers, newest first."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from db.domain.offers import OfferStatus
from db.domain.text import fold
from db.queries.offers.offers import OfferListRow
from ui.look.palette import tone_of
from ui.look.theme import em
from ui.models.column import Column
from ui.models.rows import StaticModel
from ui.preferences import Preferences
from ui.widgets.buttons import primary_button
from ui.widgets.chips import Chip, ChipsBar
from ui.widgets.header import PageHeader
from ui.widgets.labels import EmptyState
from ui.widgets.search import SearchLine
from ui.widgets.table import TableView
from ui.words import formats
from ui.words.i18n import _, ngettext, pgettext
from ui.words.offers import status_word

_ALL = "all"


class OfferListPanel(QWidget):
    """The list with its search line and the states to choose from."""

    opened = Signal(int)
    new_wanted = Signal()

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[OfferListRow] = ()
        self._header = PageHeader(_("Offers"))
        self.search = SearchLine(_("Number, client, subject…"))
        self._header.add_left(self.search)
        new = primary_button(_("New offer"), "plus")
        new.clicked.connect(self.new_wanted)
        self._header.add_right(new)
        self._chips = ChipsBar()
        self._model = StaticModel(_columns(), lambda row: row.id, self)
        self.table = TableView(self._model, "offers", preferences)
        self._empty = EmptyState("file-text", "", "", [])
        self._lay_out()
        self.search.sought.connect(self._filter)
        self.search.down_wanted.connect(self.table.setFocus)
        self._chips.chosen.connect(self._filter)
        self.table.opened.connect(self.opened)

    def _lay_out(self) -> None:
        first = primary_button(_("Make the first offer"), "plus")
        first.clicked.connect(self.new_wanted)
        nothing = EmptyState(
            "file-text",
            _("There are no offers yet"),
            _("Three prices to choose from, a deadline and what to do next: on one page."),
            [first],
        )
        self._stack = QStackedLayout()
        for widget in (self.table, nothing, self._empty):
            self._stack.addWidget(widget)
        strip = QWidget()
        strip.setObjectName("Panel")
        row = QHBoxLayout(strip)
        row.setContentsMargins(em(0.9), em(0.4), em(0.9), em(0.4))
        row.addWidget(self._chips)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(strip)
        column.addLayout(self._stack, 1)

    def show_rows(self, rows: Sequence[OfferListRow]) -> None:
        self._rows = rows
        counts = Counter(row.status for row in rows)
        chips = [Chip(_ALL, pgettext("offers", "all"), len(rows))]
        chips += [
            Chip(status, status_word(status), counts[status])
            for status in OfferStatus
            if counts[status]
        ]
        chosen = self._chips.current() or _ALL
        self._chips.set_chips(chips)
        self._chips.set_current(chosen if any(c.key == chosen for c in chips) else _ALL)
        self._filter()

    def _filter(self, _chosen: str = "") -> None:
        words, chosen = fold(self.search.sought_text()).split(), self._chips.current() or _ALL
        shown = [
            row
            for row in self._rows
            if chosen in (_ALL, row.status)
            and all(word in fold(f"{row.number} {row.client_name} {row.title}") for word in words)
        ]
        self._model.show_rows(shown)
        if not self._rows:
            self._stack.setCurrentIndex(1)
        else:
            self._empty.show_text(_("Nothing found"), _("Clear the search or choose all."))
            self._stack.setCurrentIndex(0 if shown else 2)

    def told(self) -> str:
        """Return how many are shown, for the status bar."""
        count = self._model.rowCount()
        return ngettext("{count} offer", "{count} offers", count).format(
            count=formats.number(count)
        )


def _columns() -> tuple[Column[OfferListRow], ...]:
    return (
        Column("number", _("Number"), _number, sort="number", width=13),
        Column("client", _("Client"), lambda row: row.client_name or formats.DASH, sort="client",
               width=26, bold=lambda _row: True, value=lambda row: fold(row.client_name)),
        Column("title", _("Subject"), lambda row: row.title, sort="title", width=30, stretch=True,
               tooltip=lambda row: row.title),
        Column("status", _("State"), lambda row: status_word(row.status), sort="status", width=14,
               badge=lambda row: tone_of(row.status)),
        Column("total", _("Recommended price"), lambda row: formats.money_short(row.total),
               align_right=True, sort="total", width=16, value=lambda row: row.total),
        Column("valid", _("Valid until"), lambda row: formats.day(row.valid_until), sort="valid",
               width=13, value=lambda row: row.valid_until),
        Column("created", _("Made on"), lambda row: formats.day(row.created_on), sort="created",
               width=13, value=lambda row: row.created_on, hidden=True),
    )  # fmt: skip


def _number(row: OfferListRow) -> str:
    if row.version == 1:
        return row.number
    return _("{number}, v. {version}").format(number=row.number, version=row.version)
