"""The win-back page: who is shown, what is typed, what is written."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.commands.interactions import AddInteraction
from db.commands.purchases import AddPurchase
from db.commands.settings import ChangeSettings
from db.commands.undo import Undo
from db.commands.winback import DoNotReturn, PlanNextStep
from db.domain.churn import Definition, LossReason, LossState, Result
from db.domain.ids import ClientId
from db.domain.settings import Company, Settings
from db.domain.trade import InteractionKind
from db.queries.winback.board import WinbackSpec, WinbackView, winback_count, winback_list
from db.queries.winback.loss_card import LossCard, loss_card
from ui.jobs.latest import Latest
from ui.parts.attempt_dialog import AttemptDialog
from ui.parts.context import Context
from ui.shell.host import ShellHost
from ui.winback.call_list import winback_call_list
from ui.winback.dialogs import DoNotReturnDialog
from ui.winback.numbers import StatsDialog
from ui.winback.page import WinbackPage

Typing = Callable[[QWidget, str], None]


def lost_client(base: ClientBase, name: str, amount: int, **card: object) -> ClientId:
    client = base.do(CreateClient({"name": name, **card})).value  # type: ignore[dict-item]
    for ago in (400, 365, 330, 295):
        day = base.as_of - timedelta(days=ago)
        base.do(AddPurchase(client, day, Decimal(amount), cost=Decimal(amount) / 2))
    return client


@pytest.fixture
def page(base: ClientBase, host: ShellHost, qtbot: QtBot) -> WinbackPage:
    lost_client(base, "Мало", 100)
    many = lost_client(base, "Много", 9000, phone=("+79131234567",))
    base.do(AddInteraction(many, InteractionKind.SURVEY, base.as_of, nps=4))
    made = WinbackPage(host)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.show_page()
    settle(made, qtbot)
    return made


def settle(page: WinbackPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.context.jobs.busy() and not page._pause.isActive())


def cells(page: WinbackPage, row: int) -> list[str]:
    return [page.model.index(row, n).data() for n in range(len(page.model.columns))]


def card(page: WinbackPage, client_id: int) -> LossCard:
    return page.context.base.ask(loss_card, ClientId(client_id))


def test_rows_say_who_how_much_and_why(page: WinbackPage) -> None:
    # 4500 a visit × 365 / 35 × 0.3
    assert cells(page, 0) == [
        "Много", "14\u00a0079\u00a0₽",
        "оценка 4 из 10, не покупал 295\u00a0дней, обычно раз в 35", "—", "новый", "—",
    ]  # fmt: skip
    assert cells(page, 1)[0] == "Мало"
    assert page.panel.card is not None
    assert page.panel.name.text() == "Много"


def test_a_chip_shows_its_part_and_the_search_narrows_it(
    page: WinbackPage, qtbot: QtBot, typing: Typing
) -> None:
    page.chips.chosen.emit(Definition.LOW_NPS)
    settle(page, qtbot)
    assert [cells(page, n)[0] for n in range(page.model.rowCount())] == ["Много"]
    page.chips.chosen.emit(WinbackView.ALL)
    settle(page, qtbot)
    typing(page.search_line, "мало")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    settle(page, qtbot)
    assert cells(page, 0)[0] == "Мало"
    page.search_line.setText("никого такого")
    qtbot.waitUntil(lambda: page.model.rowCount() == 0)


def test_what_is_typed_is_saved_when_another_row_is_chosen(
    page: WinbackPage, qtbot: QtBot, typing: Typing
) -> None:
    first = page.model.id_at(0)
    typing(page.panel.survey.field("liked").editor, "мастер")
    reason = page.panel.survey.field("reason")
    reason.set_value(LossReason.PRICE.value)
    reason.editor.edited.emit()
    page.table.select_id(page.model.id_at(1))
    settle(page, qtbot)
    kept = card(page, first)
    assert kept.liked == "мастер"
    assert kept.row.episode is not None
    assert kept.row.episode.reason == LossReason.PRICE
    assert page.panel.name.text() == "Мало"


def test_a_step_planned_after_midnight_is_dated_by_the_new_day(
    page: WinbackPage, qtbot: QtBot, typing: Typing, midnight: Callable[[], date]
) -> None:
    client = page.model.id_at(0)
    today = midnight()
    survey = page.panel.survey
    typing(survey.field("next_step").editor, "позвонить")
    survey.field("next_on").editor.setText("завтра")
    survey.field("next_on").editor.edited.emit()
    command = survey.command()
    assert command is not None
    assert (command.on, command.next_on) == (today, today + timedelta(days=1))
    assert page.commit()
    settle(page, qtbot)
    assert card(page, client).row.next_on == today + timedelta(days=1)


def test_a_day_nobody_can_read_keeps_the_page(page: WinbackPage, qtbot: QtBot) -> None:
    when = page.panel.survey.field("next_on")
    when.editor.setText("31.02.2027")
    when.editor.edited.emit()
    assert not page.may_leave()
    page.table.select_id(page.model.id_at(1))
    settle(page, qtbot)
    assert page.panel.name.text() == "Много"
    assert when.editor.text() == "31.02.2027"
    when.set_value(page.context.base.as_of)
    assert page.may_leave()
    settle(page, qtbot)
    assert card(page, page.model.id_at(0)).row.next_on == page.context.base.as_of


def test_an_attempt_is_written_by_the_keyboard_alone(
    page: WinbackPage, qtbot: QtBot, typing: Typing
) -> None:
    attempt = next(one for one in page.page_actions() if one.shortcut().toString() == "Ctrl+T")
    attempt.trigger()
    dialog = page.findChild(AttemptDialog)
    assert dialog is not None
    dialog.ended.set_value(Result.PROMISED)
    typing(dialog.note.editor, "придёт в среду")
    typing(dialog.next_step.editor, "напомнить")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(page, qtbot)
    kept = card(page, page.model.id_at(0))
    assert kept.row.state is LossState.PROMISED
    assert [one.result for one in kept.attempts] == [Result.PROMISED]
    assert cells(page, 0)[4] == "обещал прийти"
    assert cells(page, 0)[5].endswith(": напомнить")


def test_who_is_left_alone_leaves_the_list_and_may_come_back(
    page: WinbackPage, qtbot: QtBot, typing: Typing
) -> None:
    page.leave_alone()
    dialog = page.findChild(DoNotReturnDialog)
    assert dialog is not None
    dialog.accept()
    assert dialog.reason.error
    typing(dialog.reason.editor, "долги")
    dialog.accept()
    settle(page, qtbot)
    assert page.model.rowCount() == 1
    page.chips.chosen.emit(WinbackView.DO_NOT_RETURN)
    settle(page, qtbot)
    assert cells(page, 0)[4:] == ["не возвращать", "долги"]
    page.panel.resume.click()
    settle(page, qtbot)
    assert page.model.rowCount() == 0


def test_what_was_typed_before_the_decision_does_not_undo_it(
    page: WinbackPage, qtbot: QtBot, typing: Typing
) -> None:
    client = page.model.id_at(0)
    typing(page.panel.survey.field("liked").editor, "мастер")
    page.leave_alone()
    dialog = page.findChild(DoNotReturnDialog)
    assert dialog is not None
    typing(dialog.reason.editor, "долги")
    dialog.accept()
    settle(page, qtbot)
    kept = card(page, client)
    assert (kept.row.state, kept.liked) == (LossState.DO_NOT_RETURN, "мастер")
    assert page.panel.name.text() == "Мало"


def test_a_day_nobody_can_read_comes_before_the_decision(page: WinbackPage) -> None:
    page.panel.survey.field("next_on").editor.setText("31.02.2027")
    page.leave_alone()
    assert page.findChild(DoNotReturnDialog) is None


def test_scrolling_and_doing_leave_nothing_behind(page: WinbackPage, qtbot: QtBot) -> None:
    held = len(page.findChildren(Latest))
    for _turn in range(5):
        page.model.show_ids(list(page.model.ids()))
        page.model.index(0, 0).data()
        page.do(PlanNextStep(ClientId(page.model.id_at(0)), page.context.base.as_of, "ж", None), "")
        settle(page, qtbot)
    qtbot.waitUntil(lambda: len(page.findChildren(Latest)) == held)


def test_another_change_is_shown_at_once(page: WinbackPage, qtbot: QtBot) -> None:
    base = page.context.base
    client = ClientId(page.model.id_at(0))
    page.context.do(AddPurchase(client, base.as_of, Decimal(5)))
    settle(page, qtbot)
    # The client has bought, but the low score is still there.
    assert cells(page, 0)[2] == "оценка 4 из 10"
    page.context.do(Undo())
    settle(page, qtbot)
    assert cells(page, 0)[2].startswith("оценка 4 из 10, не покупал")


def test_the_call_list_leaves_out_who_asked_so(
    page: WinbackPage, qtbot: QtBot, tmp_path: Path
) -> None:
    base = page.context.base
    base.do(ChangeSettings(Settings(company=Company(name="Салон «Рассвет»"))))
    lost_client(base, "Не звонить", 500, do_not_contact=True)
    base.do(DoNotReturn(lost_client(base, "Не возвращать", 500), base.as_of, "долги"))
    gather = partial(winback_call_list, base, WinbackSpec())
    for name in ("список.csv", "список.xlsx", "список.pdf"):
        page._calls.write(tmp_path / name, gather)
    qtbot.waitUntil(lambda: not page.context.jobs.busy())
    shelved = winback_call_list(base, WinbackSpec(WinbackView.DO_NOT_RETURN))
    assert (shelved.rows, shelved.left_alone) == ([], 1)
    lines = (tmp_path / "список.csv").read_text("utf-8-sig").splitlines()
    assert [line.split(";")[0] for line in lines] == ["Клиент", "Много", "Мало"]
    assert "не покупал 295\u00a0дней, обычно раз в 35" in lines[2]
    assert (tmp_path / "список.xlsx").read_bytes()[:2] == b"PK"
    assert (tmp_path / "список.pdf").read_bytes()[:5] == b"%PDF-"


def test_the_numbers_open_and_show_their_tables(page: WinbackPage, qtbot: QtBot) -> None:
    page.show_stats()
    dialog = page.findChild(StatsDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.tabs.count() == 3)
    dialog.reject()


def test_the_number_beside_the_page_is_that_of_the_list(
    page: WinbackPage, context: Context
) -> None:
    assert context.base.ask(winback_count) == len(context.base.ask(winback_list)) > 0


def test_a_low_page_gives_its_room_to_the_list(page: WinbackPage) -> None:
    page.resize(1100, 300)
    assert not page.tiles.isVisible()
    page.resize(1100, 700)
    assert page.tiles.isVisible()
