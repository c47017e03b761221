"""Dialogs of the section of fields: a new field, a rule, the values of a list."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.commands.fields import (
    AddChoice,
    AddField,
    ArchiveChoice,
    ChangeChoices,
    ChoiceCommand,
    RenameChoice,
    SetRule,
)
from db.domain.field_rules import FieldRule, Level, Scope, scope_of
from db.domain.fields import Choice, Field, FieldKind
from db.domain.kinds import CUSTOM_KINDS, KINDS
from db.domain.lifecycle import Status
from db.domain.text import fold
from db.errors import Trouble, TroubleError
from ui.look.theme import em
from ui.parts.form_dialog import FormDialog
from ui.settings.rule_condition import FieldCondition, Fields
from ui.widgets.buttons import icon_button
from ui.widgets.cards import ScrollColumn
from ui.widgets.choices import ChoiceBox
from ui.widgets.editor import Editor, ValueEditor
from ui.widgets.editors import TextArea, TextLine
from ui.widgets.field import LabelledField
from ui.widgets.labels import note
from ui.words import formats, labels
from ui.words.fields import field_label
from ui.words.i18n import _, ngettext
from ui.words.kinds import kind_name
from ui.words.messages import trouble_words
from ui.words.presets import choice_text, own_label
from ui.words.presets import purpose as purpose_of


def _demand_own_name(
    label: LabelledField[ValueEditor[str]], fields: Fields
) -> list[LabelledField[Editor]]:
    """Return this field, with the words at it, where a standard field of the card has its name.

    The command compares it with the owner's other fields only.
    """
    standard = (key for key, field in fields.items() if not field.is_custom)
    if fold(label.value()) not in {fold(field_label(fields, key)) for key in standard}:
        return []
    label.set_error(trouble_words(TroubleError(Trouble.TAKEN_NAME, label.value())).what)
    return [label]


class RuleParts:
    """Level, condition and purpose: the part of a dialog that makes a rule."""

    def __init__(
        self, dialog: FormDialog, fields: Fields, field_key: str, rule: FieldRule | None
    ) -> None:
        self._scope = Scope() if rule is None else scope_of(rule.condition)
        levels = [(None, _("not mandatory")), *((level, labels.level(level)) for level in Level)]
        self.level = dialog.add(_("&Mandatory"), ChoiceBox(levels), wide=True)
        kinds = [("person", _("persons")), ("company", _("companies"))]
        self.kind = dialog.add(_("&For whom"), ChoiceBox(kinds, empty=_("everybody")))
        statuses = [(status.value, labels.status_of_many(status)) for status in Status]
        self.status = dialog.add(_("&Only of status"), ChoiceBox(statuses, empty=_("any")))
        self.tag = dialog.add(_("Only with the &tag"), TextLine())
        self.where = FieldCondition(dialog, fields, field_key, self._scope.others)
        self.purpose = dialog.add(
            _("&What it is for"),
            TextLine(),
            wide=True,
            hint=_("A hint at the empty field: “to congratulate”"),
        )
        if rule is not None:
            self.level.set_value(rule.level)
            self.kind.set_value(self._scope.kind)
            self.status.set_value(self._scope.status)
            self.tag.set_value(self._scope.tag or "")
            self.purpose.set_value(purpose_of(rule))
        self._rule = rule

    def command(self, field_key: str) -> SetRule | None:
        """Return the rule to set; None where there was none and none is wanted."""
        if self._rule is None and self.level.value() is None:
            return None
        scope = Scope(
            self.kind.value(),
            self.status.value(),
            self.tag.value() or None,
            self.where.conditions(),
        )
        return SetRule(
            field_key,
            self.level.value(),
            scope.condition(),
            self.purpose.value(),
            None if self._rule is None else self._rule.id,
        )


class NewFieldDialog(FormDialog):
    """A field of the owner's own, mandatory at once if wanted."""

    def __init__(self, fields: Fields, parent: QWidget | None = None) -> None:
        super().__init__(_("New field"), _("Add the field"), parent, columns=2, least=11)
        needed = _("Must be filled in")
        self._known = fields
        self.label = self.add(
            _("&Name of the field"), TextLine(example=_("Dye (recipe)")), empty=needed
        )
        kinds = [(kind, kind_name(kind)) for kind in CUSTOM_KINDS]
        self.kind = self.add(_("&Kind"), ChoiceBox(kinds))
        self.kind.set_value(FieldKind.TEXT)
        self.choices = self.add(
            _("&Values, one a line"), TextArea(lines=5), wide=True, empty=needed,
        )  # fmt: skip
        self.rule = RuleParts(self, fields, "", None)
        self.rule.level.set_value(None)
        self.kind.editor.edited.connect(self._show_choices)
        self._show_choices()
        self.label.focus()

    def command(self) -> AddField:
        """Return what to write; only after the dialog was accepted."""
        chosen = KINDS[self.kind.filled()].has_choices
        choices = tuple(self.choices.value().splitlines()) if chosen else ()
        return AddField(self.label.value(), self.kind.filled(), choices)

    def check_together(self) -> list[LabelledField[Editor]]:
        return _demand_own_name(self.label, self._known)

    def _show_choices(self) -> None:
        self.choices.setVisible(KINDS[self.kind.filled()].has_choices)
        self.grow()


