"""What happened, what is safe, what to do; and a way out."""

import traceback
from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from ui.look.icons import pixmap
from ui.look.palette import Tone
from ui.look.theme import em
from ui.widgets.buttons import button, link_button
from ui.widgets.dialog import Dialog
from ui.widgets.labels import heading, note
from ui.words.i18n import _
from ui.words.messages import trouble_words

Way = tuple[str, Callable[[], object]]  # verb, what it does


class TroubleDialog(Dialog):
    """Stays until it is read. `ways` are buttons beside Close, such as Try again."""

    def __init__(
        self, error: object, parent: QWidget | None = None, ways: tuple[Way, ...] = ()
    ) -> None:
        super().__init__(_("Something went wrong"), parent)
        self._details = details_of(error)
        self._lay_out(error)
        self._add_details()
        for verb, do in ways:
            made = button(verb)
            made.clicked.connect(self.accept)
            made.clicked.connect(lambda _on=False, do=do: do())
            self.add_right(made)
        self.add_close()

    def _lay_out(self, error: object) -> None:
        words = trouble_words(error)
        row = QHBoxLayout()
        row.setSpacing(em(0.8))
        picture = QLabel()
        picture.setPixmap(pixmap("triangle-alert", em(1.8), Tone.WARNING, self.devicePixelRatioF()))
        column = QVBoxLayout()
        what = heading(words.what)
        what.setWordWrap(True)
        what.setMinimumWidth(em(19))
        column.addWidget(what)
        for text in (words.safe, words.todo):
            if text:
                column.addWidget(note(text))
        row.addWidget(picture, 0, picture.alignment())
        row.addLayout(column, 1)
        self.column.addLayout(row)

    def _add_details(self) -> None:
        self._box = QPlainTextEdit(self._details)
        self._box.setReadOnly(True)
        self._box.setAccessibleName(_("Details"))
        self._box.setMinimumHeight(em(8))
        self._box.hide()
        self.column.addWidget(self._box)
        self._toggle = link_button(_("Show details"))
        self._toggle.clicked.connect(self._show_details)
        self.add_left(self._toggle)

    def _show_details(self) -> None:
        """The first click shows them, the second puts them on the clipboard."""
        if self._box.isHidden():
            self._box.show()
            self._toggle.setText(_("Copy details"))
            self.resize(max(self.width(), em(34)), self.height() + em(8))
        else:
            QGuiApplication.clipboard().setText(self._details)
            self._toggle.setText(_("Copied"))


def details_of(error: object) -> str:
    """Return what a developer wants to see."""
    if isinstance(error, BaseException):
        return "".join(traceback.format_exception(error)).strip()
    return str(error)
