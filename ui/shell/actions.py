"""What can be done from anywhere, with its keys. F1 lists all of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QWidget

from ui.words import labels
from ui.words.i18n import _

if TYPE_CHECKING:  # it imports the ORM, and the window is painted before that
    from ui.parts.undo import UndoHistory


@dataclass(frozen=True, slots=True)
class Entry:
    """One action: its key in code, its words, its shortcuts."""

    key: str
    text: str
    shortcuts: tuple[str, ...]
    icon: str = ""


def entries() -> tuple[Entry, ...]:
    return (
        Entry("new", _("New"), ("Ctrl+N",)),
        Entry("search", _("Search"), ("Ctrl+F",)),
        Entry("print", _("Print…"), ("Ctrl+P",)),
        Entry("undo", _("Undo"), ("Ctrl+Z",)),
        Entry("redo", _("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y")),
        Entry("refresh", _("Refresh"), ("F5",)),
        Entry("import", _("Import a file…"), ("Ctrl+I",)),
        Entry("open_base", _("Open a base…"), ("Ctrl+O",)),
        Entry("new_base", _("New base…"), ("Ctrl+Shift+N",)),
        Entry("keys", _("Keys"), ("F1", "Ctrl+?")),
        Entry("full_screen", _("Full screen"), ("F11",)),
        Entry("quit", _("Quit"), ("Ctrl+Q",)),
    )


# What makes no sense while no base is open.
_NEEDS_BASE = ("new", "search", "print", "undo", "redo", "refresh", "import")


class Actions:
    """The actions of the window. They belong to a widget that is made anew with the language."""

    def __init__(self, owner: QWidget, do: dict[str, Callable[[], object]]) -> None:
        self._by_key: dict[str, QAction] = {}
        for entry in entries():
            action = QAction(entry.text, owner)
            action.setShortcuts([QKeySequence(keys) for keys in entry.shortcuts])
            action.triggered.connect(lambda _on=False, key=entry.key: do[key]())
            owner.addAction(action)
            self._by_key[entry.key] = action
        self._undo_keys = UndoKeys(owner)

    def __getitem__(self, key: str) -> QAction:
        return self._by_key[key]

    def all(self) -> Iterable[QAction]:
        return self._by_key.values()

    def menu(self, parent: QWidget) -> QMenu:
        """Return the menu for those who use the mouse."""
        menu = QMenu(parent)
        for group in (
            ("undo", "redo"),
            ("import", "open_base", "new_base"),
            ("full_screen", "keys", "quit"),
        ):
            menu.addActions([self._by_key[key] for key in group])
            menu.addSeparator()
        return menu

    def show_base(self, *, is_open: bool) -> None:
        for key in _NEEDS_BASE:
            self._by_key[key].setEnabled(is_open)

    def show_undo(self, undo: "UndoHistory") -> None:
        """Name what would be undone and redone."""
        for key, code, text in (
            ("undo", undo.undo_code, _("Undo")),
            ("redo", undo.redo_code, _("Redo")),
        ):
            action = self._by_key[key]
            action.setEnabled(code is not None)
            named = _("{action}: {what}").format(action=text, what=labels.command(code or ""))
            action.setText(named if code else text)
        if undo.is_sealed:
            self._by_key["undo"].setText(_("Undo: earlier changes can't be undone any more"))


class UndoKeys(QObject):
    """Lets Ctrl+Z through to the base where the text with the cursor has nothing to take back."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101 - a window needs one
        app.focusChanged.connect(self._follow)

    def _follow(self, old: QWidget | None, now: QWidget | None) -> None:
        if isinstance(old, QLineEdit | QPlainTextEdit):
            old.removeEventFilter(self)
        if isinstance(now, QLineEdit | QPlainTextEdit):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A text would take the key for itself; refused here, it goes on to the action."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if not event.matches(QKeySequence.StandardKey.Undo) or _can_undo(watched):
            return False
        event.ignore()
        return True


def _can_undo(text: QObject) -> bool:
    if isinstance(text, QLineEdit):
        return text.isUndoAvailable()
    return isinstance(text, QPlainTextEdit) and text.document().isUndoAvailable()
