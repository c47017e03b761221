"""The kinds of fields: how a value of each is read from text, checked, stored and written out.

A kind is added here, with one entry in `KINDS`, and in the interface, with one entry in the tables
of `ui.words.kinds` and `ui.clients.field_editors`. A new kind works everywhere without more: code
that names a kind elsewhere gives that kind something special.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from db.domain.contacts import (
    email_key,
    is_email,
    is_link,
    is_phone,
    link_key,
    phone_key,
    split_several,
)
from db.domain.days import parse_birthday, parse_day
from db.domain.fields import CardValue, Entry, Fault, Field, FieldKind
from db.domain.money import parse_money, parse_number
from db.domain.text import fold, tidy, tidy_lines

# The column of `custom_value` that holds a value of an own field.
Column = Literal["text", "number", "day", "choice_id"]
Stored = str | Decimal | date | int

_YES = frozenset({"да", "yes", "y", "true", "1", "+", "есть", "д", "истина", "✓"})
_NO = frozenset({"нет", "no", "n", "false", "0", "-", "н", "ложь"})
_NUMBER_LIMIT = Decimal(10) ** 14
_SEPARATORS = re.compile(r"[,;\n/]")


class ValueFault(Exception):
    """A text can't be a value of its field."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


class DayStyle(NamedTuple):
    """How days are read: "yesterday" is the day before `today`.

    With `in_full`, as the cells of files are read, a day must be written out; see `parse_day`.
    """

    today: date
    in_full: bool = False


def _as_stored(stored: Stored, _field: Field) -> Entry:
    if isinstance(stored, int):
        raise TypeError(stored)  # a number without the kind that gives it a meaning
    return stored


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of field does. An entry is one value; with `several` a value is a tuple of them.

    `parse` reads a text into a value, None or () for an empty text, and raises ValueFault.
    `fault` says why an entry of the right type can't be stored. A text that `looks_right` refuses
    is stored all the same and flagged with `doubt`. `tidy` is applied to a text before storing.
    `store` and `load` translate an entry to its column of `custom_value` and back. `key` is the
    form in which two entries are the same. `write` gives a text that `parse` reads as the same
    entry. `own`: the owner can make fields of this kind.
    """

    parse: Callable[[str, Field, DayStyle], CardValue]
    entry_type: type[Entry] = str
    several: bool = False
    column: Column = "text"
    own: bool = True
    fault: Callable[[Entry, Field], Fault | None] | None = None
    looks_right: Callable[[str], bool] | None = None
    doubt: Fault | None = None
    tidy: Callable[[str], str] = str
    store: Callable[[Entry, Field], Stored] = lambda entry, _field: entry
    load: Callable[[Stored, Field], Entry | None] = _as_stored
    key: Callable[[str], str] = fold
    write: Callable[[Entry], str] = str

    @property
    def has_choices(self) -> bool:
        """Values come from the list of the field."""
        return self.column == "choice_id"

    @property
    def is_text(self) -> bool:
        """Entries are free text, which may be junk; numbers, days and flags never are."""
        return self.column == "text"


def parse_value(field: Field, text: str, today: date, *, in_full: bool = False) -> CardValue:
    """Read a text into a value of a field. Raises ValueFault; a doubtful phone is not a fault."""
    kind = KINDS[field.kind]
    if len(text) > _most(field, kind):
        raise ValueFault(Fault.TOO_LONG)
    return kind.parse(text, field, DayStyle(today, in_full))


def value_fault(field: Field, value: CardValue) -> Fault | None:
    """Return why a value can't be stored in a field, None where it can. Empty values can."""
    if value is None or value in ("", ()):
        return None
    kind, entries, length = KINDS[field.kind], entries_of(value), 0
    if isinstance(value, tuple) is not kind.several:
        return Fault.WRONG_KIND
    for entry in entries:
        if not isinstance(entry, kind.entry_type):
            return Fault.WRONG_KIND
        length += len(entry) if isinstance(entry, str) else 0
    if length > _most(field, kind):
        return Fault.TOO_LONG
    if kind.fault is None:
        return None
    return next((fault for entry in entries if (fault := kind.fault(entry, field))), None)


def _most(field: Field, kind: Kind) -> int:
    """Return how many characters a value may have."""
    return field.max_length * (10 if kind.several else 1)


def entries_of(value: CardValue) -> tuple[Entry, ...]:
    """Return the entries of a value of any kind: none of an empty one, one of a single value."""
    if isinstance(value, tuple):
        return value
    return () if value is None or value == "" else (value,)


def offered(field: Field) -> tuple[str, ...]:
    """Return the values that can be chosen in a field with a list, without archived ones."""
    if field.is_custom:
        return tuple(choice.text for choice in field.choices if not choice.archived)
    return field.codes


def as_text(field: Field, value: CardValue) -> str:
    """Return a value as a text that `parse_value` reads back; empty for an empty value."""
    return ", ".join(map(KINDS[field.kind].write, entries_of(value)))


def convert(
    value: CardValue, source: Field, target: Field, today: date, text: str | None = None
) -> CardValue:
    """Return what a value becomes in a field of another kind: its text, read there.

    `text` is the value as a person reads it, where that differs from `as_text`: yes and no.
    Raises ValueFault where it can't be converted.
    """
    if value is None or value in ("", ()):
        return () if KINDS[target.kind].several else None
    converted = parse_value(target, as_text(source, value) if text is None else text, today)
    if fault := value_fault(target, converted):
        raise ValueFault(fault)
    return converted


def _parse_text(text: str, _field: Field, _days: DayStyle) -> CardValue:
    return tidy(text) or None


def _parse_lines(text: str, _field: Field, _days: DayStyle) -> CardValue:
    return tidy_lines(text) or None


