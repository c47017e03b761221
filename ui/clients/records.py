"""The tabs of a card beside its form: history, purchases, agreements, relationships."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Generic

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from db.domain.fields import Field
from db.queries.cards.head import AgreementRow
from db.queries.cards.purchases import PurchaseRow
from db.queries.cards.records import ClientRecords
from db.queries.cards.relations import RelationRow
from ui.look.theme import em
from ui.models.column import Column, Row
from ui.models.rows import StaticModel
from ui.preferences import Preferences
from ui.widgets.buttons import button
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import note
from ui.widgets.table import TableView
from ui.words import clients as words
from ui.words import formats, labels
from ui.words.i18n import _


@dataclass(frozen=True, slots=True)
class Happening:
    """One row of the history. `source` and `source_id` say what it stands for."""

    number: int
    at: datetime
    icon: str
    what: str
    text: str
    source: str = ""
    source_id: int = 0
    is_open: bool = False


# Their rows are in the history themselves: the changes that wrote them would repeat them.
_TOLD_APART = frozenset({"AddPurchase", "AddInteraction", "CloseComplaint"})


def happenings(records: ClientRecords, fields: Mapping[str, Field]) -> list[Happening]:
    """Return everything that happened with a client, the newest first."""
    rows: list[tuple[datetime, str, str, str, str, int, bool]] = []
    for bought in records.purchases:
        parts = (formats.money(bought.amount), bought.product, bought.note)
        text = ", ".join(part for part in parts if part)
        what = _("refund") if bought.amount < 0 else _("purchase")
        rows.append((_noon(bought.day), "shopping-cart", what, text, "purchase", bought.id, False))
    for talk in records.interactions:
        score = "" if talk.nps is None else _("score {nps}").format(nps=talk.nps)
        closed = (
            _("settled {day}").format(day=formats.day(talk.closed_on)) if talk.closed_on else ""
        )
        state = _("not settled") if talk.is_open else closed
        text = ", ".join(part for part in (talk.text, score, state) if part)
        kind = labels.interaction(talk.kind)
        row = (_noon(talk.day), "message-square", kind, text, "interaction", talk.id, talk.is_open)
        rows.append(row)
    for offer in records.offers:
        text = f"{offer.number} {offer.title}, {labels.offer_state(offer.status)}"
        rows.append(
            (_noon(offer.state_on), "file-text", _("offer"), text, "offer", offer.id, False)
        )
    for change in records.changes:
        if change.command in _TOLD_APART and not change.undone:
            continue
        what = labels.command(change.command)
        what = _("undone: {change}").format(change=what) if change.undone else what
        text = "; ".join(words.change_lines(change, fields))
        at = change.at.astimezone().replace(tzinfo=None)
        rows.append((at, "history", what, text, "change", change.id, False))
    rows.sort(key=lambda row: row[0], reverse=True)
    return [Happening(_number(row[4], row[5]), *row) for row in rows]


_SOURCES = ("purchase", "interaction", "offer", "change")


def _number(source: str, source_id: int) -> int:
    """Return the id of a row: what is chosen stays chosen when something newer happens."""
    return source_id * len(_SOURCES) + _SOURCES.index(source)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12))


@dataclass(frozen=True, slots=True)
class TabSpec(Generic[Row]):
    """What a tab shows, and the words of its button; without them nothing can be added."""

    key: str
    columns: Sequence[Column[Row]]
    id_of: Callable[[Row], int]
    empty: str
    add: str = ""


class RecordsTab(QFrame, Generic[Row]):
    """A table with buttons above it. `delete_wanted` brings the row's id, `add_wanted` nothing.

    The table is made when the tab is first looked at: most cards are opened for their form alone.
    """

    add_wanted = Signal()
    delete_wanted = Signal(int)
    opened = Signal(int)
    current_changed = Signal(object)  # id or None

    def __init__(
        self, spec: TabSpec[Row], preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("Panel")
        self._spec, self._preferences = spec, preferences
        self._menu: list[QAction] = []
        self._table: TableView[Row] | None = None
        self.model: StaticModel[Row] = StaticModel(spec.columns, spec.id_of, self)
        self.model.modelReset.connect(self._fit)
        self._empty = note(spec.empty)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(em(0.9), em(1), em(0.9), em(1))
        # Words for an empty tab must not make the smallest window larger.
        self._empty.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        if spec.add:
            self._add_bar(spec.add)
        self._column.addWidget(self._empty, 1)

    @property
    def table(self) -> TableView[Row]:
        """The table, made now if the tab was not looked at yet."""
        return self._make()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows, or the words for an empty tab."""
        self.model.show_rows(rows)

    def set_menu(self, actions: Sequence[QAction]) -> None:
        """Offer these actions for a row."""
        self._menu = list(actions)
        if self._table is not None:
            self._table.set_menu(self._menu)

    def showEvent(self, event: QShowEvent) -> None:
        self._make()
        super().showEvent(event)

    def _make(self) -> TableView[Row]:
        if self._table is None:
            self._table = TableView(self.model, f"card-{self._spec.key}", self._preferences)
            self._table.setAccessibleName(self._spec.empty)
            self._table.opened.connect(self.opened)
            self._table.current_changed.connect(self.current_changed)
            self._table.set_menu(self._menu)
            self._column.addWidget(self._table, 1)
            self._fit()
        return self._table

    def _fit(self) -> None:
        is_empty = self.model.rowCount() == 0
        self._empty.setVisible(is_empty)
        if self._table is not None:
            self._table.setHidden(is_empty)

    def _add_bar(self, add: str) -> None:
        box = QWidget()
        bar = FlowLayout(box)
        add_button = button(add, "plus")
        add_button.clicked.connect(self.add_wanted)
        delete_button = button(_("Delete"), "trash-2")
        delete_button.clicked.connect(self._delete)
        delete_button.setEnabled(False)
        bar.addWidget(add_button)
        bar.addWidget(delete_button)
        framed = QVBoxLayout()
        framed.setContentsMargins(em(0.9), em(0.5), em(0.9), em(0.5))
        framed.addWidget(box)
        self._column.addLayout(framed)
        action = QAction(_("Delete"), self)
        action.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(self._delete)
        self._menu.append(action)
        self.current_changed.connect(lambda item_id: delete_button.setEnabled(item_id is not None))

    def _delete(self) -> None:
        item_id = self.table.current_id()
        if item_id is not None:
            self.delete_wanted.emit(item_id)


