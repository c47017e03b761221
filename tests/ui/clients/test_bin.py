"""The bin in the window: erasing a card or all of them, asked about once and never undone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from db.client_base import ClientBase
from db.commands.clients import CreateClient, DeleteClients, RestoreClients
from db.domain.ids import ClientId
from db.journal.history import undo_state
from db.queries.lists.clients import ListSpec, client_ids
from tests.ui.clients.steps import Told, idle, names
from ui.clients.drafts import Draft, DraftStore
from ui.clients.page import ClientsPage
from ui.jobs.runner import JobRunner
from ui.parts.context import Context
from ui.parts.page import PageSpec
from ui.preferences import Preferences
from ui.shell.window import MainWindow, Parts
from ui.welcome.page import WelcomePage
from ui.widgets.dialog import ConfirmDialog


@pytest.fixture
def window(
    qtbot: QtBot, preferences: Preferences, jobs: JobRunner, context: Context, boris: ClientId
) -> Iterator[MainWindow]:
    preferences.language = "ru"
    specs = [PageSpec("clients", lambda: "Клиенты", "users", lambda: ClientsPage)]
    made = MainWindow(Parts(specs, lambda: WelcomePage(preferences)), preferences, jobs)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.show_base(context, "clients")
    idle(qtbot, context)
    yield made
    DraftStore(context.base.path).forget()


@pytest.fixture
def opened(window: MainWindow) -> ClientsPage:
    page = window.page()
    assert isinstance(page, ClientsPage)
    return page


def show_bin(page: ClientsPage, qtbot: QtBot) -> None:
    page.list.choose("bin")
    page.list.refresh()
    idle(qtbot, page.context)


def focus_list(page: ClientsPage, qtbot: QtBot) -> None:
    page.window().activateWindow()
    qtbot.waitUntil(page.window().isActiveWindow)
    page.list.table.setFocus()
    qtbot.waitUntil(page.list.table.hasFocus)


def question(page: ClientsPage) -> ConfirmDialog:
    (dialog,) = [each for each in page.findChildren(ConfirmDialog) if each.isVisible()]
    return dialog


def words_of(dialog: ConfirmDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def answer(dialog: ConfirmDialog, words: str, page: ClientsPage, qtbot: QtBot) -> None:
    (found,) = [each for each in dialog.findChildren(QPushButton) if each.text() == words]
    found.click()
    idle(qtbot, page.context)


def everybody(base: ClientBase) -> set[int]:
    return {*base.ask(client_ids, ListSpec()), *base.ask(client_ids, ListSpec(in_bin=True))}


def test_the_bin_is_emptied_after_one_question(
    opened: ClientsPage, base: ClientBase, anna: ClientId, boris: ClientId, qtbot: QtBot
) -> None:
    bar = opened.list.bin_bar
    assert not bar.isVisible()
    vera = base.do(CreateClient({"name": "Вера"})).value
    base.do(DeleteClients((anna, vera)))
    show_bin(opened, qtbot)
    assert bar.isVisible()
    qtbot.keyClick(bar.empty, Qt.Key.Key_Space)
    idle(qtbot, opened.context)
    dialog = question(opened)
    told = words_of(dialog)
    assert "2 клиента" in told
    assert "в истории изменений" in told
    assert "Отменить это нельзя" in told
    answer(dialog, "Отмена", opened, qtbot)
    assert everybody(base) == {anna, boris, vera}
    bar.empty.click()
    idle(qtbot, opened.context)
    answer(question(opened), "Очистить корзину", opened, qtbot)
    assert everybody(base) == {boris}
    assert names(opened) == []
    assert opened.card.client_id is None
    assert not bar.isVisible()
    assert base.ask(undo_state).undo == "CreateClient"  # of Boris; an erasure is not undone


def test_enter_does_not_erase(
    opened: ClientsPage, base: ClientBase, anna: ClientId, boris: ClientId, qtbot: QtBot
) -> None:
    base.do(DeleteClients((anna,)))
    show_bin(opened, qtbot)
    opened.eraser.empty_bin()
    idle(qtbot, opened.context)
    qtbot.keyClick(question(opened), Qt.Key.Key_Return)
    idle(qtbot, opened.context)
    assert everybody(base) == {anna, boris}


def test_a_card_is_erased_from_its_head_and_by_keys(
    opened: ClientsPage, base: ClientBase, anna: ClientId, boris: ClientId, qtbot: QtBot
) -> None:
    assert not opened.panel.head.erase.isVisible()
    base.do(DeleteClients((anna, boris)))
    show_bin(opened, qtbot)
    assert opened.card.client_id == anna
    opened.panel.head.erase.click()
    dialog = question(opened)
    assert "Будет удалено навсегда: Анна Ёлкина." in words_of(dialog)
    answer(dialog, "Удалить навсегда", opened, qtbot)
    assert everybody(base) == {boris}
    assert opened.card.client_id == boris
    focus_list(opened, qtbot)
    qtbot.keyClick(opened.list.table, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    answer(question(opened), "Удалить навсегда", opened, qtbot)
    assert everybody(base) == set()


def test_erasing_is_not_offered_outside_the_bin(
    opened: ClientsPage, base: ClientBase, anna: ClientId, boris: ClientId, qtbot: QtBot
) -> None:
    base.do(DeleteClients((boris,)))
    opened.list.refresh()
    idle(qtbot, opened.context)
    focus_list(opened, qtbot)
    key, shift = Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(opened.list.table, key, shift)
    opened.erase_chosen()
    idle(qtbot, opened.context)
    assert [each for each in opened.findChildren(ConfirmDialog) if each.isVisible()] == []
    assert everybody(base) == {anna, boris}


def test_a_card_restored_while_the_question_is_open_stays(
    opened: ClientsPage, base: ClientBase, anna: ClientId, boris: ClientId, qtbot: QtBot
) -> None:
    base.do(DeleteClients((anna, boris)))
    show_bin(opened, qtbot)
    opened.eraser.empty_bin()
    idle(qtbot, opened.context)
    base.do(RestoreClients((boris,)))
    vera = base.do(CreateClient({"name": "Вера"})).value
    base.do(DeleteClients((vera,)))
    answer(question(opened), "Очистить корзину", opened, qtbot)
    assert everybody(base) == {boris, vera}


def test_a_draft_of_an_erased_client_goes_with_them(
    page: ClientsPage, base: ClientBase, anna: ClientId, told: Told, qtbot: QtBot
) -> None:
    store = DraftStore(base.path)
    store.keep(Draft(anna, {"note": "тайна"}))
    base.do(DeleteClients((anna,)))
    page.eraser.erase([anna])
    answer(question(page), "Удалить навсегда", page, qtbot)
    assert store.read() is None
    assert told.quiet == [("Удалено навсегда: 1 клиент", None)]
