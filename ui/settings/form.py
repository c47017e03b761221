"""A form over the settings of the base that writes each change when the cursor leaves a field."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtWidgets import QLineEdit, QWidget

from db.commands.settings import ChangeSettings
from db.domain.settings import Settings
from db.outcome import Changes, Touched
from db.queries.setup import owner_settings
from ui.jobs.latest import Latest
from ui.parts.page import PageHost, do_and_tell
from ui.widgets.cards import ScrollColumn
from ui.widgets.editor import Editor, ValueEditor
from ui.widgets.field import LabelledField
from ui.words.i18n import _

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Binding:
    """An editor, and how its value goes out of settings and into them."""

    editor: Editor
    show: Callable[[Settings], object]
    is_same: Callable[[Settings, Settings], bool]
    put: Callable[[Settings], Settings]


class SettingsForm(ScrollColumn):
    """Settings apply at once, and Undo takes them back; there is no button to forget."""

    def __init__(self, host: PageHost, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._host = host
        self._known: Settings | None = None
        self._bindings: list[Binding] = []
        self._latest = Latest(self)
        host.context.changes.changed.connect(self._hear)

    def bind(
        self,
        field: LabelledField[ValueEditor[V]],
        get: Callable[[Settings], V],
        put: Callable[[Settings, V], Settings],
    ) -> None:
        """Show in a field what `get` returns; write with `put` what is entered."""
        self._bind(field.editor, field.set_value, get, put)

    def bind_line(
        self,
        line: ValueEditor[V],
        get: Callable[[Settings], V],
        put: Callable[[Settings, V], Settings],
    ) -> None:
        """Do the same for an editor without a label of its own."""
        self._bind(line, line.set_value, get, put)

    def _bind(
        self,
        editor: ValueEditor[V],
        show: Callable[[V], object],
        get: Callable[[Settings], V],
        put: Callable[[Settings, V], Settings],
    ) -> None:
        self._bindings.append(
            Binding(
                editor,
                lambda settings: show(get(settings)),
                lambda one, other: get(one) == get(other),
                lambda settings: put(settings, editor.value()),
            )
        )
        editor.left.connect(self.commit)
        if not isinstance(editor, QLineEdit):  # a choice is complete when it is made
            editor.edited.connect(self.commit)

    def load(self) -> None:
        """Read the settings of the base."""
        self._latest.take(self._host.context.ask(owner_settings), self.show_settings)

    def show_settings(self, settings: Settings) -> None:
        """Show these, except where the person is just typing."""
        before, self._known = self._known, settings
        for binding in self._bindings:
            if before is None or not (
                binding.is_same(before, settings) or binding.editor.hasFocus()
            ):
                binding.show(settings)

    def commit(self) -> bool:
        """Write what was changed; say whether every field could be read."""
        if self._known is None:
            return True
        readable = [each for each in self._bindings if each.editor.problem() is None]
        wanted = self._known
        for binding in readable:
            wanted = binding.put(wanted)
        if wanted != self._known:
            self._save(wanted, self._known)
        return len(readable) == len(self._bindings)

    def _save(self, wanted: Settings, before: Settings) -> None:
        """Write; what fails stays in its field and is tried again with the next change."""

        def fail() -> None:
            self._known = before

        def show_stored() -> None:
            self._known = None
            self.load()

        self._known = wanted
        job = do_and_tell(self, self._host, ChangeSettings(wanted), _("Settings saved"))
        job.failed.connect(fail)
        job.cancelled.connect(show_stored)

    def _hear(self, changes: Changes, asked_by: object) -> None:
        if asked_by is not self and Touched.SETTINGS in changes.touched:
            self.load()
