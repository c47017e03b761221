"""The part of a rule's dialog that asks for one more field: which, and with which value."""

from collections.abc import Iterable, Mapping, Sequence

from db.domain.condition import All, Comparison, Condition, Operator, equals
from db.domain.fields import Entry, Field, FieldKind
from db.domain.kinds import KINDS, offered
from ui.parts.form_dialog import FormDialog
from ui.widgets.choices import ChoiceBox
from ui.widgets.editors import TextLine
from ui.widgets.labels import note
from ui.words.conditions import condition_words
from ui.words.fields import field_label
from ui.words.i18n import _
from ui.words.kinds import entry_words, plain_entry

Fields = Mapping[str, Field]

_ASKED_APART = frozenset({"kind", "tags"})  # the dialog has a field of its own for them


class FieldCondition:
    """Adds its fields to a dialog. A condition it can't show is named below, and kept."""

    def __init__(
        self, dialog: FormDialog, fields: Fields, of_field: str, conditions: Sequence[Condition]
    ) -> None:
        self._fields = {
            key: field
            for key, field in fields.items()
            if _is_offered(field) and key not in {*_ASKED_APART, of_field}
        }
        shown = next((part for part in conditions if self._can_show(part)), None)
        self._rest = tuple(part for part in conditions if part is not shown)
        names = [(key, field_label(fields, key)) for key in self._fields]
        needed = _("Must be filled in")
        self.field = dialog.add(
            _("Only where this f&ield"), ChoiceBox(names, empty=_("does not matter"))
        )
        values: ChoiceBox[Entry] = ChoiceBox()
        self.choice = dialog.add(_("Has the &value"), values, empty=needed)
        self.text = dialog.add(_("Is e&qual to"), TextLine(), empty=needed)
        if self._rest:
            others = condition_words(All(self._rest), fields)
            dialog.column.addWidget(note(_("And only: {whom}").format(whom=others)))
        self._dialog = dialog
        self.field.editor.edited.connect(self._show_value)
        if isinstance(shown, Comparison):
            self.field.set_value(shown.field_key)
            self._show_value(shown.value)
        else:
            self._show_value()

    def conditions(self) -> tuple[Condition, ...]:
        """Return what is demanded now, with what could not be shown."""
        key = self.field.value()
        if key is None:
            return self._rest
        value = self.choice.filled() if _has_values(self._fields[key]) else self.text.value()
        return (*self._rest, equals(key, value))

    def _can_show(self, part: Condition) -> bool:
        return (
            isinstance(part, Comparison)
            and part.operator is Operator.EQUALS
            and part.field_key in self._fields
        )

    def _show_value(self, value: Entry | None = None) -> None:
        field = self._fields.get(self.field.value() or "")
        listed = field is not None and _has_values(field)
        self.choice.setVisible(listed)
        self.text.setVisible(field is not None and not listed)
        if field is not None and listed:
            self.choice.editor.set_choices(_values(field, value))
            self.choice.set_value(value)
        elif field is not None:
            self.text.set_value("" if value is None else str(value))
        self._dialog.grow()


def _is_offered(field: Field) -> bool:
    return _has_values(field) or field.kind is FieldKind.TEXT


def _has_values(field: Field) -> bool:
    return field.kind is FieldKind.FLAG or KINDS[field.kind].has_choices


def _values(field: Field, chosen: Entry | None) -> list[tuple[Entry, str]]:
    """Return the values of a field in words, and the one chosen though the list has it no more."""
    if field.kind is FieldKind.FLAG:
        return [(flag, plain_entry(flag)) for flag in (True, False)]
    values: Iterable[Entry] = offered(field)
    pairs = [(value, entry_words(field, value)) for value in values]
    if chosen is not None and all(value != chosen for value, _words in pairs):
        pairs.append((chosen, entry_words(field, chosen)))
    return pairs
