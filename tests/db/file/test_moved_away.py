"""A base whose path no longer names it confirms no save, and what is open can be rescued."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.errors import Trouble, TroubleError
from db.file import backup
from db.file.care import check
from db.file.create import create_base
from db.file.identity import is_open_base
from tests.db.names import names
from tests.desktop.command import ROOT

COPY_OVER = "import shutil, sys; shutil.copyfile(sys.argv[1], sys.argv[2])"
Spoil = Callable[[Path], object]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "place" / "base.kartoteka"
    path.parent.mkdir()
    create_base(path)
    return path


def add(base: ClientBase, name: str) -> None:
    base.do(CreateClient({"name": name}))


def delete(path: Path) -> None:
    path.unlink()


def rename(path: Path) -> None:
    path.rename(path.with_name("other.kartoteka"))


def lose_the_folder(path: Path) -> None:
    shutil.rmtree(path.parent)


def move_the_folder(path: Path) -> None:
    path.parent.rename(path.parent.with_name("elsewhere"))


def put_another(path: Path) -> None:
    create_base(path.with_name("new.kartoteka"))
    path.with_name("new.kartoteka").replace(path)


def copy_over(path: Path) -> None:
    """Another program copies another base over this one: the inode stays."""
    other = path.with_name("another.kartoteka")
    create_base(other)
    subprocess.run([sys.executable, "-c", COPY_OVER, str(other), str(path)], check=True)


MOVED = [delete, rename, lose_the_folder, move_the_folder, put_another]


@pytest.mark.parametrize("spoil", [*MOVED, copy_over])
def test_no_save_is_confirmed(path: Path, spoil: Spoil) -> None:
    with ClientBase(path) as base:
        add(base, "Иванова")
        spoil(path)
        for _ in range(2):
            with pytest.raises(TroubleError) as caught:
                add(base, "Петрова")
            assert (caught.value.trouble, caught.value.detail) == (Trouble.MOVED_AWAY, str(path))
        with pytest.raises(TroubleError):
            base.demand_in_place()


def test_it_is_noticed_just_before_the_commit(path: Path) -> None:
    class AddAndLose(CreateClient):
        def run(self, session):  # type: ignore[no-untyped-def]
            path.rename(path.with_name("other.kartoteka"))
            return super().run(session)

    with ClientBase(path) as base:
        add(base, "Иванова")
        with pytest.raises(TroubleError) as caught:
            base.do(AddAndLose({"name": "Петрова"}))
        assert caught.value.trouble is Trouble.MOVED_AWAY
        base.save_copy(path.with_name("copy.kartoteka"))
    with ClientBase(path.with_name("copy.kartoteka")) as copy:
        assert names(copy) == ["Иванова"]


def test_nothing_is_written_after_it_was_seen_even_when_the_base_is_back(path: Path) -> None:
    aside = path.with_name("aside.kartoteka")
    with ClientBase(path) as base:
        path.rename(aside)
        with pytest.raises(TroubleError):
            base.demand_in_place()
        aside.rename(path)
        with pytest.raises(TroubleError):
            add(base, "Петрова")


@pytest.mark.parametrize("spoil", MOVED)
def test_a_copy_of_the_open_base_is_saved(path: Path, spoil: Spoil, tmp_path: Path) -> None:
    target = tmp_path / "rescued.kartoteka"
    with ClientBase(path) as base:
        add(base, "Иванова")
        add(base, "Петрова")
        spoil(path)
        assert base.save_copy(target)["client"] == 2
        with pytest.raises(TroubleError) as caught:
            base.save_copy(target)
        assert caught.value.trouble is Trouble.EXISTS
    with ClientBase(target) as copy:
        assert names(copy) == ["Иванова", "Петрова"]
        add(copy, "Сидорова")


def test_of_a_base_that_was_overwritten_nothing_is_saved(path: Path, tmp_path: Path) -> None:
    with ClientBase(path) as base:
        add(base, "Иванова")
        copy_over(path)
        with pytest.raises(TroubleError) as caught:
            base.save_copy(tmp_path / "rescued.kartoteka")
        assert caught.value.trouble is Trouble.OVERWRITTEN
    with ClientBase(path) as other:  # our log was not replayed into the other content
        assert names(other) == []
    assert backup.verify(path)["client"] == 0


def test_closing_leaves_the_log_of_the_base_that_stands_there_now(path: Path) -> None:
    base = ClientBase(path)
    add(base, "Иванова")
    old = path.with_name("old.kartoteka")
    path.rename(old)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).rename(old.with_name(old.name + suffix))
    create_base(path)
    with ClientBase(path) as newer:
        add(newer, "Петрова")
        log = path.with_name(path.name + "-wal")
        assert log.stat().st_size > 0
        base.close()
        assert log.exists()
        add(newer, "Сидорова")
    with ClientBase(path) as newer:
        assert names(newer) == ["Петрова", "Сидорова"]
    with ClientBase(old) as older:
        assert names(older) == ["Иванова"]


def test_a_base_moved_without_its_log_has_every_save_when_it_is_closed(path: Path) -> None:
    target = path.with_name("other.kartoteka")
    with ClientBase(path) as base:
        add(base, "Иванова")
        assert base.is_file_of(path)
        rename(path)
        assert base.is_file_of(target)
        assert not base.is_file_of(path)
    with ClientBase(target) as moved:
        assert names(moved) == ["Иванова"]
    create_base(path)  # no log is left under the former name


WORKS_ON = """
import sys
from pathlib import Path
from db.client_base import ClientBase
from db.commands.clients import CreateClient
with ClientBase(Path(sys.argv[1])) as base:
    base.do(CreateClient({"name": "Петрова"}))
    print("saved", flush=True)
    sys.stdin.readline()
    base.do(CreateClient({"name": "Сидорова"}))
