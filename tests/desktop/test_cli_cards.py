"""Cards, rules and history from the command line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db.client_base import ClientBase
from db.commands.fields import AddField
from db.domain.fields import FieldKind
from db.file.create import create_base
from desktop.cli.main import main

Run = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on an empty base; return its document, or its exit code and complaint."""
    path = tmp_path / "base.kartoteka"
    create_base(path)

    def call(*arguments: str, fails: int = 0, as_text: bool = False) -> Any:
        how = [] if as_text or fails else ["--json"]
        code = main(
            ["--base", str(path), "--as-of", "2026-11-22", "--lang", "ru", *arguments, *how]
        )
        printed = capsys.readouterr()
        assert code == fails, printed.err
        if fails:
            assert printed.out == ""
            assert len(printed.err.splitlines()) == 1
            assert "Traceback" not in printed.err
            return printed.err
        return printed.out if as_text else json.loads(printed.out)

    return call


def test_a_card_is_told_as_promised(run: Run) -> None:
    run("rules", "set", "birthday", "--level", "gap")
    made = run("client", "add", "name= Иванова  Мария", "phone=8 913 123-45-67, +7 913 555")
    assert made == run("client", "show", "1")
    assert {key: made[key] for key in ("id", "name", "kind", "status", "gaps")} == {
        "id": 1, "name": "Иванова Мария", "kind": "person", "status": "potential",
        "gaps": ["birthday"],
    }  # fmt: skip
    assert made["fields"] == {
        "name": "Иванова Мария",
        "kind": "person",
        "phone": ["8 913 123-45-67", "+7 913 555"],
    }
    assert made["purchases"] == {"count": 0, "sum": "0.00", "last": None}
    assert made["cycle"] == {"days": None, "basis": None, "next": None}


def test_the_cycle_of_four_visits_is_35_days_and_the_next_one_on_21_may(run: Run) -> None:
    run("client", "add", "name=Анна")
    for day in ("2026-01-01", "2026-02-05", "2026-03-10", "2026-04-16"):
        run("purchase", "add", "1", day, "1000.10")
    card = run("client", "show", "1")
    assert card["cycle"] == {"days": 35, "basis": "own", "next": "2026-05-21"}
    assert card["purchases"] == {"count": 4, "sum": "4000.40", "last": "2026-04-16"}
    assert card["status"] == "lost"


def test_setting_changes_what_is_named_and_an_empty_value_clears(run: Run) -> None:
    run("client", "add", "name=Анна", "phone=8 913 123-45-67", "birthday=8.3.84", "tags=vip,опт")
    card = run("client", "set", "1", "phone=", "note=Любит матчу", "cycle_by_hand=40")
    assert card["fields"] == {
        "name": "Анна", "kind": "person", "birthday": "1984-03-08", "tags": ["vip", "опт"],
        "note": "Любит матчу", "cycle_by_hand": "40",
    }  # fmt: skip


def test_an_own_field_is_found_by_its_label(run: Run, tmp_path: Path) -> None:
    with ClientBase(tmp_path / "base.kartoteka") as base:
        key = base.do(AddField("Тип волос", FieldKind.CHOICE, ("Сухие",))).value
    assert run("client", "add", "name=Анна", "тип волос=сухие")["fields"][key] == "Сухие"
    assert "Тип волос" in run("client", "set", "1", f"{key}=синие", fails=1)


def test_what_a_person_can_mend_is_one_line_and_1(run: Run) -> None:
    run("client", "add", "name=Анна")
    assert "шляпа" in run("client", "set", "1", "шляпа=да", fails=1)
    run("client", "set", "1", "birthday=31.02.1990", fails=1)
    run("client", "set", "7", "name=Борис", fails=1)
    run("client", "show", "99999999999999999999", fails=1)
    run("client", "add", "note=без имени", fails=1)
    run("history", "7", fails=1)
    run("redo", fails=1)
    run("rules", "set", "шляпа", "--level", "gap", fails=1)
    run("rules", "set", "phone", "--level", "gap", "--for", "kind:robot", fails=1)
    run("rules", "set", "phone", "--level", "gap", "--for", "moon:full", fails=1)
    run("rules", "set", "phone", "--level", "gap", "--for", "status:asleep", fails=1)


