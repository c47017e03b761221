"""The command line as a whole: options, languages, errors, exit codes."""

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from db.client_base import ClientBase
from db.errors import Trouble, TroubleError
from desktop import log
from desktop.cli import bases
from desktop.cli.commands import COMMANDS, modules_for
from desktop.cli.main import build_parser, main
from desktop.cli.parser import Parser
from tests.desktop.command import ROOT, run, surroundings

SECRET = "Иванова Мария, +79131234567"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "base.kartoteka"
    assert main(["init", str(path), "--preset", "hairdresser", "--lang", "ru"]) == 0
    return path


def test_the_commands_of_this_version_are_listed() -> None:
    assert COMMANDS.keys() >= {
        "init", "presets", "demo", "client", "purchase", "interaction", "history", "undo", "redo",
        "rules", "fill-rate", "segments", "segment", "winback", "today", "import", "undo-import",
        "export", "offer", "backup", "backups", "restore", "check", "bin",
    }  # fmt: skip


class Names(list[str]):
    """Stands for the subparsers of a program: it notes the names alone."""

    def add_parser(self, name: str, **_: object) -> Parser:
        self.append(name)
        return Parser()


def test_the_table_of_commands_says_what_each_module_defines() -> None:
    defined = Names()
    for module in modules_for([]):
        names = Names()
        importlib.import_module(f"desktop.cli.{module}").add_parsers(names)
        assert [name for name in COMMANDS if COMMANDS[name] == module] == names
        defined += names
    assert list(COMMANDS) == defined


@pytest.mark.parametrize(
    ("arguments", "modules"),
    [
        (["--json", "--base", "x", "--lang=ru", "client", "find", "y"], ["cards"]),
        (["bin", "--help"], ["erasing"]),
        (["--base", "client", "find"], modules_for([])),
        (["--help", "client"], modules_for([])),
        (["nonsense"], modules_for([])),
    ],
)
def test_a_call_imports_the_module_of_its_command_alone(
    arguments: list[str], modules: list[str]
) -> None:
    assert modules_for(arguments) == modules


