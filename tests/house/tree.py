"""The files of the project, as the tests of the house look at them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("db", "ui", "desktop")


@cache
def tracked() -> tuple[Path, ...]:
    """Return every file of the project: what git knows, or would add."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
    except (OSError, subprocess.CalledProcessError):  # a copy without git
        return tuple(path for path in sorted(ROOT.rglob("*")) if _counts(path))
    names = (name.decode() for name in listed.split(b"\0") if name)
    return tuple(path for name in sorted(names) if (path := ROOT / name).is_file())


def _counts(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    outside = any(part.startswith(".") and part != ".ci" for part in parts)
    return path.is_file() and not outside and "__pycache__" not in parts


def code() -> tuple[Path, ...]:
    """Return the Python files of the program itself, with dev.py and setup.py."""
    return tuple(
        path
        for path in tracked()
        if path.suffix == ".py" and (path.parent == ROOT or name(path).split("/")[0] in ROOMS)
    )


def in_rooms() -> tuple[Path, ...]:
    return tuple(path for path in code() if path.parent != ROOT)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), filename=name(path))


def texts(*, suffixes: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Give the name and the text of every file of ours with one of these endings.

    Files in tests/data come from outside, in whatever encoding.
    """
    for path in tracked():
        if path.suffix in suffixes and not name(path).startswith("tests/data/"):
            yield name(path), path.read_text("utf-8")
