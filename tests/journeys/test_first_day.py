"""The first whole day of an owner, through the real window."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from db.client_base import ClientBase
from db.commands.purchases import AddPurchase
from db.domain.ids import ClientId
from db.domain.lifecycle import Status
from db.queries.cards.head import client_head
from db.queries.lists.clients import ListSpec, client_counts, client_ids
from db.queries.setup import owner_settings
from desktop.app import Program
from ui.clients.page import ClientsPage
from ui.look import theme
from ui.offers import paper_pane
from ui.offers.page import OffersPage
from ui.parts.attempt_dialog import AttemptDialog
from ui.parts.page import Page
from ui.preferences import Preferences
from ui.segments.page import SegmentsPage
from ui.transfer.dialog import ImportDialog
from ui.welcome.new_base import NewBaseDialog
from ui.welcome.page import WelcomePage
from ui.winback.page import WinbackPage

DATA = Path(__file__).parents[1] / "data"
AS_OF = date(2026, 11, 22)
SALON, ROWS, LOADED = "salon_clients_cp1251.csv", 160, 157
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    preferences = Preferences()
    preferences.language = "ru"
    preferences.remember_folder("base", tmp_path)
    theme.follow(qapp, preferences)
    made = Program(preferences, AS_OF)
    made.window.resize(1366, 768)
    made.start()
    yield made
    quiet(made, qtbot)
    made.window.close()


def quiet(program: Program, qtbot: QtBot) -> None:
    """Wait for pauses of lists and forms, and for whatever was asked then."""
    for pause in (30, 150, 30):
        qtbot.wait(pause)
        qtbot.waitUntil(lambda: not program.jobs.busy(), timeout=15000)


def press(widget: QWidget, text: str) -> None:
    for sign in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign)
            QCoreApplication.sendEvent(widget, event)


def dialog_of(program: Program, kind: type[QDialog], qtbot: QtBot) -> QDialog:
    def shown() -> list[QDialog]:
        return [found for found in program.window.findChildren(kind) if found.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()), timeout=15000)
    return shown()[-1]


def page(program: Program, key: str, qtbot: QtBot) -> Page:
    assert program.window.go(key)
    program.window.activateWindow()  # offscreen nobody gives it back when a dialog closes
    quiet(program, qtbot)
    found = program.window.page()
    assert found is not None
    return found


def make_base(program: Program, qtbot: QtBot) -> ClientBase:
    assert program.window.findChild(WelcomePage) is not None
    dialog = program.questions.ask_new_base()
    assert isinstance(dialog, NewBaseDialog)
    assert dialog.preset() == "hairdresser"
    dialog.name.editor.clear()
    press(dialog.name.editor, "Салон «Рассвет»")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window.host is not None, timeout=15000)
    quiet(program, qtbot)
    host = program.window.host
    assert host is not None
    return host.context.base


def load_salon(program: Program, qtbot: QtBot) -> None:
    program.window.import_wanted.emit(str(DATA / SALON))
    dialog = dialog_of(program, ImportDialog, qtbot)
    assert isinstance(dialog, ImportDialog)
    quiet(program, qtbot)
    load: QPushButton = dialog._load_button
    assert str(LOADED) in load.text()
    qtbot.mouseClick(load, Qt.MouseButton.LeftButton)
    quiet(program, qtbot)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    quiet(program, qtbot)


def test_first_day(
    program: Program, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = make_base(program, qtbot)
    assert base.path == tmp_path / "Салон «Рассвет».kartoteka"
    assert base.ask(owner_settings).company.name == "Салон «Рассвет»"
    load_salon(program, qtbot)
    assert base.ask(client_counts).all == LOADED
    client_id = fill_a_gap(program, base, qtbot)
    for ago in (260, 230, 200):
        base.do(AddPurchase(client_id, AS_OF - timedelta(days=ago), Decimal(2400), Decimal(900)))
    see_the_segment(program, qtbot)
    call_the_lost(program, base, qtbot)
    print_an_offer(program, qtbot, tmp_path, monkeypatch)


def fill_a_gap(program: Program, base: ClientBase, qtbot: QtBot) -> ClientId:
    clients = page(program, "clients", qtbot)
    assert isinstance(clients, ClientsPage)
    before = base.ask(client_counts).with_gaps
    (client_id,) = base.ask(client_ids, ListSpec(text="Цветков Евгений"))
    clients.focus_item(client_id)
    quiet(program, qtbot)
    form = clients.panel.form
    for key, text in (
        ("phone", "8 913 123-45-67"),
        ("birthday", "8.3.1980"),
        ("relatives", "жена Анна"),
        ("dye", "Estel 7/1"),
    ):
        editor = form.slot(key).editor
        editor.setFocus()
        press(editor, text)
    qtbot.keyClick(clients, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    quiet(program, qtbot)
    assert base.ask(client_counts).with_gaps == before - 1
    return ClientId(client_id)


def see_the_segment(program: Program, qtbot: QtBot) -> None:
    segments = page(program, "segments", qtbot)
    assert isinstance(segments, SegmentsPage)
    base = segments.context.base
    assert base.ask(client_counts).by_status[Status.LOST] == 1


def call_the_lost(program: Program, base: ClientBase, qtbot: QtBot) -> None:
    winback = page(program, "winback", qtbot)
    assert isinstance(winback, WinbackPage)
    qtbot.waitUntil(lambda: winback.panel.card is not None, timeout=5000)
    card = winback.panel.card
    assert card is not None
    assert card.row.name == "Цветков Евгений Сергеевич"
    # (2400 − 900) a visit × 365/30 visits a year × 0.30, the chance of an unknown reason
    assert card.row.stake.money == Decimal("5475.00")
    winback.log_attempt()
    dialog = dialog_of(program, AttemptDialog, qtbot)
    assert isinstance(dialog, AttemptDialog)
    press(dialog.note.editor, "зайдёт в субботу")
    dialog.accept()
    quiet(program, qtbot)
    assert base.ask(client_head, card.row.client_id).status is Status.LOST
    assert winback.panel.card is not None
    assert winback.panel.card.row.state == "in_work"


def print_an_offer(
    program: Program, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clients = page(program, "clients", qtbot)
    assert isinstance(clients, ClientsPage)
    clients.panel.head.offer_wanted.emit()
    quiet(program, qtbot)
    offers = program.window.page()
    assert isinstance(offers, OffersPage)
    editor = offers.editor
    assert "Цветков" in editor.form.client.text()
    press(editor.form.title, "Уход к Новому году")
    target = folder / "offer.pdf"
    monkeypatch.setattr(paper_pane, "ask_save", lambda *_args, **_kwargs: target)
    editor.save_pdf()
    qtbot.waitUntil(target.exists, timeout=15000)
    quiet(program, qtbot)
    text = "\n".join(leaf.extract_text() for leaf in PdfReader(target).pages)
    assert "Уход к Новому году" in text
    assert "№ 2026-001" in text
    assert "Салон «Рассвет»" in text


def test_the_last_base_is_open_again_at_the_next_start(
    program: Program, qtbot: QtBot, qapp: QApplication
) -> None:
    path = make_base(program, qtbot).path
    program.window.close()
    second = Program(Preferences(), AS_OF)
    second.start()
    qtbot.waitUntil(lambda: second.window.host is not None, timeout=15000)
    host = second.window.host
    assert host is not None
    assert host.context.base.path == path
    quiet(second, qtbot)
    second.window.close()
