"""The window notices that its base is gone, and offers to save a copy."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from db.commands.clients import CreateClient
from db.errors import Trouble, TroubleError
from db.file import backup
from ui.parts.context import Context
from ui.shell import base_place
from ui.shell.trouble_dialog import TroubleDialog
from ui.shell.window import MainWindow


def dialogs(window: MainWindow) -> list[TroubleDialog]:
    return [dialog for dialog in window.findChildren(TroubleDialog) if dialog.isVisible()]


def rescue_button(dialog: TroubleDialog) -> QPushButton | None:
    found = [each for each in dialog.findChildren(QPushButton) if "копию" in each.text()]
    return found[0] if found else None


@pytest.fixture
def opened(window: MainWindow, context: Context, qtbot: QtBot) -> MainWindow:
    qtbot.waitUntil(window.isActiveWindow)
    return window


def activate(window: MainWindow) -> None:
    window.activateWindow()
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))


def test_the_window_looks_when_it_gets_the_focus(
    opened: MainWindow, context: Context, qtbot: QtBot
) -> None:
    activate(opened)
    context.base.path.rename(context.base.path.with_name("other.kartoteka"))
    activate(opened)
    qtbot.waitUntil(lambda: len(dialogs(opened)) == 1)
    dialogs(opened)[0].accept()
    activate(opened)
    qtbot.waitUntil(lambda: not context.jobs.busy())
    assert dialogs(opened) == []  # told once; a save tells it again


def test_a_copy_can_be_saved_from_the_trouble(
    opened: MainWindow,
    context: Context,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context.base.do(CreateClient({"name": "Иванова"}))
    target = tmp_path / "rescued.kartoteka"
    monkeypatch.setattr(base_place, "ask_save", lambda *_: target)
    context.base.path.unlink()
    with pytest.raises(TroubleError) as caught:
        context.base.do(CreateClient({"name": "Петрова"}))
    button = rescue_button(opened.trouble(caught.value))
    assert button is not None
    button.click()
    qtbot.waitUntil(lambda: target.exists() and not context.jobs.busy())
    assert backup.counts_of(target)["client"] == 1
    assert "rescued" in opened.notice.text()


def test_other_troubles_offer_no_copy(opened: MainWindow) -> None:
    assert rescue_button(opened.trouble(TroubleError(Trouble.BUSY))) is None
