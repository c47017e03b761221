"""`client find` as a process, beside a process that imports SQLAlchemy and the driver alone."""

import resource
import subprocess
import sys
from pathlib import Path

from tests.speed.figure import Figure
from tests.speed.process import environment
from tests.speed.timing import Goal, figure

_TIMES = 9
_BARE = "import sqlalchemy, sqlalchemy.orm, sqlcipher3.dbapi2"


def command_line_figures(path: Path) -> list[Figure]:
    find = ["-P", "-m", "desktop", "--base", str(path), "client", "find", "Иванов"]
    _process_ms(find)
    ours, bare = [], []
    for _ in range(_TIMES):
        ours.append(_process_ms(find))
        bare.append(_process_ms(["-P", "-c", _BARE]))
    return [figure("client find, a process", ours, bare, Goal(times_bare=2))]


def _process_ms(arguments: list[str]) -> float:
    """Run a process of Python; return the processor time of all of it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    root = Path(__file__).parents[2]
    env = environment(PYTHONPATH=str(root))
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=env)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
