"""What the columns of a file hold: found by their headings, remembered, or said by the owner."""

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

# One target a column; None is left aside.
Targets = tuple[str | None, ...]

NEW_FIELD = "new"  # a text field of the owner's own, made for this column


class TableKind(StrEnum):
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
# Known also with other words around: "Контактный телефон клиента".
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
    """Return a heading as headings are compared: no case, no signs, ё as е."""
    return " ".join(re.findall(r"\w+", fold(heading).replace("_", " ")))


def _forms(heading: str) -> Iterable[str]:
    """Return a heading whole, without what stands in brackets, its number, its currency."""
    whole = plain_heading(heading)
    bare = plain_heading(re.sub(r"\(.*?\)|\[.*?\]", " ", heading))
    yield whole
    yield bare
    yield re.sub(r"\s*\d+$", "", bare)
    yield re.sub(rf"\s+({CURRENCY})$", "", bare)


def own_targets(own: Iterable[Field]) -> dict[str, str]:
    """Return the owner's fields by their labels and keys, as headings are compared."""
    found: dict[str, str] = {}
    keys = {field.key for field in own}
    found.update({word: key for word, key in PRESET_WORDS.items() if key in keys})
    for field in own:
        found[plain_heading(field.key)] = field.key
        for label in preset_words().labels_of(field):
            for form in _forms(label):
                found.setdefault(form, field.key)
    for field in own:  # a label as it is stored wins over a word of another field's preset
        found[plain_heading(field.label)] = field.key
    found.pop("", None)
    return found


def target_of(kind: TableKind, heading: str, own: Mapping[str, str]) -> str | None:
    """Return what a column of this heading holds, or None."""
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
    """Find what each column holds. Of two columns for one thing the first one has it."""
    labels = own_targets(own)
    found = [target_of(kind, heading, labels) for heading in header]
    if kind is TableKind.CLIENTS and "last_name" in found:
        found = [
            "first_name" if plain_heading(heading) in FIRST_NAME_BESIDE_LAST else target
            for heading, target in zip(header, found, strict=True)
        ]
    return _once(found)


def _once(found: Iterable[str | None]) -> Targets:
    taken: set[str] = set()
    kept: list[str | None] = []
    for target in found:
        free = target is not None and (target in SEVERAL_TARGETS or target not in taken)
        kept.append(target if free else None)
        if target is not None:
            taken.add(target)
    return tuple(kept)


def guess_kind(header: Sequence[str]) -> TableKind:
    """Say what a file holds: a date with an amount is a purchase, a price without is a product."""
    sold = map_columns(TableKind.PURCHASES, header, ())
    if "day" in sold and "amount" in sold:
        return TableKind.PURCHASES
    known = {
        kind: sum(target is not None for target in map_columns(kind, header, ()))
        for kind in TableKind
    }
    if known[TableKind.PRODUCTS] > known[TableKind.CLIENTS]:
        return TableKind.PRODUCTS
    return TableKind.CLIENTS


def is_enough(kind: TableKind, chosen: Targets) -> bool:
    """Say whether rows can be loaded with these columns at all."""
    return all(needed & set(chosen) for needed in _NEEDED[kind])


def missing_targets(kind: TableKind, chosen: Targets) -> tuple[frozenset[str], ...]:
    """Return groups of targets of which one each is still wanted."""
    return tuple(needed for needed in _NEEDED[kind] if not needed & set(chosen))


def known_headings(kind: TableKind, header: Sequence[str], own: Iterable[Field] = ()) -> int:
    return sum(target is not None for target in map_columns(kind, header, own))


def targets(kind: TableKind, own: Iterable[Field]) -> tuple[str, ...]:
    """Return everything a column of such a file can hold."""
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
    cells = [row[column] for row in sheet.rows if column < len(row)]
    long = any(len(cell) > 500 or "\n" in cell for cell in cells)  # noqa: PLR2004 - a text field's
    kind, most = (FieldKind.LONG_TEXT, 20_000) if long else (FieldKind.TEXT, 500)
    return Field(f"{NEW_FIELD}:{column}", kind, -1, sheet.title(column), max_length=most)


def signature(kind: TableKind, header: Sequence[str]) -> str:
    """Return a name for all files with these headings in this order."""
    text = "\n".join([kind, *map(plain_heading, header)])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def change_targets(
    kind: TableKind,
    sheet: Sheet,
    chosen: Targets,
    wanted: Mapping[str, str | None],
    own: Sequence[Field],
) -> Targets:
    """Change a mapping by what the owner said: column to target, or target to column.

    A column is named by its heading, letter or number (1 is the first). A target of None, "" or
    "ignore" leaves the column aside; "new" makes a text field. Raises ColumnError.
    """
    changed = list(chosen)
    labels = own_targets(own)
    for left, right in wanted.items():
        column, target = _column(sheet, left), right
        if column is None and right:
            column, target = _column(sheet, right), left
        if column is None:
            raise ColumnError(left)
        known = _target(kind, target, own, labels)
        if known is not None and known not in SEVERAL_TARGETS and known != NEW_FIELD:
            changed = [None if held == known else held for held in changed]
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
