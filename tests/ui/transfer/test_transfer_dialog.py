"""The import window, used as a person does: look, say what is what, load, take back."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from db.client_base import ClientBase
from db.queries.lists.clients import ListSpec, client_ids
from db.queries.setup import own_fields
from db.transfer.columns import NEW_FIELD, TableKind
from db.transfer.reading.tables_in import read_table
from tests.db.base_content import content
from tests.db.importing import DATA
from ui.shell.host import ShellHost
from ui.transfer import dialog as dialog_module
from ui.transfer import opening
from ui.transfer.dialog import ImportDialog

Open = Callable[[Path], ImportDialog]


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    made.resize(1366, 768)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def shown(host: ShellHost, window: QMainWindow, qtbot: QtBot) -> Open:
    def open_file(path: Path) -> ImportDialog:
        dialog = ImportDialog(host, path, window)
        dialog.open()
        qtbot.waitUntil(
            lambda: dialog._plan is not None or dialog._stack.currentIndex() == 2, timeout=20_000
        )
        return dialog

    return open_file


def _load(dialog: ImportDialog, qtbot: QtBot) -> None:
    assert dialog._load_button.isEnabled()
    dialog._load_button.click()
    qtbot.waitUntil(lambda: dialog._done is not None, timeout=20_000)


def _count(base: ClientBase) -> int:
    return len(base.ask(client_ids, ListSpec()))


def test_a_file_is_tried_loaded_and_taken_back(shown: Open, base: ClientBase, qtbot: QtBot) -> None:
    before = base.ask(content)
    dialog = shown(DATA / "salon_clients_cp1251.csv")
    assert dialog._summary.text().startswith("Windows-1251")
    assert dialog._load_button.text().split() == ["Загрузить", "157", "клиентов"]
    assert [row.line for row in dialog._verdicts.shown()] == [25, 62]
    assert base.ask(content) == before
    _load(dialog, qtbot)
    assert _count(base) == 157
    assert dialog._take_back.isVisible()
    dialog._take_back.click()
    qtbot.waitUntil(lambda: dialog._done is None, timeout=20_000)
    assert base.ask(content) == before
    assert dialog._load_button.isEnabled()


def test_the_reason_of_a_rejected_row_is_in_words(
    shown: Open, language: Callable[[str], None]
) -> None:
    dialog = shown(DATA / "salon_clients_cp1251.csv")
    row = dialog._verdicts.shown()[0]
    assert dialog._verdicts._words(row) == "День рождения: такого дня нет: 31.02.1990"
    language("en")
    assert dialog._verdicts._words(row) == "День рождения: there is no such day: 31.02.1990"


def test_a_column_is_given_another_meaning(shown: Open, base: ClientBase, qtbot: QtBot) -> None:
    dialog = shown(DATA / "salon_clients_cp1251.csv")
    for column, target in ((4, "note"), (5, NEW_FIELD), (2, None)):
        box = dialog._preview.box(column)
        box.set_value(target)
        box.edited.emit()
    qtbot.waitUntil(lambda: dialog._plan is not None, timeout=20_000)
    assert dialog._settings is not None
    assert dialog._settings.targets == ("name", "birthday", None, None, "note", NEW_FIELD)
    _load(dialog, qtbot)
    assert [field.label for field in base.ask(own_fields)] == ["Краска (рецепт)"]


def test_one_thing_is_in_one_column_only(shown: Open, qtbot: QtBot) -> None:
    dialog = shown(DATA / "salon_clients_cp1251.csv")
    box = dialog._preview.box(1)
    box.set_value("name")
    box.edited.emit()
    assert dialog._preview.box(0).value() is None
    qtbot.waitUntil(lambda: dialog._plan is not None, timeout=20_000)


def test_without_the_columns_that_are_needed_nothing_can_be_loaded(
    shown: Open, qtbot: QtBot
) -> None:
    dialog = shown(DATA / "cdnow_sample.csv")
    box = dialog._preview.box(2)
    box.set_value(None)
    box.edited.emit()
    assert not dialog._load_button.isEnabled()
    assert dialog._notice.isVisible()
    assert "Сумма" in dialog._notice.text()


def test_purchases_are_known_and_make_clients_when_told(
    shown: Open, base: ClientBase, qtbot: QtBot
) -> None:
    dialog = shown(DATA / "cdnow_sample.csv")
    assert dialog._options_bar.kind.value() is TableKind.PURCHASES
    assert not dialog._load_button.isEnabled()
    dialog._options_bar.making.click()
    qtbot.waitUntil(lambda: dialog._plan is not None and dialog._plan.clients_created > 0)
    assert "244\N{NO-BREAK SPACE}091,94" in dialog._notice.text()
    _load(dialog, qtbot)
    assert _count(base) == 2357


def test_another_encoding_is_read_at_once(shown: Open, qtbot: QtBot) -> None:
    dialog = shown(DATA / "salon_clients_cp1251.csv")
    dialog._options_bar.encoding.set_value("cp866")
    dialog._options_bar.encoding.edited.emit()
    qtbot.waitUntil(
        lambda: dialog._file is not None and dialog._file.sheet.encoding == "cp866", timeout=20_000
    )
    assert dialog._file is not None
    assert dialog._file.sheet.header[0] != "ФИО"
    qtbot.waitUntil(lambda: not dialog._host.context.jobs.busy(), timeout=20_000)


def test_another_line_of_headings_is_taken(shown: Open, qtbot: QtBot) -> None:
    dialog = shown(DATA / "contractors.xlsx")
    assert dialog._options_bar.header.value() == 3
    dialog._options_bar.header.set_value(0)
    dialog._options_bar.header.edited.emit()
    qtbot.waitUntil(
        lambda: dialog._file is not None and dialog._file.sheet.header_line == 0, timeout=20_000
    )
    assert dialog._file is not None
    assert len(dialog._file.sheet.rows) == 322
    assert not dialog._load_button.isEnabled()


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", "ФИО;Телефон\n".encode()])
def test_a_file_that_is_no_table_offers_another(shown: Open, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "клиенты.csv"
    path.write_bytes(data)
    dialog = shown(path)
    assert dialog._stack.currentIndex() == 2
    assert "клиенты.csv" in dialog._failed._text.text()
    assert not dialog._load_button.isEnabled()


def test_a_cancelled_import_leaves_the_base_as_it_was(
    shown: Open, base: ClientBase, qtbot: QtBot
) -> None:
    before = base.ask(content)
    dialog = shown(DATA / "contractors.xlsx")
    dialog._load_button.click()
    dialog.reject()
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: dialog._loading is None, timeout=20_000)
    assert dialog._done is None
    assert base.ask(content) == before
    dialog.reject()


def test_rejected_rows_are_saved_with_their_reasons(
    shown: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "отклонённые.xlsx"
    monkeypatch.setattr(dialog_module, "ask_save", lambda *_arguments: target)
    dialog = shown(DATA / "salon_clients_cp1251.csv")
    dialog._rejected.click()
    qtbot.waitUntil(target.exists, timeout=20_000)
    qtbot.waitUntil(lambda: not dialog._host.context.jobs.busy(), timeout=20_000)
    sheet = read_table(target)
    assert sheet.header[-1] == "Почему не загружено"
    assert len(sheet.rows) == 2


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("spoken", ["ru", "en"])
def test_nothing_overlaps_on_a_small_screen(
    shown: Open,
    looks: Callable[[str, int], None],
    language: Callable[[str], None],
    percent: int,
    spoken: str,
) -> None:
    language(spoken)
    looks("light", percent)
    dialog = shown(DATA / "salon_clients_cp1251.csv")
    parts = [dialog._options_bar, dialog._preview, dialog._verdicts]
    for above, below in pairwise(parts):
        assert above.geometry().bottom() < below.geometry().top()
    assert dialog.width() <= 1366
    assert dialog.height() <= 768


def test_a_file_is_chosen_first_where_none_is_named(
    host: ShellHost, window: QMainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(opening, "ask_open", lambda *_arguments: None)
    assert opening.open_import(window, host) is None
    monkeypatch.setattr(opening, "ask_open", lambda *_arguments: DATA / "cdnow_sample.csv")
    dialog = opening.open_import(window, host)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog._plan is not None, timeout=20_000)
    dialog.reject()
