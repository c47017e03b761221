"""Killed, no room left, two at once: what was confirmed is there, and the base stays whole."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from db.client_base import ClientBase
from db.file.base_file import BaseFile
from db.file.care import check
from db.file.create import create_base
from db.queries.lists.clients import ListSpec, client_ids
from desktop.single import OneWindow, lock_place
from tests.desktop.command import ROOT, run, surroundings

WRITER = Path(__file__).with_name("killed_writer.py")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "base.kartoteka"
    create_base(path)
    return path


def writer(path: Path, name: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(WRITER), str(path), name],
        env=surroundings(path.parent),
        stdout=subprocess.PIPE,
        text=True,
    )


def held(path: Path) -> set[int]:
    with ClientBase(path) as base:
        return set(base.ask(client_ids, ListSpec()))


@pytest.mark.parametrize("wait", [0.02, 0.11, 0.23, 0.4])
def test_killed_while_saving_everything_confirmed_is_there(path: Path, wait: float) -> None:
    confirmed: set[int] = set()
    for _ in range(2):
        saving = writer(path, "Иванова")
        assert saving.stdout is not None
        confirmed.add(int(saving.stdout.readline()))
        time.sleep(wait)
        saving.send_signal(signal.SIGKILL)
        confirmed |= {int(line) for line in saving.stdout.read().split() if line.isdigit()}
        saving.wait()
        saving.stdout.close()
    there = held(path)
    assert confirmed <= there
    # At most one save a kill was written without the answer having got out.
    assert len(there) <= len(confirmed) + 2
    assert check(path) == ()


def test_two_programs_write_side_by_side(path: Path) -> None:
    both = [writer(path, name) for name in ("Иванова", "Петрова")]
    confirmed: list[int] = []
    for saving in both:  # each comes to write while the other one writes without a pause
        assert saving.stdout is not None
        confirmed += [int(saving.stdout.readline()) for _ in range(5)]
    for saving in both:
        saving.send_signal(signal.SIGTERM)
        assert saving.stdout is not None
        mine = [int(line) for line in saving.stdout.read().split()]
        saving.wait()
        saving.stdout.close()
        confirmed += mine
    assert len(confirmed) == len(set(confirmed))
    assert set(confirmed) <= held(path)
    assert check(path) == ()


def test_two_who_save_without_a_pause_do_not_starve_one_another(path: Path) -> None:
    """With the waiting of SQLite itself, one of them was told "busy" after five seconds."""
    both = [writer(path, name) for name in ("Иванова", "Петрова")]
    time.sleep(12)
    for saving in both:
        assert saving.poll() is None, "gave up"
        saving.send_signal(signal.SIGTERM)
    counts = []
    for saving in both:
        assert saving.stdout is not None
        counts.append(len(saving.stdout.read().split()))
        saving.wait()
        saving.stdout.close()
    assert min(counts) * 20 > max(counts), counts
    assert check(path) == ()


def test_no_room_on_the_disk_is_said_and_the_base_stays_whole(path: Path, tmp_path: Path) -> None:
    """The system refuses to let files grow, as a full disk does."""
    limit = path.stat().st_size + 200_000
    big = "x" * 19_000

    def no_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    codes: list[int] = []
    confirmed = 0
    for number in range(40):
        done = subprocess.run(
            [sys.executable, "-m", "desktop", "--base", str(path), "--lang", "ru", "--json",
             "client", "add", f"name=Иванова {number}", f"note={big}"],
            env=surroundings(tmp_path),
            cwd=ROOT,
            capture_output=True,
            text=True,
            preexec_fn=no_room,
            check=False,
        )  # fmt: skip
        codes.append(done.returncode)
        if done.returncode:
            assert done.returncode == 1
            assert done.stderr.count("\n") == 1
            assert "Traceback" not in done.stderr
            break
        confirmed += bool(json.loads(done.stdout)["id"])
    assert codes[-1] == 1, "the disk was never full"
    assert len(held(path)) == confirmed
    assert check(path) == ()
    assert run(tmp_path, "--base", path, "client", "add", "name=Петрова").code == 0


def test_no_room_for_a_new_base_leaves_nothing(tmp_path: Path) -> None:
    def no_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    place = tmp_path / "new"
    place.mkdir()
    for command in (["init"], ["demo", "--clients", "30"]):
        done = subprocess.run(
            [sys.executable, "-m", "desktop", *command, str(place / "base.kartoteka")],
            env=surroundings(tmp_path),
            cwd=ROOT,
            capture_output=True,
            text=True,
            preexec_fn=no_room,
            check=False,
        )
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
        assert list(place.iterdir()) == []


def test_a_writer_who_waits_too_long_is_told_so(path: Path, tmp_path: Path) -> None:
    raw = BaseFile(path).connect()
    raw.execute("begin immediate")
    try:
        done = run(tmp_path, "--base", path, "--lang", "ru", "client", "add", "name=Иванова")
        assert done.code == 1
        assert done.err.count("\n") == 1
    finally:
        raw.execute("rollback")
        raw.close()
    assert run(tmp_path, "--base", path, "client", "add", "name=Иванова").code == 0


def test_reading_goes_on_while_somebody_writes(path: Path, tmp_path: Path) -> None:
    raw = BaseFile(path).connect()
    raw.execute("begin immediate")
    try:
        assert run(tmp_path, "--base", path, "segments").code == 0
    finally:
        raw.execute("rollback")
        raw.close()


def test_a_lock_of_a_window_that_died_does_not_shut_the_base(
    path: Path, qapp: QApplication
) -> None:
    """The lock names a process; one that is gone holds nothing."""
    died = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"],
                          capture_output=True, text=True, check=True)  # fmt: skip
    lock_place(path).write_text(f"{died.stdout.strip()}\nkartoteka\n{os.uname().nodename}\n")
    one = OneWindow(path)
    one.take()
    one.leave()
