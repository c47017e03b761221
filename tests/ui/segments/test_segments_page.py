"""The segments page: counts, members, why a client is there, the call list."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.commands.purchases import AddPurchase
from db.commands.winback import DoNotReturn
from db.domain.lifecycle import Status
from db.queries.lists.clients import ListSpec
from ui.documents.call_file import CallList
from ui.jobs.latest import Latest
from ui.segments.call_list import segment_call_list
from ui.segments.page import SegmentsPage
from ui.shell.host import ShellHost
from ui.words.segments import segment_named

_SMALL = 1240  # points that the navigation leaves of a screen of 1366


@pytest.fixture
def page(base: ClientBase, host: ShellHost, qtbot: QtBot) -> SegmentsPage:
    for name, ago in (("Аня", (5, 35, 65, 95)), ("Боря", (3,)), ("Вера", (500,)), ("Гена", ())):
        client = base.do(CreateClient({"name": name, "do_not_contact": name == "Вера"})).value
        for days in ago:
            base.do(AddPurchase(client, base.as_of - timedelta(days=days), Decimal(1000)))
    made = SegmentsPage(host)
    qtbot.addWidget(made)
    made.resize(1150, 700)
    made.show()
    made.show_page()
    settle(made, qtbot)
    return made


def settle(page: SegmentsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.context.jobs.busy())


def test_segments_stand_with_counts_and_sums_of_the_year(page: SegmentsPage) -> None:
    model = page.segments_model
    shown = [[model.index(row, n).data() for n in range(3)] for row in range(5)]
    assert shown == [
        ["Потенциальные", "1", "0\u00a0₽"],
        ["Новые", "1", "1\u00a0000\u00a0₽"],
        ["Постоянные", "1", "4\u00a0000\u00a0₽"],
        ["Под угрозой", "0", "0\u00a0₽"],
        ["Потерянные", "1", "0\u00a0₽"],
    ]


def test_a_segment_shows_its_members_and_says_why_they_are_there(
    page: SegmentsPage, qtbot: QtBot
) -> None:
    assert page.model.index(0, 0).data() == "Аня"
    assert page.why.text() == (
        "Почему здесь: 4 визита, последний 5\u00a0дней назад; обычно раз в 30\u00a0дней, "
        "с последнего визита прошло 0,2 цикла. "
        "Правило: 3 визита или больше, последний — недавно."
    )
    page.segments.select_id(list(Status).index(Status.POTENTIAL))
    settle(page, qtbot)
    assert page.model.index(0, 0).data() == "Гена"
    assert page.why.text() == "Почему здесь: Ещё ни одной покупки."
    page.segments.select_id(list(Status).index(Status.AT_RISK))
    settle(page, qtbot)
    assert page.model.rowCount() == 0
    assert not page.why.isVisible()


def test_the_call_list_leaves_out_who_asked_so(
    page: SegmentsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    base = page.context.base
    for name, status in (("потерянные.csv", Status.LOST), ("новые.csv", Status.NEW)):
        gather = partial(segment_call_list, base, status, ListSpec())
        page._calls.write(tmp_path / name, gather)
    settle(page, qtbot)
    assert len((tmp_path / "потерянные.csv").read_text("utf-8-sig").splitlines()) == 1
    assert "Боря" in (tmp_path / "новые.csv").read_text("utf-8-sig")


def test_who_is_not_to_be_won_back_is_not_called(page: SegmentsPage, host: ShellHost) -> None:
    base = page.context.base
    shy, rude, kept = (
        base.do(CreateClient({"name": name})).value for name in ("Яна", "Юра", "Эля")
    )
    for client in (shy, rude, kept):
        base.do(AddPurchase(client, base.as_of - timedelta(days=500), Decimal(10)))
    base.do(DoNotReturn(rude, base.as_of, "грубит"))
    base.do(DoNotReturn(shy, base.as_of, "уехала", base.as_of + timedelta(days=30)))

    def called(ahead: int) -> CallList:
        day = base.as_of + timedelta(days=ahead)
        with ClientBase(base.path, as_of=day) as then:
            return segment_call_list(then, Status.LOST, ListSpec())

    assert [row.name for row in called(0).rows] == ["Эля"]
    assert called(0).note().endswith("1 клиент · не беспокоить: 1 · не возвращать: 2")
    assert [row.name for row in called(30).rows if row.name != "Боря"] == ["Эля", "Яна"]


def test_windows_of_the_list_leave_nothing_behind(page: SegmentsPage, qtbot: QtBot) -> None:
    held = len(page.findChildren(Latest))
    for _turn in range(5):
        page.model.show_ids(list(page.model.ids()))
        page.model.index(0, 0).data()
        settle(page, qtbot)
    qtbot.waitUntil(lambda: len(page.findChildren(Latest)) == held)


@pytest.mark.parametrize(
    "written", ["at_risk", "Под угрозой", "под угрозой", "At risk", " AT RISK "]
)
def test_a_segment_is_known_by_its_code_and_by_its_name_in_either_language(written: str) -> None:
    assert segment_named(written) == "at_risk"


def test_the_page_fits_a_small_screen_with_large_text(
    host: ShellHost, looks: Callable[[str, int], None], qtbot: QtBot
) -> None:
    looks("light", 200)
    page = SegmentsPage(host)
    qtbot.addWidget(page)
    page.show()
    page._sum.setText("100\u00a0000 клиентов, 1\u00a0234,56\u00a0млн\u00a0₽ за год")
    qtbot.wait(50)  # the layouts are done in the event loop
    assert page.minimumSizeHint().width() <= _SMALL
