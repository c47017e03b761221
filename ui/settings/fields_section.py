"""The fields of the card: their rules, and how many cards have them filled in."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from db.commands.fields import ArchiveField, OrderFields, RenameField, SetRule
from db.domain.field_rules import FieldRule
from db.domain.fields import Field
from db.domain.kinds import KINDS
from db.outcome import Changes, Command, Touched
from db.queries.cards.fields import (
    FieldList,
    FillRate,
    RuleFill,
    choice_counts,
    field_list,
    fill_rate,
)
from ui.jobs.latest import Latest
from ui.look.palette import Tone
from ui.look.theme import em
from ui.models.column import Column
from ui.models.rows import StaticModel
from ui.parts.page import PageHost, do_and_tell
from ui.settings.field_dialogs import ChoicesDialog, NewFieldDialog, RuleDialog
from ui.widgets.buttons import button, primary_button
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import note
from ui.widgets.table import TableView
from ui.words import formats, labels
from ui.words.conditions import condition_words
from ui.words.fields import field_label, gaps_line
from ui.words.formats import DASH
from ui.words.i18n import _
from ui.words.kinds import kind_name
from ui.words.presets import purpose

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One line: a field with one of its rules, or without any."""

    number: int
    field: Field
    label: str
    rule: FieldRule | None
    fill: RuleFill | None
    archived: bool
    whom: str  # the condition of the rule in words


