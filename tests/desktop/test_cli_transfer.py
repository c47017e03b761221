"""Files in and out from the command line: figures, reasons in words, exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest

from db.file.create import create_base
from db.transfer.reading.tables_in import read_table
from desktop.cli.main import main
from tests.db.importing import DATA


@pytest.fixture
def base(tmp_path: Path) -> Path:
    path = tmp_path / "b.kartoteka"
    create_base(path)
    return path


def _run(base: Path, *arguments: str, lang: str = "ru") -> int:
    return main(["--base", str(base), "--as-of", "2026-11-22", "--lang", lang, *arguments])


def _told(capsys: pytest.CaptureFixture[str], base: Path, *arguments: str, lang: str = "ru") -> Any:
    assert _run(base, *arguments, "--json", lang=lang) == 0
    return json.loads(capsys.readouterr().out)


def test_a_file_goes_in_and_is_taken_back(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(DATA / "contractors.xlsx")
    trial = _told(capsys, base, "import", "clients", file, "--dry-run")
    assert (trial["import_id"], trial["created"]) == (None, 320)
    done = _told(capsys, base, "import", "clients", file)
    assert (done["import_id"], done["rows"], done["created"], done["rejected"]) == (1, 320, 320, 0)
    assert _told(capsys, base, "undo-import", "1") == {
        "import_id": 1, "undone": True, "file": "contractors.xlsx",
    }  # fmt: skip
    assert _told(capsys, base, "import", "clients", file)["created"] == 320
    assert _run(base, "undo-import", "1") == 1


def test_what_came_after_the_day_asked_for_is_not_exported(
    base: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert _run(base, "client", "add", "name=Анна") == 0
    for day in ("01.03.2026", "01.09.2026"):
        assert _run(base, "purchase", "add", "1", day, "100") == 0
    capsys.readouterr()
    out = tmp_path / "out.csv"
    assert _told(capsys, base, "export", "purchases", str(out))["rows"] == 2
    # The last of two options of one name counts.
    then = ("--as-of", "2026-06-01")
    assert _told(capsys, base, *then, "export", "purchases", str(out))["rows"] == 1
    shown = _told(capsys, base, *then, "client", "show", "1")
    assert shown["purchases"]["count"] == 1


@pytest.mark.parametrize(
    ("lang", "reason"),
    [("ru", "такого дня нет: 2026-13-45"), ("en", "there is no such day: 2026-13-45")],
)
def test_a_rejected_row_says_why_in_the_language_of_the_program(
    base: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, lang: str, reason: str
) -> None:
    _told(capsys, base, "import", "clients", str(DATA / "contractors.xlsx"))
    out = tmp_path / "rejected.csv"
    done = _told(
        capsys, base, "import", "purchases", str(DATA / "sales.csv"), "--rejected", str(out),
        lang=lang,
    )  # fmt: skip
    assert done["created"] + done["updated"] + done["skipped"] + done["rejected"] == done["rows"]
    assert (done["created"], done["rejected"], done["sum"]) == (6018, 53, "132644556.25")
    problem = next(entry for entry in done["problems"] if entry["row"] == 122)
    assert (problem["column"], problem["reason"]) == ("Дата", reason)
    assert len(read_table(out).rows) == 53


def test_purchases_make_the_clients_they_name(
    base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(DATA / "cdnow_sample.csv")
    assert _told(capsys, base, "import", "purchases", file)["rejected"] == 6919
    done = _told(capsys, base, "import", "purchases", file, "--create-clients")
    assert (done["created"], done["clients_created"], done["sum"]) == (6919, 2357, "244091.94")


def test_a_mapping_is_given_as_json(
    base: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("кто;чем занят;звонить\nАнна;шьёт;89131234567\n", "utf-8")
    wanted = json.dumps({"кто": "name", "звонить": "phone", "чем занят": "new"})
    done = _told(capsys, base, "import", "clients", str(file), "--map", wanted)
    assert done["created"] == 1
    assert done["columns"]["звонить"] == "phone"
    again = _told(capsys, base, "import", "clients", str(file), "--key", "phone")
    assert again["skipped"] == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("import", "clients", "none.csv"), 1),
        (("import", "clients", str(DATA)), 1),
        (("import", "clients", str(DATA / "sales.csv"), "--map", '{"нет": "name"}'), 2),
        (("import", "clients", str(DATA / "sales.csv"), "--map", "{"), 2),
        (("import", "people", "none.csv"), 2),
        (("import", "clients", str(DATA / "sales.csv"), "--rejected", "out.doc"), 1),
        (("undo-import", "99"), 1),
        (("undo-import", "-"), 2),
        (("export", "clients", "out.pdf"), 1),
        (("export", "clients", "nowhere/out.csv"), 1),
        (("export", "segment:nobody", "out.csv"), 1),
        (("export", "everything", "out.csv"), 2),
    ],
)
def test_bad_use_gets_one_line(
    base: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int
) -> None:
    assert _run(base, *arguments) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1


def test_lists_go_out_by_the_ending_of_the_name(
    base: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _told(capsys, base, "import", "clients", str(DATA / "contractors.xlsx"))
    _told(capsys, base, "import", "purchases", str(DATA / "sales.csv"))
    assert _told(capsys, base, "export", "clients", str(tmp_path / "c.xlsx"))["rows"] == 320
    assert _told(capsys, base, "export", "purchases", str(tmp_path / "p.csv"))["rows"] == 6018
    counts = {one["status"]: one["count"] for one in _told(capsys, base, "segments")}
    for ending in ("xlsx", "csv", "pdf"):
        out = str(tmp_path / f"lost.{ending}")
        assert _told(capsys, base, "export", "segment:lost", out)["rows"] == counts["lost"]
        lost = _told(capsys, base, "winback")
        out = str(tmp_path / f"winback.{ending}")
        assert _told(capsys, base, "export", "winback", out)["rows"] == len(lost)
    assert len(read_table(tmp_path / "c.xlsx").rows) == 320
