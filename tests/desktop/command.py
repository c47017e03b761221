"""Running the command line as a process of its own, as a terminal does."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


def surroundings(home: Path, **more: str) -> dict[str, str]:
    env = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG"))}
    env.pop("DISPLAY", None)
    env.pop("WAYLAND_DISPLAY", None)
    return {
        **env,
        "PYTHONPATH": str(ROOT),
        "XDG_STATE_HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "XDG_DATA_HOME": str(home),
        **more,
    }


def run(home: Path, *arguments: object, **more: str) -> Ran:
    """Run `kartoteka` with these arguments; what it remembers and logs goes to `home`."""
    done = subprocess.run(
        [sys.executable, "-m", "desktop", *map(str, arguments)],
        cwd=home,
        env=surroundings(home, **more),
        capture_output=True,
        timeout=100,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
