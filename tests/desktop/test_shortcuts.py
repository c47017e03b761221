"""No keys have two meanings on one page: Qt does neither of two things with the same keys."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from pytestqt.qtbot import QtBot

from desktop.app import Program
from tests.desktop.windows import opened, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_no_keys_have_two_meanings_on_one_page(program: Program, qtbot: QtBot) -> None:
    program.show_example()
    opened(program, qtbot)
    window = program.window
    everywhere = window.centralWidget()
    for spec in program._pages:
        window.go(spec.key)
        settle(program, qtbot)
        page = window.page()
        assert page is not None
        actions = {*everywhere.actions(), *page.page_actions()}
        keys = [key.toString() for action in actions for key in action.shortcuts()]
        shortcuts = everywhere.findChildren(
            QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly
        )
        keys += [made.key().toString() for made in shortcuts]
        twice = [key for key, times in Counter(keys).items() if times > 1]
        assert not twice, (spec.key, twice)
        assert "Ctrl+1" in keys
