"""The card at the right: head, tabs, and the buttons that save."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from db.domain.fields import Field
from db.queries.cards.full_card import FullCard
from db.queries.cards.head import AgreementRow
from db.queries.cards.records import ClientRecords
from ui.clients.form import CardForm
from ui.clients.head import CardHead
from ui.clients.records import (
    Happening,
    agreements_tab,
    happenings,
    history_tab,
    purchases_tab,
    relations_tab,
)
from ui.look.theme import em
from ui.preferences import Preferences
from ui.widgets.buttons import button, primary_button
from ui.widgets.labels import EmptyState, note
from ui.words import formats
from ui.words.i18n import _

_ROOMY = 27  # text heights that head, tabs and a few fields need


class CardPanel(QFrame):
    """The widgets of the card; reading and saving is done by the controller."""

    save_wanted = Signal()
    drop_wanted = Signal()

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Panel")
        self.head = CardHead()
        self.form = CardForm()
        self.history = history_tab(preferences)
        self.purchases = purchases_tab(preferences)
        self.agreements = agreements_tab(preferences)
        self.relations = relations_tab(preferences)
        self._happenings: dict[int, Happening] = {}
        self._kept = note()
        self.drop = button(_("Cancel"))
        self.save = primary_button(_("Save"))
        self.save.setToolTip(_("Save (Ctrl+S)"))
        self.drop.clicked.connect(self.drop_wanted)
        self.save.clicked.connect(self.save_wanted)
        self.form.edited.connect(self.show_changed)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(
            EmptyState("user", _("No client is chosen"), _("Choose one in the list on the left."))
        )
        self._stack.addWidget(self._card())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def _card(self) -> QWidget:
        box = QWidget()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.tabBar().setExpanding(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        first = QFrame()
        first.setObjectName("Panel")
        column = QVBoxLayout(first)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.form, 1)
        column.addWidget(self._footer())
        for tab in (first, self.history, self.purchases, self.agreements, self.relations):
            self.tabs.addTab(tab, "")
        outer = QVBoxLayout(box)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addWidget(self.tabs, 1)
        self._show_agreements(())
        self._count_tabs(None, 0)
        return box

    def _footer(self) -> QFrame:
        footer = QFrame()
        footer.setObjectName("Footer")
        row = self._footer_row = QHBoxLayout(footer)
        row.setSpacing(em(0.5))
        row.addWidget(self._kept, 1)
        row.addStretch()
        row.addWidget(self.drop)
        row.addWidget(self.save)
        return footer

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = self.height() < em(_ROOMY)
        self.head.set_compact(compact=compact)
        self._kept.setVisible(not compact)
        above = em(0.2 if compact else 0.5)
        self._footer_row.setContentsMargins(em(0.9), above, em(0.9), above)

    def show_nothing(self) -> None:
        self._stack.setCurrentIndex(0)

    def show_head(self, full: FullCard) -> None:
        """Show everything but the form."""
        self._stack.setCurrentIndex(1)
        self.head.show_card(full)
        in_bin = full.card.deleted_at is not None
        self.form.setEnabled(not in_bin)
        self._show_agreements(full.head.agreements)
        moment = full.card.modified_at
        local = None if moment is None else moment.astimezone()
        self._changed_on = (
            ""
            if local is None
            else _("Changed {moment}").format(
                moment=formats.day_and_time(local.date(), local.hour, local.minute)
            )
        )
        self.show_changed()

    def show_new(self) -> None:
        self._stack.setCurrentIndex(1)
        self.tabs.setCurrentIndex(0)
        self.head.show_new()
        self.form.setEnabled(True)
        self._changed_on = ""
        self._show_agreements(())
        self.show_records(None, {})
        for number in range(1, self.tabs.count()):
            self.tabs.setTabEnabled(number, False)  # noqa: FBT003 - Qt
        self.show_changed()

    def _show_agreements(self, rows: Sequence[AgreementRow]) -> None:
        self.agreements.show_rows(rows)
        self._name_tab(self.agreements, _("Agreements"), len(rows))

    def show_records(self, records: ClientRecords | None, fields: Mapping[str, Field]) -> None:
        """Fill the other tabs; None empties them."""
        rows: list[Happening] = []
        if records is not None:
            rows = happenings(records, fields)
        self._happenings = {row.number: row for row in rows}
        self.history.show_rows(rows)
        self.purchases.show_rows(records.purchases if records else ())
        self.relations.show_rows(records.relations if records else ())
        for number in range(1, self.tabs.count()):
            self.tabs.setTabEnabled(number, True)  # noqa: FBT003 - Qt
        self._count_tabs(records, len(rows))

    def happening(self, number: int) -> Happening | None:
        return self._happenings.get(number)

    def _count_tabs(self, records: ClientRecords | None, happened: int) -> None:
        self.tabs.setTabText(0, _("Card"))
        self._name_tab(self.history, _("History"), happened)
        self._name_tab(self.purchases, _("Purchases"), len(records.purchases) if records else 0)
        self._name_tab(self.relations, _("Relationships"), len(records.relations) if records else 0)

    def _name_tab(self, tab: QWidget, name: str, count: int) -> None:
        text = f"{name} {formats.number(count)}" if count else name
        self.tabs.setTabText(self.tabs.indexOf(tab), text)

    def show_changed(self) -> None:
        """Say below the form whether there is something to save."""
        changed = self.form.is_changed
        self._kept.setText(_("Not saved yet") if changed else self._changed_on)
        self.drop.setEnabled(changed)
        self.save.setEnabled(changed)
