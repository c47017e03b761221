"""Words on the screen: headings, muted notes, badges, and what to do where there is nothing."""

import re
from collections.abc import Sequence
from unicodedata import combining

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.look.icons import pixmap
from ui.look.palette import Tone
from ui.look.theme import em, scaled_font

_BREAK = "\u200b"  # a place where a line may end, without a width of its own
_LONG_WORD = re.compile(r"[^\s-]{25,}")
_RUN = 6  # signs of a long word that stay together
_MOST_OF_TITLE = 80  # signs; the rest of a longer one stands in its tooltip


def breakable(text: str) -> str:
    """Let words that are longer than any column go on in the next line."""
    return _LONG_WORD.sub(lambda match: _with_breaks(match[0]), text)


def _with_breaks(word: str) -> str:
    parts, run = [], 0
    for sign in word:
        if run >= _RUN and not combining(sign):
            parts.append(_BREAK)
            run = 0
        parts.append(sign)
        run += 1
    return "".join(parts)


class ScaledLabel(QLabel):
    """A label whose text is a share of the program's text size, and stays so."""

    def __init__(
        self, text: str = "", share: float = 1.0, *, bold: bool = False, tone: Tone | None = None
    ) -> None:
        super().__init__(text)
        self._share, self._bold = share, bold
        self._fitting = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        if tone is not None:
            self.setProperty("tone", str(tone))
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and not self._fitting:
            self._fit()

    def _fit(self) -> None:
        self._fitting = True
        self.setFont(scaled_font(self._share, bold=self._bold))
        self._fitting = False


class WrappingLabel(ScaledLabel):
    """A label that wraps inside long words too: a link without spaces must not widen a window."""

    def __init__(
        self, text: str = "", share: float = 1.0, *, bold: bool = False, tone: Tone | None = None
    ) -> None:
        super().__init__("", share, bold=bold, tone=tone)
        self._whole = ""
        self.setWordWrap(True)
        self.setText(text)

    def text(self) -> str:
        """Return the text as it was given."""
        return self._whole

    def setText(self, text: str) -> None:
        self._whole = text
        super().setText(breakable(text))


class WrappingTitle(WrappingLabel):
    """The name of a person or thing: takes the width there is and never asks for more."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text, 1.35, bold=True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def is_cut(self) -> bool:
        return len(self._whole) > _MOST_OF_TITLE

    def setText(self, text: str) -> None:
        super().setText(text)
        if self.is_cut:
            QLabel.setText(self, breakable(text[: _MOST_OF_TITLE - 1]) + "…")
        self.setAccessibleName(text)
        self.setToolTip(text if self.is_cut else "")


def title(text: str = "", *, wrap: bool = False) -> ScaledLabel:
    """Return the title of a page or of a card; with `wrap`, of something a person named."""
    return WrappingTitle(text) if wrap else ScaledLabel(text, 1.35, bold=True)


def heading(text: str) -> ScaledLabel:
    """Return the heading of a section."""
    return ScaledLabel(text, 1.08, bold=True)


def note(text: str = "", tone: Tone = Tone.MUTED) -> ScaledLabel:
    """Return a quiet line that wraps."""
    return WrappingLabel(text, 0.94, tone=tone)


def set_tone(label: QWidget, tone: Tone) -> None:
    """Give a label another tone."""
    set_look(label, "tone", str(tone))


def set_look(widget: QWidget, name: str, value: str) -> None:
    """Set a property the style sheet looks at, and show it; a text, empty until it is set."""
    if (widget.property(name) or "") != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


class BadgeLabel(ScaledLabel):
    """A status in a soft box."""

    def __init__(self, text: str = "", tone: Tone = Tone.MUTED) -> None:
        super().__init__(text, 0.94)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.show_badge(text, tone)

    def show_badge(self, text: str, tone: Tone) -> None:
        self.setText(text)
        self.setVisible(bool(text))
        set_look(self, "badge", str(tone))


def line() -> QFrame:
    """Return a thin line between sections."""
    made = QFrame()
    made.setObjectName("Line")
    return made


class EmptyState(QWidget):
    """What to do where there is nothing yet, or nothing found."""

    def __init__(
        self,
        icon_name: str,
        text: str,
        hint: str = "",
        buttons: Sequence[QPushButton] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._picture = QLabel()
        self._text = heading(text)
        self._hint = note(hint)
        column = QVBoxLayout(self)
        column.addStretch(2)
        for label in (self._picture, self._text, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        self._text.setWordWrap(True)
        self._hint.setVisible(bool(hint))
        row = QHBoxLayout()
        row.addStretch()
        for made in buttons:
            row.addWidget(made)
        row.addStretch()
        column.addLayout(row)
        column.addStretch(3)
        self._draw()

    def show_text(self, text: str, hint: str = "") -> None:
        self._text.setText(breakable(text))
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.PaletteChange}:
            self._draw()

    def _draw(self) -> None:
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(pixmap(self._icon_name, em(2.6), Tone.MUTED, ratio))
