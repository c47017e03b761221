"""Run as a process: walk through the window; print how long the GUI thread was away at each step.

`python -m tests.speed.walk BASE SALES` prints JSON: by step, the longest time between two turns of
the event loop, in milliseconds of the GUI thread's processor time and of the clock. On a machine
that does other work the clock shows that as well. SALES is a table of purchases to import.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, QSettings, Qt, QTimer
from PySide6.QtTest import QTest

from desktop.app import Program, qt_application
from desktop.pages import page_specs
from desktop.run import use_short_turns
from ui.look import theme
from ui.preferences import Preferences
from ui.words import i18n

_REST_MS = 400


class Heartbeat(QObject):
    """Looks at the clocks as often as the event loop lets it."""

    def __init__(self) -> None:
        super().__init__()
        self.begin()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)
        self._timer.start(1)

    def begin(self) -> None:
        self._last, self._longest = _clocks(), (0.0, 0.0)

    def longest_ms(self) -> tuple[float, float]:
        """Return the longest turn since `begin`: processor time of this thread, and the clock."""
        self._beat()
        own, clock = self._longest
        return own * 1000, clock * 1000

    def _beat(self) -> None:
        now = _clocks()
        turn = (now[0] - self._last[0], now[1] - self._last[1])
        self._longest = max(self._longest[0], turn[0]), max(self._longest[1], turn[1])
        self._last = now


def _clocks() -> tuple[float, float]:
    return time.thread_time(), time.perf_counter()


class Walk:
    """One program, its steps one after another; each begins and ends with nothing under way."""

    def __init__(self, program: Program, heart: Heartbeat) -> None:
        self._program, self.heart = program, heart
        self.away_ms: dict[str, tuple[float, float]] = {}

    def step(self, name: str, do: Callable[[], object]) -> None:
        self.heart.begin()
        do()
        self._settle()
        self.away_ms[name] = self.heart.longest_ms()

    def _settle(self) -> None:
        loop = QEventLoop()
        quiet = QTimer()
        quiet.setInterval(_REST_MS)
        quiet.timeout.connect(lambda: None if self._program.jobs.busy() else loop.quit())
        quiet.start()
        loop.exec()


def walk(base: Path, sales: Path) -> dict[str, tuple[float, float]]:
    app = qt_application(sys.argv[:1])
    i18n.use("ru")
    preferences = Preferences(QSettings(str(base.with_suffix(".ini")), QSettings.Format.IniFormat))
    preferences.last_page = "clients"
    theme.prepare(app)
    theme.follow(app, preferences)
    use_short_turns()
    program = Program(preferences)
    window = program.window
    window.resize(1366, 768)
    made = Walk(program, Heartbeat())
    window.painted.connect(made.heart.begin)  # what comes before has its own figure
    made.step("start", lambda: program.start(base))

    table = window.page().list.table
    with_ctrl = Qt.KeyboardModifier.ControlModifier
    made.step("select all", lambda: QTest.keyClick(table, Qt.Key.Key_A, with_ctrl))
    made.step("to the end", lambda: QTest.keyClick(table, Qt.Key.Key_End, with_ctrl))
    made.step("a card", lambda: table.setCurrentIndex(table.model().index(7, 0)))
    search = window.page().search_line
    made.step("a letter sought", lambda: search.setText("и"))
    made.step("a number sought", lambda: search.setText("9161"))
    made.step("search cleared", search.clear)
    others = [spec.key for spec in page_specs() if spec.key != "clients"]
    for key in (*others, "clients"):
        made.step(f"open {key}", lambda key=key: window.go(key))
    made.step("import", lambda: _import(program, sales))
    window.close()
    return made.away_ms


def _import(program: Program, sales: Path) -> None:
    from db.queries.setup import own_fields
    from db.transfer.columns import TableKind, map_columns
    from db.transfer.commands import ImportPurchases
    from db.transfer.reading.tables_in import read_table

    context = program.window.host.context

    def load(progress):
        sheet = read_table(sales, context.base.ask(own_fields))
        targets = map_columns(TableKind.PURCHASES, sheet.header, context.base.ask(own_fields))
        return context.base.do(ImportPurchases(sheet, targets, create_clients=True), progress)

    context.write(load)


if __name__ == "__main__":
    print(json.dumps(walk(Path(sys.argv[1]), Path(sys.argv[2]))))