def history_tab(preferences: Preferences) -> RecordsTab[Happening]:
    """Return the tab of everything that happened; nothing can be added in it."""
    columns: list[Column[Happening]] = [
        Column("at", _("Date"), lambda row: formats.day(row.at.date()), width=10, sort="at",
               value=lambda row: row.at),
        Column("what", _("What"), lambda row: row.what, width=13, sort="what",
               icon=lambda row: row.icon),
        Column("text", _("Details"), lambda row: row.text, stretch=True, width=20,
               tooltip=lambda row: row.text.replace("; ", "\n")),
    ]  # fmt: skip
    empty = _("No events yet.")
    return RecordsTab(TabSpec("history", columns, lambda row: row.number, empty), preferences)


def purchases_tab(preferences: Preferences) -> RecordsTab[PurchaseRow]:
    """Return the tab of purchases."""
    columns: list[Column[PurchaseRow]] = [
        Column("day", _("Date"), lambda row: formats.day(row.day), width=11, sort="day",
               value=lambda row: row.day),
        Column("product", _("Product"), lambda row: row.product or "", stretch=True, width=12,
               sort="product"),
        Column("amount", _("Amount"), lambda row: formats.money(row.amount), align_right=True,
               width=13, sort="amount", value=lambda row: row.amount),
        Column("cost", _("Cost"), lambda row: formats.money(row.cost), align_right=True, width=12,
               sort="cost", value=lambda row: row.cost),
        Column("note", _("Note"), lambda row: row.note or "", width=12,
               tooltip=lambda row: row.note),
    ]  # fmt: skip
    empty, add = _("No purchases yet."), _("Write a purchase")
    return RecordsTab(TabSpec("purchases", columns, lambda row: row.id, empty, add), preferences)


def agreements_tab(preferences: Preferences) -> RecordsTab[AgreementRow]:
    """Return the tab of agreements."""
    columns: list[Column[AgreementRow]] = [
        Column("what", _("Agreement"), words.agreement_line, stretch=True, width=24),
        Column("until", _("Until"), lambda row: formats.day(row.until), width=11, sort="until",
               value=lambda row: row.until),
    ]  # fmt: skip
    empty = _("Nothing was agreed yet: a discount, a deferred payment, a fixed price…")
    spec = TabSpec("agreements", columns, lambda row: row.id, empty, _("Add an agreement"))
    return RecordsTab(spec, preferences)


def relations_tab(preferences: Preferences) -> RecordsTab[RelationRow]:
    """Return the tab of relationships."""
    columns: list[Column[RelationRow]] = [
        Column("kind", _("Relationship"), _relation_kind, width=18, sort="kind"),
        Column("name", _("Who"), lambda row: row.name, stretch=True, width=18, sort="name",
               icon=lambda row: "user" if row.other_id else None),
    ]  # fmt: skip
    empty = _("No relationships yet: relatives, friends, who recommended whom.")
    spec = TabSpec("relations", columns, lambda row: row.id, empty, _("Add a relationship"))
    return RecordsTab(spec, preferences)


def _relation_kind(row: RelationRow) -> str:
    """Say what the other is to this client, also where it was entered on the other card."""
    turned = {"child": "parent", "parent": "child", "recommended_by": "recommended",
              "recommended": "recommended_by"}  # fmt: skip
    return labels.relationship(turned.get(row.kind, row.kind) if row.backward else row.kind)
