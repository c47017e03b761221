"""The kinds of fields in words: what each is called, and how an entry of it is shown. No Qt."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from db.domain.fields import Entry, Field, FieldKind
from db.domain.kinds import KINDS
from ui.words import formats, labels
from ui.words.i18n import _
from ui.words.presets import choice_text


def plain_entry(entry: Entry | int) -> str:
    """Show an entry by its type, where the kind of its field is not known."""
    if isinstance(entry, bool):
        return _("Yes") if entry else _("No")
    if isinstance(entry, date):
        return formats.day(entry)
    if isinstance(entry, Decimal | int):
        return formats.number(Decimal(entry), None)
    return str(entry)


def _money(entry: Entry) -> str:
    return formats.money(entry) if isinstance(entry, Decimal) else plain_entry(entry)


def _flag(entry: Entry) -> str:
    return plain_entry(bool(entry))  # the journal knows it as the number 1 or 0


def _birthday(entry: Entry) -> str:
    return formats.birthday(str(entry))


def _phone(entry: Entry) -> str:
    return formats.phone(str(entry))


@dataclass(frozen=True, slots=True)
class KindWords:
    """The name of a kind of field, and how one entry of it is shown."""

    name: Callable[[], str]
    entry: Callable[[Entry], str] = plain_entry


KIND_WORDS: Mapping[FieldKind, KindWords] = {
    FieldKind.TEXT: KindWords(lambda: _("text")),
    FieldKind.LONG_TEXT: KindWords(lambda: _("long text")),
    FieldKind.NUMBER: KindWords(lambda: _("number")),
    FieldKind.MONEY: KindWords(lambda: _("money"), _money),
    FieldKind.DATE: KindWords(lambda: _("date")),
    FieldKind.BIRTHDAY: KindWords(
        lambda: _("birthday"), lambda entry: formats.birthday(str(entry))
    ),
    FieldKind.FLAG: KindWords(lambda: _("yes or no"), _flag),
    FieldKind.CHOICE: KindWords(lambda: _("one of a list")),
    FieldKind.CHOICES: KindWords(lambda: _("several of a list")),
    FieldKind.PHONE: KindWords(lambda: _("phone"), _phone),
    FieldKind.EMAIL: KindWords(lambda: _("e-mail")),
    FieldKind.LINK: KindWords(lambda: _("link")),
    FieldKind.MESSENGER: KindWords(lambda: _("messenger")),
    FieldKind.TAGS: KindWords(lambda: _("tags")),
    FieldKind.PERSONS: KindWords(lambda: _("contact persons")),
}
# Standard lists hold codes.
_CODES: Mapping[str, Callable[[str], str]] = {"kind": labels.kind, "warmth": labels.warmth}


def kind_name(kind: FieldKind) -> str:
    """Return what a kind is called in the list of kinds."""
    return KIND_WORDS[kind].name()


def entry_words(field: Field, entry: Entry) -> str:
    """Return one entry of a field as a person reads it."""
    if field.key in _CODES and not field.is_custom:
        return _CODES[field.key](str(entry))
    if field.is_custom and KINDS[field.kind].has_choices:
        return choice_text(field, str(entry))
    return KIND_WORDS[field.kind].entry(entry)
