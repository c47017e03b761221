"""A window with two small pages of its own over an empty base."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout
from pytestqt.qtbot import QtBot

from db.domain.ids import ClientId
from ui.jobs.runner import JobRunner
from ui.parts.context import Context
from ui.parts.page import Page, PageHost, PageSpec
from ui.preferences import Preferences
from ui.settings.page import SettingsPage
from ui.shell.window import MainWindow, Parts
from ui.welcome.page import WelcomePage
from ui.words.i18n import _


class ProbePage(Page):
    """Notes what the window asks of it."""

    def __init__(self, host: PageHost) -> None:
        super().__init__(host)
        self.asked: list[object] = []
        self.stays = False
        self.item: int | None = None
        self.label = QLabel(_("Cancel"))
        QVBoxLayout(self).addWidget(self.label)

    def refresh(self) -> None:
        self.asked.append("refresh")

    def may_leave(self) -> bool:
        return not self.stays

    def search(self) -> None:
        self.asked.append("search")

    def new(self) -> None:
        self.asked.append("new")

    def new_for(self, client_id: ClientId) -> None:
        self.asked.append(("new for", client_id))

    def print_page(self) -> None:
        self.asked.append("print")

    def focus_item(self, item_id: int) -> None:
        self.asked.append(item_id)
        self.item = item_id

    def item_in_front(self) -> int | None:
        return self.item


def specs() -> list[PageSpec]:
    return [
        PageSpec("today", lambda: _("Calendar"), "calendar-check", lambda: ProbePage, alarm=True),
        PageSpec("clients", lambda: _("Tables"), "users", lambda: ProbePage),
        PageSpec("offers", lambda: _("Client"), "file-text", lambda: ProbePage),
        PageSpec("settings", lambda: _("Settings"), "settings", lambda: SettingsPage, below=True),
    ]


MakeWindow = Callable[[], MainWindow]


@pytest.fixture
def make_window(qtbot: QtBot, preferences: Preferences, jobs: JobRunner) -> MakeWindow:
    def make() -> MainWindow:
        window = MainWindow(Parts(specs(), lambda: WelcomePage(preferences)), preferences, jobs)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show_welcome()
        window.show()
        return window

    if preferences.language == "system":
        preferences.language = "ru"
    return make


@pytest.fixture
def window(make_window: MakeWindow, context: Context, qtbot: QtBot) -> MainWindow:
    made = make_window()
    made.show_base(context)
    qtbot.waitUntil(lambda: not context.jobs.busy())
    return made
