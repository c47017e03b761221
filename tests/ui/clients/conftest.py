"""An open room with two clients in it."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.commands.fields import SetRule
from db.domain.field_rules import Level
from db.domain.ids import ClientId
from tests.ui.clients.steps import Told, idle
from ui.clients.drafts import DraftStore
from ui.clients.page import ClientsPage
from ui.shell.host import ShellHost

Typing = Callable[[QWidget, str], None]
DAY = date(2026, 11, 22)


@pytest.fixture
def told(host: ShellHost, monkeypatch: pytest.MonkeyPatch) -> Told:
    return Told(host, monkeypatch)


@pytest.fixture
def anna(base: ClientBase) -> ClientId:
    base.do(SetRule("birthday", Level.GAP, purpose="поздравить"))
    values: dict[str, Any] = {"name": "Анна Ёлкина", "phone": ("8 913 123-45-67",)}
    return base.do(CreateClient(values)).value


@pytest.fixture
def boris(base: ClientBase, anna: ClientId) -> ClientId:
    return base.do(CreateClient({"name": "Борис", "birthday": "--03-08"})).value


@pytest.fixture
def page(host: ShellHost, told: Told, boris: ClientId, qtbot: QtBot) -> Iterator[ClientsPage]:
    made = ClientsPage(host)
    qtbot.addWidget(made)
    made.resize(1100, 800)
    made.show()
    made.show_page()
    idle(qtbot, host.context)
    yield made
    DraftStore(host.context.base.path).forget()
