"""Segments: the five statuses at the left, the clients of the chosen one at the right."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from db.domain.condition import has_status
from db.domain.ids import ClientId
from db.domain.lifecycle import Status
from db.domain.settings import Settings
from db.queries.lists.clients import ClientRow, ListSpec, Sort, client_ids, client_rows
from db.queries.segments.statuses import Membership, SegmentCount, membership, segment_counts
from db.queries.setup import owner_settings
from ui.jobs.latest import Latest
from ui.look.palette import Tone
from ui.look.theme import em
from ui.models.column import Column
from ui.models.rows import StaticModel
from ui.parts.base_rows import BaseRowsModel
from ui.parts.call_lists import Gather
from ui.parts.list_page import ClientListPage
from ui.parts.page import PageHost
from ui.segments.call_list import segment_call_list
from ui.widgets.labels import heading, note, title
from ui.widgets.notice import Notice
from ui.widgets.table import TableView
from ui.words import formats, labels
from ui.words import segments as words
from ui.words.i18n import _

_CHOSEN = "segments/chosen"
_STATUSES = tuple(Status)


class SegmentsPage(ClientListPage[ClientRow]):
    """The statuses with their counts; the clients of the chosen one, and why each is in it."""

    def __init__(self, host: PageHost, parent: QWidget | None = None) -> None:
        model = BaseRowsModel(host.context, _member_columns(host.context.today), client_rows)
        super().__init__(host, "segment-members", model, "users", parent)
        self.model = model
        kept = host.preferences.text(_CHOSEN)
        self._status = Status(kept) if kept in set(Status) else Status.REGULAR
        self._sort, self._descending = Sort.NAME, False
        self._counts, self._ids = Latest(self), Latest(self)
        self._meaning, self._why = Latest(self), Latest(self)
        self.segments_model = StaticModel(_segment_columns(), _place, self)
        self.segments = TableView(self.segments_model, "segments", host.preferences)
        self._arrange()
        self._connect()

    # Page ---------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._counts.take(self.context.ask(segment_counts), self._show_counts)
        self.ask_list()

    def call_list(self) -> tuple[str, Gather]:
        name = labels.status_of_many(self._status)
        # What is shown now: the list is made in another thread.
        gather = partial(segment_call_list, self.context.base, self._status, self._spec())
        return f"{name} {self.context.today():%Y-%m-%d}", gather

    # Making -------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        header = self.header(_("Segments"))
        header.add_right(self.call_list_button())
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left())
        row.addWidget(self._right(), 1)
        self.lay_out(header, body=body)
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
        self._meaning_words = note()
        self._sum.setWordWrap(True)  # with large text the row would widen the window
        self._sum.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = QHBoxLayout()
        head.addWidget(self._name)
        head.addWidget(self._sum, 1)
        top = QVBoxLayout()
        top.setContentsMargins(em(0.9), em(0.7), em(0.9), em(0.6))
        top.setSpacing(em(0.25))
        top.addLayout(head)
        top.addWidget(self._meaning_words)
        self.why = Notice("", Tone.INFO)
        self.why.hide()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.lists, 1)
        column.addWidget(self.why)
        return right

    def _connect(self) -> None:
        self.segments.current_changed.connect(self._choose)
        self.segments.opened.connect(lambda _place: self.table.setFocus())
        self.table.current_changed.connect(self._explain)
        self.table.set_menu([self.add_action(_("Open the card"), "", self.open_card)])

    # Segments -----------------------------------------------------------------------------------

    def _show_counts(self, counts: Sequence[SegmentCount]) -> None:
        self.segments_model.show_rows(counts)
        self.segments.select_id(_STATUSES.index(self._status))
        self._show_head()
        self._meaning.take(self.context.ask(owner_settings), self._show_meaning)

    def _show_head(self) -> None:
        for one in self.segments_model.rows():
            if one.status is self._status:
                self._name.setText(labels.status_of_many(one.status))
                text = _("{clients}, {sum} in a year").format(
                    clients=formats.clients_count(one.count), sum=formats.money_brief(one.sum)
                )
                self._sum.setText(text)

    def _show_meaning(self, now: Settings) -> None:
        self._meaning_words.setText(words.segment_meaning(self._status, now.lifecycle))

    def _choose(self, place: int | None) -> None:
        if place is None or _STATUSES[place] is self._status:
            return
        self._status = _STATUSES[place]
        self.host.preferences.set_text(_CHOSEN, self._status)
        self._show_head()
        self._meaning.take(self.context.ask(owner_settings), self._show_meaning)
        self.ask_list()

    # Members ------------------------------------------------------------------------------------

    def _spec(self) -> ListSpec:
        text = self.search_line.sought_text()
        return ListSpec(
            text=text,
            condition=has_status(self._status),
            sort=self._sort,
            descending=self._descending,
        )

    def ask_list(self) -> None:
        self._ids.take(self.context.ask(client_ids, self._spec()), self._show_members)

    def _show_members(self, ids: Sequence[int]) -> None:
        self.model.show_ids(ids)
        if self.search_line.sought_text():
            self.show_list(_("Nobody found"), _("Clear the search to see everybody."))
        else:
            self.show_list(_("Nobody is here now"), "")
        if not ids:
            self.why.hide()
        elif self.table.current_id() is None:
            self.table.select_id(self.model.id_at(0))
        self.tell_selection()

    def sort_by(self, key: str, *, descending: bool) -> None:
        self._sort, self._descending = Sort(key), descending

    def _explain(self, client_id: int | None) -> None:
        if client_id is None:
            self._why.forget()
            self.why.hide()
            return
        job = self.context.ask(membership, ClientId(client_id))
        self._why.take(job, self._show_why)

    def _show_why(self, member: Membership) -> None:
        self.why.show_text(_("Why here: {why}").format(why=words.why_here(member)))
        self.why.show()


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
