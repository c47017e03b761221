"""Today, segments and win-back from the command line."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.commands.interactions import AddInteraction
from db.commands.purchases import AddPurchase
from db.commands.tasks import AddTask
from db.domain.trade import InteractionKind
from db.file.create import create_base
from desktop.cli.main import main

Run = Callable[..., Any]
TODAY = date(2026, 11, 22)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    path = tmp_path / "base.kartoteka"
    create_base(path)
    with ClientBase(path) as base:
        anna = base.do(CreateClient({"name": "Анна", "source": "сайт"})).value
        for day in (date(2026, 1, 1), date(2026, 2, 5), date(2026, 3, 10), date(2026, 4, 16)):
            base.do(AddPurchase(anna, day, Decimal(1000), cost=Decimal(500)))
        boris = base.do(CreateClient({"name": "Борис"})).value
        base.do(AddInteraction(boris, InteractionKind.SURVEY, date(2026, 11, 1), nps=4))
        base.do(AddTask("заказать бланки", date(2026, 11, 20)))

    def call(*arguments: str, code: int = 0, as_text: bool = False) -> Any:
        how = [] if as_text or code else ["--json"]
        given = ["--base", str(path), "--as-of", "2026-11-22", "--lang", "ru", *arguments, *how]
        assert main(given) == code
        printed = capsys.readouterr()
        return printed.err if code else printed.out if as_text else json.loads(printed.out)

    return call


def test_segments(run: Run) -> None:
    assert run("segments")[0] == {
        "name": "Потенциальные", "status": "potential", "count": 1, "sum": "0.00",
    }  # fmt: skip
    assert run("segments")[4] == {
        "name": "Потерянные", "status": "lost", "count": 1, "sum": "4000.00",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["lost", "Потерянные", "потерянный", "Lost"])
def test_members_of_a_segment_by_any_name(run: Run, name: str) -> None:
    (row,) = run("segment", name)
    assert (row["client_id"], row["name"], row["last_purchase"]) == (1, "Анна", "2026-04-16")


def test_an_unknown_segment_is_one_clear_line(run: Run) -> None:
    assert run("segment", "vip", code=1) == "Такого сегмента нет: vip.\n"


def test_winback_rows_are_as_promised(run: Run) -> None:
    rows = run("winback")
    assert rows == [
        {
            "client_id": 1,
            "name": "Анна",
            "money_at_stake": "1564.29",
            "estimated": False,
            "definitions": [
                {
                    "name": "silent",
                    "since": "2026-07-17",
                    "text": "не покупал 220\u00a0дней, обычно раз в 35",
                }
            ],
            "last_purchase": "2026-04-16",
            "cycle_days": 35,
            "state": "new",
        },
        {
            "client_id": 2,
            "name": "Борис",
            "money_at_stake": None,
            "estimated": False,
            "definitions": [{"name": "low_nps", "since": "2026-11-01", "text": "оценка 4 из 10"}],
            "last_purchase": None,
            "cycle_days": None,
            "state": "new",
        },
    ]
    assert run("winback", "--limit", "1") == rows[:1]
    assert run("winback", "--limit", "0", code=2)


def test_winback_in_numbers(run: Run) -> None:
    stats = run("winback", "stats")
    assert stats["by_month"] == [
        {"month": "2026-07", "count": 1, "money": "1564.29"},
        {"month": "2026-11", "count": 1, "money": "0.00"},
    ]
    assert stats["by_reason"] == [{"reason": None, "count": 2, "money": "1564.29"}]
    assert {row["source"]: row["count"] for row in stats["by_source"]} == {"сайт": 1, None: 1}


def test_today(run: Run) -> None:
    (row,) = run("today")
    assert row["kind"] == "task"
    assert (row["name"], row["client_id"], row["task_ids"]) == ("заказать бланки", None, [1])
    assert "заказать бланки" in run("today", as_text=True)
    assert "Анна" in run("winback", as_text=True)
