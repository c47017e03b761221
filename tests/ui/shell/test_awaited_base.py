"""The window while a base is being opened."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.ui.shell.conftest import MakeWindow
from ui.preferences import Preferences
from ui.shell.navigation import NavEntry


def test_the_awaited_page_stays_marked_in_another_language(
    make_window: MakeWindow, preferences: Preferences, tmp_path: Path, qtbot: QtBot
) -> None:
    preferences.last_page = "offers"
    window = make_window()
    window.expect_base(tmp_path / "base.kartoteka")
    preferences.language = "en"
    qtbot.wait(20)
    marked = [entry.key for entry in window.findChildren(NavEntry) if entry.isChecked()]
    assert marked == ["offers"]
