"""What another program put into a base: named by the check, and never acting on our rows."""

from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from db.client_base import ClientBase
from db.commands.clients import CreateClient, UpdateClient
from db.domain.ids import ClientId
from db.errors import Trouble, TroubleError
from db.file.backup import make_copy
from db.file.care import DefectKind, check
from db.file.create import create_base
from desktop.cli.main import main
from tests.db.names import names

ACTING = [
    ("evil", "create trigger evil after insert on client begin delete from client; end"),
    ("broken", "create trigger broken before update on client begin select * from nowhere; end"),
    ("single", "create unique index single on client (kind)"),
    ("child", "create table child (id integer, client_id references client (id))"),
]
HARMLESS = [
    ("notes", "create table notes (text)"),
    ("mine", "create view mine as select name from client"),
    ("lookup", "create index lookup on client (note)"),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "base.kartoteka"
    create_base(path)
    with ClientBase(path) as base:
        base.do(CreateClient({"name": "Иванова"}))
    return path


def put_in(path: Path, statement: str) -> None:
    with dbapi2.connect(str(path)) as raw:
        raw.execute(statement)
    raw.close()


@pytest.mark.parametrize(("name", "statement"), ACTING)
def test_what_would_act_on_our_rows_is_refused_by_name(
    path: Path, name: str, statement: str
) -> None:
    put_in(path, statement)
    before = path.read_bytes()
    with pytest.raises(TroubleError) as caught:
        ClientBase(path)
    assert (caught.value.trouble, caught.value.detail) == (Trouble.FOREIGN, f"{path}: {name}")
    assert path.read_bytes() == before


def test_a_view_in_the_place_of_a_table_is_refused(path: Path) -> None:
    put_in(path, "drop table snooze")
    put_in(path, "create view snooze as select * from client")
    with pytest.raises(TroubleError) as caught:
        ClientBase(path)
    assert caught.value.trouble is Trouble.FOREIGN


@pytest.mark.parametrize(("name", "statement"), HARMLESS)
def test_what_nobody_reads_does_no_harm(path: Path, name: str, statement: str) -> None:
    put_in(path, statement)
    with ClientBase(path) as base:
        base.do(CreateClient({"name": "Петрова"}))
        base.do(UpdateClient(ClientId(1), None, {"note": "новое"}))
        assert names(base) == ["Иванова", "Петрова"]


@pytest.mark.parametrize(("name", "statement"), [*ACTING, *HARMLESS])
def test_the_check_names_it(path: Path, name: str, statement: str) -> None:
    put_in(path, statement)
    assert (DefectKind.SCHEMA, name) in {(defect.kind, defect.place) for defect in check(path)}


@pytest.mark.parametrize("command", [["client", "add", "name=Петрова"], ["client", "find", "иван"]])
def test_the_command_line_says_so_in_one_line(
    path: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    put_in(path, ACTING[1][1])
    assert main(["--base", str(path), "--lang", "ru", *command]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "broken" in told


@pytest.mark.parametrize(("name", "statement"), HARMLESS)
def test_a_base_with_what_does_no_harm_is_copied_whole(
    path: Path, name: str, statement: str
) -> None:
    put_in(path, statement)
    copy = make_copy(path)
    with dbapi2.connect(str(copy.path)) as raw:
        found = raw.execute("select count(*) from sqlite_master where name = ?", (name,)).fetchone()
    raw.close()
    assert found == (1,)
