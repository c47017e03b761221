"""The opener: keys, recovery before reading, and what opening leaves alone."""

import contextlib
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.demo import make_demo
from db.errors import Trouble, TroubleError
from db.file import backup, base_file
from db.file.base_file import BaseFile
from db.file.care import check
from db.file.create import SCHEMA_VERSION, create_base, demand_base
from tests.db.names import names
from tests.house import tree

# Changes pages until SQLite writes some of them to the file before the commit, and dies.
DIES_WITH_A_JOURNAL = """
import os, sys
from sqlcipher3 import dbapi2
raw = dbapi2.connect(sys.argv[1], isolation_level=None)
raw.execute("pragma journal_mode = delete")
raw.execute("pragma cache_size = 1")
raw.execute("begin immediate")
raw.execute("update client set note = hex(randomblob(3000))")
os._exit(9)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "base.kartoteka"
    create_base(path)
    with ClientBase(path) as base:
        for number in range(30):
            base.do(CreateClient({"name": f"Иванова {number}"}))
    return path


def leave_a_journal(path: Path) -> None:
    subprocess.run([sys.executable, "-c", DIES_WITH_A_JOURNAL, str(path)], check=False)
    assert path.with_name(path.name + "-journal").stat().st_size > 512


def test_a_journal_left_by_a_crash_is_rolled_back_first(path: Path) -> None:
    leave_a_journal(path)
    assert demand_base(path) == SCHEMA_VERSION
    with ClientBase(path) as base:
        assert base.do(CreateClient({"name": "Петрова"})).value == 31
    assert check(path) == ()


def test_a_base_with_a_left_journal_can_be_copied_and_checked(path: Path) -> None:
    leave_a_journal(path)
    assert backup.counts_of(path)["client"] == 30
    leave_a_journal(path)
    assert check(path) == ()


def test_a_lock_is_asked_for_again_after_short_random_naps(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite's own handler sleeps up to 100 ms, so a program that saves without a pause wins."""
    naps: list[float] = []
    with contextlib.closing(BaseFile(path).connect()) as other:
        other.execute("begin immediate")

        def nap(seconds: float) -> None:
            naps.append(seconds)
            if len(naps) == 50:
                other.execute("commit")

        monkeypatch.setattr(base_file.time, "sleep", nap)
        with contextlib.closing(BaseFile(path).connect()) as mine:
            mine.execute("begin immediate")
            mine.execute("rollback")
    assert len(naps) == 50
    assert max(naps) <= 0.02
    assert len(set(naps)) > 25


def test_reading_leaves_nothing_beside_the_file(path: Path) -> None:
    before = path.read_bytes()
    demand_base(path)
    backup.counts_of(path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_a_base_half_of_zeros_is_not_changed_by_opening_it(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "demo.kartoteka"
    make_demo(path, as_of=date(2026, 11, 22), clients=150)
    raw = dbapi2.connect(str(path))
    raw.execute(f"pragma journal_mode = {mode}")
    raw.close()
    whole = path.read_bytes()
    half = whole[: len(whole) // 2].ljust(len(whole), b"\0")
    path.write_bytes(half)
    with contextlib.suppress(TroubleError), ClientBase(path) as base:  # some find it on opening
        names(base)
    assert path.read_bytes() == half


@pytest.mark.skipif(sys.platform != "linux", reason="names are text elsewhere")
def test_a_name_that_is_not_utf_8_names_a_base_too(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xea\xeb.kartoteka")
    create_base(path)
    with ClientBase(path) as base:
        base.do(CreateClient({"name": "Анна"}))
    with ClientBase(path) as base:
        assert names(base) == ["Анна"]
    assert check(path) == ()
    assert backup.make_copy(path, tmp_path).path.exists()


def test_an_encrypted_base_opens_with_its_key_only(tmp_path: Path) -> None:
    path = tmp_path / "secret.kartoteka"
    create_base(path, key="pass'word")
    assert not path.read_bytes().startswith(b"SQLite")
    with ClientBase(path, key="pass'word") as base:
        assert base.do(CreateClient({"name": "Иванова"})).value == 1
    for key in (None, "password"):
        with pytest.raises(TroubleError) as caught:
            ClientBase(path, key=key)
        assert caught.value.trouble is Trouble.NOT_A_BASE


def test_only_the_opener_connects() -> None:
    others = [
        tree.name(path)
        for path in tree.code()
        if tree.name(path) != "db/file/base_file.py"
        if any(call in path.read_text("utf-8") for call in ("dbapi2.connect(", "create_engine("))
        if not tree.name(path).startswith("tests/")
    ]
    assert others == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs permissions of a POSIX system")
def test_a_file_that_can_only_be_read_is_still_recognised(path: Path) -> None:
    path.chmod(0o400)
    assert demand_base(path) >= 1
