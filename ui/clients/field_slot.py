"""A field of the card: its editor, its rule, and the answers that close a gap without a value."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from db.domain.card import doubts as doubts_of
from db.domain.card import tidied
from db.domain.field_rules import DatedAnswer, FieldRule, GapAnswer, is_filled
from db.domain.fields import CardValue, Field
from db.domain.kinds import KINDS
from ui.clients.field_editors import editor_for, offer_choices
from ui.look.theme import em
from ui.widgets.buttons import icon_button
from ui.widgets.choices import ChoiceBox
from ui.widgets.editor import CardEditor
from ui.widgets.editors import Today, ValueLine
from ui.widgets.field import LabelledField
from ui.words import formats, labels, messages
from ui.words.i18n import _
from ui.words.presets import purpose as purpose_of


class FieldSlot(LabelledField[CardEditor]):
    """`edited` comes when value or answer change. Marks follow `show_rule`."""

    edited = Signal()

    def __init__(
        self, field: Field, label: str, today: Today, parent: QWidget | None = None
    ) -> None:
        self.field = field
        self._today = today
        self._baseline: CardValue = None
        self._answer: DatedAnswer | None = None
        self._saved_answer: DatedAnswer | None = None
        self._rule: FieldRule | None = None
        self._typing = False
        editor = editor_for(field, today)
        if isinstance(editor, ChoiceBox):
            editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        super().__init__(label, editor, parent=parent)
        self.menu_button = icon_button(
            "ellipsis", _("{field}: no value").format(field=label.replace("&", ""))
        )
        self.menu_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.menu_button.clicked.connect(self.open_menu)
        head = self.layout()
        row = None if head is None else head.itemAt(0)
        if row is not None and isinstance(bar := row.layout(), QHBoxLayout):
            bar.addWidget(self.menu_button)
        self._fit()
        self.editor.edited.connect(self._edited)
        self.editor.left.connect(self._rested)
        self._baseline = self._current()
        self.show_marks()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        """Give fields with and without a menu heads of one height, so that lines stay level."""
        side = em(1.25)
        self.menu_button.setFixedSize(side, side)
        self.label.setMinimumHeight(side)

    @property
    def plain_label(self) -> str:
        return self._label_text.replace("&", "")

    # Values ------------------------------------------------------------------------------------

    def show_value(self, value: CardValue, answer: DatedAnswer | None) -> None:
        """Show the value of the card; `is_changed` compares with it."""
        if KINDS[self.field.kind].has_choices:
            offer_choices(self.editor, self.field, value)
        self.set_value(value)
        self._answer = self._saved_answer = answer
        self._baseline = self._current()
        self._rested()

    def settle(self) -> bool:
        """Tidy and check the field as on leaving it; say whether the value is good."""
        if isinstance(self.editor, ValueLine):
            self.editor.make_tidy()
        self._rested()
        return self.check()

    def card_value(self) -> CardValue:
        """Return the value for the card. Raises ValueError when it can't be read."""
        return tidied({self.field.key: self.field}, {self.field.key: self.editor.value()})[
            self.field.key
        ]

    @property
    def is_changed(self) -> bool:
        return bool(self._current() != self._baseline)

    @property
    def is_filled(self) -> bool:
        return self.editor.problem() is not None or is_filled(self.card_value())

    def accept_as_saved(self) -> None:
        """Take the value shown now for the saved one."""
        self._baseline, self._saved_answer = self._current(), self._answer

    def kept(self) -> str:
        return self.editor.typed()

    def restore(self, text: str) -> None:
        """Put back what a draft has kept, as an unsaved change."""
        self.editor.set_typed(text)
        self.show_marks()

    def _current(self) -> CardValue:
        return self.editor.typed() if self.editor.problem() else self.card_value()

    # Answers -----------------------------------------------------------------------------------

    @property
    def answer(self) -> DatedAnswer | None:
        """Return the answer in force; a value takes it back."""
        return None if self.is_filled else self._answer

    @property
    def answer_changed(self) -> bool:
        return self.answer != self._saved_answer

    def set_answer(self, answer: GapAnswer | None) -> None:
        self._answer = None if answer is None else DatedAnswer(answer, self._today())
        self.show_marks()
        self.edited.emit()

    def open_menu(self) -> None:
        """Offer the answers that close a gap, where there is one to close."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.answer_actions(menu))
        menu.popup(self.mapToGlobal(QPoint(self.width() // 2, self.label.height())))

    def answer_actions(self, parent: QWidget) -> list[QAction]:
        """Return what the menu offers."""
        offers: list[tuple[str, GapAnswer | None]] = [
            (_("The client won't say"), GapAnswer.REFUSED),
            (_("The client has none"), GapAnswer.NONE),
        ]
        if self._answer is not None:
            offers.append((_("Clear the answer"), None))
        made = []
        for text, answer in offers:
            action = QAction(text, parent)
            action.triggered.connect(lambda _on=False, answer=answer: self.set_answer(answer))
            action.setEnabled(not self.is_filled or answer is None)
            made.append(action)
        return made

    # Marks -------------------------------------------------------------------------------------

    def show_rule(self, rule: FieldRule | None) -> None:
        """Show that a rule asks for this field, or that none does."""
        if rule != self._rule:
            self._rule = rule
            self.set_required(required=rule is not None)
        self.show_marks()

    @property
    def is_gap(self) -> bool:
        return self._rule is not None and not self.is_filled and self._answer is None

    def show_marks(self) -> None:
        """Say below the field what is missing, doubtful or answered."""
        gap = self._doubt()
        hint = ""
        if gap is None and self.is_gap and self._rule is not None:
            purpose = purpose_of(self._rule)
            gap = (
                _("Mandatory: {purpose}").format(purpose=purpose)
                if purpose
                else _("Mandatory field")
            )
        if self.answer is not None:
            hint = _("{answer}, {day}").format(
                answer=labels.answer(self.answer.answer), day=formats.day(self.answer.on)
            )
        self.set_marks(gap, hint)
        offers = (self._rule is not None and not self.is_filled) or self._answer is not None
        self.menu_button.setVisible(offers)

    def _doubt(self) -> str | None:
        if self.editor.problem() is not None or self._typing:
            return None
        doubts = doubts_of(self.field, self.card_value())
        if not doubts:
            return None
        words = messages.fault(doubts[0].fault, doubts[0].value)
        return words[:1].upper() + words[1:]

    def _rested(self) -> None:
        self._typing = False
        self.show_marks()

    def _edited(self) -> None:
        self._typing = True
        if self._gap or self._rule is not None or self._answer is not None:
            self.show_marks()
        self.edited.emit()
