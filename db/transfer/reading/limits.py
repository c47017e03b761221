"""Limits of files from outside, checked before anything is parsed."""

import re
import zipfile
from pathlib import Path

from db.errors import Trouble, TroubleError, trouble_of_system
from db.file.identity import is_open_base

MEGABYTE = 1024 * 1024
FILE_BYTES = 25 * MEGABYTE
UNPACKED_BYTES = 64 * MEGABYTE
MEMBERS = 2000
COLUMNS = 256
CELL_LENGTH = 32_767
ROWS = 1_000_000
# Cells: the library keeps a sheet as a full rectangle in memory.
AREA = 10_000_000

_CHUNK = 256 * 1024
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,9})(\d{1,12})["']""")
# A reference with an entity can't be checked.
_VEILED = re.compile(rb"""\sr\s*=\s*["'][^"'<>]{0,40}&""")


def read_bytes(path: Path) -> bytes:
    """Return the whole file. Raises TroubleError MISSING, IS_A_FOLDER, EMPTY_FILE, TOO_LARGE."""
    try:
        if path.is_dir():
            raise TroubleError(Trouble.IS_A_FOLDER, str(path))
        if not path.exists():
            raise TroubleError(Trouble.MISSING, str(path))
        if not path.is_file() or is_open_base(path):
            raise TroubleError(Trouble.NOT_A_TABLE, path.name)
        if path.stat().st_size > FILE_BYTES:
            raise TroubleError(Trouble.TOO_LARGE, path.name)
        data = path.read_bytes()
    except OSError as error:
        raise trouble_of_system(error) or error from error
    if not data.strip(b"\0 \t\r\n\x1a\xef\xbb\xbf\xff\xfe"):
        raise TroubleError(Trouble.EMPTY_FILE, path.name)
    return data


def demand_workbook(archive: zipfile.ZipFile, name: str) -> None:
    """Raise TroubleError TOO_LARGE for an archive beyond the limits, NOT_A_TABLE for no workbook.

    Sizes are counted while unpacking: the declared ones may be false.
    """
    entries = archive.infolist()
    if len(entries) > MEMBERS or sum(entry.file_size for entry in entries) > UNPACKED_BYTES:
        raise TroubleError(Trouble.TOO_LARGE, name)
    if "[Content_Types].xml" not in archive.namelist():
        raise TroubleError(Trouble.NOT_A_TABLE, name)
    room = UNPACKED_BYTES
    for entry in entries:
        if entry.flag_bits & 1:  # encrypted
            raise TroubleError(Trouble.NOT_A_TABLE, name)
        content = _unpacked(archive, entry, room, name)
        room -= len(content)
        if entry.filename.lower().endswith((".xml", ".rels")) or b"sheetData" in content:
            _demand_plain(content, name)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int, name: str) -> bytes:
    parts, size = [], 0
    with archive.open(entry) as opened:
        while chunk := opened.read(_CHUNK):
            size += len(chunk)
            if size > room:
                raise TroubleError(Trouble.TOO_LARGE, name)
            parts.append(chunk)
    return b"".join(parts)


def _demand_plain(content: bytes, name: str) -> None:
    """Refuse XML that declares entities, can't be checked, or has cells beyond the limits."""
    if b"\0" in content[:64] or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise TroubleError(Trouble.NOT_A_TABLE, name)
    if b"sheetData" not in content:
        return
    if _VEILED.search(content):
        raise TroubleError(Trouble.NOT_A_TABLE, name)
    columns, rows = _extent(content)
    if columns > COLUMNS or rows > ROWS or columns * rows > AREA:
        raise TroubleError(Trouble.TOO_LARGE, name)


def _extent(content: bytes) -> tuple[int, int]:
    """Return the last column and row of the cells of a sheet."""
    letters: set[bytes] = set()
    last = 0
    for column, row in _REFERENCE.findall(content):
        letters.add(column)
        last = max(last, int(row))
    return max((_number(column) for column in letters), default=0), last


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
