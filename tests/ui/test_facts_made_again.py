"""A page reads again when facts were computed again: after a product or a setting was changed."""

from datetime import timedelta
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.commands.purchases import AddPurchase, SaveProduct
from db.commands.settings import ChangeSettings
from db.domain.churn import ChurnThresholds
from db.domain.ids import ClientId
from db.domain.lifecycle import LifecycleThresholds, Status
from db.domain.settings import Settings
from tests.ui.clients.steps import idle
from ui.clients.page import ClientsPage
from ui.parts.page import Page
from ui.segments.page import SegmentsPage
from ui.shell.host import ShellHost
from ui.winback.page import WinbackPage

# Each makes a client at risk a lost one.
COMMANDS = [
    SaveProduct("Стрижка", usual_cycle_days=5),
    ChangeSettings(
        Settings(
            lifecycle=LifecycleThresholds(lost_months=1, lost_cycles=Decimal(1)),
            churn=ChurnThresholds(silent_months=1, silent_cycles=Decimal(1)),
        )
    ),
]
each_command = pytest.mark.parametrize("command", COMMANDS, ids=["product", "settings"])


@pytest.fixture
def anna(base: ClientBase) -> ClientId:
    """A client at risk: two visits 35 days apart, of a service with a usual cycle of 90 days."""
    client = base.do(CreateClient({"name": "Анна"})).value
    for days in (130, 95):
        day = base.as_of - timedelta(days=days)
        base.do(AddPurchase(client, day, Decimal(1000), product="Стрижка"))
    base.do(SaveProduct("Стрижка", usual_cycle_days=90))
    return client


def show(page: Page, qtbot: QtBot) -> None:
    qtbot.addWidget(page)
    page.show()
    page.show_page()
    idle(qtbot, page.context)


@each_command
def test_segments_count_again(
    host: ShellHost, anna: ClientId, qtbot: QtBot, command: SaveProduct | ChangeSettings
) -> None:
    page = SegmentsPage(host)
    show(page, qtbot)

    def counts() -> list[str]:
        return [page.segments_model.index(row, 1).data() for row in range(len(Status))]

    assert counts() == ["0", "0", "0", "1", "0"]
    host.context.do(command)
    idle(qtbot, host.context)
    assert counts() == ["0", "0", "0", "0", "1"]


@each_command
def test_win_back_lists_who_is_lost_now(
    host: ShellHost, anna: ClientId, qtbot: QtBot, command: SaveProduct | ChangeSettings
) -> None:
    page = WinbackPage(host)
    show(page, qtbot)
    assert list(page.model.ids()) == []
    host.context.do(command)
    idle(qtbot, host.context)
    assert list(page.model.ids()) == [anna]


@each_command
def test_an_open_card_shows_the_new_status(
    host: ShellHost, anna: ClientId, qtbot: QtBot, command: SaveProduct | ChangeSettings
) -> None:
    page = ClientsPage(host)
    show(page, qtbot)
    page.focus_item(anna)
    idle(qtbot, host.context)

    def status() -> Status | None:
        return None if page.card.full is None else page.card.full.head.status

    assert status() is Status.AT_RISK
    host.context.do(command)
    idle(qtbot, host.context)
    assert status() is Status.LOST
