"""The form of a card: made from the fields of the base, marked by its rules."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from db.domain.card import CardValues
from db.domain.condition import fields_of
from db.domain.field_rules import DatedAnswer, FieldRule, rule_row
from db.domain.fields import CardValue, Choice, ClientKind, Field, FieldError, FieldKind
from db.domain.lifecycle import Status
from db.queries.cards.full_card import FullCard
from ui.clients.field_editors import suggest
from ui.clients.field_slot import FieldSlot
from ui.clients.gap_banner import GapBanner
from ui.clients.mnemonics import with_mnemonics
from ui.look.theme import em
from ui.widgets.buttons import link_button
from ui.widgets.cards import ScrollColumn
from ui.widgets.editors import Today
from ui.widgets.grid import FieldGrid
from ui.widgets.labels import heading
from ui.words import messages
from ui.words.fields import field_label
from ui.words.i18n import _

# The standard fields of the first two parts; own fields and fields with a rule are in the first.
_FIRST = ("name", "kind", "phone", "birthday", "inn")
_SECOND = ("email", "source", "consent", "note")
_WIDE = frozenset({"name", "note", "job", "address", "full_name"})

# Compared to know whether the form was made for the same fields and rules.
Signature = tuple[tuple[tuple[str, str, FieldKind, tuple[Choice, ...]], ...], frozenset[str]]


class CardForm(ScrollColumn):
    """Shows one card, or an empty one. Nothing is written here; `edited` says something changed."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._made_for: Signature | None = None
        self._slots: dict[str, FieldSlot] = {}
        self._rules: tuple[FieldRule, ...] = ()
        self._status: str = Status.POTENTIAL
        self._values: CardValues = {}
        self._known: Mapping[str, Sequence[str]] = {}
        self._more: QPushButton | None = None
        self._more_open = False
        self._later: list[FieldSlot] = []
        self._grids: list[FieldGrid] = []
        self.banner = GapBanner()
        self.banner.wanted.connect(self.jump)
        self.column.addWidget(self.banner)
        self._inside = QWidget()
        self.column.addWidget(self._inside)
        self.column.addStretch()

    # Showing -----------------------------------------------------------------------------------

    def prepare(
        self, fields: Mapping[str, Field], rules: tuple[FieldRule, ...], today: Today
    ) -> None:
        """Make the editors of these fields, unless they are there."""
        self._rules = rules
        ruled = frozenset(rule.field_key for rule in rules)
        looks = tuple((f.key, f.label, f.kind, f.choices) for f in fields.values())
        if self._made_for != (looks, ruled):
            self._made_for = looks, ruled
            self._build(fields, ruled, today)
            self.set_known(self._known)

    def show_card(
        self, full: FullCard, rules: tuple[FieldRule, ...], today: Today, *, keep: bool = False
    ) -> None:
        """Show a card; with `keep`, what is typed and not saved yet stays typed."""
        kept = self.drafts() if keep else {}
        self.prepare(full.fields, rules, today)
        self._status, self._values = full.head.status, full.card.values
        for key, slot in self._slots.items():
            slot.show_value(full.card.values.get(key), full.card.answers.get(key))
        for key, text in kept.items():
            self._slots[key].restore(text)
        self.ensureVisible(0, 0)
        self._refresh()

    def show_new(
        self, fields: Mapping[str, Field], rules: tuple[FieldRule, ...], today: Today
    ) -> None:
        """Show an empty card."""
        self.prepare(fields, rules, today)
        self._status, self._values = Status.POTENTIAL, {"kind": "person"}
        for key, slot in self._slots.items():
            slot.show_value(self._values.get(key), None)
        self.ensureVisible(0, 0)
        self._refresh()

    def set_known(self, known: Mapping[str, Sequence[str]]) -> None:
        """Offer these values while typing."""
        self._known = known
        for key, values in known.items():
            if key in self._slots:
                suggest(self._slots[key].editor, values)

    def jump(self, key: str) -> None:
        """Put the cursor into a field."""
        slot = self._slots.get(key)
        if slot is None:
            return
        if slot.isHidden():
            self._show_more(on=True)
        self.ensureWidgetVisible(slot)
        slot.focus()

    def focus_first(self) -> None:
        self.jump("name")

    # What was typed ----------------------------------------------------------------------------

    @property
    def is_changed(self) -> bool:
        return any(slot.is_changed or slot.answer_changed for slot in self._slots.values())

    def check(self) -> bool:
        """Settle every field; go to the first that can't be read, and say whether all is good."""
        bad = [key for key, slot in self._slots.items() if not slot.settle()]
        if bad:
            self.jump(bad[0])
        return not bad

    def changed_values(self) -> dict[str, CardValue]:
        """Return the values that differ from the card. Raises ValueError unless `check` is true."""
        return {key: slot.card_value() for key, slot in self._slots.items() if slot.is_changed}

    def changed_answers(self) -> dict[str, DatedAnswer | None]:
        return {key: slot.answer for key, slot in self._slots.items() if slot.answer_changed}

    def drafts(self) -> dict[str, str]:
        """Return what is typed and not saved, as it stands in the editors."""
        return {key: slot.kept() for key, slot in self._slots.items() if slot.is_changed}

    def restore(self, drafts: Mapping[str, str]) -> None:
        for key, text in drafts.items():
            if key in self._slots:
                self._slots[key].restore(text)
        self._changed()

    def texts(self) -> dict[str, str]:
        """Return the text of every editor."""
        return {key: slot.kept() for key, slot in self._slots.items()}

    def accept_as_saved(self, sent: Mapping[str, str]) -> None:
        """What was sent to the base is saved; what was typed since then is not."""
        for key, slot in self._slots.items():
            if slot.kept() == sent.get(key):
                slot.accept_as_saved()
        self._refresh()

    def typed_name(self) -> str:
        """Return the name as typed in the form."""
        return str(self._typed("name") or "")

    def label_of(self, key: str) -> str:
        return self._slots[key].plain_label if key in self._slots else ""

    def show_errors(self, errors: Sequence[FieldError]) -> None:
        """Say at each field what was refused, and go to the first."""
        for error in errors:
            if slot := self._slots.get(error.field_key):
                text = messages.fault(error.fault, error.value)
                slot.set_error(text[:1].upper() + text[1:])
        known = [error.field_key for error in errors if error.field_key in self._slots]
        if known:
            self.jump(known[0])

    def open_answers(self) -> None:
        """Open the menu of the field with the cursor."""
        for slot in self._slots.values():
            if slot.editor.hasFocus() and slot.menu_button.isVisible():
                slot.open_menu()

    def slot(self, key: str) -> FieldSlot:
        return self._slots[key]

    # Making ------------------------------------------------------------------------------------

    def _build(self, fields: Mapping[str, Field], ruled: frozenset[str], today: Today) -> None:
        old = self._inside
        self._inside = QWidget()
        labels = with_mnemonics({key: field_label(fields, key) for key in fields})
        self._slots = {key: FieldSlot(field, labels[key], today) for key, field in fields.items()}
        for slot in self._slots.values():
            slot.edited.connect(self._changed)
        grid = _Parts(self._inside)
        self._grids = grid.grids
        first, second, rest = _parts(fields, ruled)
        grid.add_part(_("Main"), [self._slots[key] for key in first])
        grid.add_part(_("Source and contact"), [self._slots[key] for key in second])
        self._later = [self._slots[key] for key in rest]
        self._more = link_button("")
        self._more.clicked.connect(lambda: self._show_more(on=not self._more_open))
        grid.add_link(self._more)
        grid.add_part("", self._later)
        self.column.replaceWidget(old, self._inside)
        old.deleteLater()

    def _show_more(self, *, on: bool) -> None:
        self._more_open = on
        self._refresh()

    # Marks -------------------------------------------------------------------------------------

    def _changed(self) -> None:
        self._refresh()
        self.edited.emit()

    def _refresh(self) -> None:
        """Apply the rules to the values in the form."""
        named = frozenset({"kind"}).union(*(fields_of(rule.condition) for rule in self._rules))
        row = rule_row({key: self._typed(key) for key in named}, self._status)
        rules: dict[str, FieldRule] = {}
        for rule in self._rules:
            if rule.applies(row):
                rules.setdefault(rule.field_key, rule)
        for key, slot in self._slots.items():
            slot.show_rule(rules.get(key))
            unfit = (
                slot.field.company_only and row["kind"] != ClientKind.COMPANY and key not in rules
            )
            shown = not unfit or slot.is_filled
            if slot in self._later:
                shown = shown and self._more_open
            slot.setVisible(shown)
        gaps = [key for key in rules if key in self._slots and self._slots[key].is_gap]
        self.banner.show_gaps([(key, self._slots[key].plain_label) for key in gaps], len(rules))
        self._tell_more()
        for grid in self._grids:
            grid.invalidate()  # the words below a field may have changed

    def _typed(self, key: str) -> CardValue:
        slot = self._slots.get(key)
        return None if slot is None or slot.editor.problem() else slot.card_value()

    def _tell_more(self) -> None:
        if self._more is None:
            return
        filled = sum(slot.is_filled for slot in self._later)
        if self._more_open:
            self._more.setText(_("Fewer fields"))
        elif filled:
            self._more.setText(_("More fields (filled: {count})").format(count=filled))
        else:
            self._more.setText(_("More fields"))
        self._more.setVisible(bool(self._later))


class _Parts:
    """Lays out the parts of the form one below the other."""

    def __init__(self, inside: QWidget) -> None:
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(em(0.55))
        self.grids: list[FieldGrid] = []

    def add_part(self, title: str, slots: Sequence[FieldSlot]) -> None:
        if title:
            self._column.addWidget(heading(title))
        box = QWidget()
        grid = FieldGrid(box, most=2, least=9.5)
        self.grids.append(grid)
        for slot in slots:
            grid.add(slot, wide=slot.field.key in _WIDE or slot.field.kind == "long_text")
        self._column.addWidget(box)

    def add_link(self, button: QPushButton) -> None:
        self._column.addWidget(button)


def _parts(
    fields: Mapping[str, Field], ruled: frozenset[str]
) -> tuple[list[str], list[str], list[str]]:
    """Return the keys of the three parts of the form, in order."""
    second = [key for key in _SECOND if key in fields]
    own = [key for key, field in fields.items() if field.is_custom]
    ruled_keys = [key for key in fields if key in ruled and key not in (*second, *own, *_FIRST)]
    first = [*(key for key in _FIRST if key in fields), *ruled_keys, *own]
    rest = [key for key in fields if key not in (*first, *second)]
    return first, second, rest
