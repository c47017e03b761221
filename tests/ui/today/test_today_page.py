"""Today's page: the list, what is done with a row, and how it can be taken back."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.commands.interactions import AddInteraction
from db.commands.purchases import AddPurchase
from db.commands.tasks import AddTask
from db.commands.winback import LogAttempt
from db.domain.churn import LossState, Result, Way
from db.domain.ids import ClientId
from db.domain.today import Touch
from db.domain.trade import InteractionKind
from db.queries.today.board import today_count
from db.queries.winback.loss_card import loss_card
from db.schema import Interaction, Task
from ui.parts.attempt_dialog import AttemptDialog
from ui.parts.wishes import ImportFile, NewClient, ShowClient
from ui.shell.host import ShellHost
from ui.today.columns import DONE
from ui.today.dialogs import DayDialog, TaskDialog
from ui.today.page import TodayPage

Typing = Callable[[QWidget, str], None]


@pytest.fixture
def page(base: ClientBase, host: ShellHost, qtbot: QtBot) -> TodayPage:
    today = base.as_of
    due = base.do(CreateClient({"name": "Ёлкина Жанна", "phone": ("+79607812290",)})).value
    for ago in (30, 60, 90, 120):
        base.do(AddPurchase(due, today - timedelta(days=ago), Decimal(1000), cost=Decimal(400)))
    angry = base.do(CreateClient({"name": "Сафин"})).value
    base.do(
        AddInteraction(
            angry, InteractionKind.COMPLAINT, today - timedelta(days=12), "ждал час", is_open=True
        )
    )
    base.do(AddTask("заказать бланки", today - timedelta(days=1)))
    made = TodayPage(host)
    qtbot.addWidget(made)
    made.resize(1150, 700)
    made.show()
    made.show_page()
    settle(made, qtbot)
    return made


def settle(page: TodayPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.context.jobs.busy())


def names(page: TodayPage) -> list[str]:
    return [page.model.index(n, 1).data() for n in range(page.model.rowCount())]


def choose(page: TodayPage, name: str) -> None:
    page.table.select_id(page.model.id_at(names(page).index(name)))


def test_the_list_says_who_and_why(page: TodayPage, base: ClientBase) -> None:
    rows = [
        [page.model.index(row, column).data() for column in range(6)]
        for row in range(page.model.rowCount())
    ]
    was = base.as_of - timedelta(days=30)
    told = f"визит ожидается сегодня, последний визит {was:%d.%m.%Y}, обычно раз в 30\u00a0дней"
    late = base.as_of - timedelta(days=1)
    assert rows == [
        ["жалоба", "Сафин", "", "жалоба открыта 12\u00a0дней: ждал час", "—", "Позвонили"],
        ["задача", "заказать бланки", "", f"с {late:%d.%m.%Y}", "—", "Готово"],
        ["пора", "Ёлкина Жанна", "+7\u00a0960\u00a0781-22-90", told, "7\u00a0300\u00a0₽",
         "Пригласили"],
    ]  # fmt: skip


def test_done_by_the_keyboard_writes_a_talk_and_goes_on_with_the_next_row(
    page: TodayPage, base: ClientBase, qtbot: QtBot
) -> None:
    choose(page, "Сафин")
    page.table.setFocus()
    page._done.trigger()
    settle(page, qtbot)
    assert names(page) == ["заказать бланки", "Ёлкина Жанна"]
    said = base.ask(lambda reading: reading.session.scalars(select(Interaction)).all())
    assert [one.kind for one in said] == ["complaint", "call"]
    current = page.current_row()
    assert current is not None
    assert current.touch is Touch.TASK
    assert page._done.shortcut().toString() == "Space"


def test_a_click_on_the_verb_does_it(page: TodayPage, base: ClientBase, qtbot: QtBot) -> None:
    row = names(page).index("заказать бланки")
    column = next(n for n, one in enumerate(page.model.columns) if one.key == DONE)
    place = page.table.visualRect(page.model.index(row, column)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(page, qtbot)
    assert "заказать бланки" not in names(page)
    (task,) = base.ask(lambda reading: reading.session.scalars(select(Task)).all())
    assert task.done_on == base.as_of


def test_a_row_put_off_comes_back_with_undo(page: TodayPage, qtbot: QtBot) -> None:
    choose(page, "Ёлкина Жанна")
    page.later(7)
    settle(page, qtbot)
    assert "Ёлкина Жанна" not in names(page)
    page.host.undo.undo()
    settle(page, qtbot)
    assert "Ёлкина Жанна" in names(page)


def test_put_off_until_a_day_wants_a_day_ahead(
    page: TodayPage, base: ClientBase, qtbot: QtBot
) -> None:
    choose(page, "заказать бланки")
    page.later_on()
    dialog = page.findChild(DayDialog)
    assert dialog is not None
    dialog.day.set_value(base.as_of)
    dialog.accept()
    assert dialog.day.error
    dialog.day.set_value(base.as_of + timedelta(days=3))
    dialog.accept()
    settle(page, qtbot)
    assert "заказать бланки" not in names(page)


def test_a_step_of_win_back_asks_how_it_ended(
    page: TodayPage, base: ClientBase, qtbot: QtBot
) -> None:
    client = base.do(CreateClient({"name": "Потерянная"})).value
    base.do(AddPurchase(client, base.as_of - timedelta(days=300), Decimal(10)))
    page.context.do(LogAttempt(client, Way.CALL, base.as_of, Result.TALKED, next_on=base.as_of))
    settle(page, qtbot)
    choose(page, "Потерянная")
    page.done()
    dialog = page.findChild(AttemptDialog)
    assert dialog is not None
    dialog.ended.set_value(Result.PROMISED)
    dialog.accept()
    settle(page, qtbot)
    kept = base.ask(loss_card, ClientId(client))
    assert kept.row.state is LossState.PROMISED
    assert "Потерянная" not in names(page)


def test_a_result_written_after_midnight_is_of_the_new_day(
    page: TodayPage, base: ClientBase, qtbot: QtBot, midnight: Callable[[], date]
) -> None:
    dialog = AttemptDialog(ClientId(1), "Потерянная", page.context.today, parent=page, step=True)
    today = midnight()
    assert dialog.command().day == today


def test_a_settled_complaint_goes(page: TodayPage, base: ClientBase, qtbot: QtBot) -> None:
    choose(page, "Сафин")
    assert page._settled.isEnabled()
    page.settle()
    settle(page, qtbot)
    assert "Сафин" not in names(page)
    choose(page, "заказать бланки")
    assert not page._settled.isEnabled()


def test_a_chip_shows_one_kind(page: TodayPage, qtbot: QtBot) -> None:
    page.chips.chosen.emit(Touch.COMPLAINT.value)
    settle(page, qtbot)
    assert names(page) == ["Сафин"]
    page.chips.chosen.emit("all")
    settle(page, qtbot)
    assert len(names(page)) == 3


def test_enter_opens_the_card(page: TodayPage, qtbot: QtBot) -> None:
    choose(page, "Ёлкина Жанна")
    with qtbot.waitSignal(page.wished) as wish:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert wish.args == [ShowClient(ClientId(1))]


def test_a_new_task_for_a_client_found_by_name(
    page: TodayPage, base: ClientBase, qtbot: QtBot, typing: Typing
) -> None:
    page.new()
    dialog = page.findChild(TaskDialog)
    assert dialog is not None
    dialog.accept()
    assert dialog.text.error
    typing(dialog.text.editor, "привезти краску")
    dialog.due_on.set_value(base.as_of)
    typing(dialog.search, "елкина")
    qtbot.waitUntil(lambda: dialog.client.value() == 1)
    dialog.accept()
    settle(page, qtbot)
    choose(page, "Ёлкина Жанна")
    row = page.current_row()
    assert row is not None
    assert [reason.touch for reason in row.reasons] == [Touch.TASK, Touch.DUE]


def test_the_number_beside_the_page_is_that_of_the_list(page: TodayPage, base: ClientBase) -> None:
    assert page.model.rowCount() == 3
    assert base.ask(today_count) == 3


def test_a_base_without_clients_offers_to_get_some(
    base: ClientBase, host: ShellHost, qtbot: QtBot
) -> None:
    page = TodayPage(host)
    qtbot.addWidget(page)
    page.show()
    page.show_page()
    settle(page, qtbot)

    def offers() -> dict[str, QPushButton]:
        return {
            made.text(): made for made in page.lists.findChildren(QPushButton) if made.isVisible()
        }

    qtbot.waitUntil(lambda: set(offers()) == {"Добавить клиента", "Загрузить из файла…"})
    for name, wish in (
        ("Добавить клиента", NewClient()),
        ("Загрузить из файла…", ImportFile()),
    ):
        with qtbot.waitSignal(page.wished) as emitted:
            offers()[name].click()
        assert emitted.args == [wish]
    base.do(CreateClient({"name": "Анна"}))
    page.refresh()
    settle(page, qtbot)
    qtbot.waitUntil(lambda: not offers())
