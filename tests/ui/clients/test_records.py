"""The tabs of a card beside its form."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from db.domain.ids import PurchaseId
from db.domain.trade import InteractionKind
from db.queries.cards.purchases import InteractionRow, PurchaseRow
from db.queries.cards.records import ClientRecords
from ui.clients.panel import CardPanel
from ui.clients.records import RecordsTab, happenings, history_tab, purchases_tab
from ui.preferences import Preferences
from ui.widgets.table import TableView

BOUGHT = PurchaseRow(
    PurchaseId(7), date(2026, 11, 22), Decimal(1500), None, "Стрижка", None, None, None
)


def tab_of(preferences: Preferences, qtbot: QtBot) -> RecordsTab[PurchaseRow]:
    made = purchases_tab(preferences)
    qtbot.addWidget(made)
    return made


def test_the_table_is_made_when_the_tab_is_looked_at(
    preferences: Preferences, qtbot: QtBot
) -> None:
    tab = tab_of(preferences, qtbot)
    tab.show_rows([BOUGHT])
    assert not tab.findChildren(TableView)
    tab.show()
    assert tab.findChild(TableView) is tab.table
    assert tab.table.isVisible()
    assert tab.table.model().rowCount() == 1


def test_words_stand_where_there_are_no_rows(preferences: Preferences, qtbot: QtBot) -> None:
    tab = tab_of(preferences, qtbot)
    tab.show()
    assert not tab.table.isVisible()
    tab.show_rows([BOUGHT])
    assert tab.table.isVisible()
    tab.show_rows([])
    assert not tab.table.isVisible()


def test_the_chosen_row_is_deleted_by_button_and_key(
    preferences: Preferences, qtbot: QtBot
) -> None:
    tab = tab_of(preferences, qtbot)
    deleted: list[int] = []
    tab.delete_wanted.connect(deleted.append)
    tab.show_rows([BOUGHT])
    tab.show()
    delete = tab.findChildren(QPushButton)[-1]
    assert not delete.isEnabled()
    tab.table.select_id(7)
    assert delete.isEnabled()
    delete.click()
    tab.activateWindow()
    tab.table.setFocus()
    qtbot.waitUntil(tab.table.hasFocus)
    qtbot.keyClick(tab.table, Qt.Key.Key_Delete)
    assert deleted == [7, 7]


def test_a_tab_that_is_looked_at_makes_nothing_larger(
    preferences: Preferences, looks: Callable[[str, int], None], qtbot: QtBot
) -> None:
    looks("light", 200)
    panel = CardPanel(preferences)
    qtbot.addWidget(panel)
    panel._stack.setCurrentIndex(1)
    panel.show()
    least = panel.minimumSizeHint()
    for number in range(panel.tabs.count()):
        panel.tabs.setCurrentIndex(number)
        QApplication.processEvents()
        assert panel.minimumSizeHint() == least


def test_the_chosen_row_of_the_history_stays_chosen(preferences: Preferences, qtbot: QtBot) -> None:
    tab = history_tab(preferences)
    qtbot.addWidget(tab)
    old, new = (
        InteractionRow(
            number, date(2026, 11, number), InteractionKind.CALL, None, None, False, None
        )
        for number in (1, 2)
    )
    tab.show_rows(happenings(ClientRecords([], [old], (), [], []), {}))
    tab.show()
    tab.table.choose_row(0)
    chosen = tab.table.current_id()
    tab.show_rows(happenings(ClientRecords([], [new, old], (), [], []), {}))
    assert tab.table.current_id() == chosen
    assert tab.table.currentIndex().row() == 1
