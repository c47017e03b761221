"""What the window takes: its first painting, its list, and how long it is away from its owner."""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.speed.figure import Amount, Figure, at_most
from tests.speed.importing import write_sales
from tests.speed.process import environment
from tests.speed.selecting import select_all_ms
from tests.speed.timing import Goal, figure

_STARTS = 7
_AWAY_MS = 100
_USABLE_MS = 800


def window_figures(path: Path) -> Iterator[Figure | Amount]:
    """Measure on copies of a base, in processes of their own."""
    yield from _start_figures(path)
    yield at_most("select all", 50, "ms", select_all_ms(path))
    yield from _away_figures(path)


def _start_figures(path: Path) -> Iterator[Figure]:
    """Start an empty window and ours in turn."""
    _start(str(path))
    empty, painted, after = [], [], []
    for _ in range(_STARTS):
        ((processor_ms, _clock),) = _start("empty")
        empty.append(processor_ms)
        (first, first_clock), (_rows, rows_clock) = _start(str(path))
        painted.append(first)
        after.append(rows_clock - first_clock)
    yield figure("first painting of the window", painted, empty, Goal(times_bare=3.2))
    yield figure("its list, by the clock, after that", after, [], Goal(median_ms=_USABLE_MS))


def _start(what: str) -> list[tuple[float, float]]:
    """Return processor time and clock of each moment that the process prints, in milliseconds."""
    lines = _process("first_paint", what).splitlines()
    return [(float(own), float(clock)) for own, clock in map(str.split, lines)]


def _away_figures(path: Path) -> Iterator[Amount]:
    """Walk through the window on a copy, which an import changes."""
    with tempfile.TemporaryDirectory() as folder:
        copy, sales = Path(folder) / path.name, Path(folder) / "sales.csv"
        shutil.copyfile(path, copy)
        write_sales(sales)
        turns = json.loads(_process("walk", str(copy), str(sales)))
    for step, (own, clock) in turns.items():
        yield at_most(f"window away, {step}", _AWAY_MS, "ms", own)
        if clock > 2 * _AWAY_MS:
            yield Amount("   by the clock", clock, "ms")


def _process(module: str, *arguments: str) -> str:
    with tempfile.TemporaryDirectory() as home:
        env = environment(
            QT_QPA_PLATFORM="offscreen",
            DISPLAY=":0",  # a screen is asked for; nothing is drawn there
            XDG_CONFIG_HOME=home,
            XDG_STATE_HOME=home,
            STARTED=str(time.time()),
        )
        done = subprocess.run(
            [sys.executable, "-m", f"tests.speed.{module}", *arguments],
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env=env,
        )
    return done.stdout
