"""The strip above the list of the bin: what can be done with deleted cards."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.look.theme import em
from ui.widgets.buttons import button
from ui.widgets.flow import FlowLayout
from ui.words.i18n import _


class BinBar(QWidget):
    """Shown while the list shows the bin and there is a card in it."""

    erase_wanted = Signal()
    empty_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.erase = button(_("Erase for good"), "trash-2")
        self.erase.setToolTip(_("Erase the chosen cards for good (Shift+Del)"))
        self.empty = button(_("Empty the bin"), "trash-2")
        self.erase.clicked.connect(self.erase_wanted)
        self.empty.clicked.connect(self.empty_wanted)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self.empty)
        flow.addWidget(self.erase)
        column = QVBoxLayout(self)
        column.setContentsMargins(em(0.9), em(0.1), em(0.9), em(0.5))
        column.addWidget(buttons)
        self.hide()
