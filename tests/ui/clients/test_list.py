"""The list of clients: searched, narrowed, ordered, emptied into the bin."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db.client_base import ClientBase
from db.commands.clients import DeleteClients
from db.commands.purchases import AddPurchase
from db.domain.ids import ClientId
from db.domain.lifecycle import Status
from db.queries.cards.full_card import full_card
from db.queries.lists.clients import Sort
from tests.ui.clients.steps import Told, idle, names, type_into
from ui.clients.page import ClientsPage
from ui.parts.context import Context
from ui.shell.host import ShellHost

Typing = Callable[[QWidget, str], None]
DAY = date(2026, 11, 22)


def test_the_list_shows_everybody_and_the_first_card(page: ClientsPage, anna: ClientId) -> None:
    assert names(page) == ["Анна Ёлкина", "Борис"]
    assert page.card.client_id == anna
    assert page.panel.form.banner.keys() == ["birthday"]


def test_searching_finds_by_phone_and_a_stranger_is_told_apart_from_an_empty_base(
    page: ClientsPage, qtbot: QtBot, typing: Typing
) -> None:
    typing(page.search_line, "елкин")
    qtbot.wait(150)
    idle(qtbot, page.context)
    assert names(page) == ["Анна Ёлкина"]
    page.search_line.setText("+7 913 123")
    qtbot.wait(150)
    idle(qtbot, page.context)
    assert names(page) == ["Анна Ёлкина"]
    page.search_line.setText("никто")
    qtbot.wait(150)
    idle(qtbot, page.context)
    assert page.list.model.rowCount() == 0
    assert page.list._stack.currentWidget() is page.list._nothing
    page.list.clear()
    idle(qtbot, page.context)
    assert len(names(page)) == 2
    assert page.search_line.text() == ""


def test_chips_and_the_link_of_gaps_narrow_the_list(page: ClientsPage, qtbot: QtBot) -> None:
    page.filters.gaps.click()
    idle(qtbot, page.context)
    assert names(page) == ["Анна Ёлкина"]
    page.list.choose(Status.LOST)
    idle(qtbot, page.context)
    assert names(page) == []
    page.list.clear()
    page.list.choose(Status.POTENTIAL)
    idle(qtbot, page.context)
    assert len(names(page)) == 2


def test_a_click_on_a_heading_asks_the_base_for_another_order(
    page: ClientsPage, base: ClientBase, boris: ClientId, qtbot: QtBot
) -> None:
    base.do(AddPurchase(boris, base.as_of, Decimal(100)))
    page.list.model.sort_wanted.emit(Sort.YEAR, True)
    idle(qtbot, page.context)
    assert names(page) == ["Борис", "Анна Ёлкина"]


def test_a_new_client_is_made_once_and_chosen_in_the_list(
    page: ClientsPage, base: ClientBase, qtbot: QtBot
) -> None:
    page.new()
    idle(qtbot, page.context)
    assert page.card.is_new
    type_into(page, "name", "Вера Новая")
    page.card.save()
    assert not page.card.save()  # it is under way already
    idle(qtbot, page.context)
    assert names(page) == ["Анна Ёлкина", "Борис", "Вера Новая"]
    assert page.card.client_id == page.list.table.current_id()
    assert page.card.name() == "Вера Новая"


def test_deleting_offers_undo_and_goes_to_the_next_row(  # noqa: PLR0917 - fixtures
    page: ClientsPage, base: ClientBase, anna: ClientId, boris: ClientId, told: Told, qtbot: QtBot
) -> None:
    page.delete_chosen()
    idle(qtbot, page.context)
    assert names(page) == ["Борис"]
    assert page.card.client_id == boris
    text, undo = told.quiet[-1]
    assert "1" in text
    assert undo is not None
    page.list.choose("bin")
    idle(qtbot, page.context)
    assert names(page) == ["Анна Ёлкина"]
    assert page.card.client_id == anna
    assert not page.panel.form.isEnabled()
    page.panel.head.restore.click()
    idle(qtbot, page.context)
    assert base.ask(full_card, anna).card.deleted_at is None


def test_all_chosen_go_to_the_bin_at_once(
    page: ClientsPage, base: ClientBase, boris: ClientId, told: Told, qtbot: QtBot
) -> None:
    page.list.table.selectAll()
    page.delete_chosen()
    idle(qtbot, page.context)
    assert names(page) == []
    assert page.list._stack.currentWidget() is page.list._empty
    page.host.undo.take_back(told.quiet[-1][1])
    idle(qtbot, page.context)
    assert len(names(page)) == 2


def test_a_client_in_the_bin_elsewhere_leaves_the_card_readable(
    page: ClientsPage, context: Context, anna: ClientId, boris: ClientId, qtbot: QtBot
) -> None:
    context.do(DeleteClients((anna,)))
    idle(qtbot, context)
    assert names(page) == ["Борис"]


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_fits_a_small_screen(
    page: ClientsPage, looks: Callable[[str, int], None], theme: str, percent: int, qtbot: QtBot
) -> None:
    looks(theme, percent)
    again = ClientsPage(page.host)
    qtbot.addWidget(again)
    again.resize(1180, 700)
    again.show()
    again.show_page()
    idle(qtbot, again.context)
    assert again.width() <= 1366 - 60 * percent // 100
    assert again.height() <= 728


def test_the_list_is_exported_as_it_is_shown(
    page: ClientsPage, told: Told, tmp_path: Path, qtbot: QtBot
) -> None:
    page.filters.gaps.click()
    idle(qtbot, page.context)
    page.writer.write(tmp_path / "список.csv", page.list.spec)
    idle(qtbot, page.context)
    lines = (tmp_path / "список.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("Анна Ёлкина;+7 913 123-45-67;")
    assert "список.csv" in told.quiet[-1][0]


def test_the_first_client_can_be_begun_before_the_empty_list_is_there(
    host: ShellHost, qtbot: QtBot
) -> None:
    page = ClientsPage(host)
    qtbot.addWidget(page)
    page.show()
    page.show_page()
    page.new()
    idle(qtbot, host.context)
    assert page.card.is_new


def test_a_page_that_comes_back_says_again_how_many_are_shown(page: ClientsPage) -> None:
    told: list[str] = []
    page.status.connect(told.append)
    page.show_page()
    assert told[-1] == page.list.status_words() != ""
