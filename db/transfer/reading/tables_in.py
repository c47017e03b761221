"""Reading tables: CSV in the usual encodings, and workbooks."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from db.domain.fields import Field
from db.errors import Trouble, TroubleError
from db.transfer.columns import TableKind, known_headings
from db.transfer.reading.csv_in import declared_delimiter, find_delimiter, read_rows
from db.transfer.reading.encodings import detect
from db.transfer.reading.limits import AREA, CELL_LENGTH, COLUMNS, ROWS, demand_workbook, read_bytes
from db.transfer.sheet import RawTable, Sheet, take_header

_ZIP, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# Pictures, archives, documents, programs: dropped by mistake.
_FOREIGN = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF", b"%PDF", b"%!PS", b"II*\0", b"MM\0*",
    b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"SQLite format 3", b"MZ", b"\x7fELF", b"ID3", b"OggS",
    b"{\\rtf", b"\0\0\1\0", b"<!DOCTYPE", b"<!doctype", b"<html", b"<?xml", b"BZh", b"\0\0\0",
)  # fmt: skip
_CONTROL = frozenset(map(chr, (*range(9), *range(14, 26), *range(27, 32))))
_HEADER_AMONG = 30
_SURE = 1e15  # below it a spreadsheet keeps every digit


def read_table(path: Path, own: Iterable[Field] = ()) -> Sheet:
    """Read a file; encoding, delimiter and header are detected.

    Raises TroubleError as `read_raw`, and NO_ROWS when there is nothing under the header.
    """
    raw = read_raw(path)
    sheet = take_header(raw, find_header(raw, own))
    if not sheet.rows:
        raise TroubleError(Trouble.NO_ROWS, path.name)
    return sheet


def read_raw(path: Path, encoding: str | None = None, delimiter: str | None = None) -> RawTable:
    """Read all rows of a file; encoding and delimiter are detected unless given.

    Raises TroubleError MISSING, IS_A_FOLDER, EMPTY_FILE, TOO_LARGE, NOT_A_TABLE.
    """
    data = read_bytes(path)
    if data.startswith(_ZIP):
        return _workbook(data, path.name)
    if data.startswith(_OLD_WORKBOOK):
        return _sheet_of(_opened(data, path.name), path.name)
    if data.startswith(_FOREIGN):
        raise TroubleError(Trouble.NOT_A_TABLE, path.name)
    return _text(data, path.name, encoding, delimiter)


def _text(data: bytes, name: str, encoding: str | None, delimiter: str | None) -> RawTable:
    encoding = encoding or detect(data)
    text = data.decode(encoding, "replace").removeprefix("\ufeff").rstrip("\x1a")
    sample = text[:200_000]
    odd = sum(sign in _CONTROL or sign == "\ufffd" for sign in sample)
    if odd > len(sample) // 200:
        raise TroubleError(Trouble.NOT_A_TABLE, name)
    text = text.replace("\0", "")
    if not text.strip():
        raise TroubleError(Trouble.EMPTY_FILE, name)
    declared, text = declared_delimiter(text)
    chosen = delimiter or declared or find_delimiter(text)
    return RawTable(name, read_rows(text, chosen, name), encoding, chosen)


def _workbook(data: bytes, name: str) -> RawTable:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            demand_workbook(archive, name)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError) as error:
        raise TroubleError(Trouble.NOT_A_TABLE, name) from error
    return _sheet_of(_opened(data, name), name)


def _opened(data: bytes, name: str) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (CalamineError, OSError, ValueError) as error:
        raise TroubleError(Trouble.NOT_A_TABLE, name) from error


def _sheet_of(book: CalamineWorkbook, name: str) -> RawTable:
    """Return the first sheet that is not empty."""
    for number in range(len(book.sheet_names)):
        try:
            sheet = book.get_sheet_by_index(number)
            height, width = sheet.total_height, sheet.total_width
            if width > COLUMNS or height > ROWS or width * height > AREA:
                raise TroubleError(Trouble.TOO_LARGE, name)
            rows = tuple(_plain_rows(sheet.to_python(skip_empty_area=False), name))
        except (CalamineError, OSError, ValueError) as error:
            raise TroubleError(Trouble.NOT_A_TABLE, name) from error
        if any(any(cell.strip() for cell in row) for row in rows):
            return RawTable(name, rows, is_workbook=True)
    raise TroubleError(Trouble.EMPTY_FILE, name)


def _plain_rows(rows: Iterable[list[Any]], name: str) -> Iterator[tuple[str, ...]]:
    for row in rows:
        plain = tuple(map(_plain, row))
        if any(len(cell) > CELL_LENGTH for cell in plain):
            raise TroubleError(Trouble.TOO_LARGE, name)
        yield plain


def _plain(value: object) -> str:
    """Return a cell as text: whole numbers without a point, days without a time."""
    match value:
        case str():
            return value
        case bool():
            return str(value).lower()
        case float():
            return _number(value)
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ", "seconds")
        case date() | time():
            return value.isoformat()
    return "" if value is None else str(value)


def _number(value: float) -> str:
    if abs(value) >= _SURE:
        return format(value, "f")
    return str(int(value)) if value.is_integer() else format(value, ".15g")


def find_header(raw: RawTable, own: Iterable[Field] = ()) -> int:
    """Return the line of the header: the one with most known headings.

    Without any, the first line as full as those below it; 0 where that looks like data.
    """
    fields = tuple(own)
    candidates = [
        (line, row) for line, row in enumerate(raw.rows, 1) if any(cell.strip() for cell in row)
    ][:_HEADER_AMONG]
    if not candidates:
        return 0
    known = {
        line: max(known_headings(kind, row, fields) for kind in TableKind)
        for line, row in candidates
    }
    best = max(known, key=lambda line: (known[line], -line))
    width = max(_filled(row) for _, row in candidates)
    # One known word in a table of many columns may be a title: "Клиенты".
    if known[best] > 1 or (known[best] == 1 and width <= 2 * _filled(raw.rows[best - 1])):
        return best
    first = next(line for line, row in candidates if 2 * _filled(row) >= width)
    return 0 if _looks_like_data(raw.rows[first - 1]) else first


def _filled(row: tuple[str, ...]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _looks_like_data(row: tuple[str, ...]) -> bool:
    return any(sum(sign.isdigit() for sign in cell) > len(cell) / 3 for cell in row if cell.strip())


def with_header(raw: RawTable, header_line: int) -> Sheet:
    """Split a table at a chosen header; 0: it has none."""
    return replace(take_header(raw, min(header_line, len(raw.rows))), header_line=header_line)
