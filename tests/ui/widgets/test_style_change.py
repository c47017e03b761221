"""Widgets that measure themselves by the text do so in any style, from the first event on."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from db.domain.fields import STANDARD_BY_KEY
from ui.clients.field_slot import FieldSlot
from ui.offers.editor_head import EditorHead
from ui.offers.line_model import LineModel
from ui.offers.line_table import LineTable
from ui.offers.preview import PaperPreview
from ui.widgets.action_tile import ActionTile
from ui.widgets.buttons import icon_button
from ui.widgets.notice import NoticeBar

Make = Callable[[QWidget], QWidget]
ACTIONS = dict.fromkeys(("pdf", "print", "send", "accept", "decline", "revise", "copy", "delete"))


@pytest.mark.parametrize(
    "make",
    [
        lambda parent: ActionTile("plus", "Клиент", "Добавить клиента", parent),
        lambda parent: FieldSlot(STANDARD_BY_KEY["phone"], "Телефон", lambda: None, parent),  # type: ignore[arg-type,return-value]
        lambda parent: EditorHead(ACTIONS, parent),  # type: ignore[arg-type]
        lambda parent: LineTable(LineModel(parent), parent),
        PaperPreview,
        NoticeBar,
        lambda parent: icon_button("x", "Закрыть", parent),
    ],
)
def test_a_widget_is_made_and_restyled_in_a_styled_parent(
    make: Make, looks: Callable[[str, int], None], qtbot: QtBot
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.setStyleSheet("QWidget { font-size: 9pt; }")
    parent.show()
    widget = make(parent)
    widget.show()
    other = QWidget(parent)
    other.setStyleSheet("QWidget { font-size: 12pt; }")
    QVBoxLayout(other).addWidget(widget)
    looks("dark", 150)
    assert widget.isVisibleTo(other)