def _parse_several(text: str, _field: Field, _days: DayStyle) -> CardValue:
    return split_several(text)


def _parse_day(text: str, _field: Field, days: DayStyle) -> CardValue:
    try:
        return parse_day(text, days.today, in_full=days.in_full)
    except ValueError:
        raise ValueFault(Fault.BAD_DATE) from None


def _parse_birthday(text: str, _field: Field, days: DayStyle) -> CardValue:
    try:
        return parse_birthday(text, days.today)
    except ValueError:
        raise ValueFault(Fault.BAD_DATE) from None


def _parse_number(text: str, _field: Field, _days: DayStyle) -> CardValue:
    return _number(parse_number, text)


def _parse_money(text: str, _field: Field, _days: DayStyle) -> CardValue:
    return _number(parse_money, text)


def _number(parse: Callable[[str], Decimal | None], text: str) -> Decimal | None:
    try:
        number = parse(text)
    except ValueError:
        raise ValueFault(Fault.BAD_NUMBER) from None
    if number is not None and abs(number) >= _NUMBER_LIMIT:
        raise ValueFault(Fault.BAD_NUMBER)
    return number if number is None else round(number, 4)


def _number_fault(places: int) -> Callable[[Entry, Field], Fault | None]:
    def fault(entry: Entry, _field: Field) -> Fault | None:
        assert isinstance(entry, Decimal)  # noqa: S101 - `value_fault` looks at the type first
        fits = entry.is_finite() and abs(entry) < _NUMBER_LIMIT and round(entry, places) == entry
        return None if fits else Fault.BAD_NUMBER

    return fault


def _parse_flag(text: str, _field: Field, _days: DayStyle) -> CardValue:
    plain = fold(text)
    if plain and plain not in _YES | _NO:
        raise ValueFault(Fault.WRONG_KIND)
    return plain in _YES if plain else None


def _parse_choice(text: str, field: Field, _days: DayStyle) -> CardValue:
    plain = fold(text)
    if not plain:
        return None
    for choice in offered(field):
        if fold(choice) == plain:
            return choice
    raise ValueFault(Fault.NOT_A_CHOICE)


def _parse_choices(text: str, field: Field, _days: DayStyle) -> CardValue:
    """Read choices separated by , ; / or lines, in the order of the list.

    The longest fit wins, so that a choice may hold a separator itself.
    """
    known = {fold(choice): choice for choice in offered(field)}
    longest = 1 + max((len(_SEPARATORS.findall(choice)) for choice in known), default=0)
    starts = [0, *(match.end() for match in _SEPARATORS.finditer(text)), len(text) + 1]
    chosen, place = set(), 0
    while place < len(starts) - 1:
        for end in range(min(place + longest, len(starts) - 1), place, -1):
            part = fold(text[starts[place] : starts[end] - 1])
            if part in known:
                chosen.add(known[part])
                break
        if part and part not in known:
            raise ValueFault(Fault.NOT_A_CHOICE)
        place = end
    return tuple(choice for choice in offered(field) if choice in chosen)


def _choice_fault(entry: Entry, field: Field) -> Fault | None:
    known = (*offered(field), *(choice.text for choice in field.choices))
    return None if entry in known else Fault.NOT_A_CHOICE


def _choice_id(entry: Entry, field: Field) -> int:
    return next(choice.id for choice in field.choices if choice.text == entry)


def _choice_text(stored: Stored, field: Field) -> str | None:
    return next((choice.text for choice in field.choices if choice.id == stored), None)


def _plain_number(entry: Entry) -> str:
    return f"{entry:f}"


_SEVERAL_TEXTS = Kind(_parse_several, several=True, own=False)

KINDS: Mapping[FieldKind, Kind] = {
    FieldKind.TEXT: Kind(_parse_text, tidy=tidy),
    FieldKind.LONG_TEXT: Kind(_parse_lines, tidy=tidy_lines),
    FieldKind.NUMBER: Kind(
        _parse_number, Decimal, column="number", fault=_number_fault(4), write=_plain_number
    ),
    FieldKind.MONEY: Kind(
        _parse_money, Decimal, column="number", fault=_number_fault(2), write=_plain_number
    ),
    FieldKind.DATE: Kind(_parse_day, date, column="day"),
    FieldKind.FLAG: Kind(
        _parse_flag,
        bool,
        column="number",
        store=lambda entry, _field: Decimal(bool(entry)),
        load=lambda stored, _field: bool(stored),
        write=lambda entry: "yes" if entry else "no",
    ),
    FieldKind.CHOICE: Kind(
        _parse_choice, column="choice_id", fault=_choice_fault, store=_choice_id, load=_choice_text
    ),
    FieldKind.CHOICES: Kind(
        _parse_choices,
        several=True,
        column="choice_id",
        fault=_choice_fault,
        store=_choice_id,
        load=_choice_text,
    ),
    FieldKind.PHONE: Kind(
        _parse_several, several=True, looks_right=is_phone, doubt=Fault.BAD_PHONE, key=phone_key
    ),
    FieldKind.EMAIL: Kind(
        _parse_several, several=True, looks_right=is_email, doubt=Fault.BAD_EMAIL, key=email_key
    ),
    FieldKind.LINK: Kind(
        _parse_text, tidy=tidy, looks_right=is_link, doubt=Fault.BAD_LINK, key=link_key
    ),
    FieldKind.BIRTHDAY: Kind(_parse_birthday, own=False),
    FieldKind.MESSENGER: _SEVERAL_TEXTS,
    FieldKind.TAGS: _SEVERAL_TEXTS,
    FieldKind.PERSONS: _SEVERAL_TEXTS,
}
# What an owner can make; the other kinds belong to standard fields.
CUSTOM_KINDS = tuple(kind for kind, entry in KINDS.items() if entry.own)
