"""The tabs of a card beside its form."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from db.domain.ids import PurchaseId
from db.queries.cards.purchases import PurchaseRow
from ui.clients.records import RecordsTab, purchases_tab
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