class FieldsSection(QFrame):
    """Every change is written at once, and Undo takes it back."""

    def __init__(self, host: PageHost, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._host, self._context = host, host.context
        self._list: FieldList | None = None
        self._fill: dict[int, RuleFill] = {}
        self._numbers: dict[tuple[str, int], int] = {}
        self._fields, self._rates, self._counts = Latest(self), Latest(self), Latest(self)
        self.model: StaticModel[FieldRow] = StaticModel(_columns(), lambda row: row.number, self)
        self.table = TableView(self.model, "fields", host.preferences)
        self.table.setAccessibleName(_("Fields of the card"))
        self._gaps = note()
        self._buttons: dict[str, QPushButton] = {}
        self._lay_out()
        self.table.current_changed.connect(lambda _number: self._fit_buttons())
        self.table.opened.connect(lambda _number: self.change())
        host.context.changes.changed.connect(self._hear)
        self.load()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(em(0.9), em(0.6), em(0.9), em(0.6))
        bar.setSpacing(em(0.4))
        box = QWidget()
        flow = FlowLayout(box, gap=0.4)
        actions = []
        for key, text, icon, do in (
            ("change", _("Rule…"), "pencil", self.change),
            ("another", _("One more rule…"), "", self.add_rule),
            ("values", _("Values…"), "list", self.values),
            ("up", _("Higher"), "arrow-up", lambda: self._move(-1)),
            ("down", _("Lower"), "arrow-down", lambda: self._move(1)),
            ("archive", _("Into the archive"), "", self.archive),
        ):
            made = button(text, icon)
            made.clicked.connect(lambda _on=False, do=do: do())
            self._buttons[key] = made
            flow.addWidget(made)
            action = QAction(text, self.table)
            action.triggered.connect(lambda _on=False, do=do: do())
            actions.append(action)
        bar.addWidget(box, 1)
        new = primary_button(_("New field…"), "plus")
        new.clicked.connect(self.add)
        bar.addWidget(new, 0, Qt.AlignmentFlag.AlignTop)
        self.table.set_menu(actions)
        self._gaps.setContentsMargins(em(0.9), em(0.4), em(0.9), em(0.5))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        column.addWidget(self._gaps)
        self._fit_buttons()

    # Showing -----------------------------------------------------------------------------------

    def load(self) -> None:
        """Read fields and rules, then how full the cards are: that takes longer."""
        self._fields.take(self._context.ask(field_list), self._show)
        self._rates.take(self._context.ask(fill_rate), self._show_rates)

    def _show(self, fields: FieldList) -> None:
        self._list = fields
        rows: list[FieldRow] = []
        known = {field.key: field for field in (*fields.fields, *fields.archived)}
        archived = {field.key for field in fields.archived}
        for key, field in known.items():
            mine: list[FieldRule | None] = []
            mine.extend(rule for rule in fields.rules if rule.field_key == key)
            rows.extend(
                FieldRow(
                    self._number(key, rule),
                    field,
                    field_label(known, key),
                    rule,
                    None if rule is None else self._fill.get(rule.id),
                    key in archived,
                    "" if rule is None else condition_words(rule.condition, known),
                )
                for rule in (mine or [None])
            )
        self.model.show_rows(rows)
        self._fit_buttons()

    def _show_rates(self, rate: FillRate) -> None:
        self._fill = {row.rule.id: row for row in rate.rules}
        self._gaps.setText(gaps_line(rate))
        if self._list is not None:
            self._show(self._list)

    def _number(self, key: str, rule: FieldRule | None) -> int:
        return self._numbers.setdefault((key, rule.id if rule else 0), len(self._numbers))

    def _known(self) -> dict[str, Field]:
        """Return the fields of the card as they were read last."""
        return {field.key: field for field in self._list.fields} if self._list else {}

    def row(self) -> FieldRow | None:
        number = self.table.current_id()
        place = None if number is None else self.model.row_of(number)
        return None if place is None else self.model.row_at(place)

    def _fit_buttons(self) -> None:
        row = self.row()
        own = row is not None and row.field.is_custom
        usable = row is not None and not row.archived
        archived = row is not None and row.archived
        can = {
            "change": usable,
            "another": usable and row is not None and row.rule is not None,
            "values": own and row is not None and KINDS[row.field.kind].has_choices,
            "up": own and usable,
            "down": own and usable,
            "archive": own,
        }
        for key, enabled in can.items():
            self._buttons[key].setEnabled(enabled)
        text = _("Out of the archive") if archived else _("Into the archive")
        self._buttons["archive"].setText(text)

    def _hear(self, changes: Changes, asked_by: QObject | None) -> None:
        if Touched.FIELDS in changes.touched:
            self.load()

    # Doing -------------------------------------------------------------------------------------

    def add(self) -> None:
        """Ask for a field of the owner's own."""
        dialog = NewFieldDialog(self._known(), self)

        def set_rule(key: str) -> None:
            rule = dialog.rule.command("")
            if rule is not None:
                self._do(replace(rule, field_key=key), "")

        dialog.run(self._host, dialog.command, _("The field is added"), set_rule)

    def change(self) -> None:
        """Ask about the rule of this line, and the name of an own field."""
        row = self.row()
        if row is not None and not row.archived:
            self._ask_rule(row, row.rule)

    def add_rule(self) -> None:
        """Ask for one more rule for the field of this line, for other cards."""
        row = self.row()
        if row is not None and not row.archived:
            self._ask_rule(row, None)

    def _ask_rule(self, row: FieldRow, rule: FieldRule | None) -> None:
        dialog = RuleDialog(row.field, self._known(), rule, self)

        def rename() -> RenameField | None:
            label = dialog.new_label()
            return RenameField(row.field.key, label) if label not in ("", row.label) else None

        def set_rule() -> SetRule | None:
            return dialog.rule.command(row.field.key)

        def go_on(_value: object) -> None:
            command = set_rule()
            if rename() is not None and command is not None:
                self._do(command, _("The rule is saved"))

        dialog.run(
            self._host,
            lambda: rename() or set_rule(),
            lambda: _("The field is renamed") if rename() else _("The rule is saved"),
            go_on,
        )

    def values(self) -> None:
        """Ask about the values of a list."""
        row = self.row()
        if row is not None and KINDS[row.field.kind].has_choices and row.field.is_custom:
            job = self._context.ask(choice_counts, row.field.id)
            field = row.field
            self._counts.take(job, lambda counts: self._ask_values(field, counts))

    def _ask_values(self, field: Field, counts: dict[int, int]) -> None:
        dialog = ChoicesDialog(field, counts, self)
        dialog.run(self._host, dialog.command, _("The list is saved"))

    def archive(self) -> None:
        """Take an own field off the cards, or put it back."""
        row = self.row()
        if row is not None and row.field.is_custom:
            done = _("The field is back") if row.archived else _("The field is in the archive")
            self._do(ArchiveField(row.field.key, not row.archived), done)

    def _move(self, step: int) -> None:
        """Move an own field among the own ones."""
        row = self.row()
        if row is None or not row.field.is_custom or self._list is None:
            return
        keys = [field.key for field in self._list.fields if field.is_custom]
        place = keys.index(row.field.key)
        if 0 <= place + step < len(keys):
            keys.insert(place + step, keys.pop(place))
            self._do(OrderFields(tuple(keys)), _("The order is changed"))

    def _do(
        self, command: Command[T], done: str, then: Callable[[T], object] | None = None
    ) -> None:
        do_and_tell(self, self._host, command, done, then)


def _columns() -> list[Column[FieldRow]]:
    return [
        Column("label", _("Field"), lambda row: row.label, width=20, stretch=True,
               tone=lambda row: Tone.MUTED if row.archived else Tone.PLAIN),
        Column("kind", _("Kind"), lambda row: kind_name(row.field.kind), width=14),
        Column("level", _("Mandatory"), _level, width=26,
               badge=lambda row: None if row.rule is None else Tone.ACCENT),
        Column("whom", _("For whom"), lambda row: row.whom,
               width=15),
        Column("why", _("Why"), lambda row: purpose(row.rule) if row.rule else "", width=24,
               tooltip=lambda row: purpose(row.rule) if row.rule else None),
        Column("fill", _("Filled"), _filled, width=12, bar=_bar),
    ]  # fmt: skip


def _level(row: FieldRow) -> str:
    if row.archived:
        return _("in the archive")
    return labels.level(row.rule.level) if row.rule else _("no")


def _filled(row: FieldRow) -> str:
    percent = row.fill.percent if row.fill else None
    return DASH if percent is None else formats.percent(percent)


def _bar(row: FieldRow) -> int | None:
    percent = row.fill.percent if row.fill else None
    return None if percent is None else int(percent)
