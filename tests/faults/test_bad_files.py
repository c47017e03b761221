"""Whatever is given in the place of a base: one clear line, nothing changed, no traceback."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from db.client_base import ClientBase
from db.errors import Trouble, TroubleError
from db.file.create import SCHEMA_VERSION, create_base
from desktop.cli.main import main

ICON = Path(__file__).parents[2] / "resources/icons/kartoteka.svg"
Spoil = Callable[[Path], None]


def missing(path: Path) -> None:
    path.unlink()


def foreign(path: Path) -> None:
    path.unlink()
    raw = dbapi2.connect(str(path))
    raw.execute("create table client (id integer)")
    raw.commit()
    raw.close()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def newer(path: Path) -> None:
    raw = dbapi2.connect(str(path))
    raw.execute(f"pragma user_version = {SCHEMA_VERSION + 1}")
    raw.close()


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 4096 * 3])


def scribbled_over(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def picture(path: Path) -> None:
    shutil.copy(ICON, path)


def spreadsheet(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + b"\0" * 5000)


SPOILT: dict[str, tuple[Spoil, set[Trouble]]] = {
    "missing": (missing, {Trouble.MISSING}),
    "foreign": (foreign, {Trouble.NOT_A_BASE}),
    "empty": (empty, {Trouble.EMPTY_FILE}),
    "newer": (newer, {Trouble.NEWER}),
    "cut short": (cut_short, {Trouble.DAMAGED}),
    "scribbled over": (scribbled_over, {Trouble.DAMAGED, Trouble.NOT_A_BASE}),
    "folder": (folder, {Trouble.IS_A_FOLDER}),
    "picture": (picture, {Trouble.NOT_A_BASE}),
    "spreadsheet": (spreadsheet, {Trouble.NOT_A_BASE}),
}
COMMANDS = (
    ["client", "add", "name=Иванова"],
    ["client", "find", "иванова"],
    ["client", "show", "1"],
    ["purchase", "add", "1", "1.11.2026", "100"],
    ["segments"],
    ["winback"],
    ["today"],
    ["rules"],
    ["undo"],
    ["check"],
    ["backup"],
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "base.kartoteka"
    create_base(path)
    return path


def snapshot(place: Path) -> dict[str, bytes | None]:
    return {
        str(found.relative_to(place)): found.read_bytes() if found.is_file() else None
        for found in place.rglob("*")
    }


@pytest.mark.parametrize("how", SPOILT)
def test_opening_names_the_trouble_and_changes_nothing(path: Path, how: str) -> None:
    spoil, troubles = SPOILT[how]
    spoil(path)
    before = snapshot(path.parent)
    with pytest.raises(TroubleError) as caught, ClientBase(path) as base:
        base.ask(
            lambda reading: (
                reading.session.connection().exec_driver_sql("select * from client").all()
            )
        )
    assert caught.value.trouble in troubles
    assert snapshot(path.parent) == before


@pytest.mark.parametrize("how", SPOILT)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_says_so_in_one_line(
    path: Path, how: str, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    SPOILT[how][0](path)
    before = snapshot(path.parent)
    assert main(["--base", str(path), "--lang", "ru", *command]) == 1
    shown = capsys.readouterr()
    told = shown.err or shown.out
    assert told.count("\n") == 1 or command == ["check"]
    assert "Traceback" not in told
    assert snapshot(path.parent) == before


@pytest.mark.parametrize("how", [how for how in SPOILT if how != "missing"])
@pytest.mark.parametrize("command", ["init", "demo"])
def test_nothing_is_made_where_something_lies(
    path: Path, how: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    SPOILT[how][0](path)
    before = snapshot(path.parent)
    assert main([command, str(path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert snapshot(path.parent) == before


@pytest.mark.parametrize("how", SPOILT)
def test_a_spoilt_copy_is_not_restored(
    path: Path, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    other = path.with_name("copy.kartoteka")
    shutil.copy(path, other)
    SPOILT[how][0](other)
    before = snapshot(path.parent)
    assert main(["--base", str(path), "restore", str(other)]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert snapshot(path.parent) == before


def test_a_new_base_in_a_folder_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "no" / "base.kartoteka"), "--lang", "ru"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def locked(path: Path) -> Iterator[Path]:
    """A folder and a file nobody may write to; the system lets root do it all the same."""
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    path.chmod(stat.S_IRUSR)
    path.parent.chmod(stat.S_IRUSR | stat.S_IXUSR)
    yield path
    path.parent.chmod(stat.S_IRWXU)


@pytest.mark.parametrize("command", [["client", "add", "name=Иванова"], ["backup"]])
def test_a_base_that_can_only_be_read(
    locked: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--base", str(locked), *command]) == 1
    assert capsys.readouterr().err.count("\n") == 1
