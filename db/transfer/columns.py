"""The targets of the columns of a file: found by headings, stored, or chosen by the owner."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from db.domain.fields import STANDARD, Field, FieldKind
from db.domain.text import fold
from db.preset_words import preset_words
from db.transfer.column_words import (
    CLIENT_WORDS,
    CURRENCY,
    FILLERS,
    FIRST_NAME_BESIDE_LAST,
    PRESET_WORDS,
    PRODUCT_WORDS,
    PURCHASE_WORDS,
)
from db.transfer.sheet import Sheet, letter

# One target a column; None: the column is ignored.
Targets = tuple[str | None, ...]

NEW_FIELD = "new"  # a custom text field, made for this column


class TableKind(StrEnum):
    """What the rows of a file are."""

    CLIENTS = "clients"
    PURCHASES = "purchases"
    PRODUCTS = "products"


AGREEMENTS = ("discount", "deferred", "credit")
NAME_PARTS = ("last_name", "first_name", "middle_name")
_WORDS: Mapping[TableKind, Mapping[str, str]] = {
    TableKind.CLIENTS: CLIENT_WORDS,
    TableKind.PURCHASES: PURCHASE_WORDS,
    TableKind.PRODUCTS: PRODUCT_WORDS,
}
# A client may have several of these, so several columns may hold them.
SEVERAL_TARGETS = frozenset({"phone", "email", "messenger", "tags", "contact_person"})
# Recognised also among other words: "Контактный телефон клиента".
_KNOWN_INSIDE = frozenset({"phone", "email", "birthday", "inn", "kpp", "ogrn"})
_NEEDED: Mapping[TableKind, tuple[frozenset[str], ...]] = {
    TableKind.CLIENTS: (frozenset({"name", *NAME_PARTS, "phone", "email", "messenger", "inn"}),),
    TableKind.PURCHASES: (
        frozenset({"client", "inn", "phone", "email"}),
        frozenset({"day"}),
        frozenset({"amount"}),
    ),
    TableKind.PRODUCTS: (frozenset({"name"}),),
}


class ColumnError(Exception):
    """A mapping names a column or a target that does not exist; the text is that name."""


def plain_heading(heading: str) -> str:
    """Return the form in which headings are compared: no case, no punctuation, ё as е."""
    return " ".join(re.findall(r"\w+", fold(heading).replace("_", " ")))


def _forms(heading: str) -> Iterable[str]:
    """Yield a heading whole, then without brackets, without its number, without its currency."""
    whole = plain_heading(heading)
    bare = plain_heading(re.sub(r"\(.*?\)|\[.*?\]", " ", heading))
    yield whole
    yield bare
    yield re.sub(r"\s*\d+$", "", bare)
    yield re.sub(rf"\s+({CURRENCY})$", "", bare)


def own_targets(own: Iterable[Field]) -> dict[str, str]:
    """Return the keys of custom fields by `plain_heading` of their labels and keys."""
    by_heading: dict[str, str] = {}
    keys = {field.key for field in own}
    by_heading.update({word: key for word, key in PRESET_WORDS.items() if key in keys})
    for field in own:
        by_heading[plain_heading(field.key)] = field.key
        for label in preset_words().labels_of(field.key, field.label):
            for form in _forms(label):
                by_heading.setdefault(form, field.key)
    for field in own:  # a stored label wins over a preset's word for another field
        by_heading[plain_heading(field.label)] = field.key
    by_heading.pop("", None)
    return by_heading


def target_of(kind: TableKind, heading: str, own: Mapping[str, str]) -> str | None:
    """Return the target of a heading, or None."""
    if not plain_heading(heading):
        return None
    words = _WORDS[kind]
    for form in _forms(heading):
        if kind is TableKind.CLIENTS and form in own:
            return own[form]
        if form in words:
            return words[form]
    for key in targets(kind, ()):
        if plain_heading(heading) == plain_heading(key):
            return key
    rest = [word for word in next(iter(_forms(heading))).split() if word not in FILLERS]
    known = words.get(" ".join(rest)) if rest else None
    return known if known in _KNOWN_INSIDE else None


def map_columns(kind: TableKind, header: Sequence[str], own: Iterable[Field]) -> Targets:
    """Return the target of each column; of two columns with one target the first gets it."""
    labels = own_targets(own)
    chosen = [target_of(kind, heading, labels) for heading in header]
    if kind is TableKind.CLIENTS and "last_name" in chosen:
        chosen = [
            "first_name" if plain_heading(heading) in FIRST_NAME_BESIDE_LAST else target
            for heading, target in zip(header, chosen, strict=True)
        ]
    return _once(chosen)


def _once(chosen: Iterable[str | None]) -> Targets:
    used: set[str] = set()
    unique: list[str | None] = []
    for target in chosen:
        free = target is not None and (target in SEVERAL_TARGETS or target not in used)
        unique.append(target if free else None)
        if target is not None:
            used.add(target)
    return tuple(unique)


def guess_kind(header: Sequence[str]) -> TableKind:
    """Guess the kind of a file: a date and an amount are purchases, a price alone products."""
    purchase_targets = map_columns(TableKind.PURCHASES, header, ())
    if "day" in purchase_targets and "amount" in purchase_targets:
        return TableKind.PURCHASES
    recognised = {
        kind: sum(target is not None for target in map_columns(kind, header, ()))
        for kind in TableKind
    }
    if recognised[TableKind.PRODUCTS] > recognised[TableKind.CLIENTS]:
        return TableKind.PRODUCTS
    return TableKind.CLIENTS


def is_enough(kind: TableKind, chosen: Targets) -> bool:
    """Say whether these targets are enough to import rows."""
    return all(needed & set(chosen) for needed in _NEEDED[kind])


def missing_targets(kind: TableKind, chosen: Targets) -> tuple[frozenset[str], ...]:
    """Return the groups of targets of which one each is still missing."""
    return tuple(needed for needed in _NEEDED[kind] if not needed & set(chosen))


def known_headings(kind: TableKind, header: Sequence[str], own: Iterable[Field] = ()) -> int:
    """Return how many headings are recognised."""
    return sum(target is not None for target in map_columns(kind, header, own))


def targets(kind: TableKind, own: Iterable[Field]) -> tuple[str, ...]:
    """Return all targets of such a file."""
    if kind is TableKind.CLIENTS:
        standard = [field.key for field in STANDARD]
        return (*standard[:1], *NAME_PARTS, *standard[1:], *(f.key for f in own), *AGREEMENTS)
    return tuple(dict.fromkeys(_WORDS[kind].values()))


def column_fields(
    sheet: Sheet, chosen: Targets, fields: Mapping[str, Field]
) -> tuple[Field | None, ...]:
    """Return the field of each column; one to be made has the key `new:` with its number."""
    return tuple(
        new_field(sheet, place) if target == NEW_FIELD else fields.get(target or "")
        for place, target in enumerate(chosen)
    )


def new_field(sheet: Sheet, column: int) -> Field:
    """Return the custom field to be made for a column."""
    cells = [row[column] for row in sheet.rows if column < len(row)]
    long = any(len(cell) > 500 or "\n" in cell for cell in cells)  # noqa: PLR2004 - a text field's
    kind, most = (FieldKind.LONG_TEXT, 20_000) if long else (FieldKind.TEXT, 500)
    return Field(f"{NEW_FIELD}:{column}", kind, -1, sheet.title(column), max_length=most)


def signature(kind: TableKind, header: Sequence[str]) -> str:
    """Return a hash of the headings in their order, for storing a mapping."""
    text = "\n".join([kind, *map(plain_heading, header)])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def change_targets(
    kind: TableKind,
    sheet: Sheet,
    chosen: Targets,
    choices: Mapping[str, str | None],
    own: Sequence[Field],
) -> Targets:
    """Change a mapping by pairs of column and target, in either order.

    A column is named by its heading, letter or number (1 is the first). A target of None, "" or
    "ignore" ignores the column; "new" makes a text field. Raises ColumnError.
    """
    changed = list(chosen)
    labels = own_targets(own)
    for left, right in choices.items():
        column, target = _column(sheet, left), right
        if column is None and right:
            column, target = _column(sheet, right), left
        if column is None:
            raise ColumnError(left)
        known = _target(kind, target, own, labels)
        if known is not None and known not in SEVERAL_TARGETS and known != NEW_FIELD:
            changed = [None if before == known else before for before in changed]
        changed[column] = known
    return tuple(changed)


def _column(sheet: Sheet, name: str) -> int | None:
    for place, heading in enumerate(sheet.header):
        if heading and plain_heading(heading) == plain_heading(name):
            return place
    for place in range(len(sheet.header)):
        if name.strip().upper() == letter(place) or name.strip() == str(place + 1):
            return place
    return None


def _target(
    kind: TableKind, name: str | None, own: Sequence[Field], labels: Mapping[str, str]
) -> str | None:
    if name is None or fold(name) in ("", "ignore", "none"):
        return None
    if fold(name) == NEW_FIELD and kind is TableKind.CLIENTS:
        return NEW_FIELD
    if name in targets(kind, own):
        return name
    known = target_of(kind, name, labels)
    if known is None:
        raise ColumnError(name)
    return known
