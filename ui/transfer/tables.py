"""The columns and rows of what is exported, in the language in use. No Qt."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from db.domain.fields import CardValue, Entry, Field, FieldKind
from db.domain.kinds import KINDS
from db.progress import SILENT, Progress
from db.transfer.columns import AGREEMENTS, TableKind
from db.transfer.export import ClientsOut, PurchaseOut
from db.transfer.plan import RowProblem
from db.transfer.sheet import Sheet
from db.transfer.tables_out import Cell, CellKind, OutColumn, write_table
from ui.words import labels
from ui.words import transfer as wording
from ui.words.i18n import _
from ui.words.presets import choice_text

# What a cell holds follows from the type of the entries, except for these kinds.
_KINDS = {FieldKind.MONEY: CellKind.MONEY, FieldKind.BIRTHDAY: CellKind.DAY}
_TYPES: Mapping[type[Entry], CellKind] = {Decimal: CellKind.NUMBER, date: CellKind.DAY}


def write_clients(path: Path, clients: ClientsOut, progress: Progress = SILENT) -> int:
    """Write all cards with their standard and own fields and agreements; return how many."""
    own = {field.key: field for field in clients.fields}
    columns = [
        OutColumn(
            wording.target_name(TableKind.CLIENTS, field.key, own),
            cell_kind(field.kind),
        )
        for field in clients.fields
    ]
    columns += [
        OutColumn(wording.target_name(TableKind.CLIENTS, kind), CellKind.NUMBER)
        for kind in AGREEMENTS
    ]
    rows = (
        [
            *(_cell(field, row.get(field.key)) for field in clients.fields),
            *(_number(row.get(kind)) for kind in AGREEMENTS),
        ]
        for row in clients.rows
    )
    return write_table(path, columns, rows, progress)


def cell_kind(kind: FieldKind) -> CellKind:
    """Return what the cells of a field of this kind hold."""
    by_type = _TYPES.get(KINDS[kind].entry_type, CellKind.TEXT)
    return _KINDS.get(kind, by_type)


def _cell(field: Field, value: CardValue) -> Cell:
    """Return a value as a cell that an import reads back as the same value."""
    match value:
        case None | "" | ():
            return None
        case bool():
            return _("yes") if value else _("no")
        case tuple():
            return ", ".join(value)
        case str():
            return _text(field, value)
        case Decimal():
            return _number(value)
    return value


def _text(field: Field, value: str) -> Cell:
    if field.kind is FieldKind.BIRTHDAY:
        # A day without a year stays a text: 14.05
        if value.startswith("--"):
            return f"{value[-2:]}.{value[2:4]}"
        return date.fromisoformat(value)
    if field.is_custom and field.kind is FieldKind.CHOICE:
        return choice_text(field, value)
    say = {"kind": labels.kind, "warmth": labels.warmth}.get(field.key)
    return say(value) if say else value


def _number(value: object) -> Cell:
    """Return a number without trailing zeros: 10, not 10.0000."""
    if not isinstance(value, Decimal):
        return None
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


_PURCHASE_COLUMNS: tuple[tuple[str, CellKind, Callable[[PurchaseOut], Cell]], ...] = (
    ("day", CellKind.DAY, lambda row: row.day),
    ("client", CellKind.TEXT, lambda row: row.client),
    ("inn", CellKind.TEXT, lambda row: row.inn),
    ("product", CellKind.TEXT, lambda row: row.product),
    ("amount", CellKind.MONEY, lambda row: row.amount),
    ("cost", CellKind.MONEY, lambda row: row.cost),
    ("channel", CellKind.TEXT, lambda row: row.channel),
    ("responsible", CellKind.TEXT, lambda row: row.responsible),
    ("note", CellKind.TEXT, lambda row: row.note),
)


def write_purchases(
    path: Path, purchases: Sequence[PurchaseOut], progress: Progress = SILENT
) -> int:
    """Write all purchases, a refund with its minus; return how many."""
    columns = [
        OutColumn(wording.target_name(TableKind.PURCHASES, key), kind)
        for key, kind, _value in _PURCHASE_COLUMNS
    ]
    rows = ([value(row) for _key, _kind, value in _PURCHASE_COLUMNS] for row in purchases)
    return write_table(path, columns, rows, progress)


def write_rejected(path: Path, sheet: Sheet, problems: Iterable[RowProblem]) -> int:
    """Write the rows that were not loaded as they stand in the file, each with its reason.

    The corrected file can be loaded again: the column of reasons is ignored.
    """
    reasons: dict[int, list[str]] = {}
    for problem in problems:
        reasons.setdefault(problem.row, []).append(wording.problem_words(problem))
    width = max([len(sheet.header), *map(len, sheet.rows)])
    titles = [*sheet.header, *[""] * (width - len(sheet.header))]
    columns = [OutColumn(title) for title in (*titles, _("Why it was not loaded"))]
    return write_table(path, columns, _rejected(sheet, reasons, width))


def _rejected(sheet: Sheet, reasons: dict[int, list[str]], width: int) -> Iterator[Sequence[Cell]]:
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        if line in reasons:
            yield (*row, *[""] * (width - len(row)), "; ".join(reasons[line]))
