"""Where the line between two panes was drawn is remembered."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.preferences import Preferences
from ui.widgets.splitter import RememberingSplitter


def test_a_moved_line_is_where_it_was(preferences: Preferences, qtbot: QtBot) -> None:
    def make() -> RememberingSplitter:
        panes = (QLabel("слева"), QLabel("справа"))
        made = RememberingSplitter(
            preferences, "probe/splitter", panes, sizes=(30, 10), stretch=(1, 0)
        )
        qtbot.addWidget(made)
        made.resize(800, 200)
        made.show()
        return made

    first = make()
    left, right = first.sizes()
    assert left > right
    first.moveSplitter(300, 1)
    assert make().sizes() == first.sizes() != [left, right]
