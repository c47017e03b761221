"""Offers from the terminal."""

import json
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from desktop.cli.main import main
from tests.offer_sample import GREENHOUSE


@pytest.fixture
def base(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    place = tmp_path / "b.kartoteka"
    assert main(["--lang", "ru", "init", str(place)]) == 0
    capsys.readouterr()
    return place


class Terminal:
    def __init__(self, base: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._start = ["--base", str(base), "--as-of", "2026-11-22", "--lang", "ru"]
        self._capsys = capsys

    def run(self, *words: str) -> tuple[int, str, str]:
        code = main([*self._start, *words])
        told = self._capsys.readouterr()
        return code, told.out, told.err

    def document(self, *words: str) -> Any:
        _code, out, _err = self.run(*words, "--json")
        return json.loads(out)


@pytest.fixture
def terminal(base: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(base, capsys)


def test_an_offer_is_made_shown_and_printed(terminal: Terminal, tmp_path: Path) -> None:
    made = terminal.document("offer", "new", str(GREENHOUSE))
    assert (made["number"], made["state"], made["version"]) == ("2026-001", "draft", 1)
    better = made["totals"]["better"]
    assert (better["total"], better["vat"], better["cost"]) == ("54900.00", "0.00", "40600.00")
    assert better["in_words"] == "пятьдесят четыре тысячи девятьсот рублей 00 копеек"
    given = json.loads(GREENHOUSE.read_text(encoding="utf-8"))
    for key in ("client", "title", "valid_until", "lines", "blocks", "deadline", "rounding"):
        assert terminal.document("offer", "show", "1")[key] == given[key]
    code, _out, _err = terminal.run("offer", "pdf", "2026-001", str(tmp_path))
    assert code == 0
    assert (
        "Теплицы" in PdfReader(tmp_path / "КП-2026-001 Колорит-Алтай.pdf").pages[0].extract_text()
    )


def test_offers_made_after_the_day_asked_for_are_not_listed(terminal: Terminal) -> None:
    terminal.document("offer", "new", str(GREENHOUSE))
    assert len(terminal.document("offer", "list")) == 1
    assert terminal.document("--as-of", "2026-11-21", "offer", "list") == []
    assert terminal.run("--as-of", "2026-11-21", "offer", "show", "1")[0] == 1


def test_a_shown_offer_is_a_specification(terminal: Terminal, tmp_path: Path) -> None:
    made = terminal.document("offer", "new", str(GREENHOUSE))
    again = tmp_path / "again.json"
    again.write_text(json.dumps(made), encoding="utf-8")
    second = terminal.document("offer", "new", str(again))
    assert (second["number"], second["totals"]) == ("2026-002", made["totals"])


def test_an_offer_is_printed_in_its_own_language(terminal: Terminal, tmp_path: Path) -> None:
    given = json.loads(GREENHOUSE.read_text(encoding="utf-8"))
    spec = tmp_path / "english.json"
    spec.write_text(json.dumps({**given, "language": "en"}), encoding="utf-8")
    made = terminal.document("offer", "new", str(spec))
    assert (made["language"], made["paper_language"]) == ("en", "en")
    in_words = made["totals"]["better"]["in_words"]
    assert in_words == "fifty-four thousand, nine hundred roubles 00 kopeks"
    assert "Язык КП: Английский" in terminal.run("offer", "show", "1")[1]
    terminal.run("offer", "pdf", "1", str(tmp_path))
    printed = PdfReader(tmp_path / "Offer-2026-001 Колорит-Алтай.pdf").pages[0].extract_text()
    words = " ".join(printed.split())
    assert "No. 2026-001 of 22 November 2026" in words
    assert "₽54,900" in words
    assert in_words in words
    back = terminal.document("offer", "edit", "1", str(GREENHOUSE))
    assert (back["language"], back["paper_language"]) == (None, "ru")
    assert "Язык КП: из настроек (русский)" in terminal.run("offer", "show", "1")[1]


def test_states_follow_one_another(terminal: Terminal) -> None:
    terminal.run("offer", "new", str(GREENHOUSE))
    assert terminal.run("offer", "state", "1", "accepted", "--tier", "best")[0] == 1
    assert terminal.document("offer", "state", "1", "sent")["state"] == "sent"
    assert terminal.document("offer", "edit", "1", str(GREENHOUSE))["version"] == 2
    assert terminal.run("offer", "delete", "1")[0] == 0
    assert terminal.run("offer", "state", "1", "accepted")[0] == 2
    accepted = terminal.document("offer", "state", "1", "accepted", "--tier", "best")
    assert (accepted["state"], accepted["accepted_tier"]) == ("accepted", "best")
    assert [row["status"] for row in terminal.document("offer", "list")] == ["accepted"]


def test_a_check_that_finds_errors_ends_with_one(terminal: Terminal, tmp_path: Path) -> None:
    spec = tmp_path / "spec.json"
    spec.write_text('{"title": "пусто"}', encoding="utf-8")
    code, out, err = terminal.run("offer", "check", str(spec))
    assert (code, err) == (1, "")
    assert "Не указан клиент" in out
    found = terminal.document("offer", "check", str(spec))
    assert {finding["rule"] for finding in found["findings"]} == {
        "no_client", "no_validity", "no_offer", "no_deadline", "no_call_to_action",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "JSON"),
        ("\ufeff[]", "$"),
        ('{"lines": [{"text": "a", "price": NaN}]}', "lines[0].price"),
        ("[" * 100_000, "JSON"),
        ('{"client": 99}', "99"),
        ('{"language": "fr"}', "language"),
    ],
)
def test_a_bad_specification_is_one_clear_line(
    terminal: Terminal, tmp_path: Path, text: str, words: str
) -> None:
    spec = tmp_path / "spec.json"
    spec.write_text(text, encoding="utf-8")
    code, out, err = terminal.run("offer", "new", str(spec))
    assert (code, out) == (1, "")
    assert words in err
    assert err.count("\n") == 1
    assert terminal.document("offer", "list") == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("show", "9"), 1),
        (("show", "x"), 2),
        (("pdf", "9", "out.pdf"), 1),
        (("new", "/nowhere.json"), 1),
        (("state", "1", "superseded"), 2),
    ],
)
def test_bad_use_is_told(terminal: Terminal, arguments: tuple[str, ...], code: int) -> None:
    got, out, err = terminal.run("offer", *arguments)
    assert (got, out) == (code, "")
    assert "Traceback" not in err
    assert err.strip()
