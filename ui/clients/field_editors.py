"""Which editor a field of the card has, and editors that only cards need."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QWidget

from db.domain.card import offered
from db.domain.contacts import split_several
from db.domain.days import parse_birthday
from db.domain.fields import Field, FieldKind
from db.domain.text import tidy
from ui.widgets.choices import ChoiceBox, YesNoBox
from ui.widgets.editors import DateLine, MoneyLine, NumberLine, TextArea, TextLine, Today
from ui.words import formats, labels
from ui.words.formats import DASH
from ui.words.i18n import _
from ui.words.presets import choice_text

# Fields whose values repeat from card to card: the known ones are offered while typing.
SUGGESTED = ("source", "target_group", "region", "responsible")
_AREAS = frozenset({"job"})
_LENGTHS = {"inn": 14, "kpp": 12, "ogrn": 17, "name": 30, "address": 30}


class SeveralLine(TextLine):
    """Several entries in one line, separated by commas; the value is a tuple of them."""

    def __init__(
        self, shown: Callable[[str], str] = str, *, example: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(example=example, parent=parent)
        self._entry = shown

    def value(self) -> tuple[str, ...]:
        return split_several(self.text())

    def set_value(self, value: Any) -> None:
        self.setText(", ".join(self._entry(entry) for entry in value or ()))
        self.setCursorPosition(0)

    def shown(self) -> str:
        return ", ".join(self._entry(entry) for entry in self.value())


class BirthdayLine(TextLine):
    """A birthday with or without a year: `8.3.84`, `8 марта`; the value as the card keeps it."""

    def __init__(self, *, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(digits=15, parent=parent)
        self._today = today
        self.setPlaceholderText(_("dd.mm.yyyy or dd.mm"))

    def value(self) -> str | None:
        """Raises ValueError when `problem` says something."""
        return parse_birthday(self.text(), self._today())

    def set_value(self, value: Any) -> None:
        self.setText(formats.birthday(value) if value else "")

    def problem(self) -> str | None:
        try:
            self.value()
        except ValueError:
            return _("There is no such birthday; for example {example}").format(
                example="08.03.1984"
            )
        return None

    def shown(self) -> str:
        value = self.value()
        return formats.birthday(value) if value else ""


def editor_for(field: Field, today: Today) -> Any:
    """Return an empty editor for a field."""
    makers: dict[FieldKind, Callable[[], Any]] = {
        FieldKind.LONG_TEXT: lambda: TextArea(lines=2),
        FieldKind.NUMBER: NumberLine,
        FieldKind.MONEY: MoneyLine,
        FieldKind.DATE: lambda: DateLine(today=today),
        FieldKind.BIRTHDAY: lambda: BirthdayLine(today=today),
        FieldKind.FLAG: YesNoBox,
        FieldKind.CHOICE: lambda: _choice_box(field),
        FieldKind.PHONE: lambda: SeveralLine(formats.phone, example="+7 913 123-45-67"),
        FieldKind.EMAIL: lambda: SeveralLine(example="anna@example.ru"),
        FieldKind.MESSENGER: lambda: SeveralLine(example="@anna"),
        FieldKind.TAGS: lambda: SeveralLine(example=_("vip, wholesale")),
        FieldKind.PERSONS: SeveralLine,
    }
    if field.key in _AREAS:
        return TextArea(lines=2)
    maker = makers.get(field.kind)
    if maker is not None:
        return maker()
    line = TextLine(digits=_LENGTHS.get(field.key, 20))
    line.setMaxLength(field.max_length)
    return line


def _choice_box(field: Field) -> ChoiceBox:
    box = ChoiceBox()
    offer_choices(box, field, None)
    return box


def offer_choices(box: ChoiceBox, field: Field, held: object) -> None:
    """Offer what can be chosen; a value taken out of the list stays on the card that holds it."""
    said = {"kind": labels.kind, "warmth": labels.warmth}.get(field.key, str)
    values = list(offered(field))
    if isinstance(held, str) and held and held not in values:
        values.append(held)
    if field.is_custom:
        said = partial(choice_text, field)
    pairs = [(value, said(value)) for value in values]
    # Every card is of one kind or the other.
    box.set_choices(pairs, empty=None if field.key == "kind" else DASH)


def suggest(editor: Any, values: Sequence[str]) -> None:
    """Offer known values while typing into a line."""
    completer = QCompleter(list(values), editor)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    editor.setCompleter(completer)


def raw(editor: Any) -> str:
    """Return what stands in an editor, readable or not, for the draft of a card."""
    if isinstance(editor, TextArea):
        return editor.toPlainText()
    if isinstance(editor, TextLine):
        return str(editor.text())
    return str(editor.currentText())


def set_raw(editor: Any, text: str) -> None:
    """Put back what a draft has kept."""
    if isinstance(editor, TextArea):
        editor.set_value(text)
    elif isinstance(editor, TextLine):
        editor.setText(text)
    else:
        place = editor.findText(text)
        editor.setCurrentIndex(place if place >= 0 else editor.currentIndex())


def plain(value: Any) -> Any:
    """Return a value as the card keeps it: nothing typed is None, or () where several may be."""
    return tidy(value) or None if isinstance(value, str) and "\n" not in value else value
