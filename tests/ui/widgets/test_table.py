"""The table: what is chosen stays chosen, columns come back, rows go to a spreadsheet."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from ui.models.column import Column
from ui.models.rows import StaticModel
from ui.preferences import Preferences
from ui.widgets.table import TableView


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    name: str
    sum: int


COLUMNS = (
    Column[Row]("name", "Клиент", lambda row: row.name, stretch=True, sort="name"),
    Column[Row]("sum", "Сумма", lambda row: str(row.sum), sort="sum", value=lambda row: row.sum),
    Column[Row]("id", "Номер", lambda row: str(row.id), hidden=True),
)
ROWS = [Row(1, "Анна", 300), Row(2, "Борис", 100), Row(3, "Ёлка", 200)]


@pytest.fixture
def table(qtbot: QtBot, preferences: Preferences) -> TableView:
    return _table(qtbot, preferences)


def _table(qtbot: QtBot, preferences: Preferences) -> TableView:
    model = StaticModel(COLUMNS, lambda row: row.id)
    view = TableView(model, "people", preferences)
    model.setParent(view)
    model.show_rows(ROWS)
    qtbot.addWidget(view)
    view.resize(600, 300)
    view.show()
    return view


def _click_heading(table: TableView, qtbot: QtBot, section: int) -> None:
    head = table.horizontalHeader()
    where = QPoint(head.sectionViewportPosition(section) + 10, head.height() // 2)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=where)


def test_selection_is_kept_by_id_through_sorting(table: TableView, qtbot: QtBot) -> None:
    table.select_id(2)
    assert table.currentIndex().row() == 1
    _click_heading(table, qtbot, 1)
    assert table.selected_ids() == [2]
    assert table.currentIndex().row() == 0
    _click_heading(table, qtbot, 1)
    assert table.selected_ids() == [2]
    assert table.currentIndex().row() == 2


def test_choosing_all_is_all(table: TableView) -> None:
    table.selectAll()
    assert table.selected_ids() == [1, 2, 3]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_F2])
def test_a_key_opens_the_row(table: TableView, qtbot: QtBot, key: Qt.Key) -> None:
    table.select_id(3)
    with qtbot.waitSignal(table.opened) as told:
        qtbot.keyClick(table, key)
    assert told.args == [3]


def test_a_double_click_opens_the_row(table: TableView, qtbot: QtBot) -> None:
    where = table.visualRect(table.model().index(1, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    with qtbot.waitSignal(table.opened) as told:
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert told.args == [2]


def test_rows_are_copied_for_a_spreadsheet(table: TableView, qtbot: QtBot) -> None:
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Клиент\tСумма\nАнна\t300\nБорис\t100\nЁлка\t200"


def test_typing_a_letter_finds_the_row(table: TableView) -> None:
    table.select_id(1)
    table.keyboardSearch("ел")  # ё is found by е
    assert table.current_id() == 3


def test_a_letter_no_row_begins_with_goes_to_the_search(table: TableView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.typed) as told:
        table.keyboardSearch("ю")
    assert told.args == ["ю"]


def test_columns_come_back_after_a_restart(
    table: TableView, qtbot: QtBot, preferences: Preferences
) -> None:
    head = table.horizontalHeader()
    head.moveSection(1, 0)
    head.resizeSection(1, 222)
    table.close()
    again = _table(qtbot, preferences)
    assert again.horizontalHeader().visualIndex(1) == 0
    assert abs(again.columnWidth(1) - 222) <= 1
    again.reset_columns()
    assert again.horizontalHeader().visualIndex(1) == 1
    assert again.columnWidth(1) != 222


def test_columns_of_another_version_are_forgotten(qtbot: QtBot, preferences: Preferences) -> None:
    preferences.set_text("columns/people", '{"order": 5, "hidden": null, "widths": []}')
    view = _table(qtbot, preferences)
    assert [view.isColumnHidden(n) for n in range(3)] == [False, False, True]


def test_the_name_takes_the_room_that_is_left(table: TableView) -> None:
    head = table.horizontalHeader()
    assert head.length() == head.viewport().width()
    table.resize(200, 300)
    assert table.columnWidth(0) > 60  # never squeezed to nothing: the table scrolls instead


def test_the_right_button_offers_the_actions_of_the_page(table: TableView, qtbot: QtBot) -> None:
    action = QAction("Удалить", table)
    table.set_menu([action, None])
    table.customContextMenuRequested.emit(table.visualRect(table.model().index(0, 0)).center())
    menus = table.findChildren(QMenu)
    assert [menu.actions()[0].text() for menu in menus] == ["Удалить"]
    menus[0].close()


def test_rows_are_painted(table: TableView) -> None:
    table.select_id(1)
    assert not table.grab().isNull()
