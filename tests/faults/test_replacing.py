"""Killed at any step, the name opens a whole base: the old one or the new one."""

import subprocess
import sys
from pathlib import Path

import pytest

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.file import backup
from db.file.create import create_base
from tests.desktop.command import ROOT, surroundings

KILLER = Path(__file__).with_name("killed_step.py")


def killed(action: str, pristine: Path, scratch: Path) -> list[tuple[str, str]]:
    scratch.mkdir()
    done = subprocess.run(
        [sys.executable, str(KILLER), action, str(pristine), str(scratch)],
        env=surroundings(scratch),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines[-1][2] == "done"
    return [(state, ending) for _, state, ending in lines]


@pytest.fixture
def pristine(tmp_path: Path) -> Path:
    """A base of two clients beside its copy of one."""
    place = tmp_path / "pristine"
    place.mkdir()
    base = place / "base.kartoteka"
    create_base(base)
    for name in ("Иванова", "Петрова"):
        with ClientBase(base) as opened:
            opened.do(CreateClient({"name": name}))
        if name == "Иванова":
            backup.make_copy(base, place).path.rename(place / "copy.kartoteka")
    return place


@pytest.mark.parametrize("action", ["restore", "restore_without_links"])
def test_restoring_has_no_moment_without_a_base(
    pristine: Path, tmp_path: Path, action: str
) -> None:
    states = killed(action, pristine, tmp_path / "scratch")
    assert len(states) > 6
    assert {state for state, _ in states} == {"1", "2"}
    assert states[-1] == ("1", "done")
    kept = list((tmp_path / "scratch" / str(len(states))).glob("base before *.kartoteka"))
    assert [backup.verify(path)["client"] for path in kept] == [2]


def test_making_leaves_nothing_or_a_whole_base(tmp_path: Path) -> None:
    (tmp_path / "pristine").mkdir()
    states = killed("make", tmp_path / "pristine", tmp_path / "scratch")
    assert {state for state, _ in states} == {"missing", "0"}


def test_of_several_who_make_one_base_one_succeeds(tmp_path: Path) -> None:
    for attempt in range(3):
        path = tmp_path / f"base{attempt}.kartoteka"
        makers = [
            subprocess.Popen(
                [sys.executable, "-m", "desktop", "--lang", "ru", "init", str(path)],
                env=surroundings(tmp_path),
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(4)
        ]
        told = [maker.communicate() for maker in makers]
        assert sorted(maker.returncode for maker in makers) == [0, 1, 1, 1]
        errors = [err for _, err in told if err]
        assert errors == [f"Файл с таким именем уже есть: {path}.\n"] * 3
        assert backup.verify(path)["client"] == 0
        assert not list(tmp_path.glob(".*.part*"))