def test_an_argument_that_is_not_utf_8_loses_what_no_base_can_hold(run: Run) -> None:
    """Python makes lone surrogates of such bytes."""
    assert run("client", "add", "name=Анна\udcff", "phone=\udcff,+79131234567")["name"] == "Анна"
    run("client", "set", "1", "tags=в\udcffип", "note=раз\udced\udca0")
    run("interaction", "add", "1", "call", "--text", "позвонить\udcff")
    run("purchase", "add", "1", "2026-11-01", "500", "--product", "стрижка\udcff")
    run("rules", "set", "birthday", "--level", "gap", "--for", "tag:вип\udcff", "--why", "\udcff")
    fields = run("client", "show", "1")["fields"]
    assert (fields["tags"], fields["note"]) == (["вип"], "раз")


def test_any_limit_can_be_given(run: Run) -> None:
    run("client", "add", "name=Анна")
    assert len(run("client", "find", "анна", "--limit", "9" * 400)) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("client", "add", "Анна"),
        ("client", "add"),
        ("client", "show", "Анна"),
        ("client", "find", "Анна", "--limit", "0"),
        ("rules", "set", "phone", "--level", "hard"),
        ("rules", "set", "phone", "--level", "gap", "--for", "person"),
        ("rules", "set", "phone", "--level", "gap", "--for", "tag: , "),
        (
            "rules",
            "set",
            "phone",
            "--level",
            "gap",
            "--for",
            "kind:person",
            "--for",
            "kind:company",
        ),
    ],
)
def test_wrong_usage_is_2(run: Run, arguments: tuple[str, ...]) -> None:
    run(*arguments, fails=2)


def test_finding_is_by_name_phone_and_note_whatever_the_case(run: Run) -> None:
    run("client", "add", "name=Фёдорова Алёна", "phone=+7 (913) 123-45-67")
    run("client", "add", "name=Фёдоров Пётр", "note=любит матчу")
    assert [card["id"] for card in run("client", "find", "федоров")] == [2, 1]
    assert [card["id"] for card in run("client", "find", "федоров", "--limit", "1")] == [2]
    assert [card["id"] for card in run("client", "find", "8 913 123")] == [1]
    assert [card["id"] for card in run("client", "find", "4567")] == [1]
    assert [card["id"] for card in run("client", "find", "МАТЧУ")] == [2]
    assert run("client", "find", "никто") == []


def test_found_cards_are_told_as_each_of_them_is(run: Run) -> None:
    run("rules", "set", "birthday", "--level", "gap")
    run("client", "add", "name=Фёдорова Алёна", "phone=+7 (913) 123-45-67", "tags=vip,опт")
    run("client", "add", "name=Фёдоров Пётр", "kind=company", "contact_person=Ян,Ада")
    run("purchase", "add", "1", "2026-11-01", "1000.10")
    assert run("client", "find", "федоров") == [run("client", "show", id_) for id_ in "21"]


