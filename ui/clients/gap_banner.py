"""What a card lacks, with a way to each of the fields."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui.look.palette import Tone
from ui.look.theme import em
from ui.widgets.buttons import link_button
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import ScaledLabel, set_look
from ui.words import formats
from ui.words.i18n import ngettext


class GapBanner(QFrame):
    """`wanted` brings the key of the field that was clicked. Hidden on a card without gaps."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, "notice", str(Tone.WARNING))
        self._shown: tuple[tuple[tuple[str, str], ...], int] | None = None
        self._text = ScaledLabel("", tone=Tone.WARNING)
        self._text.setWordWrap(True)
        self._links = QWidget()
        self._flow = FlowLayout(self._links)
        column = QVBoxLayout(self)
        column.setContentsMargins(em(0.7), em(0.4), em(0.7), em(0.4))
        column.setSpacing(em(0.15))
        column.addWidget(self._text)
        column.addWidget(self._links)
        # No more than it needs, and all of it: how high the links are depends on the width.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def show_gaps(self, gaps: Sequence[tuple[str, str]], mandatory: int) -> None:
        """Show key and label of each missing field, of so many mandatory ones."""
        if self._shown == (tuple(gaps), mandatory):
            return
        self._shown = (tuple(gaps), mandatory)
        self.setVisible(bool(gaps))
        if not gaps:
            return
        percent = formats.percent(round(100 * (mandatory - len(gaps)) / mandatory))
        text = ngettext(
            "The card is {percent} full. One mandatory field is empty:",
            "The card is {percent} full. {count} mandatory fields are empty:",
            len(gaps),
        )
        self._text.setText(text.format(percent=percent, count=formats.number(len(gaps))))
        self._flow.clear()
        for key, label in gaps:
            link = link_button(label)
            link.clicked.connect(lambda _on=False, key=key: self.wanted.emit(key))
            self._flow.addWidget(link)
            link.show()

    def keys(self) -> list[str]:
        """Return the keys of the gaps shown."""
        return [] if self._shown is None else [key for key, _label in self._shown[0]]
