"""The protocols that forms use editors by, whatever the type of the value."""

from typing import Any, Protocol, TypeVar

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from db.domain.fields import CardValue

V = TypeVar("V")


class Editor(Protocol):
    """A widget that edits one value, whatever its type.

    `edited` comes when the person changes something, `left` when the cursor goes away. `problem`
    is the words for what can't be read, or None; then `value` may raise ValueError.
    """

    @property
    def edited(self) -> SignalInstance: ...

    @property
    def left(self) -> SignalInstance: ...

    def value(self) -> object: ...

    def problem(self) -> str | None: ...

    def hasFocus(self) -> bool: ...  # noqa: N802 - Qt


class ValueEditor(Editor, Protocol[V]):
    """An editor of a value of this type."""

    def value(self) -> V:
        """Return the value. Raises ValueError where `problem` has words."""

    def set_value(self, value: V) -> None:
        """Show this value."""


class CardEditor(Editor, Protocol):
    """An editor of the card form, whose text can be kept as a draft, readable or not."""

    def value(self) -> CardValue: ...

    # Any: the kind of the field says which of the types of CardValue its editor takes.
    def set_value(self, value: Any) -> None: ...

    def typed(self) -> str:
        """Return the text for a draft."""

    def set_typed(self, text: str) -> None:
        """Show the text of a draft."""


def widget_of(editor: Editor) -> QWidget:
    """Return an editor as the widget it is, for layouts and accessibility."""
    assert isinstance(editor, QWidget)  # noqa: S101 - a protocol can't say so
    return editor
