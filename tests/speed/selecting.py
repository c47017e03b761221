"""Choosing all clients of a base on their page: what the key and the painting after it take."""

import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from db.client_base import ClientBase
from tests.speed.timing import processor_ms
from ui.clients.page import ClientsPage
from ui.jobs.runner import JobRunner
from ui.look import theme
from ui.parts.context import Context
from ui.preferences import Preferences
from ui.shell.host import ShellHost

_TIMES = 5
_WIDTH, _HEIGHT = 1366, 768
_PATIENCE = 60.0  # seconds
_QUIET = 0.3  # seconds without work after which the page is said to be settled


def select_all_ms(path: Path) -> float:
    """Return the processor time of Ctrl+A in the list of clients, in milliseconds.

    It is the median of several tries, each with the painting that follows. Raises TimeoutError
    where the list does not appear.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with _clients_page(app, path) as page:
        table = page.list.table

        def select_all(_try: int) -> None:
            key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            QCoreApplication.sendEvent(table, key)
            app.processEvents()

        tries = []
        for number in range(_TIMES):
            table.selectRow(0)
            _settle(page)
            tries.append(processor_ms(select_all, number))
            assert table.selected_count() == page.list.model.rowCount()
    return statistics.median(tries)


@contextmanager
def _clients_page(app: QApplication, path: Path) -> Iterator[ClientsPage]:
    """Show the clients of a base, with nothing remembered, until the list is settled."""
    with tempfile.TemporaryDirectory() as folder:
        place = str(Path(folder) / "preferences.ini")
        preferences = Preferences(QSettings(place, QSettings.Format.IniFormat))
        theme.prepare(app)
        theme.follow(app, preferences)
        with ClientBase(path) as base, closing(JobRunner()) as jobs:
            page = ClientsPage(ShellHost(Context(base, jobs), preferences))
            page.resize(_WIDTH, _HEIGHT)
            page.show_page()
            page.show()
            _settle(page)
            yield page
            page.close()


def _settle(page: ClientsPage) -> None:
    started = quiet_since = time.monotonic()
    while time.monotonic() - quiet_since < _QUIET:
        QApplication.processEvents()
        time.sleep(0.01)
        if page.context.jobs.busy() or not page.list.model.rowCount():
            quiet_since = time.monotonic()
        if time.monotonic() - started > _PATIENCE:
            raise TimeoutError("the list of clients does not appear")
