"""Tables for other programs: a workbook, or CSV in the form that Russian spreadsheets open."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Any

from db.errors import Trouble, TroubleError, trouble_of_system
from db.file.whole_file import whole_file
from db.progress import SILENT, Progress
from db.transfer.cells import harmless

ENDINGS = (".xlsx", ".csv")
Cell = str | int | Decimal | date | bool | None

_NARROW, _WIDE = 6, 60
_STEP = 500
# Spreadsheets have a wrong calendar before March 1900: earlier days are written as text.
_FIRST_SURE_DAY = date(1900, 3, 1)
_DIGITS = 15  # the precision of a spreadsheet
_CELL = 32_767
_ROWS = 1_048_576


class CellKind(StrEnum):
    """How the cells of a column are formatted in a workbook."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class OutColumn:
    """The heading of a column, and how its cells are formatted."""

    title: str
    kind: CellKind = CellKind.TEXT


def write_table(
    path: Path,
    columns: Sequence[OutColumn],
    rows: Iterable[Sequence[Cell]],
    progress: Progress = SILENT,
) -> int:
    """Write rows by the ending of the name, .xlsx or .csv; return how many.

    The file appears whole or not at all. Raises TroubleError UNKNOWN_FORMAT for another ending,
    NO_FOLDER, NO_PERMISSION (also: open in another program), DISK_FULL.
    """
    write = {".xlsx": _write_workbook, ".csv": _write_csv}.get(path.suffix.lower())
    if write is None:
        raise TroubleError(Trouble.UNKNOWN_FORMAT, path.name)
    if path.is_dir():
        raise TroubleError(Trouble.IS_A_FOLDER, str(path))
    all_rows = list(rows)
    try:
        with whole_file(path) as draft:
            write(draft, columns, all_rows, progress)
    except OSError as error:
        trouble = trouble_of_system(error)
        if trouble is None:
            raise
        place = path.parent if trouble.trouble is Trouble.NO_FOLDER else path
        raise TroubleError(trouble.trouble, str(place)) from error
    return len(all_rows)


def _write_csv(
    path: Path, columns: Sequence[OutColumn], rows: Sequence[Sequence[Cell]], progress: Progress
) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.writer(opened, delimiter=";", lineterminator="\r\n")
        writer.writerow([harmless(column.title) for column in columns])
        for number, row in enumerate(rows):
            if number % _STEP == 0:
                progress.step(number, len(rows))
            writer.writerow([_plain(value, decimal_comma=True) for value in row])


def _plain(value: Cell, *, decimal_comma: bool = False) -> str:
    match value:
        case None:
            return ""
        case str():
            # A lone carriage return would end the row in some programs.
            return harmless(value.replace("\r\n", "\n").replace("\r", "\n"))
        case date():
            return value.strftime("%d.%m.") + f"{value.year:04d}"
        case Decimal():
            text = format(value, "f")
            return text.replace(".", ",") if decimal_comma else text
    return str(value)


def _write_workbook(
    path: Path, columns: Sequence[OutColumn], rows: Sequence[Sequence[Cell]], progress: Progress
) -> None:
    if len(rows) >= _ROWS:
        raise TroubleError(Trouble.TOO_LARGE, path.name)
    from xlsxwriter import Workbook  # noqa: PLC0415 - slow, and seldom needed

    # Of a failure to write the file, the library would raise an error of its own.
    content = BytesIO()
    book = Workbook(content, {"in_memory": True})
    try:
        sheet = book.add_worksheet()
        shapes = {
            CellKind.MONEY: book.add_format({"num_format": "#,##0.00"}),
            CellKind.DAY: book.add_format({"num_format": "dd.mm.yyyy"}),
        }
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.title[:_CELL], head)
            sheet.set_column(place, place, _width(column, rows, place))
        sheet.freeze_panes(1, 0)
        if rows:
            sheet.autofilter(0, 0, len(rows), max(len(columns) - 1, 0))
        for number, row in enumerate(rows, 1):
            if number % _STEP == 1:
                progress.step(number - 1, len(rows))
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                _write_cell(sheet, number, place, value, shapes.get(column.kind))
    finally:
        book.close()
    path.write_bytes(content.getbuffer())


def _write_cell(sheet: Any, number: int, place: int, value: Cell, shape: Any) -> None:
    """Write texts as text, also those that look like formulas; numbers and days with their type."""
    match value:
        case None | "":
            return
        case bool() | str():
            sheet.write_string(number, place, str(value)[:_CELL])
        case Decimal() | int() if len(str(value).lstrip("-").replace(".", "")) <= _DIGITS:
            sheet.write_number(number, place, value, shape)
        case date() if value >= _FIRST_SURE_DAY:
            sheet.write_datetime(number, place, value, shape)
        case _:
            sheet.write_string(number, place, _plain(value))


def _width(column: OutColumn, rows: Sequence[Sequence[Cell]], place: int) -> int:
    """Return a width in characters that shows most values; the first thousand rows decide."""
    longest = max((len(_plain(row[place])) for row in rows[:1000]), default=0)
    return max(_NARROW, min(_WIDE, max(longest, len(column.title)) + 2))