"""


def test_closing_writes_nothing_into_a_moved_base_that_another_program_has_open(
    path: Path,
) -> None:
    target = path.with_name("other.kartoteka")
    with ClientBase(path) as base:
        add(base, "Иванова")
        rename(path)
        other = subprocess.Popen(
            [sys.executable, "-c", WORKS_ON, str(target)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        assert other.stdout is not None
        assert other.stdout.readline() == "saved\n"
    other.communicate("\n")
    with ClientBase(target) as moved:
        assert names(moved) == ["Петрова", "Сидорова"]
    assert check(target) == ()


def test_a_reader_never_opens_the_base_that_stands_there_now(path: Path) -> None:
    with ClientBase(path) as base:
        put_another(path)
        with pytest.raises(TroubleError) as caught:
            names(base)
        assert caught.value.trouble is Trouble.MOVED_AWAY


def ident(path: Path) -> bytes:
    return path.read_bytes()[72:92]


def test_every_base_that_is_made_has_an_id_of_its_own(path: Path) -> None:
    with ClientBase(path) as base:
        add(base, "Иванова")
        base.save_copy(path.with_name("saved.kartoteka"))
    copy = backup.make_copy(path).path
    first = ident(path)
    backup.restore(copy, path)
    ids = {first, ident(path), ident(copy), ident(path.with_name("saved.kartoteka"))}
    assert len(ids) == 4
    assert bytes(20) not in ids


def test_sqlite_keeps_the_id(path: Path) -> None:
    before = ident(path)
    raw = dbapi2.connect(str(path), isolation_level=None)
    raw.execute("create table more (a)")
    raw.execute("drop table more")
    raw.execute("pragma user_version = 99")
    raw.execute("pragma wal_checkpoint(truncate)")
    raw.execute("pragma journal_mode = delete")
    raw.execute("pragma user_version = 98")
    assert raw.execute("pragma integrity_check").fetchall() == [("ok",)]
    raw.close()
    assert ident(path) == before


def test_a_file_is_let_go_with_its_last_user(path: Path) -> None:
    first, second = ClientBase(path), ClientBase(path)
    first.close()
    assert is_open_base(path)
    second.close()
    second.close()
    assert not is_open_base(path)
