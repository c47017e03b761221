"""What pages around a list share: rows by windows, words for no rows, search, order, cards."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.domain.ids import ClientId
from db.queries.lists.clients import ClientRow, ListSpec, Sort, client_ids, client_rows
from ui.documents.call_file import CallList
from ui.models.column import Column
from ui.parts.base_rows import BaseRowsModel
from ui.parts.call_lists import Gather
from ui.parts.list_page import ClientListPage
from ui.parts.page import PageHost
from ui.parts.wishes import ShowClient
from ui.shell.host import ShellHost


class NamesPage(ClientListPage):
    """The least a page of clients has to say."""

    def __init__(self, host: PageHost) -> None:
        columns = [Column[ClientRow]("name", "Имя", lambda row: row.name, sort=Sort.NAME)]
        model = BaseRowsModel(host.context, columns, client_rows)
        super().__init__(host, "names", model, "users")
        self.model = model
        self.descending = False
        self.tiles = QLabel("числа")
        self.hide_when_low(self.tiles)
        self.lay_out(self.header("Имена"), self.tiles, self.chips_strip(), body=self.lists)

    def ask_list(self) -> None:
        spec = ListSpec(text=self.search_line.sought_text(), descending=self.descending)
        self.model.show_ids(self.context.base.ask(client_ids, spec))
        self.show_list("Никого нет", "Очистите поиск.")
        self.tell_selection()

    def sort_by(self, key: str, *, descending: bool) -> None:
        self.descending = descending

    def call_list(self) -> tuple[str, Gather]:
        return "Имена", partial(CallList, "Имена", "", "", [], self.context.today(), 0, 0)

    def names(self) -> list[str]:
        return [self.model.index(n, 0).data() for n in range(self.model.rowCount())]


@pytest.fixture
def page(base: ClientBase, host: ShellHost, qtbot: QtBot) -> NamesPage:
    for name in ("Анна", "Борис", "Вера"):
        base.do(CreateClient({"name": name}))
    made = NamesPage(host)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.ask_list()
    qtbot.waitUntil(lambda: made.names() == ["Анна", "Борис", "Вера"])
    return made


def test_another_order_and_a_search_ask_again(page: NamesPage, qtbot: QtBot) -> None:
    page.model.sort(0, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: page.names() == ["Вера", "Борис", "Анна"])
    page.search_line.setText("нет такого")
    qtbot.waitUntil(lambda: page.lists.currentWidget() is page.empty)
    page.search_line.clear_now()
    assert page.lists.currentWidget() is page.table


def test_the_status_line_counts_what_is_chosen_or_listed(page: NamesPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.status) as told:
        page.tell_selection()
    assert told.args == ["В списке: 3 клиента"]
    with qtbot.waitSignal(page.status) as told:
        page.table.selectAll()
    assert told.args == ["Выбрано: 3 клиента"]


def test_a_card_is_opened_from_the_row(page: NamesPage, qtbot: QtBot) -> None:
    page.table.select_id(2)
    for opening in (page.open_card, lambda: qtbot.keyClick(page.table, Qt.Key.Key_Return)):
        with qtbot.waitSignal(page.wished) as wish:
            opening()
        assert wish.args == [ShowClient(ClientId(2))]


def test_numbers_give_their_room_to_the_list(page: NamesPage) -> None:
    assert page.tiles.isVisible()
    page.resize(900, 300)
    assert not page.tiles.isVisible()
