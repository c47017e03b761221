"""Which editor a field of the card has, and editors that only cards need."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QWidget

from db.domain.contacts import split_several
from db.domain.days import parse_birthday
from db.domain.fields import CardValue, Field, FieldKind
from db.domain.kinds import entries_of, offered
from ui.widgets.choices import ChipsChoice, ChoiceBox, YesNoBox
from ui.widgets.editor import CardEditor
from ui.widgets.editors import DateLine, MoneyLine, NumberLine, TextArea, TextLine, Today, ValueLine
from ui.words import formats
from ui.words.formats import DASH
from ui.words.i18n import _
from ui.words.kinds import entry_words

# Fields whose values repeat from card to card: the known ones are offered while typing.
SUGGESTED = ("source", "target_group", "region", "responsible")
_AREAS = frozenset({"job"})
_LENGTHS = {"inn": 14, "kpp": 12, "ogrn": 17, "name": 30, "address": 30}


class SeveralLine(ValueLine[tuple[str, ...]]):
    """Several entries in one line, separated by commas; the value is a tuple of them."""

    def __init__(
        self, shown: Callable[[str], str] = str, *, example: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(example=example, parent=parent)
        self._entry = shown

    def value(self) -> tuple[str, ...]:
        return split_several(self.text())

    def set_value(self, value: Iterable[str] | None) -> None:
        self.setText(", ".join(self._entry(entry) for entry in value or ()))
        self.setCursorPosition(0)

    def shown(self) -> str:
        return ", ".join(self._entry(entry) for entry in self.value())


class BirthdayLine(ValueLine[str | None]):
    """A birthday with or without a year: `8.3.84`, `8 марта`; the value as the card keeps it."""

    def __init__(self, *, today: Today, parent: QWidget | None = None) -> None:
        super().__init__(digits=15, parent=parent)
        self._today = today
        self.setPlaceholderText(_("dd.mm.yyyy or dd.mm"))

    def value(self) -> str | None:
        """Raises ValueError when `problem` says something."""
        return parse_birthday(self.text(), self._today())

    def set_value(self, value: str | None) -> None:
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


def _line(field: Field, _today: Today) -> CardEditor:
    line = TextLine(digits=_LENGTHS.get(field.key, 20))
    line.setMaxLength(field.max_length)
    return line


def _link(field: Field, _today: Today) -> CardEditor:
    line = TextLine(digits=30, example="example.ru")
    line.setMaxLength(field.max_length)
    return line


def _choice(field: Field, _today: Today) -> CardEditor:
    box: ChoiceBox[str] = ChoiceBox()
    offer_choices(box, field, None)
    return box


def _choices(field: Field, _today: Today) -> CardEditor:
    chips: ChipsChoice[str] = ChipsChoice()
    offer_choices(chips, field, None)
    return chips


# The editor of each kind; how its values are shown elsewhere stands in `ui.words.kinds`.
EDITORS: Mapping[FieldKind, Callable[[Field, Today], CardEditor]] = {
    FieldKind.TEXT: _line,
    FieldKind.LONG_TEXT: lambda _field, _today: TextArea(lines=2),
    FieldKind.NUMBER: lambda _field, _today: NumberLine(),
    FieldKind.MONEY: lambda _field, _today: MoneyLine(),
    FieldKind.DATE: lambda _field, today: DateLine(today=today),
    FieldKind.BIRTHDAY: lambda _field, today: BirthdayLine(today=today),
    FieldKind.FLAG: lambda _field, _today: YesNoBox(),
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.PHONE: lambda _f, _t: SeveralLine(formats.phone, example="+7 913 123-45-67"),
    FieldKind.EMAIL: lambda _field, _today: SeveralLine(example="anna@example.ru"),
    FieldKind.LINK: _link,
    FieldKind.MESSENGER: lambda _field, _today: SeveralLine(example="@anna"),
    FieldKind.TAGS: lambda _field, _today: SeveralLine(example=_("vip, wholesale")),
    FieldKind.PERSONS: lambda _field, _today: SeveralLine(),
}


def editor_for(field: Field, today: Today) -> CardEditor:
    """Return an empty editor for a field."""
    if field.key in _AREAS:
        return TextArea(lines=2)
    return EDITORS[field.kind](field, today)


def offer_choices(editor: CardEditor, field: Field, value: CardValue) -> None:
    """Offer what can be chosen; a value taken out of the list stays on the card that holds it."""
    entries = list(offered(field))
    entries += [entry for entry in map(str, entries_of(value)) if entry not in entries]
    pairs = [(entry, entry_words(field, entry)) for entry in entries]
    if isinstance(editor, ChipsChoice):
        editor.set_choices(pairs)
    elif isinstance(editor, ChoiceBox):
        # Every card is of one kind or the other.
        editor.set_choices(pairs, empty=None if field.key == "kind" else DASH)


def suggest(editor: CardEditor, values: Sequence[str]) -> None:
    """Offer known values while typing into a line."""
    if not isinstance(editor, ValueLine):
        return
    completer = QCompleter(list(values), editor)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    editor.setCompleter(completer)
