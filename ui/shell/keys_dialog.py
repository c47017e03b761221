"""F1: every action and its keys."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from ui.look.theme import em
from ui.widgets.cards import ScrollColumn
from ui.widgets.dialog import Dialog
from ui.widgets.labels import heading
from ui.words.i18n import _

Section = tuple[str, Sequence[tuple[str, str]]]  # heading, (what, keys)


class KeysDialog(Dialog):
    """Lists sections of (words, keys)."""

    def __init__(self, sections: Sequence[Section], parent: QWidget | None = None) -> None:
        super().__init__(_("Keys"), parent)
        scroll = ScrollColumn(margin=0)
        for title, lines in sections:
            if lines:
                scroll.column.addWidget(heading(title))
                scroll.column.addLayout(_table(lines))
        scroll.column.addStretch()
        self.column.addWidget(scroll)
        self.add_close()
        self.resize(em(30), em(30))


def _table(lines: Sequence[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(em(1))
    grid.setVerticalSpacing(em(0.25))
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(0, em(8.5))
    for number, (what, keys) in enumerate(lines):
        shown = QLabel(keys)
        shown.setProperty("tone", "muted")
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(shown, number, 0)
        words = QLabel(what)
        words.setWordWrap(True)
        grid.addWidget(words, number, 1)
    return grid


def keys_of(action: QAction) -> str:
    """Return the shortcuts of an action as they are printed on the keys."""
    form = QKeySequence.SequenceFormat.NativeText
    return ", ".join(keys.toString(form) for keys in action.shortcuts())


def of_actions(actions: Sequence[QAction]) -> list[tuple[str, str]]:
    return [
        (action.text().replace("&", ""), keys_of(action))
        for action in actions
        if action.shortcuts() and action.text()
    ]
