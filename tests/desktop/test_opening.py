"""What comes while a base is being opened: another base, a table."""

import threading
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.client_base import ClientBase
from db.file.create import create_base
from db.progress import Progress
from desktop import opening
from desktop.app import Program
from tests.desktop.windows import names_of_pages, opened, trouble, visible_dialogs
from ui.parts.page import PageSpec

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def open_slowly(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Let bases be opened only once the event returned is set."""
    go_on, open_base = threading.Event(), opening.open_base

    def wait_and_open(
        path: Path, as_of: date | None, first: PageSpec, progress: Progress
    ) -> ClientBase:
        go_on.wait(10)
        return open_base(path, as_of, first, progress)

    monkeypatch.setattr(opening, "open_base", wait_and_open)
    return go_on


def test_one_base_at_a_time_is_opened(
    program: Program, path: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.kartoteka"
    create_base(other)
    go_on = open_slowly(monkeypatch)
    program.open_base(path)
    program.open_base(other)
    program.open_base(path)
    qtbot.waitUntil(lambda: bool(names_of_pages(program)))
    go_on.set()
    assert opened(program, qtbot) == path
    program.open_base(other)
    qtbot.waitUntil(lambda: program.base_path == other, timeout=20000)
    program.open_base(path)
    qtbot.waitUntil(lambda: program.base_path == path, timeout=20000)


def test_a_table_dropped_while_a_base_is_opened_is_loaded_into_it(
    program: Program, path: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "clients.csv"
    table.write_text("Имя;Телефон\nИван;89831112233\n", encoding="utf-8")
    go_on = open_slowly(monkeypatch)
    program.open_base(path)
    program.window.import_wanted.emit(str(table))
    assert visible_dialogs(program) == []
    go_on.set()
    opened(program, qtbot)
    (dialog,) = visible_dialogs(program)
    assert type(dialog).__name__ == "ImportDialog"
    dialog.reject()


def test_a_table_for_a_base_that_was_not_opened_is_forgotten(
    program: Program, path: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = open_slowly(monkeypatch)
    program.open_base(tmp_path / "missing.kartoteka")
    program.window.import_wanted.emit(str(tmp_path / "clients.csv"))
    go_on.set()
    trouble(program, qtbot).reject()
    program.open_base(path)
    opened(program, qtbot)
    assert visible_dialogs(program) == []
