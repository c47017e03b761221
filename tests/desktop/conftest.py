"""The program with its window, and an empty base."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.file.create import create_base
from desktop.app import Program
from tests.desktop.windows import AS_OF, settle
from ui.look import theme
from ui.preferences import Preferences


@pytest.fixture
def preferences(qapp: QApplication) -> Preferences:
    preferences = Preferences()
    theme.follow(qapp, preferences)
    return preferences


@pytest.fixture
def program(preferences: Preferences, qtbot: QtBot) -> Iterator[Program]:
    made = Program(preferences, AS_OF)
    made.start()
    yield made
    settle(made, qtbot)
    made.window.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "base.kartoteka"
    create_base(path)
    return path
