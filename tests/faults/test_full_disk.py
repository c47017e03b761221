"""A disk that is really full: every command says so, in its own words, and loses nothing."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from db.errors import Trouble, TroubleError
from db.file.create import create_base
from db.file.driver_errors import as_trouble
from tests.desktop.command import ROOT, surroundings

FULL = "На диске нет места."


def test_a_backup_without_room_is_a_full_disk() -> None:
    """The driver's backup raises without a code."""
    found = as_trouble(dbapi2.OperationalError("database or disk is full"))
    assert found is not None
    assert found.trouble is Trouble.DISK_FULL


def test_a_disk_that_fails_with_no_room_left_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: usage._replace(free=0))
    assert TroubleError(Trouble.DISK_FAILED, "/a/b").trouble is Trouble.DISK_FULL
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: usage._replace(free=10**9))
    assert TroubleError(Trouble.DISK_FAILED, "/a/b").trouble is Trouble.DISK_FAILED


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "base.kartoteka"
    create_base(path)
    return path


def on_small_disk(path: Path, fill: str, command: str) -> str:
    """Run a command on a disk of 600 KB that holds the base; return what it complains of."""
    place = path.parent / "disk"
    place.mkdir(exist_ok=True)
    script = (
        f"mount -t tmpfs -o size=600k t '{place}' || exit 77; cp '{path}' '{place}'; cd '{place}'\n"
        f"{fill}\n{sys.executable} -m desktop --lang ru --base base.kartoteka {command}"
    )
    done = subprocess.run(
        ["unshare", "-rm", "bash", "-c", script],
        env=surroundings(path.parent),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("no disk of one's own may be mounted here")
    assert done.returncode == 1
    return done.stderr


@pytest.mark.skipif(shutil.which("unshare") is None, reason="Linux only")
@pytest.mark.parametrize(
    ("fill", "command"),
    [
        ("", "backup"),
        ("dd if=/dev/zero of=fill bs=1k 2>/dev/null", "segments"),
        (
            # Room for reading, and not for the whole of the workbook.
            "dd if=/dev/zero of=fill bs=1k 2>/dev/null; truncate -s -36k fill",
            "export clients clients.xlsx",
        ),
        ("dd if=/dev/zero of=fill bs=1k 2>/dev/null", "client add name=Петрова"),
        ("dd if=/dev/zero of=fill bs=1k 2>/dev/null", "restore ../base.kartoteka"),
    ],
)
def test_a_full_disk_is_told_as_such(path: Path, fill: str, command: str) -> None:
    assert on_small_disk(path, fill, command) == FULL + "\n"