@pytest.mark.parametrize(
    "arguments",
    [
        ["--json", "--lang", "ru", "presets"],
        ["presets", "--json", "--lang", "ru"],
        ["--lang=ru", "presets", "--json"],
    ],
)
def test_options_stand_before_or_after_the_command(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 0
    document = json.loads(capsys.readouterr().out)
    assert document[0]["key"] == "hairdresser"
    assert document[0]["labels"][-1] == "Краска (рецепт)"


def test_a_base_before_the_command_is_not_forgotten_after_it(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["--base", str(path), "client", "add", "name=Иванова", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "Иванова"


def test_a_preset_gives_a_new_card_its_gaps(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["client", "add", "name=Иванова", "--base", str(path), "--json"])
    capsys.readouterr()
    assert main(["client", "show", "1", "--base", str(path), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert set(document["gaps"]) == {"birthday", "phone", "last_haircut", "relatives", "dye"}


def test_wrong_use_is_two_and_one_line_in_the_language_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for arguments, word in (
        (["--lang", "ru", "nonsense"], "nonsense"),
        (["--lang", "ru", "purchase", "add"], "не хватает аргументов"),
        (["--lang", "ru", "purchase", "add", "x", "1.1.26", "1"], "«x» — не номер карточки"),
        (["--lang", "ru", "purchase", "add", "1", "31.02.26", "1"], "«31.02.26» — не дата"),
        (["--lang", "ru", "purchase", "add", "1", "1.1.26", "много"], "«много» — не сумма"),
        (["--as-of", "never", "today", "--lang", "ru"], "«never» — не дата"),
        (["--lang", "en", "client"], "required"),
    ):
        assert main(arguments) == 2
        shown = capsys.readouterr()
        assert (shown.out, shown.err.count("\n")) == ("", 1)
        assert word in shown.err


def test_no_base_is_one_clear_line_and_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["segments", "--lang", "ru"]) == 1
    assert capsys.readouterr().err == "Укажите базу: --base ФАЙЛ\n"


def test_a_refund_is_an_amount_and_no_option(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["client", "add", "name=Иванова", "--base", str(path)])
    for amount in ("-500", "-1 500,50", "-0.5", "-1500,50", "-1\u00a0500", "-500р"):
        given = ["purchase", "add", "1", "1.11.2026", amount, "--base", str(path), "--json"]
        capsys.readouterr()
        assert main(given) == 0
        assert json.loads(capsys.readouterr().out)["amount"].startswith("-")


def test_a_text_that_looks_like_an_amount_is_kept_as_it_was_typed(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = ["--base", str(path), "--lang", "ru"]
    main([*base, "client", "add", "name=Иванова"])
    for given in (["--text", "-1500,50"], ["--text=-1500,50"]):
        capsys.readouterr()
        assert main([*base, "--json", "interaction", "add", "1", "enquiry", *given]) == 0
        assert json.loads(capsys.readouterr().out)["text"] == "-1500,50"
    assert main([*base, "client", "show", "-1,5"]) == 2
    assert "«-1,5» — не номер карточки" in capsys.readouterr().err


def test_what_was_written_comes_back(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = ["--base", str(path), "--json"]
    main([*base, "client", "add", "name=Иванова"])
    main(
        [
            *base,
            "purchase",
            "add",
            "1",
            "2026-11-01",
            "4000.30",
            "--cost",
            "1000",
            "--product",
            "Стрижка",
        ]
    )
    main(
        [
            *base,
            "interaction",
            "add",
            "1",
            "complaint",
            "--on",
            "2026-11-02",
            "--text",
            "ждала",
            "--open",
        ]
    )
    main([*base, "interaction", "add", "1", "survey", "--on", "2026-11-03", "--nps", "3"])
    capsys.readouterr()
    assert main([*base, "--as-of", "2026-11-22", "client", "show", "1"]) == 0
    card = json.loads(capsys.readouterr().out)
    assert card["purchases"] == {"count": 1, "sum": "4000.30", "last": "2026-11-01"}
    assert main([*base, "--as-of", "2026-11-22", "winback"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert [held["name"] for held in row["definitions"]] == ["low_nps", "complaint"]


def test_a_score_beyond_ten_is_refused(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["client", "add", "name=Иванова", "--base", str(path)])
    given = ["interaction", "add", "1", "survey", "--nps", "11", "--base", str(path)]
    assert main([*given, "--lang", "ru"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_an_error_nobody_expected_is_one_line_and_its_traceback_is_in_the_log(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(log, "log_folder", lambda: tmp_path)

    def break_down(*_: object) -> None:
        raise ZeroDivisionError(SECRET)

    monkeypatch.setattr(bases, "presets", break_down)
    assert main(["presets", "--lang", "ru"]) == 1
    shown = capsys.readouterr()
    assert shown.err.count("\n") == 1
    assert "Traceback" not in shown.err
    logged = (tmp_path / "kartoteka.log").read_text("utf-8")
    assert "ZeroDivisionError" in logged
    assert "break_down" in logged
    assert "Иванова" not in logged
    assert "79131234567" not in logged


def test_stopping_with_ctrl_c_is_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(bases, "presets", interrupt)
    assert main(["presets"]) == 130


def test_every_trouble_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for language in ("ru", "en"):
        for trouble in Trouble:

            def fail(*_: object, trouble: Trouble = trouble) -> None:
                raise TroubleError(trouble, "что-то")

            monkeypatch.setattr(bases, "presets", fail)
            assert main(["presets", "--lang", language]) == 1
            assert capsys.readouterr().err.count("\n") == 1


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    for language, word in (("ru", "команды"), ("en", "commands")):
        with pytest.raises(SystemExit) as ended:
            main(["--lang", language, "--help"])
        assert ended.value.code == 0
        shown = capsys.readouterr().out
        assert word in shown
        assert all(name in shown for name in COMMANDS)


def test_no_command_is_called_like_an_option_of_all(path: Path) -> None:
    parser = build_parser(["lists"])
    args = parser.parse_args(["--base", str(path), "segments"])
    assert args.base == path


def test_a_terminal_without_utf8_still_gets_utf8(tmp_path: Path) -> None:
    done = run(tmp_path, "presets", "--lang", "ru", LC_ALL="C")
    assert done.code == 0
    assert "Краска (рецепт)" in done.out


def test_the_language_is_the_systems(tmp_path: Path) -> None:
    assert "Краска (рецепт)" in run(tmp_path, "presets", LANG="ru_RU.UTF-8").out
    assert "Dye (recipe)" in run(tmp_path, "presets", LANG="de_DE.UTF-8").out


def test_a_reader_who_leaves_early_is_no_error(tmp_path: Path) -> None:
    command = f"{sys.executable} -m desktop presets --json | head -c 20"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        env=surroundings(tmp_path),
        capture_output=True,
        check=False,
        cwd=ROOT,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_no_command_needs_a_screen(tmp_path: Path) -> None:
    """Qt takes a third of a second, and is not there on a server."""
    told = "import sys; import desktop.cli.main; print([m for m in sys.modules if 'PySide' in m])"
    done = subprocess.run(
        [sys.executable, "-c", told],
        env=surroundings(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_a_base_is_let_go_of_after_the_answer(path: Path) -> None:
    main(["--base", str(path), "client", "add", "name=Иванова"])
    assert not path.with_name(path.name + "-wal").exists()
    ClientBase(path).close()
