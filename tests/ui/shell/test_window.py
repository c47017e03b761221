"""The window: pages, keys, languages, undo, troubles, and a leave that loses nothing."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from db.commands.clients import CreateClient, UpdateClient
from db.domain.ids import ClientId, OfferId
from db.errors import Trouble, TroubleError
from db.file.create import demand_base
from db.outcome import Reading
from db.schema import Client
from tests.ui.shell.conftest import MakeWindow, ProbePage
from ui.jobs.runner import JobRunner
from ui.look import theme
from ui.parts.context import Context
from ui.parts.wishes import ImportFile, NewClient, NewOffer, ShowClient, ShowOffer, Wish
from ui.preferences import Preferences
from ui.shell.drops import file_of
from ui.shell.keys_dialog import KeysDialog
from ui.shell.navigation import NavEntry, Navigation
from ui.shell.placement import bring_onto_screen
from ui.shell.trouble_dialog import TroubleDialog
from ui.shell.window import MainWindow
from ui.welcome.page import WelcomePage
from ui.widgets.notice import UNANSWERED_MS


def _probe(window: MainWindow) -> ProbePage:
    page = window.page()
    assert isinstance(page, ProbePage)
    return page


def _entries(window: MainWindow) -> dict[str, NavEntry]:
    return {entry.key: entry for entry in window.findChildren(NavEntry)}


def test_without_a_base_the_window_welcomes(make_window: MakeWindow) -> None:
    window = make_window()
    assert window.findChildren(WelcomePage)
    assert not window.findChildren(Navigation)
    assert window.page() is None


def test_pages_are_made_when_first_wanted(window: MainWindow) -> None:
    assert _probe(window).asked == ["refresh"]
    assert window._stack is not None
    assert len(window._stack.made()) == 1
    assert window.go("clients", 42)
    assert _probe(window).asked == ["refresh", 42]
    assert _entries(window)["clients"].isChecked()


def test_keys_reach_the_page_in_front(window: MainWindow, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, Qt.Key.Key_2, control)
    assert window._stack is not None
    assert window._stack.current_key == "clients"
    for key in (Qt.Key.Key_F, Qt.Key.Key_N, Qt.Key.Key_P):
        qtbot.keyClick(window, key, control)
    assert _probe(window).asked == ["refresh", "search", "new", "print"]


def test_a_changed_form_keeps_its_page(window: MainWindow) -> None:
    page = _probe(window)
    page.stays = True
    assert not window.go("clients")
    assert window.page() is page
    assert _entries(window)["today"].isChecked()
    closing = QCloseEvent()
    window.closeEvent(closing)
    assert not closing.isAccepted()
    page.stays = False
    assert window.go("clients")


@pytest.mark.parametrize(
    ("wish", "key", "asked"),
    [
        (ShowClient(ClientId(7)), "clients", ["refresh", 7]),
        (NewClient(), "clients", ["refresh", "new"]),
        (ShowOffer(OfferId(7)), "offers", ["refresh", 7]),
        (NewOffer(ClientId(7)), "offers", ["refresh", ("new for", 7)]),
    ],
)
def test_a_page_can_ask_for_another_one(
    window: MainWindow, wish: Wish, key: str, asked: list[object]
) -> None:
    _probe(window).wish(wish)
    assert window._stack is not None
    assert window._stack.current_key == key
    assert _probe(window).asked == asked


def test_a_wish_waits_for_a_form_that_stays(window: MainWindow) -> None:
    page = _probe(window)
    page.stays = True
    for wish in (ShowClient(ClientId(7)), NewClient(), NewOffer(ClientId(7))):
        page.wish(wish)
        assert window.page() is page
        assert page.asked == ["refresh"]


def test_a_page_can_ask_for_an_import(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.import_wanted) as told:
        _probe(window).wish(ImportFile("клиенты.csv"))
    assert told.args == ["клиенты.csv"]


def test_a_change_reaches_pages_in_front_now_and_others_later(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    first = _probe(window)
    window.go("clients")
    front = _probe(window)
    with qtbot.waitSignal(context.changes.changed):
        context.do(CreateClient({"name": "Иванова Мария"}))
    assert front.asked == ["refresh", "refresh"]
    assert first.asked == ["refresh"]
    window.go("today")
    assert first.asked == ["refresh", "refresh"]


def test_undo_names_what_it_takes_back(window: MainWindow, context: Context, qtbot: QtBot) -> None:
    undo = window._actions["undo"]
    assert not undo.isEnabled()
    context.do(CreateClient({"name": "Иванова Мария"}))
    qtbot.waitUntil(undo.isEnabled)
    assert undo.text() == "Отменить: новый клиент"
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    redo = window._actions["redo"]
    qtbot.waitUntil(redo.isEnabled)
    assert not undo.isEnabled()
    assert window.notice.text() == "Отменено: новый клиент"
    shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_Z, shift)
    qtbot.waitUntil(undo.isEnabled)


def test_the_bar_takes_back_what_it_tells_of(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    outcomes: list[object] = []
    context.do(CreateClient({"name": "Борис"})).succeeded.connect(outcomes.append)
    qtbot.waitUntil(lambda: bool(outcomes))
    assert window.host is not None
    window.host.tell("Добавлен 1 клиент", undo=outcomes[0].change_id)  # type: ignore[attr-defined]
    qtbot.wait(UNANSWERED_MS + 50)
    qtbot.mouseClick(window.notice._action, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window._actions["redo"].isEnabled)


def test_the_language_changes_without_a_restart(
    window: MainWindow, preferences: Preferences, qtbot: QtBot
) -> None:
    window.go("clients")
    old = _probe(window)
    assert old.label.text() == "Отмена"
    preferences.language = "en"
    qtbot.waitUntil(lambda: window.page() is not old)
    assert _probe(window).label.text() == "Cancel"
    assert _entries(window)["clients"].isChecked()
    assert window.windowTitle().endswith("Kartoteka")
    preferences.language = "ru"
    qtbot.waitUntil(lambda: _probe(window).label.text() == "Отмена")


def test_a_language_waits_for_what_was_typed(
    window: MainWindow, preferences: Preferences, qtbot: QtBot
) -> None:
    old = _probe(window)
    old.stays = True
    preferences.language = "en"
    qtbot.wait(20)
    assert window.page() is old
    assert old.label.text() == "Отмена"
    old.stays = False
    window.go("clients")
    qtbot.waitUntil(lambda: _probe(window).label.text() == "Cancel")
    preferences.language = "ru"
    qtbot.waitUntil(lambda: _probe(window).label.text() == "Отмена")


def test_each_page_comes_back_to_what_it_showed(
    window: MainWindow, preferences: Preferences, qtbot: QtBot
) -> None:
    window.go("clients", 42)
    window.go("today")
    preferences.language = "en"
    qtbot.waitUntil(lambda: _probe(window).label.text() == "Cancel")
    window.go("clients")
    assert _probe(window).asked == ["refresh", 42]
    preferences.language = "ru"
    qtbot.waitUntil(lambda: _probe(window).label.text() == "Отмена")
    assert _probe(window).asked == ["refresh", 42]


def test_ctrl_z_in_a_text_reaches_the_base_when_the_text_has_nothing_to_undo(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    line = QLineEdit(_probe(window))
    line.show()
    window.activateWindow()
    line.setFocus()
    made: list[object] = []
    context.do(CreateClient({"name": "Иванова"})).succeeded.connect(made.append)
    qtbot.waitUntil(window._actions["undo"].isEnabled)
    qtbot.keyClicks(line, "text")
    qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert line.text() == ""
    assert window._actions["undo"].isEnabled()
    qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window._actions["redo"].isEnabled)


def test_an_edit_taken_back_is_shown(window: MainWindow, context: Context, qtbot: QtBot) -> None:
    made: list[Any] = []
    context.do(CreateClient({"name": "Иванова"})).succeeded.connect(made.append)
    qtbot.waitUntil(lambda: bool(made))
    context.do(UpdateClient(made[0].value, None, {"name": "Петрова"})).succeeded.connect(
        made.append
    )
    qtbot.waitUntil(lambda: len(made) == 2 and window._actions["undo"].isEnabled())
    qtbot.waitUntil(lambda: window._actions["undo"].text().endswith("правка карточки"))
    window._undo()
    qtbot.waitUntil(lambda: made[0].value in _probe(window).asked)


def test_qts_own_texts_speak_the_language(window: MainWindow) -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Отмена"


def test_an_uncaught_trouble_is_shown_with_words(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    def fail(_session: object) -> None:
        raise TroubleError(Trouble.BUSY)

    context.ask(fail)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: bool(window.findChildren(TroubleDialog)))
    (dialog,) = window.findChildren(TroubleDialog)
    told = [label.text() for label in dialog.findChildren(QLabel)]
    assert "Сейчас в базу пишет другая программа." in told
    dialog.close()


def test_a_trouble_has_a_way_out_and_details_to_copy(window: MainWindow, qtbot: QtBot) -> None:
    tried: list[str] = []
    with pytest.raises(TroubleError) as caught:
        demand_base(Path("/нет/такого"))
    dialog = window.trouble(caught.value, (("Попробовать ещё раз", lambda: tried.append("!")),))
    qtbot.mouseClick(dialog._toggle, Qt.MouseButton.LeftButton)
    assert "Traceback" in dialog.findChildren(QPlainTextEdit)[0].toPlainText()
    qtbot.mouseClick(dialog._toggle, Qt.MouseButton.LeftButton)
    assert "Traceback" in QGuiApplication.clipboard().text()
    (again,) = [b for b in dialog.findChildren(QPushButton) if b.text() == "Попробовать ещё раз"]
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert tried == ["!"]


def test_all_keys_are_listed_under_f1(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    (dialog,) = window.findChildren(KeysDialog)
    told = " ".join(label.text() for label in dialog.findChildren(QLabel))
    for action in window._actions.all():
        for keys in action.shortcuts():
            assert keys.toString() in told
    assert "Ctrl+2" in told
    dialog.close()


def test_closing_writes_what_was_asked_for(
    window: MainWindow, context: Context, jobs: JobRunner, preferences: Preferences
) -> None:
    context.do(CreateClient({"name": "Последняя"}))
    window.close()
    assert not jobs.busy()
    assert not window._preferences.state("window").isEmpty()
    assert context.base.ask(_count) == 1


def test_the_window_stays_when_the_last_save_fails(
    window: MainWindow, context: Context, jobs: JobRunner
) -> None:
    context.do(CreateClient({"birthday": "2000-01-01"}))
    window.close()
    assert not jobs.busy()
    (told,) = window._troubles_shown()
    assert window.isVisible()
    told.reject()
    window.close()
    assert not window.isVisible()


def _count(reading: Reading) -> int | None:
    return reading.session.scalar(select(func.count(Client.id)))


def test_the_window_comes_back_where_it_was(
    make_window: MakeWindow, preferences: Preferences
) -> None:
    first = make_window()
    first.setGeometry(QRect(20, 30, 700, 500))
    first.close()
    again = MainWindow(first._parts, preferences, JobRunner())
    assert again.geometry() == QRect(20, 30, 700, 500)
    again.deleteLater()


def test_a_window_nobody_can_reach_is_brought_back(window: MainWindow) -> None:
    window.setGeometry(QRect(9000, 9000, 800, 600))
    bring_onto_screen(window)
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert room.contains(window.geometry().topLeft() + QPoint(5, 5))


@pytest.mark.parametrize(
    ("names", "taken"),
    [
        (["клиенты.CSV"], True),
        (["салон.kartoteka"], True),
        (["фото.png"], False),
        (["a.csv", "b.csv"], False),
    ],
)
def test_one_table_or_base_may_be_dropped(tmp_path: Path, names: list[str], taken: bool) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in names])
    assert (file_of(data) is not None) is taken


def test_a_dropped_file_is_told_apart(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(window.import_wanted):
        window._drops.take(tmp_path / "клиенты.xlsx")
    with qtbot.waitSignal(window.base_wanted):
        window._drops.take(tmp_path / "салон.kartoteka")


def test_a_narrow_window_shows_icons_only(window: MainWindow) -> None:
    entry = _entries(window)["clients"]
    assert entry.text() == "Таблицы"
    window.resize(500, 500)
    assert entry.text() == ""
    assert entry.accessibleName() == "Таблицы"


def test_counts_stand_beside_the_pages(window: MainWindow) -> None:
    entry = _entries(window)["today"]
    assert entry.count.isHidden()
    _probe(window).count_changed.emit(12)
    assert entry.count.text() == "12"
    assert not entry.count.isHidden()
    assert entry.accessibleName() == "Календарь: 12"


def test_one_dialog_for_many_troubles_of_one_cause(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    for _number in range(5):
        context.jobs.troubled.emit(TroubleError(Trouble.DISK_FAILED, "usb"))
    dialogs = window.findChildren(TroubleDialog)
    assert len(dialogs) == 1
    assert "Диск не отвечает" in window.notice.text()
    dialogs[0].close()


def test_insert_adds_but_not_while_typing(window: MainWindow, qtbot: QtBot) -> None:
    page = _probe(window)
    line = QLineEdit(page)
    line.show()
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Insert)
    assert "new" not in page.asked
    line.clearFocus()
    window.findChildren(NavEntry)[0].setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Insert)
    assert "new" in page.asked


def test_a_look_changes_while_the_window_stands(
    window: MainWindow, preferences: Preferences, qapp: QApplication, looks: object
) -> None:
    theme.follow(qapp, preferences)
    for name, size in (("dark", 200), ("light", 80), ("dark", 100)):
        preferences.theme, preferences.text_size = name, size
        assert not window.grab().isNull()
        assert theme.colours().dark is (name == "dark")
