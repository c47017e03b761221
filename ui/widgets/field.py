"""A field of a form: label, mandatory star, editor, and below it the hint, the gap or the error."""

from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.look.palette import Tone
from ui.look.theme import em
from ui.widgets.editor import Editor, ValueEditor, widget_of
from ui.widgets.labels import note, set_look, set_tone
from ui.words.i18n import _

V = TypeVar("V")
# Annotate a field with a protocol of editors, not with their class: mypy checks type arguments
# before it can tell that a Signal of the class is the SignalInstance of the protocol.
E_co = TypeVar("E_co", bound=Editor, covariant=True)


class LabelledField(QWidget, Generic[E_co]):
    """Wraps an editor. Errors are shown when the cursor leaves, never while typing.

    The label may hold a mnemonic (`&Name`). `required` puts a star behind it, in text.
    """

    def __init__(
        self,
        label: str,
        editor: E_co,
        *,
        required: bool = False,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._widget = widget_of(editor)
        self._label_text = label
        self._hint = hint
        self._gap: str | None = None
        self._error: str | None = None
        self._shown: tuple[str, str] | None = None  # the words below and the look of the editor
        self.label = QLabel()
        self.label.setProperty("tone", "muted")
        self.label.setBuddy(self._widget)
        self.star = QLabel("*")
        self.star.setProperty("tone", "danger")
        self.message = note()
        self._lay_out()
        self.set_required(required=required)
        self._show_message()
        editor.left.connect(self.check)
        editor.edited.connect(self._forgive)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(em(0.2))
        # Qt measures a label with its kerning, and paints it without where a letter is underlined:
        # of "Тема" the last letter would be cut.
        font = QFont()
        font.setKerning(False)
        self.label.setFont(font)
        head.addWidget(self.label)
        head.addWidget(self.star)
        head.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(em(0.18))
        column.addLayout(head)
        narrow = self._widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Maximum
        if narrow:
            column.addWidget(self._widget, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            column.addWidget(self._widget)
        column.addWidget(self.message)
        column.addStretch()

    def value(self: "LabelledField[ValueEditor[V]]") -> V:
        """Return the value of the editor. Raises ValueError where it can't be read."""
        return self.editor.value()

    def filled(self: "LabelledField[ValueEditor[V | None]]") -> V:
        """Return the value of a field that must be filled. Raises ValueError when it is empty."""
        value = self.editor.value()
        if value is None:
            raise ValueError(self._label_text)
        return value

    def set_value(self: "LabelledField[ValueEditor[V]]", value: V) -> None:
        """Show a value; old errors are forgotten."""
        self.editor.set_value(value)
        self.set_error(None)

    def set_required(self, *, required: bool) -> None:
        self.label.setText(self._label_text)
        self.star.setVisible(required)
        self.star.setToolTip(_("Mandatory field"))
        plain = self._label_text.replace("&", "")
        name = _("{field}, mandatory field").format(field=plain) if required else plain
        self._widget.setAccessibleName(name)

    def set_hint(self, hint: str) -> None:
        self._hint = hint
        self._show_message()

    def set_gap(self, why: str | None) -> None:
        """Mark the field as a gap and say why it matters; None takes the mark away."""
        self._gap = why
        self._show_message()

    def set_marks(self, gap: str | None, hint: str) -> None:
        """Set gap and hint together."""
        self._gap, self._hint = gap, hint
        self._show_message()

    def set_error(self, error: str | None) -> None:
        """Say what is wrong; None takes it away."""
        self._error = error
        self._show_message()

    @property
    def error(self) -> str | None:
        return self._error

    def check(self) -> bool:
        """Show what can't be read, if anything; say whether the value is good."""
        problem = self.editor.problem()
        if problem is not None or self._error is None:
            self.set_error(problem)
        return problem is None

    def focus(self) -> None:
        self._widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forgive(self) -> None:
        """Hide the old error while the field is being corrected."""
        if self._error is not None:
            self.set_error(None)

    def _show_message(self) -> None:
        tone, text, look = Tone.MUTED, self._hint, ""
        if self._error:
            tone, text, look = Tone.DANGER, self._error, "error"
        elif self._gap:
            tone, text, look = Tone.WARNING, self._gap, "gap"
        if self._shown == (text, look):
            return
        self._shown = text, look
        self.message.setText(text)
        self.message.setVisible(bool(text))
        set_tone(self.message, tone)
        set_look(self._widget, "problem", look)
        self._widget.setAccessibleDescription(text)
