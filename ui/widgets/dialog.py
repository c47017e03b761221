"""The base of every dialog: verbs on the buttons, Esc leaves, Ctrl+Enter does it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from ui.look.theme import em
from ui.widgets.buttons import button, danger_button, primary_button
from ui.widgets.editor import Editor
from ui.widgets.labels import heading, note
from ui.words.i18n import _


class Dialog(QDialog):
    """Put things into `column`, then `add_buttons`. A dangerous verb never answers to Enter.

    Leaving asks once where something was typed into an editor that is watched.
    """

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._verb: QPushButton | None = None
        self._dangerous = False
        self._is_typed = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.column = QVBoxLayout()
        self.column.setContentsMargins(em(1), em(0.9), em(1), em(0.9))
        self.column.setSpacing(em(0.6))
        outer.addLayout(self.column, 1)
        self.footer = QFrame()
        self.footer.setObjectName("Footer")
        self._row = QHBoxLayout(self.footer)
        self._row.setContentsMargins(em(1), em(0.6), em(1), em(0.6))
        self._row.setSpacing(em(0.5))
        self._row.addStretch()
        outer.addWidget(self.footer)
        # A minimum width of the dialog or the footer would undo that of its layout.
        outer.addItem(QSpacerItem(em(22), 0))

    def add_buttons(
        self, verb: str, *, danger: bool = False, cancel: str | None = None
    ) -> QPushButton:
        """Add Cancel and the button that does it; return the latter. It calls `accept`."""
        leave = button(cancel or _("Cancel"))
        leave.clicked.connect(self.reject)
        self._row.addWidget(leave)
        self._verb = danger_button(verb) if danger else primary_button(verb)
        self._dangerous = danger
        self._verb.clicked.connect(self.accept)
        self._row.addWidget(self._verb)
        (leave if danger else self._verb).setDefault(True)
        return self._verb

    def add_close(self, text: str = "") -> QPushButton:
        """Add the one button of a dialog that only shows something."""
        self._verb = primary_button(text or _("Close"))
        self._verb.clicked.connect(self.accept)
        self._verb.setDefault(True)
        self._row.addWidget(self._verb)
        return self._verb

    def add_right(self, widget: QWidget) -> None:
        """Put one more button at the right end of the footer."""
        self._row.addWidget(widget)

    def add_left(self, widget: QWidget) -> None:
        """Put a quiet button at the left end of the footer."""
        self._row.insertWidget(0, widget)

    def watch(self, editor: Editor) -> None:
        """Ask before what is typed here is lost."""
        editor.edited.connect(self._note_typing)

    def _note_typing(self) -> None:
        self._is_typed = True

    def reject(self) -> None:
        """Leave; ask first where something was typed."""
        if not self._is_typed:
            super().reject()
            return
        question = LeaveDialog(self)
        question.accepted.connect(self._leave)
        question.open()

    def _leave(self) -> None:
        self._is_typed = False
        self.reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if enter and control and self._verb is not None and self._verb.isEnabled():
            self._verb.click()
        else:
            super().keyPressEvent(event)


class ConfirmDialog(Dialog):
    """A question for what can't be undone. The button says what will happen."""

    def __init__(
        self,
        title: str,
        text: str,
        verb: str,
        parent: QWidget | None = None,
        *,
        danger: bool = True,
    ) -> None:
        super().__init__(title, parent)
        self.column.addWidget(heading(title))
        explanation = note(text)
        explanation.setMinimumWidth(em(20))
        self.column.addWidget(explanation)
        self.add_buttons(verb, danger=danger)


class LeaveDialog(Dialog):
    """Asks whether what was typed into a dialog may be lost."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Close without saving?"), parent)
        self.column.addWidget(heading(_("Close without saving?")))
        self.column.addWidget(note(_("What you typed here will be lost.")))
        self.add_buttons(_("Close without saving"), danger=True, cancel=_("Go on typing"))


class GrowingDialog(Dialog):
    """A dialog whose texts may become longer while it is open."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.grow()

    def grow(self) -> None:
        """Make room for what has just been shown."""
        layout = self.layout()
        if layout is None or not self.isVisible():
            return
        layout.activate()
        width = max(self.width(), self.sizeHint().width())
        self.resize(width, max(self.height(), layout.totalHeightForWidth(width)))


def confirm(parent: QWidget, title: str, text: str, verb: str, *, danger: bool = True) -> bool:
    """Ask and wait; say whether the verb was chosen."""
    return bool(ConfirmDialog(title, text, verb, parent, danger=danger).exec())