class RuleDialog(FormDialog):
    """One rule of one field; the owner's own field can be renamed here as well."""

    def __init__(
        self,
        field: Field,
        fields: Fields,
        rule: FieldRule | None,
        parent: QWidget | None = None,
    ) -> None:
        label = field_label(fields, field.key)
        super().__init__(label, _("Save"), parent, columns=2, least=11)
        self._known = fields
        self.label: LabelledField[ValueEditor[str]] | None = None
        if field.is_custom:
            self.label = self.add(
                _("&Name of the field"), TextLine(label), wide=True, empty=_("Must be filled in")
            )
        self.rule = RuleParts(self, fields, field.key, rule)
        self.rule.level.focus()

    def check_together(self) -> list[LabelledField[Editor]]:
        return [] if self.label is None else _demand_own_name(self.label, self._known)

    def new_label(self) -> str:
        return "" if self.label is None else self.label.value()


class ChoicesDialog(FormDialog):
    """The values of a list: to rename, to add, and to take out while their cards get another."""

    def __init__(
        self,
        field: Field,
        counts: Mapping[int, int],
        parent: QWidget | None = None,
    ) -> None:
        title = _("Values: {field}").format(field=own_label(field))
        super().__init__(title, _("Save"), parent)
        self._field = field
        self._rows = [
            ChoiceRow(choice, choice_text(field, choice.text), counts.get(choice.id, 0))
            for choice in field.choices
        ]
        inside = ScrollColumn(margin=0)
        for row in self._rows:
            row.archive_wanted.connect(self._ask_where)
            self.watch(row.line)
            inside.column.addWidget(row)
        self.new = self.make(_("&New values, one a line"), TextArea(lines=3))
        inside.column.addWidget(self.new)
        inside.column.addStretch()
        self.column.addWidget(inside, 1)
        self.resize(em(28), em(24))
        if self._rows:
            line = self._rows[0].line
            line.setFocus()
            # A dialog selects its first line when it is shown: the value would be typed over.
            QTimer.singleShot(0, line, lambda: line.end(False))  # noqa: FBT003 - Qt
        else:
            self.new.editor.setFocus()

    def _ask_where(self, row: "ChoiceRow") -> None:
        """Offer another value for the cards with this one."""
        others = [
            (choice.id, choice_text(self._field, choice.text))
            for choice in self._field.choices
            if choice.id != row.choice.id and not choice.archived
        ]
        row.offer_move(others)

    def command(self) -> ChangeChoices | None:
        """Return what to write; None where nothing was changed."""
        changes = [change for row in self._rows for change in row.commands()]
        texts = self.new.value().splitlines()
        changes += [AddChoice(self._field.key, text) for text in texts if text.strip()]
        return ChangeChoices(tuple(changes)) if changes else None


class ChoiceRow(QWidget):
    """One value: its text, how many cards have it, and a button to take it out of the list."""

    archive_wanted = Signal(object)

    def __init__(
        self, choice: Choice, text: str, cards: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.choice, self._text, self._cards = choice, text, cards
        self._archived = choice.archived
        self.line = TextLine(text)
        self.line.setAccessibleName(text)
        self._state = note()
        self._move: ChoiceBox[int] | None = None
        self._toggle = icon_button("x", _("Take out of the list"))
        self._toggle.clicked.connect(self.toggle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.addWidget(self.line, 1)
        row.addWidget(self._toggle)
        column.addLayout(row)
        column.addWidget(self._state)
        self._column = column
        self._show_state()

    def toggle(self) -> None:
        """Take the value out of the list, or put it back."""
        self._archived = not self._archived
        self._show_state()
        if self._archived and self._cards:
            self.archive_wanted.emit(self)
        elif self._move is not None:
            self._move.hide()

    def offer_move(self, others: Sequence[tuple[int, str]]) -> None:
        """Ask which of these values the cards with this one get."""
        if self._move is None:
            self._move = ChoiceBox(
                [
                    (key, _("move its cards to “{value}”").format(value=text))
                    for key, text in others
                ],
                empty=_("its cards keep it"),
            )
            self._move.setAccessibleName(_("Cards with this value"))
            self._column.addWidget(self._move)
        self._move.show()

    def commands(self) -> list[ChoiceCommand]:
        """Return what was changed about this value."""
        made: list[ChoiceCommand] = []
        if self.line.value() and self.line.value() != self._text:
            made.append(RenameChoice(self.choice.id, self.line.value()))
        move = self._move.value() if self._move is not None and self._archived else None
        if self._archived != self.choice.archived or move is not None:
            made.append(ArchiveChoice(self.choice.id, move, self._archived))
        return made

    def _show_state(self) -> None:
        cards = ngettext("on {count} card", "on {count} cards", self._cards).format(
            count=formats.number(self._cards)
        )
        self._state.setText(
            _("taken out of the list, {held}").format(held=cards) if self._archived else cards
        )
