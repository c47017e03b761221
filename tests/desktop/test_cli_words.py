"""What the command line complains of: in the language asked for, naming what was given."""

import argparse
import gettext
import json
import os
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from desktop.cli.main import main
from desktop.startup import start
from tests.offer_sample import GREENHOUSE


@pytest.fixture
def path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "base.kartoteka"
    assert main(["init", str(path), "--lang", "ru"]) == 0
    assert main(["client", "add", "name=Иванова", "--base", str(path)]) == 0
    capsys.readouterr()
    return path


def complaint(capsys: pytest.CaptureFixture[str], path: Path, *words: str, code: int = 1) -> str:
    assert main(["--base", str(path), "--lang", "ru", *words]) == code
    shown = capsys.readouterr()
    assert (shown.out, shown.err.count("\n")) == ("", 1)
    return shown.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("interaction", "add", "1", "dance"), "«dance» не подходит; можно: enquiry,"),
        (("offer", "state", "1", "eaten"), "можно: sent, accepted, declined"),
        (("offer", "state", "1", "accepted", "--tier", "x"), "можно: good, better, best"),
        (("rules", "set", "phone", "--level", "x"), "можно: block, gap, off"),
        (("import", "dogs", "x.csv"), "можно: clients, purchases, products"),
        (("client", "find", "x", "--limit", "abc"), "нужно целое число"),
        (("demo", "x.kartoteka", "--seed", "abc"), "нужно целое число"),
        (("interaction", "add", "1", "survey", "--nps", "11"), "«11» — не оценка"),
        (("interaction", "add", "1", "survey", "--nps", "many"), "от 0 до 10"),
    ],
)
def test_wrong_use_is_told_without_the_insides_of_the_program(
    path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    shown = complaint(capsys, path, *words, code=2)
    assert told in shown
    assert "<" not in shown
    assert "(int)" not in shown


def test_help_is_in_one_language(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--lang", "ru", "--help"])
    shown = capsys.readouterr().out
    assert "показать версию" in shown
    assert "exit" not in shown


def test_an_option_nobody_knows_is_told_in_the_language_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.startup.system_language", lambda: "en")
    for given in (["--bogus", "--lang", "ru"], ["--bogus", "--lang=ru"]):
        assert start(given) == 2
        assert "непонятные аргументы: --bogus" in capsys.readouterr().err


def test_argparse_is_not_changed_to_speak_our_language(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "de")
    before = {name: getattr(argparse, name) for name in ("_", "ngettext")}
    assert main(["--lang", "ru", "client", "find"]) == 2
    assert "не хватает аргументов: TEXT" in capsys.readouterr().err
    assert before == {name: getattr(argparse, name) for name in before}
    assert (os.environ["LANGUAGE"], gettext.textdomain()) == ("de", "messages")


@pytest.mark.parametrize("number", ["999999999999999999999999", "9" * 5000])
def test_a_card_that_is_not_there_is_named_as_it_was_typed(
    path: Path, capsys: pytest.CaptureFixture[str], number: str
) -> None:
    assert number in complaint(capsys, path, "client", "show", number)
    assert number in complaint(capsys, path, "purchase", "add", number, "1.11.2026", "5")
    assert number in complaint(capsys, path, "undo-import", number)


def test_an_empty_name_is_no_base(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--base", "", "segments", "--lang", "ru"]) == 1
    assert capsys.readouterr().err == "Укажите базу: --base ФАЙЛ\n"


def test_what_the_system_refuses_is_told_in_words(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (
        complaint(capsys, path, "backup", str(path)) == f"Файл с таким именем уже есть: {path}.\n"
    )

    def refuse(*_: object) -> None:
        raise OSError(9999, "Bad thing", "диск.kartoteka")

    monkeypatch.setattr("desktop.cli.care.backup.copies", refuse)
    shown = complaint(capsys, path, "backups")
    assert "Bad" not in shown
    assert "диск.kartoteka" in shown


def scribble(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2 :] = b"\xee" * (len(whole) - len(whole) // 2)
    path.write_bytes(whole)


def test_damage_is_told_by_the_name_of_the_file(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = path.with_name("other.kartoteka")
    other.write_bytes(path.read_bytes())
    scribble(other)
    assert complaint(capsys, path, "restore", str(other)) == f"Файл повреждён: {other}.\n"
    assert complaint(capsys, other, "client", "find", "x") == f"Файл повреждён: {other}.\n"
    assert main(["--base", str(other), "--lang", "ru", "check"]) == 1
    shown = capsys.readouterr().out
    assert str(other) in shown
    assert "page" not in shown


@pytest.mark.parametrize("word", ["undo", "redo"])
def test_a_damaged_base_has_not_merely_nothing_to_undo(
    path: Path, capsys: pytest.CaptureFixture[str], word: str
) -> None:
    with dbapi2.connect(str(path)) as raw:
        raw.execute("delete from change_row")
        raw.execute("delete from change")
        raw.execute("drop table client_fact")
    raw.close()
    assert complaint(capsys, path, word) == f"Файл повреждён: {path}.\n"


def test_a_missing_table_is_one_line(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with dbapi2.connect(str(path)) as raw:
        raw.execute("drop table client_fact")
    raw.close()
    assert complaint(capsys, path, "segments") == f"Файл повреждён: {path}.\n"


def test_a_draft_is_never_named(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = complaint(capsys, path, "export", "clients", str(path.parent / "no" / "x.xlsx"))
    assert ".part" not in shown
    shown = complaint(capsys, path, "init", str(path.parent / "no" / "x.kartoteka"))
    assert ".part" not in shown


def test_a_specification_is_a_small_file(
    path: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert "/dev/zero" in complaint(capsys, path, "offer", "new", "/dev/zero")
    large = tmp_path / "large.json"
    large.write_bytes(b" " * (1024 * 1024) + b"{}")
    assert "large.json" in complaint(capsys, path, "offer", "new", str(large))


def test_a_paper_has_its_own_ending(
    path: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["--base", str(path), "offer", "new", str(GREENHOUSE)]) == 0
    capsys.readouterr()
    assert ".pdf" in complaint(capsys, path, "offer", "pdf", "1", str(tmp_path / "x.docx"))
    assert not (tmp_path / "x.docx").exists()


@pytest.mark.parametrize("wanted", ['{"А": "name", "Б": "name"}', '{"name": "А", "name": "Б"}'])
def test_one_field_is_not_given_to_two_columns_and_that_is_not_remembered(
    path: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, wanted: str
) -> None:
    table = tmp_path / "t.csv"
    table.write_text("А;Б;Телефон\nПетрова;Сидорова;+7 913 000-00-01\n", "utf-8")
    shown = complaint(capsys, path, "import", "clients", str(table), "--map", wanted, code=2)
    assert "name" in shown
    assert main(["--base", str(path), "--json", "import", "clients", str(table), "--dry-run"]) == 0
    assert "name" not in json.loads(capsys.readouterr().out)["columns"].values()
