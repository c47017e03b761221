"""The log of one base is never replayed into another one."""

import os
from datetime import datetime
from pathlib import Path

import pytest

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.demo import make_demo
from db.errors import Trouble, TroubleError
from db.file import backup
from db.file.care import check
from db.file.create import create_base
from db.presets import make_base
from desktop.cli.main import main
from tests.db.names import names

NOON = datetime(2026, 11, 22, 12, 0)


def crash(path: Path, name: str) -> None:
    """Save a client in a process that dies: the save stands in the log only."""
    pid = os.fork()
    if not pid:
        ClientBase(path).do(CreateClient({"name": name}))
        os._exit(0)
    os.waitpid(pid, 0)
    assert path.with_name(path.name + "-wal").stat().st_size > 0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "base.kartoteka"
    create_base(path)
    with ClientBase(path) as base:
        base.do(CreateClient({"name": "Иванова"}))
    return path


def test_what_a_crash_left_beside_its_own_base_is_recovered(path: Path) -> None:
    crash(path, "Петрова")
    with ClientBase(path) as base:
        assert names(base) == ["Иванова", "Петрова"]
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("suffix", ["-wal", "-shm", "-journal"])
@pytest.mark.parametrize("make", [create_base, make_base])
def test_no_base_is_made_where_left_overs_stand(tmp_path: Path, make: object, suffix: str) -> None:
    path = tmp_path / "base.kartoteka"
    left = path.with_name(path.name + suffix)
    left.write_bytes(b"the last saves")
    with pytest.raises(TroubleError) as caught:
        make(path)  # type: ignore[operator]
    assert (caught.value.trouble, caught.value.detail) == (Trouble.LEFT_OVERS, str(left))
    assert left.read_bytes() == b"the last saves"
    assert list(tmp_path.iterdir()) == [left]


@pytest.mark.parametrize("command", [["init"], ["demo", "--clients", "3"]])
def test_the_command_line_says_what_they_are(
    path: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    crash(path, "Петрова")
    path.unlink()
    assert main([*command, str(path), "--lang", "ru"]) == 1
    shown = capsys.readouterr().err
    assert shown.startswith("Под этим именем осталась часть другой базы: ")
    assert shown.count("\n") == 1
    assert not path.exists()


def test_a_base_that_is_put_back_gets_its_saves_back(path: Path) -> None:
    crash(path, "Петрова")
    aside = path.with_name("aside")
    path.rename(aside)
    with pytest.raises(TroubleError):
        create_base(path)
    aside.rename(path)
    with ClientBase(path) as base:
        assert names(base) == ["Иванова", "Петрова"]


def test_restoring_sets_the_log_of_the_base_that_is_gone_aside(path: Path) -> None:
    copy = backup.make_copy(path, at=NOON)
    crash(path, "Петрова")
    log = path.with_name(path.name + "-wal").read_bytes()
    path.unlink()
    backup.restore(copy.path, path)
    with ClientBase(path) as base:
        assert names(base) == ["Иванова"]
    assert check(path) == ()
    (kept,) = path.parent.glob("*-wal left over *")
    assert kept.read_bytes() == log


def test_restoring_over_a_crashed_base_keeps_its_last_saves(path: Path) -> None:
    copy = backup.make_copy(path, at=NOON)
    crash(path, "Петрова")
    done = backup.restore(copy.path, path)
    assert done.before is not None
    assert done.before["client"] == 2
    assert done.kept_as is not None
    with ClientBase(done.kept_as) as kept:
        assert names(kept) == ["Иванова", "Петрова"]


def test_a_demonstration_and_a_copy_take_no_log_either(path: Path) -> None:
    demo = path.with_name("demo.kartoteka")
    demo.with_name(demo.name + "-wal").write_bytes(b"log")
    with pytest.raises(TroubleError) as caught:
        make_demo(demo, as_of=NOON.date(), clients=3)
    assert caught.value.trouble is Trouble.LEFT_OVERS
    target = backup.copies_folder(path) / f"{path.stem} 2026-11-22 12-00-00.kartoteka"
    target.parent.mkdir()
    target.with_name(target.name + "-wal").write_bytes(b"log")
    assert backup.make_copy(path, at=NOON).path == target
    assert not target.with_name(target.name + "-wal").exists()
