"""Midnight passes while the page of the clients is open."""

from collections.abc import Callable
from datetime import date, timedelta

from pytestqt.qtbot import QtBot

from db.domain.field_rules import GapAnswer
from db.domain.ids import ClientId
from tests.ui.clients.steps import idle
from ui.clients.dialogs import PurchaseDialog, TalkDialog
from ui.clients.page import ClientsPage


def test_after_midnight_dialogs_and_answers_are_of_the_new_day(
    page: ClientsPage, anna: ClientId, qtbot: QtBot, midnight: Callable[[], date]
) -> None:
    page.doings.talk()
    (talk,) = page.findChildren(TalkDialog)
    today = midnight()
    talk.day.editor.setText("вчера")
    assert talk.day.value() == today - timedelta(days=1)
    page.doings.purchase()
    idle(qtbot, page.context)
    (purchase,) = page.findChildren(PurchaseDialog)
    assert purchase.day.value() == today
    slot = page.panel.form.slot("birthday")
    slot.set_answer(GapAnswer.REFUSED)
    assert slot.answer is not None
    assert slot.answer.on == today
