"""Segments: the five statuses at the left, who is in the chosen one at the right."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from db.domain.ids import ClientId
from db.domain.lifecycle import Status
from db.queries.lists.clients import ClientRow, ListSpec, Sort, client_ids, client_rows
from db.queries.segments.statuses import Membership, SegmentCount, membership, segment_counts
from db.queries.setup import owner_settings
from ui.jobs.latest import Latest, take_once
from ui.look.palette import Tone
from ui.look.theme import em
from ui.models.column import Column
from ui.models.id_window import IdWindowModel
from ui.models.rows import StaticModel
from ui.parts.call_lists import CallListMaker
from ui.parts.page import Page, PageHost
from ui.segments.call_list import segment_call_list
from ui.widgets.buttons import button
from ui.widgets.header import PageHeader
from ui.widgets.labels import EmptyState, heading, note, title
from ui.widgets.notice import Notice
from ui.widgets.search import SearchLine
from ui.widgets.table import TableView
from ui.words import formats, labels
from ui.words import segments as words
from ui.words.i18n import _

_CHOSEN = "segments/chosen"
_STATUSES = tuple(Status)


class SegmentsPage(Page):
    def __init__(self, host: PageHost, parent: QWidget | None = None) -> None:
        super().__init__(host, parent)
        kept = host.preferences.text(_CHOSEN)
        self._status = Status(kept) if kept in set(Status) else Status.REGULAR
        self._sort, self._descending = Sort.NAME, False
        self._counts, self._ids = Latest(self), Latest(self)
        self._rule, self._why = Latest(self), Latest(self)
        self.search_line = SearchLine(_("Name, phone…"))
        self.segments_model = StaticModel(_segment_columns(), _place, self)
        self.segments = TableView(self.segments_model, "segments", host.preferences)
        self.model = IdWindowModel(_member_columns(lambda: self._as_of), self._fetch, self)
        self.table = TableView(self.model, "segment-members", host.preferences)
        self.calls = CallListMaker(host, self)
        self._empty = EmptyState("users", "")
        self._lay_out()
        self._connect()

    @property
    def _as_of(self) -> date:
        return self.context.base.as_of

    # Page ---------------------------------------------------------------------------------------

    def refresh(self, _text: str = "") -> None:
        self._counts.take(self.context.ask(segment_counts), self._show_counts)
        self._ask_members()

    def show_page(self) -> None:
        super().show_page()
        self._tell_selection()

    def search(self) -> None:
        self.search_line.start()

    def print_page(self) -> None:
        name = labels.status_of_many(self._status)
        # What is shown now: the list is made in another thread.
        gather = partial(segment_call_list, self.context.base, self._spec())
        self.calls.ask(f"{name} {self._as_of:%Y-%m-%d}", gather)

    def page_actions(self) -> list[QAction]:
        return [self._open]

    # Making -------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        header = PageHeader(_("Segments"))
        header.add_left(self.search_line, 1)
        calls = button(_("Call list…"), "printer")
        calls.setToolTip(_("Save the list as XLSX, CSV or PDF (Ctrl+P)"))
        calls.clicked.connect(self.print_page)
        header.add_right(calls)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left())
        row.addWidget(self._right(), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addLayout(row, 1)
        self.table.show_sort(Sort.NAME)

    def _left(self) -> QWidget:
        left = QFrame()
        left.setObjectName("Panel")
        left.setFixedWidth(em(18))
        self.segments.setAccessibleName(_("Segments"))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.segments)
        return left

    def _right(self) -> QWidget:
        right = QWidget()
        self._name = title()
        self._sum = heading("")
        self._told = note()
        head = QHBoxLayout()
        head.addWidget(self._name)
        head.addStretch()
        head.addWidget(self._sum)
        top = QVBoxLayout()
        top.setContentsMargins(em(0.9), em(0.7), em(0.9), em(0.6))
        top.setSpacing(em(0.25))
        top.addLayout(head)
        top.addWidget(self._told)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.table)
        self._lists.addWidget(self._empty)
        self.why = Notice("", Tone.INFO)
        self.why.hide()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._lists, 1)
        column.addWidget(self.why)
        return right

    def _connect(self) -> None:
        self.search_line.sought.connect(self._ask_members)
        self.search_line.down_wanted.connect(self.table.setFocus)
        self.segments.current_changed.connect(self._choose)
        self.segments.opened.connect(lambda _place: self.table.setFocus())
        self.model.sort_wanted.connect(self._sort_by)
        self.table.opened.connect(self.client_wanted)
        self.table.current_changed.connect(self._explain)
        self.table.selection_changed.connect(self._tell_selection)
        self.table.typed.connect(self.search_line.start)
        self._open = QAction(_("Open the card"), self)
        self._open.triggered.connect(self._want_client)
        self.table.set_menu([self._open])

    # Segments -----------------------------------------------------------------------------------

    def _show_counts(self, counts: Sequence[SegmentCount]) -> None:
        self.segments_model.show_rows(counts)
        self.segments.select_id(_STATUSES.index(self._status))
        self._show_head()
        self._rule.take(self.context.ask(owner_settings), self._show_rule)

    def _show_head(self) -> None:
        for one in self.segments_model.rows():
            if one.status is self._status:
                self._name.setText(labels.status_of_many(one.status))
                told = _("{clients}, {sum} in a year").format(
                    clients=formats.clients_count(one.count), sum=formats.money_brief(one.sum)
                )
                self._sum.setText(told)

    def _show_rule(self, now: Any) -> None:
        self._told.setText(words.rule_of(self._status, now.lifecycle))

    def _choose(self, place: int | None) -> None:
        if place is None or _STATUSES[place] is self._status:
            return
        self._status = _STATUSES[place]
        self.host.preferences.set_text(_CHOSEN, self._status)
        self._show_head()
        self._rule.take(self.context.ask(owner_settings), self._show_rule)
        self._ask_members()

    # Members ------------------------------------------------------------------------------------

    def _spec(self) -> ListSpec:
        text = self.search_line.sought_text()
        return ListSpec(
            text=text, status=self._status, sort=self._sort, descending=self._descending
        )

    def _ask_members(self, _text: str = "") -> None:
        self._ids.take(self.context.ask(client_ids, self._spec()), self._show_members)

    def _show_members(self, ids: Sequence[int]) -> None:
        self.model.show_ids(ids)
        if self.search_line.sought_text():
            self._empty.show_text(_("Nobody found"), _("Clear the search to see everybody."))
        else:
            self._empty.show_text(_("Nobody is here now"), "")
        self._lists.setCurrentWidget(self.table if ids else self._empty)
        if not ids:
            self.why.hide()
        elif self.table.current_id() is None:
            self.table.select_id(self.model.id_at(0))
        self._tell_selection()

    def _fetch(self, ids: Sequence[int], take: Callable[[dict[int, Any]], None]) -> None:
        take_once(self, self.context.ask(client_rows, ids), take)

    def _sort_by(self, key: str, descending: bool) -> None:  # noqa: FBT001 - a signal's value
        self._sort, self._descending = Sort(key), descending
        self._ask_members()

    def _explain(self, client_id: int | None) -> None:
        if client_id is None:
            self._why.forget()
            self.why.hide()
            return
        asked = self.context.ask(membership, ClientId(client_id))
        self._why.take(asked, self._show_why)

    def _show_why(self, member: Membership) -> None:
        self.why.show_text(_("Why here: {why}").format(why=words.why_here(member)))
        self.why.show()

    def _tell_selection(self) -> None:
        chosen = len(self.table.selected_ids())
        count = chosen if chosen > 1 else len(self.model.ids())
        told = _("Chosen: {clients}") if chosen > 1 else _("In the list: {clients}")
        self.status.emit(told.format(clients=formats.clients_count(count)))

    def _want_client(self) -> None:
        client_id = self.table.current_id()
        if client_id is not None:
            self.client_wanted.emit(client_id)


def _place(one: SegmentCount) -> int:
    return _STATUSES.index(one.status)


def _segment_columns() -> Sequence[Column[SegmentCount]]:
    return (
        Column(
            "name",
            _("Segment"),
            lambda one: labels.status_of_many(one.status),
            width=10,
            stretch=True,
        ),
        Column(
            "count", _("Clients"), lambda one: formats.number(one.count), align_right=True, width=8
        ),
        Column(
            "sum",
            _("In a year"),
            lambda one: formats.money_brief(one.sum),
            align_right=True,
            width=11,
            tooltip=lambda one: _("Revenue of the last 12 months: {sum}").format(
                sum=formats.money(one.sum)
            ),
        ),
    )


def _member_columns(today: Callable[[], date]) -> Sequence[Column[ClientRow]]:
    return (
        Column(
            "name",
            _("Client"),
            lambda row: row.name,
            sort=Sort.NAME,
            width=22,
            stretch=True,
            bold=lambda _row: True,
            icon=lambda row: "ban" if row.do_not_contact else None,
            tooltip=lambda row: _("Asked not to be contacted.") if row.do_not_contact else None,
        ),
        Column("phone", _("Phone"), lambda row: formats.phone(row.phone), width=16),
        Column(
            "last",
            _("Last purchase"),
            lambda row: formats.day(row.last_on),
            sort=Sort.LAST,
            width=15,
            tooltip=lambda row: formats.days_ago(row.last_on, today()) if row.last_on else None,
        ),
        Column(
            "year",
            _("In a year"),
            lambda row: formats.money_short(row.year_revenue),
            align_right=True,
            sort=Sort.YEAR,
            width=10,
            tooltip=lambda _row: _("Revenue of the last 12 months."),
        ),
        Column(
            "cycle", _("Cycle"), lambda row: words.days_words(row.cycle_days), width=10,
            align_right=True,
        ),
        Column("next", _("Expected"), lambda row: formats.day(row.next_on), width=11),
    )  # fmt: skip
