"""The check finds what is wrong, names it, and changes nothing."""

from datetime import date
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from db.client_base import ClientBase
from db.commands.clients import CreateClient, DeleteClients, UpdateClient
from db.commands.undo import Undo
from db.demo import make_demo
from db.domain.ids import ClientId
from db.errors import Trouble, TroubleError
from db.file.care import DefectKind, check


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("care") / "demo.kartoteka"
    make_demo(path, as_of=date(2026, 11, 22), clients=40)
    return path.read_bytes()


@pytest.fixture
def path(sample: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "base.kartoteka"
    path.write_bytes(sample)
    return path


def tamper(path: Path, *statements: str) -> None:
    with dbapi2.connect(str(path)) as raw:
        for statement in statements:
            raw.execute(statement)
    raw.close()


def kinds(path: Path) -> set[DefectKind]:
    return {defect.kind for defect in check(path)}


def test_a_base_in_daily_use_is_whole(path: Path) -> None:
    with ClientBase(path) as base:
        made = base.do(CreateClient({"name": "Ёжикова", "phone": ("+7 913 000-00-01",)})).value
        base.do(UpdateClient(ClientId(1), None, {"name": "Другая", "note": "из 2ГИС"}))
        base.do(DeleteClients((made, ClientId(2))))
        base.do(Undo())
        base.do(DeleteClients((ClientId(3),)))
        assert check(path) == ()
    assert check(path) == ()


def test_checking_changes_nothing(path: Path) -> None:
    tamper(path, "update client_fact set visits = visits + 1")
    before = path.read_bytes()
    check(path)
    # Reading it through the log of writes may note so in the header, and nothing else.
    assert path.read_bytes()[100:] == before[100:]


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("update client_fact set visits = visits + 1 where client_id = 5", DefectKind.FACTS),
        ("update purchase set amount = amount + 100 where id = 1", DefectKind.FACTS),
        ("delete from client_fact where client_id = 5", DefectKind.FACTS),
        ("delete from client_gap", DefectKind.GAPS),
        ("insert into client_gap select 1, max(id) from field_rule", DefectKind.GAPS),
        ("delete from client_search where rowid = 4", DefectKind.SEARCH),
        ("insert into client_search (rowid, words) values (777777, 'ghost')", DefectKind.SEARCH),
        ("update client set note = 'wholly new words' where id = 4", DefectKind.SEARCH),
        ("drop index ix_client_in_use", DefectKind.SCHEMA),
        ("create index own on client (note)", DefectKind.SCHEMA),
        ("alter table client add column extra text", DefectKind.SCHEMA),
        ("delete from client where id = 1", DefectKind.BROKEN_LINK),
    ],
)
def test_each_kind_of_wrong_is_found(path: Path, statement: str, kind: DefectKind) -> None:
    tamper(path, statement)
    assert kind in kinds(path)


def test_a_damaged_page_is_found(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    for place in range(len(whole) // 2, len(whole) // 2 + 40960):
        whole[place] = 0xEE
    path.write_bytes(whole)
    assert kinds(path) & {DefectKind.BROKEN_PAGE, DefectKind.UNREADABLE}


def test_what_is_no_base_is_a_trouble(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n" * 100)
    with pytest.raises(TroubleError) as caught:
        check(tmp_path / "picture.png")
    assert caught.value.trouble is Trouble.NOT_A_BASE