def test_a_reader_of_what_was_found_costs_no_whole_cards(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("client", "add", "name=Фёдорова Алёна", "phone=+7 (913) 123-45-67")
    monkeypatch.delattr("desktop.cli.cards.full_cards")
    monkeypatch.delattr("desktop.cli.cards.full_card")
    assert "Фёдорова Алёна" in run("client", "find", "федоров", as_text=True)


def test_the_bin_gives_back(run: Run) -> None:
    run("client", "add", "name=Анна")
    assert run("client", "delete", "1")["in_bin"] is True
    assert run("client", "find", "Анна") == []
    run("client", "set", "1", "name=Аня", fails=1)
    assert run("client", "restore", "1")["in_bin"] is False
    assert len(run("client", "find", "Анна")) == 1


def test_undo_and_redo_walk_through_the_history(run: Run) -> None:
    run("client", "add", "name=Анна")
    run("client", "set", "1", "note=любит матчу")
    assert run("undo")["undone"] == "UpdateClient"
    assert "note" not in run("client", "show", "1")["fields"]
    assert run("redo")["redone"] == "UpdateClient"
    newest, made = run("history", "1")
    assert (newest["command"], made["command"]) == ("UpdateClient", "CreateClient")
    assert {"field": "note", "before": None, "after": "любит матчу"} in newest["changes"]


def test_rules_are_told_as_they_were_set(run: Run) -> None:
    run("rules", "set", "birthday", "--level", "gap", "--for", "kind:person", "--why", "поздравить")
    told = run("rules", "set", "phone", "--level", "block", "--for", "tag:vip", "--for",
               "status:new")  # fmt: skip
    assert told == run("rules")
    assert [(rule["field"], rule["level"], rule["for"], rule["why"]) for rule in told] == [
        ("birthday", "gap", ["kind:person"], "поздравить"),
        ("phone", "block", ["status:new", "tag:vip"], ""),
    ]
    assert [rule["field"] for rule in run("rules", "set", "phone", "--level", "off")] == [
        "birthday"
    ]


def test_a_rule_can_be_for_any_field(run: Run) -> None:
    (rule,) = run("rules", "set", "phone", "--level", "gap", "--for", "source:Авито",
                  "--for", "consent:да")  # fmt: skip
    assert rule["for"] == ["consent:yes", "source:Авито"]
    assert rule["condition"] == {
        "all": [
            {"field": "source", "is": "equals", "value": "Авито"},
            {"field": "consent", "is": "equals", "value": True},
        ]
    }
    run("client", "add", "name=Анна", "source=авито", "consent=да")
    run("client", "add", "name=Борис", "source=авито")
    assert [run("client", "show", one)["gaps"] for one in ("1", "2")] == [["phone"], []]


def test_every_tag_that_is_named_must_be_there(run: Run) -> None:
    (rule,) = run("rules", "set", "phone", "--level", "gap", "--for", "tag:vip, опт")
    assert rule["for"] == ["tag:vip", "tag:опт"]
    (again,) = run(
        "rules", "set", "phone", "--level", "gap", "--for", "tag:vip", "--for", "tag:опт"
    )
    assert again == rule
    run("client", "add", "name=Анна", "tags=опт, vip")
    run("client", "add", "name=Борис", "tags=опт")
    assert [run("client", "show", one)["gaps"] for one in ("1", "2")] == [["phone"], []]


def test_the_fill_rate_counts_by_rule(run: Run) -> None:
    run("rules", "set", "phone", "--level", "gap")
    run("client", "add", "name=Анна", "phone=8 913 123-45-67")
    run("client", "add", "name=Борис", "phone=тест")
    run("client", "add", "name=Вера", "phone=12")
    run("purchase", "add", "2", "2026-11-01", "500")
    rate = run("fill-rate")
    (rule,) = rate.pop("rules")
    assert rate == {"clients": 3, "with_gaps": 1, "revenue_percent": 100.0}
    counted = ("applies", "filled", "gaps", "junk", "wrong", "percent")
    assert [rule[key] for key in counted] == [3, 2, 1, 1, 1, 66.7]


def test_a_reader_gets_words(run: Run) -> None:
    run("client", "add", "name=Анна", "kind=company")
    run("rules", "set", "phone", "--level", "gap")
    for command in (("client", "show", "1"), ("client", "find", "анна"), ("history", "1"),
                    ("rules",), ("fill-rate",), ("undo",)):  # fmt: skip
        assert run(*command, as_text=True).strip()
