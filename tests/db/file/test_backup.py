"""Copies: made while the base is in use, true to it, and put back without losing the present."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.commands.purchases import AddPurchase
from db.domain.ids import ClientId
from db.errors import Trouble, TroubleError
from db.file import backup
from db.file.create import create_base
from db.file.whole_file import whole_file
from db.outcome import Reading
from db.queries.cards.full_card import full_card

NOON = datetime(2026, 11, 22, 12, 0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "Мой салон.kartoteka"
    create_base(path)
    with ClientBase(path) as base:
        ivanova = base.do(CreateClient({"name": "Иванова"})).value
        base.do(AddPurchase(ivanova, date(2026, 11, 1), Decimal("100.50")))
    return path


def add(path: Path, name: str) -> None:
    with ClientBase(path) as base:
        base.do(CreateClient({"name": name}))


def test_a_copy_holds_what_the_base_holds_while_it_is_in_use(path: Path) -> None:
    with ClientBase(path) as base:
        base.do(CreateClient({"name": "Петрова"}))
        copy = backup.make_copy(path, at=NOON)
        base.do(CreateClient({"name": "Сидорова"}))
    assert copy.counts["client"] == 2
    assert copy.counts["purchase"] == 1
    with ClientBase(copy.path) as opened:
        assert opened.ask(full_card, ClientId(2)).card.name == "Петрова"


def test_its_name_tells_base_and_moment_and_it_is_one_file(path: Path) -> None:
    copy = backup.make_copy(path, at=NOON)
    assert copy.path == path.parent / "Мой салон copies" / "Мой салон 2026-11-22 12-00-00.kartoteka"
    assert [file.name for file in copy.path.parent.iterdir()] == [copy.path.name]
    assert copy.path.stat().st_mode & 0o077 == 0


def test_two_copies_of_one_second_do_not_meet(path: Path) -> None:
    first, second = backup.make_copy(path, at=NOON), backup.make_copy(path, at=NOON)
    assert first.path != second.path
    assert {copy.path for copy in backup.copies(path)} == {first.path, second.path}


def test_copies_are_listed_newest_first_and_strangers_are_left_out(path: Path) -> None:
    old = backup.make_copy(path, at=NOON - timedelta(days=200))
    new = backup.make_copy(path, at=NOON)
    folder = backup.copies_folder(path)
    (folder / "Мой салон 2026-11-22 13-00-00.kartoteka").write_bytes(b"no base")
    (folder / "Мой салон notes.kartoteka").write_bytes(b"no copy")
    assert [copy.path for copy in backup.copies(path)] == [new.path, old.path]


def test_restoring_brings_back_the_copy_and_keeps_the_present(path: Path) -> None:
    copy = backup.make_copy(path, at=NOON)
    add(path, "Петрова")
    done = backup.restore(copy.path, path, at=NOON)
    assert (done.counts["client"], done.before and done.before["client"]) == (1, 2)
    with ClientBase(path) as base, pytest.raises(TroubleError):
        base.ask(full_card, ClientId(2))
    assert done.kept_as is not None
    with ClientBase(done.kept_as) as kept:
        assert kept.ask(full_card, ClientId(2)).card.name == "Петрова"
    assert copy.path.exists()


def test_a_base_in_use_is_not_replaced(path: Path) -> None:
    copy = backup.make_copy(path, at=NOON)
    with ClientBase(path) as base:
        base.ask(full_card, ClientId(1))
        with pytest.raises(TroubleError) as caught:
            backup.restore(copy.path, path)
        assert caught.value.trouble is Trouble.BUSY
        assert base.ask(full_card, ClientId(1)).card.name == "Иванова"
    assert sorted(file.name for file in path.parent.glob("*.kartoteka")) == [path.name]


def test_a_damaged_base_gives_way_to_its_copy(path: Path) -> None:
    copy = backup.make_copy(path, at=NOON)
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    done = backup.restore(copy.path, path, at=NOON)
    with ClientBase(path) as base:
        assert base.ask(full_card, ClientId(1)).card.name == "Иванова"
    assert done.kept_as is not None
    assert done.kept_as.read_bytes()[4096:] == b"\xff" * (len(whole) - 4096)


def test_a_base_that_is_gone_comes_back(path: Path) -> None:
    copy = backup.make_copy(path, at=NOON)
    path.unlink()
    assert backup.restore(copy.path, path).kept_as is None
    assert backup.counts_of(path)["client"] == 1


@pytest.mark.parametrize("content", [b"", b"no base at all", b"SQLite format 3\0" + b"\0" * 500])
def test_what_is_no_copy_changes_nothing(path: Path, content: bytes) -> None:
    (path.parent / "stranger").write_bytes(content)
    before = path.read_bytes()
    with pytest.raises(TroubleError):
        backup.restore(path.parent / "stranger", path)
    assert path.read_bytes() == before


def test_a_damaged_copy_is_refused(path: Path) -> None:
    copy = backup.make_copy(path, at=NOON)
    whole = bytearray(copy.path.read_bytes())
    whole[len(whole) // 2 : len(whole) // 2 + 8192] = b"\xee" * 8192
    copy.path.write_bytes(whole)
    before = path.read_bytes()
    with pytest.raises(TroubleError) as caught:
        backup.restore(copy.path, path)
    assert caught.value.trouble is Trouble.DAMAGED
    assert path.read_bytes() == before


def without(path: Path, table: str) -> None:
    with dbapi2.connect(str(path)) as raw:
        raw.execute(f"drop table {table}")
    raw.close()


def rows_of(reading: Reading, table: str) -> None:
    reading.session.connection().exec_driver_sql(f"select * from {table}")


def test_a_copy_that_lacks_a_table_is_not_put_in_the_place_of_a_whole_base(path: Path) -> None:
    copy = backup.make_copy(path, at=NOON)
    without(copy.path, "client_fact")
    before = path.read_bytes()
    with pytest.raises(TroubleError) as caught:
        backup.restore(copy.path, path)
    assert (caught.value.trouble, caught.value.detail) == (Trouble.DAMAGED, str(copy.path))
    assert path.read_bytes() == before


def test_no_copy_is_made_of_a_base_that_lacks_a_table(path: Path) -> None:
    without(path, "client_fact")
    with pytest.raises(TroubleError) as caught:
        backup.make_copy(path, at=NOON)
    assert (caught.value.trouble, caught.value.detail) == (Trouble.DAMAGED, str(path))
    assert backup.copies(path) == ()


def test_a_missing_table_is_damage_and_a_table_nobody_declared_is_a_bug(path: Path) -> None:
    without(path, "client_fact")
    for table, expected in (("client_fact", TroubleError), ("clients", DBAPIError)):
        with ClientBase(path) as base, pytest.raises(expected) as caught:
            base.ask(rows_of, table)
        assert getattr(caught.value, "trouble", Trouble.DAMAGED) is Trouble.DAMAGED


def test_an_error_names_the_file_the_person_named_not_the_draft(path: Path) -> None:
    target = path.parent / "nowhere" / "Салон.kartoteka"
    with pytest.raises(FileNotFoundError) as caught, whole_file(target):
        pass
    assert caught.value.filename == str(target)
    with pytest.raises(NotADirectoryError) as refused, whole_file(path / "Салон.kartoteka"):
        pass
    assert refused.value.filename == str(path / "Салон.kartoteka")
    target = path.parent / "Салон.kartoteka"
    with pytest.raises(TroubleError) as found, whole_file(target) as draft:
        raise TroubleError(Trouble.DAMAGED, str(draft))
    assert found.value.detail == str(target)
