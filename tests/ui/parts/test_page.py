"""What every page has: actions that F1 lists, and commands with the way back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.commands.fields import AddField
from db.domain.fields import FieldKind
from db.errors import Trouble, TroubleError
from db.queries.lists.clients import client_counts
from ui.jobs.latest import Latest
from ui.parts.page import Page
from ui.shell.host import ShellHost
from ui.widgets.notice import UNANSWERED_MS, NoticeBar
from ui.widgets.progress import ProgressLine


@pytest.fixture
def bar(host: ShellHost, qtbot: QtBot) -> NoticeBar:
    area = QWidget()
    qtbot.addWidget(area)
    made = NoticeBar(area)
    host.use_bars(made, ProgressLine())
    return made


@pytest.fixture
def page(host: ShellHost, bar: NoticeBar, qtbot: QtBot) -> Page:
    made = Page(host)
    qtbot.addWidget(made)
    return made


def settle(page: Page, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.context.jobs.busy())
    qtbot.waitUntil(lambda: not page.findChildren(Latest))


def test_an_action_is_listed_and_its_keys_work_on_the_page(page: Page) -> None:
    done: list[str] = []
    saved = page.add_action("Записать", "Ctrl+S", lambda: done.append("записать"))
    listed = page.add_action("Сделано", "Space", lambda: done.append("сделано"), in_list=True)
    assert page.page_actions() == [saved, listed]
    assert page.actions() == [saved]
    assert saved.shortcutContext() is Qt.ShortcutContext.WidgetWithChildrenShortcut
    assert listed.shortcutContext() is Qt.ShortcutContext.WidgetShortcut
    saved.trigger()
    listed.trigger()
    assert done == ["записать", "сделано"]


def test_a_command_is_told_and_can_be_taken_back(
    page: Page, bar: NoticeBar, base: ClientBase, qtbot: QtBot
) -> None:
    ids: list[int] = []
    page.do(CreateClient({"name": "Анна"}), "Записано: Анна", ids.append)
    page.do(CreateClient({"name": "Вера"}), "Записано: Вера", ids.append)
    settle(page, qtbot)
    assert ids == [1, 2]
    assert bar.text() == "Записано: Вера"
    qtbot.wait(UNANSWERED_MS + 50)
    bar._act()
    settle(page, qtbot)
    assert base.ask(client_counts).all == 1


def test_what_can_be_corrected_is_a_bar_and_the_rest_a_trouble(
    page: Page, bar: NoticeBar, base: ClientBase, host: ShellHost, qtbot: QtBot
) -> None:
    troubles: list[object] = []
    host.troubled.connect(troubles.append)
    base.do(AddField("Краска", FieldKind.TEXT))
    page.do(AddField("Краска", FieldKind.TEXT), "Поле добавлено")
    settle(page, qtbot)
    assert "Краска" in bar.text()
    assert troubles == []

    class Failing:
        def run(self, writing: object) -> None:
            raise TroubleError(Trouble.DISK_FULL)

    page.do(Failing(), "Записано")
    settle(page, qtbot)
    assert [isinstance(one, TroubleError) for one in troubles] == [True]
