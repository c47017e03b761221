"""What the tests of the window share: typing as a person does, an empty base, a page's host."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from db.client_base import ClientBase
from db.file.create import create_base
from ui.jobs.runner import JobRunner
from ui.look import theme
from ui.parts.context import Context
from ui.preferences import Preferences
from ui.shell.host import ShellHost

Typing = Callable[[QWidget, str], None]


@pytest.fixture
def typing() -> Typing:
    """Type a text with key events of our own: `qtbot.keyClicks` aborts on Cyrillic."""

    def type_text(widget: QWidget, text: str) -> None:
        for sign in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign)
                QCoreApplication.sendEvent(widget, event)

    return type_text


@pytest.fixture
def looks(qapp: QApplication) -> Iterator[Callable[[str, int], None]]:
    """Change theme and text size for one test."""
    yield lambda name, percent: theme.apply(qapp, name, percent)
    theme.apply(qapp, "light", 100)


@pytest.fixture
def preferences(qapp: QApplication) -> Preferences:
    return Preferences()


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[JobRunner]:
    runner = JobRunner()
    yield runner
    assert runner.close(), "a job did not stop"


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    path = tmp_path / "Салон «Рассвет».kartoteka"
    create_base(path)
    with ClientBase(path) as opened:
        yield opened


@pytest.fixture
def midnight(base: ClientBase, monkeypatch: pytest.MonkeyPatch) -> Callable[[], date]:
    """Let midnight pass while windows are open; return the new day."""

    def pass_midnight() -> date:
        tomorrow = base.as_of + timedelta(days=1)
        monkeypatch.setattr(base, "_as_of", tomorrow)
        return tomorrow

    return pass_midnight


@pytest.fixture
def context(base: ClientBase, jobs: JobRunner) -> Iterator[Context]:
    made = Context(base, jobs)
    yield made
    assert jobs.close(), "a job did not stop"  # before the base is closed under it


@pytest.fixture
def host(context: Context, preferences: Preferences, qtbot: QtBot) -> ShellHost:
    return ShellHost(context, preferences)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What the offscreen platform can't do, and says so, is no fault of ours."""
    cannot = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
    for item in items:
        item.add_marker(cannot)
