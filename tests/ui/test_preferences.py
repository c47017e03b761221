"""What the device remembers, and what it does with nonsense."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from ui.preferences import Preferences


def test_choices_survive_a_restart(preferences: Preferences) -> None:
    preferences.language, preferences.theme, preferences.text_size = "en", "dark", 150
    preferences.save()
    again = Preferences()
    assert (again.language, again.theme, again.text_size) == ("en", "dark", 150)
    assert again.language_in_effect() == "en"


def test_nonsense_counts_as_not_set(preferences: Preferences) -> None:
    settings = QSettings()
    settings.setValue("language", "tlh")
    settings.setValue("theme", 7)
    settings.setValue("text_size", "huge")
    settings.setValue("state/window", "not bytes")
    settings.sync()
    fresh = Preferences()
    assert (fresh.language, fresh.theme, fresh.text_size) == ("system", "system", 100)
    assert fresh.state("window").isEmpty()


@pytest.mark.parametrize(("wished", "given"), [(10, 80), (125, 125), (900, 200)])
def test_the_text_stays_readable(preferences: Preferences, wished: int, given: int) -> None:
    preferences.text_size = wished
    assert preferences.text_size == given


def test_recent_bases_are_those_still_there(preferences: Preferences, tmp_path: Path) -> None:
    kept, gone = tmp_path / "есть.kartoteka", tmp_path / "нет.kartoteka"
    for path in (kept, gone):
        path.touch()
        preferences.remember_base(path)
    assert preferences.last_base == gone
    gone.unlink()
    assert Preferences().recent_bases() == (kept,)


def test_a_change_of_looks_is_told(preferences: Preferences, qtbot: QtBot) -> None:
    with qtbot.waitSignal(preferences.looks_changed):
        preferences.theme = "dark"
    with qtbot.waitSignal(preferences.language_changed):
        preferences.language = "en"


def test_a_folder_that_is_gone_is_not_proposed(preferences: Preferences, tmp_path: Path) -> None:
    preferences.remember_folder("export", tmp_path / "usb")
    assert preferences.folder("export").is_dir()
    preferences.remember_folder("export", tmp_path)
    assert preferences.folder("export") == tmp_path
