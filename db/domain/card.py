"""A card as values by field key: why it can't be stored, and what looks wrong in it."""

from collections.abc import Callable, Mapping

from db.domain.contacts import is_inn, is_kpp, is_ogrn
from db.domain.field_rules import is_filled, is_junk
from db.domain.fields import CardValue, Entry, Fault, Field, FieldError
from db.domain.kinds import KINDS, entries_of, value_fault

CardValues = Mapping[str, CardValue]

# Contacts that name a card without a name, in this order.
NAMING = ("phone", "email", "messenger")

# Standard fields with a check of their own, beside the one of their kind.
_CHECKS: Mapping[str, tuple[Callable[[str], bool], Fault]] = {
    "inn": (is_inn, Fault.BAD_INN),
    "kpp": (is_kpp, Fault.BAD_KPP),
    "ogrn": (is_ogrn, Fault.BAD_OGRN),
}


def faults(fields: Mapping[str, Field], values: CardValues) -> tuple[FieldError, ...]:
    """Return why these values can't be stored: wrong shapes, or neither a name nor a contact."""
    errors = [
        FieldError(key, fault, str(value))
        for key, value in values.items()
        if (fault := value_fault(fields[key], value) if key in fields else Fault.NO_SUCH_FIELD)
    ]
    if not any(is_filled(values.get(key)) for key in ("name", *NAMING)):
        errors.append(FieldError("name", Fault.NO_NAME_OR_CONTACT))
    return tuple(errors)


def name_from_contacts(values: CardValues) -> str | None:
    """Return the name of a card without one: its first contact that is no junk."""
    entries = (entry for key in NAMING for entry in entries_of(values.get(key)))
    return next((str(entry) for entry in entries if is_filled(entry)), None)


def doubts(field: Field, value: CardValue) -> tuple[FieldError, ...]:
    """Return the entries of a value that look wrong; they are stored and flagged.

    Junk is a gap, not a doubt.
    """
    return tuple(
        FieldError(field.key, fault, str(entry))
        for entry in entries_of(value)
        if (fault := entry_doubt(field, entry))
    )


def entry_doubt(field: Field, entry: Entry) -> Fault | None:
    """Return why one entry of a field looks wrong, None where it does not or is junk."""
    kind = KINDS[field.kind]
    looks_right, fault = _CHECKS.get(field.key, (kind.looks_right, kind.doubt))
    if looks_right is None or not isinstance(entry, str) or is_junk(entry):
        return None
    return None if looks_right(entry) else fault


def tidied(fields: Mapping[str, Field], values: CardValues) -> dict[str, CardValue]:
    """Return values as they are stored: texts tidy, empty texts None, empty lists ()."""
    return {
        key: _tidied(fields[key], value) if key in fields else value
        for key, value in values.items()
    }


def _tidied(field: Field, value: CardValue) -> CardValue:
    kind = KINDS[field.kind]
    if kind.several:
        return value or ()
    return (kind.tidy(value) or None) if isinstance(value, str) else value
