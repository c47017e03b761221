"""A form over the settings of the base that writes each change when the cursor leaves a field."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar, get_type_hints

from PySide6.QtWidgets import QWidget

from db.commands.settings import ChangeSettings
from db.domain.settings import Settings
from db.outcome import Changes, Touched
from db.queries.setup import owner_settings
from ui.jobs.latest import Latest
from ui.parts.page import PageHost
from ui.widgets.cards import ScrollColumn
from ui.widgets.editor import Editor
from ui.widgets.field import LabelledField
from ui.words.i18n import _

F = TypeVar("F", bound=LabelledField[Editor] | Editor)


@dataclass(frozen=True, slots=True)
class Binding:
    """Where a field's value stands in Settings."""

    field: LabelledField[Editor] | Editor
    get: Callable[[Settings], Any]
    put: Callable[[Settings, Any], Settings]

    @property
    def editor(self) -> Editor:
        return self.field.editor if isinstance(self.field, LabelledField) else self.field


class SettingsForm(ScrollColumn):
    """Settings apply at once, and Undo takes them back; there is no button to forget."""

    def __init__(self, host: PageHost, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._host = host
        self._known: Settings | None = None
        self._bindings: list[Binding] = []
        self._latest = Latest(self)
        host.context.changes.changed.connect(self._hear)

    def bind(self, field: F, path: str) -> F:
        """Tie a field to `name` or `group.name` of Settings; return the field."""
        group, _dot, name = path.rpartition(".")
        return self.tie(field, _getter(group, name), _putter(group, name))

    def tie(
        self,
        field: F,
        get: Callable[[Settings], Any],
        put: Callable[[Settings, Any], Settings],
    ) -> F:
        """Tie a field to a value that has no name of its own in Settings; return the field."""
        binding = Binding(field, get, put)
        self._bindings.append(binding)
        editor = binding.editor
        editor.left.connect(self.commit)
        if not hasattr(editor, "textEdited"):  # a choice is complete when it is made
            editor.edited.connect(self.commit)
        return field

    def load(self) -> None:
        """Read the settings of the base."""
        self._latest.take(self._host.context.ask(owner_settings), self.show_settings)

    def show_settings(self, held: Settings) -> None:
        """Show these, except where the person is just typing."""
        before, self._known = self._known, held
        for binding in self._bindings:
            value = binding.get(held)
            if before is None or (binding.get(before) != value and not binding.editor.hasFocus()):
                binding.field.set_value(value)

    def commit(self) -> bool:
        """Write what was changed; say whether every field could be read."""
        if self._known is None:
            return True
        wanted, good = self._known, True
        for binding in self._bindings:
            problem = binding.editor.problem()
            if problem is not None:
                good = False
                continue
            wanted = binding.put(wanted, binding.editor.value())
        if wanted != self._known:
            self._known = wanted
            self._host.context.do(ChangeSettings(wanted), self)
            self._host.tell(_("Settings saved"))
        return good

    def _hear(self, changes: Changes, asked_by: object) -> None:
        if asked_by is not self and Touched.SETTINGS in changes.touched:
            self.load()


def _getter(group: str, name: str) -> Callable[[Settings], Any]:
    def get(held: Settings) -> Any:
        return getattr(getattr(held, group) if group else held, name)

    return get


def _putter(group: str, name: str) -> Callable[[Settings, Any], Settings]:
    def put(held: Settings, value: Any) -> Settings:
        owner: Any = getattr(held, group) if group else held
        kind = get_type_hints(type(owner))[name]
        if value is None and not isinstance(None, kind):
            return held  # an emptied number keeps what was there
        if kind in (int, int | None) and value is not None:
            value = int(value)
        if value == getattr(owner, name):
            return held
        changed: Any = replace(owner, **{name: value})
        result: Settings = replace(held, **{group: changed}) if group else changed
        return result

    return put
