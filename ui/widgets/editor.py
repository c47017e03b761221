"""What forms know of an editor, whatever it edits."""

from typing import Any, Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget


class Editor(Protocol):
    """A widget that edits one value.

    `edited` comes when the person changes something, `left` when the cursor goes away. `problem`
    is the words for what can't be read, or None; then `value` may raise ValueError.
    """

    @property
    def edited(self) -> SignalInstance: ...

    @property
    def left(self) -> SignalInstance: ...

    # Any: the type of the value is that of the editor (a day, an amount, a choice of any type).
    def value(self) -> Any: ...

    def set_value(self, value: Any) -> None: ...

    def problem(self) -> str | None: ...

    def hasFocus(self) -> bool: ...  # noqa: N802 - Qt


class CardEditor(Editor, Protocol):
    """An editor of the card form, whose text can be kept as a draft, readable or not."""

    def typed(self) -> str: ...

    def set_typed(self, text: str) -> None: ...


def widget_of(editor: Editor) -> QWidget:
    """Return an editor as the widget it is, for layouts and accessibility."""
    assert isinstance(editor, QWidget)  # noqa: S101 - a protocol can't say so
    return editor
