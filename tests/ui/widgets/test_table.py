"""The table: what is chosen stays chosen, columns come back, rows go to a spreadsheet."""

from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAction, QFont, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from ui.look.theme import em
from ui.models.column import Column
from ui.models.rows import StaticModel
from ui.models.table import ROOT, Index
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


class CountingModel(StaticModel[Row]):
    """Counts what the view asks about single rows."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, lambda row: row.id)
        self.questions = 0

    def rowCount(self, parent: Index = ROOT) -> int:
        self.questions += 1
        return super().rowCount(parent)

    def columnCount(self, parent: Index = ROOT) -> int:
        self.questions += 1
        return super().columnCount(parent)

    def flags(self, index: Index) -> Qt.ItemFlag:
        self.questions += 1
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        self.questions += 1
        return super().data(index, role)


def test_choosing_all_asks_nothing_of_each_row(qtbot: QtBot) -> None:
    model = CountingModel()
    model.show_rows([Row(number, f"Клиент {number}", number) for number in range(20_000)])
    table = TableView(model, "people")
    qtbot.addWidget(table)
    table.resize(600, 300)
    with qtbot.waitExposed(table):
        table.show()
    table.grab()
    model.questions = 0
    with qtbot.waitSignal(table.selection_changed):
        qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert table.selected_count() == 20_000
    table.grab()  # painting asks as well: the cells that are seen, and the headings
    assert model.questions < 2_000


def test_one_row_after_all_asks_nothing_of_each_row(qtbot: QtBot) -> None:
    model = CountingModel()
    model.show_rows([Row(number, f"Клиент {number}", number) for number in range(20_000)])
    table = TableView(model, "people")
    qtbot.addWidget(table)
    with qtbot.waitExposed(table):
        table.show()
    table.selectAll()
    model.questions = 0
    assert table.select_id(5)
    assert table.selected_ids() == [5]
    assert model.questions < 2_000


def test_chosen_rows_are_counted_once(table: TableView) -> None:
    select = QItemSelectionModel.SelectionFlag.Select
    model = table.model()
    for top, bottom in ((1, 2), (0, 1)):
        rows = QItemSelection(model.index(top, 0), model.index(bottom, 2))
        table.selectionModel().select(rows, select)
    assert (table.selected_count(), table.selected_ids()) == (3, [1, 2, 3])
    table.clearSelection()
    assert (table.selected_count(), table.selected_ids()) == (0, [])


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
    again.horizontalHeader().go_back_to_defaults()
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


WIDE = (
    Column[Row]("name", "Клиент", lambda row: row.name, width=20, stretch=True),
    Column[Row]("sum", "Рекомендуемая цена", lambda row: str(row.sum), width=3, sort="sum"),
    Column[Row]("id", "Шаг", lambda row: str(row.id), width=20, least=8),
)


@pytest.fixture
def wide(qtbot: QtBot, preferences: Preferences) -> TableView:
    model = StaticModel(WIDE, lambda row: row.id)
    view = TableView(model, "wide", preferences)
    model.setParent(view)
    model.show_rows(ROWS)
    qtbot.addWidget(view)
    view.resize(em(80), em(20))
    view.show()
    return view


def test_a_heading_is_never_cut_by_the_width_of_its_column(wide: TableView) -> None:
    head = wide.horizontalHeader()
    font = QFont(head.font())
    font.setBold(True)
    assert head.sectionSize(1) > QFontMetrics(font).horizontalAdvance(WIDE[1].title)


def test_a_column_gives_way_where_the_table_is_narrow_and_takes_its_width_again(
    wide: TableView,
) -> None:
    head = wide.horizontalHeader()
    wanted = head.sectionSize(2)
    wide.resize(head.sectionSize(1) + em(17), em(20))
    assert head.sectionSize(2) < wanted
    assert head.length() <= head.viewport().width()
    wide.resize(em(5), em(20))
    digit = QFontMetrics(head.font()).horizontalAdvance("0")
    assert head.sectionSize(2) == 8 * digit + em()
    wide.resize(em(80), em(20))
    assert head.sectionSize(2) == wanted


def test_a_column_keeps_the_width_that_was_chosen(wide: TableView) -> None:
    head = wide.horizontalHeader()
    head.resizeSection(2, em(25))
    wide.resize(em(30), em(20))
    assert abs(head.sectionSize(2) - em(25)) <= 1
