"""The list of offers: by state and by words, and what is said where none is left."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from db.client_base import ClientBase
from db.commands.offers import SaveOffer
from tests.offer_sample import TODAY, greenhouse_offer
from ui.offers.page import OffersPage
from ui.shell.host import ShellHost


@pytest.fixture
def page(host: ShellHost, qtbot: QtBot) -> OffersPage:
    made = OffersPage(host)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.show_page()
    qtbot.waitUntil(lambda: not host.context.jobs.busy())
    return made


def test_a_base_without_offers_offers_to_make_the_first(page: OffersPage) -> None:
    assert page.lists.currentWidget() is page._nothing


def test_offers_are_found_by_state_and_words(
    page: OffersPage, base: ClientBase, host: ShellHost, qtbot: QtBot
) -> None:
    for title in ("Теплицы к сезону", "Грядки"):
        base.do(SaveOffer(replace(greenhouse_offer(), title=title), TODAY))
    page.refresh()
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    assert page.lists.currentWidget() is page.table
    with qtbot.waitSignal(page.status) as told:
        page.search_line.setText("ГРЯДКИ")
    assert told.args == ["1 предложение"]
    assert [row.title for row in page.model.rows()] == ["Грядки"]
    page.search_line.setText("беседка")
    qtbot.waitUntil(lambda: page.lists.currentWidget() is page.empty)
    page.search_line.clear_now()
    assert page.model.rowCount() == 2
    page.new()
    qtbot.waitUntil(lambda: not host.context.jobs.busy())
    with qtbot.assertNotEmitted(page.status):
        page.tell_selection()  # while an offer is edited
