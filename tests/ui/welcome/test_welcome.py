"""The first start: what is asked for, and what is proposed."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from db.presets import presets
from ui.preferences import Preferences
from ui.welcome.new_base import NewBaseDialog
from ui.welcome.page import WelcomePage
from ui.welcome.questions import BaseQuestions


@pytest.fixture
def page(qtbot: QtBot, preferences: Preferences, tmp_path: Path) -> WelcomePage:
    preferences.remember_folder("base", tmp_path)
    made = WelcomePage(preferences)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


@pytest.fixture
def questions(page: WelcomePage, preferences: Preferences) -> BaseQuestions:
    return BaseQuestions(preferences, page)


def test_the_example_is_one_click_away(page: WelcomePage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.example_wanted):
        qtbot.mouseClick(page.tiles[3], Qt.MouseButton.LeftButton)


def test_every_tile_asks_for_what_it_names(page: WelcomePage, qtbot: QtBot) -> None:
    wanted: list[object] = []
    page.new_base_wanted.connect(lambda: wanted.append("new"))
    page.base_wanted.connect(wanted.append)
    page.import_wanted.connect(lambda: wanted.append("table"))
    page.example_wanted.connect(lambda: wanted.append("example"))
    for tile in page.tiles:
        qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert wanted == ["new", "", "table", "example"]


def test_a_new_base_is_proposed_with_a_name_and_a_place(
    questions: BaseQuestions, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = questions.ask_new_base()
    assert dialog.path() == tmp_path / "Мои клиенты.kartoteka"
    dialog.name.editor.setText("Салон «Рассвет»")
    dialog.trades.setCurrentRow(1)
    with qtbot.waitSignal(questions.base_described) as told:
        dialog.accept()
    assert told.args == [str(tmp_path / "Салон «Рассвет».kartoteka"), "wholesale", ""]


def test_every_preset_can_be_chosen(questions: BaseQuestions) -> None:
    dialog = questions.ask_new_base()
    told = [dialog.trades.item(n).text() for n in range(dialog.trades.count())]
    assert len(told) == len(presets("ru"))
    assert all(any("а" <= sign <= "я" for sign in words) for words in told)
    dialog.close()


def test_a_file_that_is_there_is_never_proposed(questions: BaseQuestions, tmp_path: Path) -> None:
    (tmp_path / "Мои клиенты.kartoteka").touch()
    dialog = questions.ask_new_base()
    assert dialog.path().name == "Мои клиенты 2.kartoteka"
    dialog.close()


def test_a_base_without_a_name_is_asked_for_it(questions: BaseQuestions, qtbot: QtBot) -> None:
    dialog = questions.ask_new_base()
    dialog.name.editor.setText("  ")
    with qtbot.assertNotEmitted(questions.base_described):
        dialog.accept()
    assert dialog.name.error
    dialog.close()


def test_a_table_goes_into_a_new_base(
    questions: BaseQuestions, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = questions.ask_base_for(str(tmp_path / "клиенты.csv"))
    assert isinstance(dialog, NewBaseDialog)
    with qtbot.waitSignal(questions.base_described) as told:
        dialog.accept()
    assert told.args[2] == str(tmp_path / "клиенты.csv")


def test_recent_bases_are_offered(qtbot: QtBot, preferences: Preferences, tmp_path: Path) -> None:
    path = tmp_path / "Салон.kartoteka"
    path.touch()
    preferences.remember_base(path)
    page = WelcomePage(preferences)
    qtbot.addWidget(page)
    (entry,) = [b for b in page.findChildren(QPushButton) if b.text() == "Салон"]
    with qtbot.waitSignal(page.base_wanted) as told:
        qtbot.mouseClick(entry, Qt.MouseButton.LeftButton)
    assert told.args == [str(path)]
    assert str(tmp_path) in [label.text() for label in page.findChildren(QLabel)]
