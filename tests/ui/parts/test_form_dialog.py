"""A dialog of fields: what must be filled, what is done, and what stays when it fails."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.client_base import ClientBase
from db.commands.fields import AddField
from db.domain.fields import FieldKind
from db.errors import Trouble, TroubleError
from db.queries.setup import own_fields
from ui.parts.form_dialog import FormDialog
from ui.shell.host import ShellHost
from ui.widgets.dialog import LeaveDialog
from ui.widgets.editor import Editor
from ui.widgets.editors import NumberLine, TextLine
from ui.widgets.field import LabelledField


class Failing:
    def run(self, writing: object) -> None:
        raise TroubleError(Trouble.DISK_FULL)


class NameDialog(FormDialog):
    """A name that must be given, and a number that must be even."""

    def __init__(self) -> None:
        super().__init__("Поле", "Добавить")
        self.name = self.add("&Имя", TextLine(), required=True, empty="Назовите поле.")
        self.number = self.add("&Число", NumberLine(whole=True, least=0, most=10))
        self.name.focus()

    def check_together(self) -> list[LabelledField[Editor]]:
        if (self.number.value() or 0) % 2 == 0:
            return []
        self.number.set_error("Нужно чётное.")
        return [self.number]

    def command(self) -> AddField:
        return AddField(self.name.value(), FieldKind.TEXT)


@pytest.fixture
def dialog(host: ShellHost, qtbot: QtBot) -> NameDialog:
    made = NameDialog()
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    return made


def settle(host: ShellHost, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not host.context.jobs.busy())


def test_every_field_says_what_is_wrong_with_it(dialog: NameDialog) -> None:
    dialog.open()
    dialog.number.editor.setText("много")
    dialog.accept()
    assert dialog.name.error == "Назовите поле."
    assert dialog.number.error
    dialog.name.set_value("Краска")
    dialog.number.set_value(3)
    dialog.accept()
    assert dialog.number.error == "Нужно чётное."
    assert dialog.isVisible()
    dialog.number.hide()  # what is not asked for can't be wrong by itself
    dialog.number.set_value(2)
    dialog.accept()
    assert dialog.result() == dialog.DialogCode.Accepted


def test_the_dialog_makes_room_for_the_words_of_an_error(dialog: NameDialog) -> None:
    dialog.open()
    height = dialog.height()
    dialog.accept()
    assert dialog.height() > height


def test_the_command_is_done_and_told(
    dialog: NameDialog,
    host: ShellHost,
    base: ClientBase,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    keys: list[str] = []
    monkeypatch.setattr(host, "tell", lambda text, _undo: told.append(text))
    dialog.run(host, dialog.command, lambda: f"Добавлено: {dialog.name.value()}", keys.append)
    dialog.name.set_value("Краска")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not dialog.name.isEnabled()
    dialog.reject()  # too late: it is being done
    assert dialog.isVisible()
    settle(host, qtbot)
    assert not dialog.isVisible()
    assert (told, keys) == (["Добавлено: Краска"], ["own_1"])
    assert [field.label for field in base.ask(own_fields)] == ["Краска"]


def test_a_refusal_is_said_in_the_dialog_and_the_text_stays(
    dialog: NameDialog, host: ShellHost, base: ClientBase, qtbot: QtBot
) -> None:
    base.do(AddField("Краска", FieldKind.TEXT))
    dialog.number.setEnabled(False)
    dialog.run(host, dialog.command, "")
    dialog.name.set_value("Краска")
    dialog.accept()
    settle(host, qtbot)
    assert dialog.isVisible()
    assert dialog.name.isEnabled()
    assert not dialog.number.isEnabled()  # as it was before
    assert dialog.name.value() == "Краска"
    assert "Краска" in dialog._refusal.text()
    dialog.name.set_value("Оттенок")
    dialog.accept()
    settle(host, qtbot)
    assert [field.label for field in base.ask(own_fields)] == ["Краска", "Оттенок"]


def test_a_trouble_is_shown_and_the_text_stays(
    dialog: NameDialog, host: ShellHost, qtbot: QtBot
) -> None:
    troubles: list[object] = []
    host.troubled.connect(troubles.append)
    dialog.run(host, Failing, "Записано")
    dialog.name.set_value("Краска")
    dialog.accept()
    settle(host, qtbot)
    assert len(troubles) == 1
    assert dialog.isVisible()
    assert dialog.name.value() == "Краска"
    dialog.reject()
    assert not dialog.isVisible()


def test_where_there_is_nothing_to_do_the_dialog_only_closes(
    dialog: NameDialog, host: ShellHost
) -> None:
    dialog.run(host, lambda: None, "Записано")
    dialog.name.set_value("Краска")
    dialog.accept()
    assert not dialog.isVisible()


def test_esc_asks_once_before_what_was_typed_is_lost(dialog: NameDialog, qtbot: QtBot) -> None:
    dialog.open()
    qtbot.keyClicks(dialog.name.editor, "Size")
    for stays in (True, False):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        question = dialog.findChildren(LeaveDialog)[-1]
        assert question.isVisible()
        if stays:
            question.reject()
        else:
            question.accept()
        assert dialog.isVisible() is stays
    assert dialog.name.editor.text() == "Size"


def test_esc_leaves_a_dialog_with_nothing_typed_at_once(dialog: NameDialog, qtbot: QtBot) -> None:
    dialog.open()
    dialog.name.set_value("Размер")  # as the program fills a field
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not dialog.findChildren(LeaveDialog)
