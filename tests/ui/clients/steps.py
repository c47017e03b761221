"""What a person does in the room of clients, for its tests."""

import pytest
from pytestqt.qtbot import QtBot

from db.domain.ids import ChangeId
from ui.clients.page import ClientsPage
from ui.parts.context import Context
from ui.shell.host import ShellHost


class Told:
    """What the page told the person."""

    def __init__(self, host: ShellHost, monkeypatch: pytest.MonkeyPatch) -> None:
        self.quiet: list[tuple[str, ChangeId | None]] = []
        self.warnings: list[str] = []
        self.troubles: list[object] = []
        monkeypatch.setattr(host, "tell", lambda text, undo=None: self.quiet.append((text, undo)))
        monkeypatch.setattr(host, "warn", self.warnings.append)
        monkeypatch.setattr(host, "trouble", self.troubles.append)


def idle(qtbot: QtBot, context: Context) -> None:
    """Wait for the pause of the list and for whatever was asked then."""
    for pause in (20, 90, 20):
        qtbot.wait(pause)
        qtbot.waitUntil(lambda: not context.jobs.busy(), timeout=5000)


def type_into(page: ClientsPage, key: str, text: str) -> None:
    """Put a text into a field as a person does, and leave the field."""
    editor = page.panel.form.slot(key).editor
    editor.setText(text)
    editor.edited.emit()
    editor.make_tidy()
    editor.left.emit()


def names(page: ClientsPage) -> list[str]:
    model = page.list.model
    return [model.data(model.index(row, 0)) for row in range(model.rowCount())]
