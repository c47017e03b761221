"""The client of an offer: a name is typed, matching cards are listed, one may be chosen."""

from PySide6.QtCore import QStringListModel, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QWidget

from db.domain.text import fold, tidy
from db.queries.lists.clients import ClientRow, find_clients
from ui.jobs.latest import Latest
from ui.parts.context import Context
from ui.widgets.editors import ValueLine
from ui.words import formats
from ui.words.i18n import _

_PAUSE_MS = 120
_SHOWN = 8


class ClientPicker(ValueLine[tuple[int | None, str]]):
    """Its value is (id, name); the id is None for a name that has no card."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(example=_("Name, phone…"), digits=28, parent=parent)
        self._context = context
        self._id: int | None = None
        self._name = ""
        self._by_words: dict[str, ClientRow] = {}
        self._latest = Latest(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._seek)
        self._words = QStringListModel(self)
        self._completer = QCompleter(self._words, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self)
        self._list = self._completer.popup()
        self._completer.activated.connect(self.choose)
        self.set_left_icon("search")
        self.textEdited.connect(self._typed)

    def value(self) -> tuple[int | None, str]:
        name = tidy(self.text())
        return (self._id if name == self._name else None), name

    def set_value(self, value: tuple[int | None, str]) -> None:
        self._id, self._name = value
        self.setText(self._name)
        self.setCursorPosition(0)

    def choose(self, words: str) -> None:
        """Take the card behind one of the lines that were shown."""
        row = self._by_words.get(words)
        if row is not None:
            self.set_value((row.id, row.name))
            self.edited.emit()

    def shown(self) -> str:
        return self.value()[1]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        listed = self._list is not None and self._list.isVisible()
        if listed and event.key() in (
            Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab,
        ):  # fmt: skip
            event.ignore()  # the list of cards takes them
            return
        if event.key() == Qt.Key.Key_Down and not listed:
            self._seek()
            return
        super().keyPressEvent(event)

    def _typed(self) -> None:
        self._pause.start()

    def _seek(self) -> None:
        text = self.text().strip()
        if text or self.hasFocus():
            self._latest.take(self._context.ask(find_clients, text, _SHOWN), self._show)

    def _show(self, rows: list[ClientRow]) -> None:
        self._by_words = {_words(row): row for row in rows}
        self._words.setStringList(list(self._by_words))
        same = [row for row in rows if fold(row.name) == fold(self.text())]
        if len(same) == 1 and self.value()[0] is None:
            self._id, self._name = same[0].id, self.value()[1]
            self.edited.emit()
        if rows and self.hasFocus() and not (len(rows) == 1 and same):
            self._completer.complete()
        elif self._list is not None:
            self._list.hide()


def _words(row: ClientRow) -> str:
    phone = formats.phone(row.phone) if row.phone else ""
    return " · ".join(filter(None, (row.name, phone, f"№{formats.NBSP}{row.id}")))
