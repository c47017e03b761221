"""A dialog of fields that does a command and stays, with all that is typed, when it fails."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from db.outcome import Command, Outcome
from ui.jobs.latest import take_once
from ui.look.palette import Tone
from ui.parts.page import PageHost, is_correctable
from ui.widgets.dialog import GrowingDialog
from ui.widgets.editor import Editor
from ui.widgets.field import LabelledField
from ui.widgets.grid import FieldGrid
from ui.widgets.labels import note
from ui.words.i18n import _
from ui.words.messages import trouble_words

E = TypeVar("E", bound=Editor)
T = TypeVar("T")


class FormDialog(GrowingDialog):
    """`add` fields one below the other, or in two `columns` at least `least` text heights wide.

    The verb checks every field that is shown. `run` opens the dialog and has the verb do a command.
    """

    def __init__(
        self,
        title: str,
        verb: str,
        parent: QWidget | None = None,
        *,
        columns: int = 1,
        least: float = 10,
    ) -> None:
        super().__init__(title, parent)
        self._fields: list[tuple[LabelledField[Editor], str]] = []
        self._grid: FieldGrid | None = None
        self._start: Callable[[], object] | None = None
        self._is_running = False
        self._paused: list[QWidget] = []
        self._cursor: QWidget | None = None
        self._refusal = note("", Tone.DANGER)
        if columns > 1:
            box = QWidget()
            self._grid = FieldGrid(box, most=columns, least=least)
            self.column.addWidget(box)
        self.add_buttons(verb)

    def add(  # noqa: PLR0913 - what a field is made of
        self,
        text: str,
        editor: E,
        *,
        wide: bool = False,
        hint: str = "",
        required: bool = False,
        empty: str = "",
    ) -> LabelledField[E]:
        """Put a field below the others; for the last two see `make`."""
        field = self.make(text, editor, hint=hint, required=required, empty=empty)
        if self._grid is None:
            self.column.addWidget(field)
        else:
            self._grid.add(field, wide=wide)
        return field

    def make(
        self, text: str, editor: E, *, hint: str = "", required: bool = False, empty: str = ""
    ) -> LabelledField[E]:
        """Return a field to be placed elsewhere; the verb checks it like the others.

        `required` shows a star. A field that is required or has words for `empty` must be filled.
        """
        field = LabelledField(text, editor, required=required, hint=hint)
        words = empty or (_("Must be filled in") if required else "")
        self._fields.append((field, words))
        self.watch(editor)
        return field

    def check_together(self) -> list[LabelledField[Editor]]:
        """Return the fields that do not fit the others, with the words at them.

        Called when each field alone is good.
        """
        return []

    def run(
        self,
        host: PageHost,
        command: Callable[[], Command[T] | None],
        words: str | Callable[[], str],
        then: Callable[[T], object] | None = None,
    ) -> None:
        """Open the dialog. Its verb does the command, or only closes it where that is None.

        `words` and `then` are as in `do_and_tell`.
        """

        def start() -> None:
            made = command()
            if made is None:
                self._close()
                return
            text = words if isinstance(words, str) else words()

            def succeed(outcome: Outcome[T]) -> None:
                self._close()
                if text:
                    host.tell(text, outcome.change_id)
                if then is not None:
                    then(outcome.value)

            self._pause()
            take_once(self, host.context.do(made, self), succeed, lambda e: self._fail(host, e))

        self._start = start
        self.open()

    def refusal_words(self, error: object) -> str:
        """Return what is said in the dialog itself; nothing where it is more than a refusal."""
        return trouble_words(error).what if is_correctable(error) else ""

    def accept(self) -> None:
        if self._is_running:
            return
        bad = [field for field, empty in self._fields if not _is_good(field, empty)]
        bad = bad or self.check_together()
        if bad:
            bad[0].focus()
            self.grow()
        elif self._start is None:
            self._close()
        else:
            self._start()

    def reject(self) -> None:
        """Leave as any dialog, unless the command is just being done."""
        if not self._is_running:
            super().reject()

    def _close(self) -> None:
        self._is_running = False
        super().accept()

    def _pause(self) -> None:
        """Let nothing be typed or pressed while the command is being done."""
        self._is_running, self._cursor = True, self.focusWidget()
        shown = self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        self._paused = [widget for widget in shown if widget.isEnabled()]
        for widget in self._paused:
            widget.setEnabled(False)

    def _go_on(self) -> None:
        self._is_running = False
        for widget in self._paused:
            widget.setEnabled(True)
        if self._cursor is not None:
            self._cursor.setFocus()

    def _fail(self, host: PageHost, error: object) -> None:
        self._go_on()
        words = self.refusal_words(error)
        self.column.addWidget(self._refusal)
        self._refusal.setText(words)
        self._refusal.setVisible(bool(words))
        self.grow()
        if not words:
            host.trouble(error)


def _is_good(field: LabelledField[Editor], empty: str) -> bool:
    if field.isHidden():
        return True
    if not field.check():
        return False
    if empty and field.editor.value() in (None, ""):
        field.set_error(empty)
        return False
    return True
