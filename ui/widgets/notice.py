"""Bars with a message: a quiet one that hides by itself and may have Undo; a failure that stays."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.look.palette import Tone
from ui.look.theme import em
from ui.widgets.buttons import icon_button, link_button
from ui.widgets.labels import set_look
from ui.words.i18n import _

QUIET_MS = 8000
UNANSWERED_MS = 700
_MOST_OF_WIDTH = 0.6  # of the page


class Notice(QFrame):
    """A soft box with words and, if any, one thing to do; for gaps on a card and the like."""

    def __init__(
        self, text: str = "", tone: Tone = Tone.WARNING, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text = QLabel(text)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(em(0.7), em(0.4), em(0.5), em(0.4))
        self.row.addWidget(self._text, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.show_text(text, tone)

    def show_text(self, text: str, tone: Tone | None = None) -> None:
        self._text.setText(text)
        if tone is not None:
            set_look(self, "notice", str(tone))
            for child in self.findChildren(QLabel):
                child.style().unpolish(child)
                child.style().polish(child)

    def text(self) -> str:
        return self._text.text()

    def add_action(self, text: str, do: Callable[[], object]) -> QPushButton:
        """Add a link at the end."""
        made = link_button(text)
        made.clicked.connect(lambda _on=False: do())
        self.row.addWidget(made)
        return made


class NoticeBar(Notice):
    """The shell's bar over the lower left of the page. One message at a time: the newest.

    It moves nothing. Clicks of its first UNANSWERED_MS do nothing: the second click of a double
    click must not take back what the first one did.
    """

    def __init__(self, area: QWidget) -> None:
        super().__init__("", Tone.ACCENT, area)
        self.setObjectName("Floating")
        self._area = area
        area.installEventFilter(self)
        self._action = self.add_action("", self._act)
        self._do: Callable[[], object] | None = None
        self._close = icon_button("x", _("Close"))
        self._close.clicked.connect(self._dismiss)
        self.row.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._since_shown = QElapsedTimer()
        self.hide()

    def tell(self, text: str, action: str = "", do: Callable[[], object] | None = None) -> None:
        """Show that something went well; hides by itself."""
        self._show(text, Tone.ACCENT, action, do)
        self._timer.start(QUIET_MS)

    def warn(self, text: str, action: str = "", do: Callable[[], object] | None = None) -> None:
        """Show a failure; it stays until it is closed."""
        self._timer.stop()
        self._show(text, Tone.DANGER, action, do)

    def _show(self, text: str, tone: Tone, action: str, do: Callable[[], object] | None) -> None:
        self._do = do
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.show_text(text, tone)
        self._place()
        self.show()
        self.raise_()
        self._since_shown.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._area and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._place()

    def _place(self) -> None:
        """Stand at the lower left, as wide as the words need."""
        margin = em(0.7)
        self.ensurePolished()
        words = self._text.fontMetrics().horizontalAdvance(self._text.text()) + em(0.5)
        around = self.sizeHint().width() - self._text.sizeHint().width()
        room = self._area.width() - 2 * margin
        # A failure in many words must not cover the buttons at the lower right.
        width = min(words + around, max(round(room * _MOST_OF_WIDTH), em(20)), room)
        height = max(self.heightForWidth(width), self.minimumSizeHint().height())
        self.setGeometry(margin, self._area.height() - height - margin, width, height)

    def _dismiss(self) -> None:
        if not self._is_too_new():
            self.hide()

    def _is_too_new(self) -> bool:
        """Say whether a click may still be meant for what stood here before."""
        return not self._since_shown.hasExpired(UNANSWERED_MS)

    def _act(self) -> None:
        if self._is_too_new():
            return
        self.hide()
        if self._do is not None:
            self._do()


class NoticeArea(QWidget):
    """A page with the bar of notices over it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = NoticeBar(self)
        QVBoxLayout(self).setContentsMargins(0, 0, 0, 0)

    def show_page(self, page: QWidget) -> None:
        """Put the page below the bar."""
        if (layout := self.layout()) is not None:
            layout.addWidget(page)
        self.bar.raise_()
