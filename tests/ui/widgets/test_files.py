"""File dialogs beside an open base."""

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.errors import Trouble, TroubleError
from db.queries.lists.clients import client_counts
from db.transfer.reading.tables_in import read_table
from ui.widgets.files import file_dialog


def locks_of(path: Path) -> int:
    """Return how many locks this process holds on a file, as the system sees it."""
    inode = str(path.stat().st_ino)
    return sum(
        line.split()[4] == str(os.getpid()) and line.split()[5].endswith(":" + inode)
        for line in Path("/proc/locks").read_text().splitlines()
    )


@pytest.mark.skipif(sys.platform != "linux", reason="locks are dropped by a close on Linux only")
def test_a_file_dialog_takes_no_lock_from_the_base(
    base: ClientBase, qtbot: QtBot, tmp_path: Path
) -> None:
    base.do(CreateClient({"name": "Анна"}))
    base.ask(client_counts)
    held = locks_of(base.path)
    assert held, "an open base is locked"
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = file_dialog(parent, "Открыть", tmp_path)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setNameFilters(["* (*)"])
    dialog.open()
    qtbot.wait(700)  # it looks into the folder in a thread of its own
    dialog.selectFile(base.path.name)
    qtbot.wait(300)
    assert locks_of(base.path) == held
    dialog.reject()


@pytest.mark.parametrize("ending", ["", "-wal", "-shm"])
def test_an_import_does_not_open_the_base_it_goes_into(base: ClientBase, ending: str) -> None:
    base.do(CreateClient({"name": "Анна"}))
    with pytest.raises(TroubleError) as caught:
        read_table(Path(f"{base.path}{ending}"))
    assert caught.value.trouble is Trouble.NOT_A_TABLE
