"""What tests of the window with its bases wait for."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop.app import Program
from ui.shell.navigation import NavEntry
from ui.shell.trouble_dialog import TroubleDialog

AS_OF = date(2026, 11, 22)


def settle(program: Program, qtbot: QtBot) -> None:
    for pause in (20, 120):
        qtbot.wait(pause)
        qtbot.waitUntil(lambda: not program.jobs.busy(), timeout=20000)


def opened(program: Program, qtbot: QtBot) -> Path:
    qtbot.waitUntil(lambda: program.base_path is not None, timeout=20000)
    settle(program, qtbot)
    assert program.base_path is not None
    return program.base_path


def trouble(program: Program, qtbot: QtBot) -> TroubleDialog:
    def shown() -> list[TroubleDialog]:
        return [d for d in program.window.findChildren(TroubleDialog) if d.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()), timeout=20000)
    return shown()[0]


def names_of_pages(program: Program) -> list[str]:
    return [entry.key for entry in program.window.findChildren(NavEntry) if entry.isVisible()]


def visible_dialogs(program: Program) -> list[QDialog]:
    return [dialog for dialog in program.window.findChildren(QDialog) if dialog.isVisible()]
