"""A card as values by field key: reading what was typed, and what is wrong with it.

Values by kind: text and codes `str`; phones, e-mails, messengers, tags and contact persons tuples
of `str`; numbers and money `Decimal`; dates `date`; birthdays `YYYY-MM-DD` or `--MM-DD`; flags
`bool`; a choice of the owner's list its text. An empty value is None or ().
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal

from db.domain.contacts import is_email, is_inn, is_kpp, is_ogrn, is_phone, split_several
from db.domain.days import parse_birthday, parse_day
from db.domain.fields import DOUBTS, Fault, Field, FieldError, FieldKind
from db.domain.money import parse_money, parse_number
from db.domain.rules import is_filled, is_junk
from db.domain.text import fold, tidy, tidy_lines

CardValue = str | tuple[str, ...] | Decimal | date | bool | None
CardValues = Mapping[str, CardValue]

SEVERAL = frozenset(
    {FieldKind.PHONE, FieldKind.EMAIL, FieldKind.MESSENGER, FieldKind.TAGS, FieldKind.PERSONS}
)
_YES = frozenset({"да", "yes", "y", "true", "1", "+", "есть", "д", "истина", "✓"})
_NO = frozenset({"нет", "no", "n", "false", "0", "-", "н", "ложь"})
_NUMBER_LIMIT = Decimal(10) ** 14


class ValueFault(Exception):
    """What was typed can't be a value of its field."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def parse_value(field: Field, text: str, today: date, *, in_full: bool = False) -> CardValue:
    """Read what was typed into a field. Raises ValueFault; a doubtful phone is not a fault.

    With `in_full`, as the cells of files are read, a day must be written out; see `parse_day`.
    """
    if len(text) > field.max_length * (10 if field.kind in SEVERAL else 1):
        raise ValueFault(Fault.TOO_LONG)
    match field.kind:
        case FieldKind.TEXT:
            return tidy(text) or None
        case FieldKind.LONG_TEXT:
            return tidy_lines(text) or None
        case FieldKind.DATE | FieldKind.BIRTHDAY:
            return _day(field.kind, text, today, in_full=in_full)
        case FieldKind.NUMBER | FieldKind.MONEY:
            return _number(field.kind, text)
        case FieldKind.FLAG:
            return _flag(text)
        case FieldKind.CHOICE:
            return _choice(field, text)
    return split_several(text)


def _day(kind: FieldKind, text: str, today: date, *, in_full: bool) -> CardValue:
    try:
        if kind is FieldKind.BIRTHDAY:
            return parse_birthday(text, today)
        return parse_day(text, today, in_full=in_full)
    except ValueError:
        raise ValueFault(Fault.BAD_DATE) from None


def _number(kind: FieldKind, text: str) -> CardValue:
    try:
        number = (parse_money if kind is FieldKind.MONEY else parse_number)(text)
    except ValueError:
        raise ValueFault(Fault.BAD_NUMBER) from None
    if number is None:
        return None
    if abs(number) >= _NUMBER_LIMIT:
        raise ValueFault(Fault.BAD_NUMBER)
    return round(number, 4)


def _flag(text: str) -> CardValue:
    plain = fold(text)
    if plain and plain not in _YES | _NO:
        raise ValueFault(Fault.WRONG_KIND)
    return plain in _YES if plain else None


def _choice(field: Field, text: str) -> CardValue:
    plain = fold(text)
    if not plain:
        return None
    for value in offered(field):
        if fold(value) == plain:
            return value
    raise ValueFault(Fault.NOT_A_CHOICE)


def offered(field: Field) -> tuple[str, ...]:
    """Return what can be chosen in a field of the kind choice."""
    if field.is_custom:
        return tuple(choice.text for choice in field.choices if not choice.archived)
    return field.codes


def faults(fields: Mapping[str, Field], values: CardValues) -> tuple[FieldError, ...]:
    """Return what keeps these values from being stored: wrong shapes, no name and no contact."""
    found = [
        FieldError(key, fault, str(value))
        for key, value in values.items()
        if (fault := _fault(fields.get(key), value))
    ]
    if not any(is_filled(values.get(key)) for key in ("name", "phone", "email", "messenger")):
        found.append(FieldError("name", Fault.NO_NAME_OR_CONTACT))
    return tuple(found)


_SHAPES: Mapping[FieldKind, type] = {
    FieldKind.NUMBER: Decimal,
    FieldKind.MONEY: Decimal,
    FieldKind.DATE: date,
    FieldKind.FLAG: bool,
}


def _fault(field: Field | None, value: CardValue) -> Fault | None:
    if field is None:
        return Fault.NO_SUCH_FIELD
    if value is None or value in ("", ()):
        return None
    wanted = tuple if field.kind in SEVERAL else _SHAPES.get(field.kind, str)
    if not isinstance(value, wanted):
        return Fault.WRONG_KIND
    if isinstance(value, str):
        if len(value) > field.max_length:
            return Fault.TOO_LONG
        held = (*offered(field), *(choice.text for choice in field.choices))
        if field.kind is FieldKind.CHOICE and value not in held:
            return Fault.NOT_A_CHOICE
    return None


_CHECKS: tuple[tuple[str, Callable[[str], bool], Fault], ...] = (
    ("phone", is_phone, Fault.BAD_PHONE),
    ("email", is_email, Fault.BAD_EMAIL),
    ("inn", is_inn, Fault.BAD_INN),
    ("kpp", is_kpp, Fault.BAD_KPP),
    ("ogrn", is_ogrn, Fault.BAD_OGRN),
)


def doubts(values: CardValues) -> tuple[FieldError, ...]:
    """Return the values that look wrong; they are kept and flagged. Junk is a gap, not a doubt."""
    return tuple(
        FieldError(key, fault, entry)
        for key, holds, fault in _CHECKS
        for entry in _entries(values.get(key))
        if not is_junk(entry) and not holds(entry) and fault in DOUBTS
    )


def _entries(value: CardValue) -> Iterable[str]:
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) and value else ()
