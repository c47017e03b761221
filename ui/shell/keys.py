"""Keys of the pages, and the list of all keys."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from db.outcome import Outcome
from ui.parts.page import Page, PageSpec
from ui.shell.actions import Actions
from ui.shell.keys_dialog import KeysDialog, of_actions
from ui.words import labels
from ui.words.i18n import _

if TYPE_CHECKING:  # it imports the ORM, and the window is painted before that
    from db.journal.undo import Swapped

_EDIT = "UpdateClient"
_MOST = 9  # there is no Ctrl+10


def add_page_keys(
    owner: QWidget, specs: Sequence[PageSpec], go: Callable[[str], object]
) -> list[QAction]:
    """Make Ctrl+1, Ctrl+2, … bring the pages to the front."""
    made = []
    for number, spec in enumerate(specs[:_MOST], 1):
        action = QAction(spec.title(), owner)
        action.setShortcut(QKeySequence(f"Ctrl+{number}"))
        action.triggered.connect(lambda _on=False, key=spec.key: go(key))
        owner.addAction(action)
        made.append(action)
    return made


def show(owner: QWidget, actions: Actions, specs: Sequence[PageSpec], page: Page | None) -> None:
    """Open the list of keys."""
    pages = [(spec.title(), f"Ctrl+{n}") for n, spec in enumerate(specs[:_MOST], 1)]
    here = of_actions(page.page_actions()) if page else []
    sections = [
        (_("On this page"), here),
        (_("Everywhere"), of_actions(list(actions.all()))),
        (_("Pages"), pages),
        (_("In a list"), _of_lists()),
        (_("In a form"), _of_forms()),
    ]
    KeysDialog(sections, owner).open()


def _of_lists() -> list[tuple[str, str]]:
    return [
        (_("open"), "Enter, F2"),
        (_("add"), "Ins"),
        (_("choose all"), "Ctrl+A"),
        (_("copy rows for a spreadsheet"), "Ctrl+C"),
        (_("to the first, to the last"), "Ctrl+Home, Ctrl+End"),
        (_("actions for the row"), "Menu"),
    ]


def _of_forms() -> list[tuple[str, str]]:
    return [
        (_("calendar of a date"), "F4, Alt+↓"),
        (_("do it and close the dialog"), "Ctrl+Enter"),
        (_("leave the dialog, clear the search"), "Esc"),
    ]


def what_was_done(outcome: "Outcome[Swapped]") -> str:
    """Return the words for what undo or redo has just exchanged."""
    return labels.command(outcome.value.command)


def card_undone(outcome: "Outcome[Swapped]") -> int | None:
    """Return the client whose card was changed back, where it was the one card of the change."""
    if outcome.value.command != _EDIT:
        return None
    clients = outcome.changes.client_ids or frozenset()
    return next(iter(clients)) if len(clients) == 1 else None
