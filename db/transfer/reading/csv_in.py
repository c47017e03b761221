"""Reading CSV: the delimiter, quotes, and quotes that are not closed."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from db.errors import Trouble, TroubleError
from db.transfer.cells import as_typed
from db.transfer.reading.limits import CELL_LENGTH, COLUMNS, ROWS

DELIMITERS = (";", ",", "\t", "|", ":", "^", "~")
_SAMPLE_LINES = 80
_SAMPLE = 60_000
# A cell of more lines than this is taken for a quote that was never closed.
_LINES_IN_CELL = 40
_SEP = re.compile(r"\ufeff?\"?sep=(.)\"?\r?\n?", re.IGNORECASE)
_LONGEST_LINE = CELL_LENGTH * COLUMNS


def declared_delimiter(text: str) -> tuple[str | None, str]:
    """Return the delimiter of a first line `sep=;`, or None, and the text without that line.

    An empty line stays in its place, so that line numbers are those of the file.
    """
    match = _SEP.match(text[:20])
    if match is None:
        return None, text
    return match[1], "\n" + text[match.end() :]


def find_delimiter(text: str) -> str:
    """Return the delimiter that gives most rows the same number of cells, and many.

    For a file of one column any delimiter is returned.
    """
    lines = [line for line in text[:_SAMPLE].splitlines() if line.strip()][:_SAMPLE_LINES]
    if len(text) > _SAMPLE and len(lines) > 1:
        lines.pop()  # may be cut
    best, best_score = DELIMITERS[0], 0.0
    for delimiter in DELIMITERS:
        widths = [len(row) for row in _rows_of(lines, delimiter)]
        score = _regularity(widths)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _rows_of(lines: list[str], delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return [line.split(delimiter) for line in lines]


def _regularity(widths: list[int]) -> float:
    """Score a delimiter: the share of rows with the commonest width, and a little for width."""
    many = Counter(width for width in widths if width > 1)
    if not many:
        return 0.0
    width, count = max(many.items(), key=lambda entry: (entry[1], entry[0]))
    near = sum(1 for other in widths if abs(other - width) <= width // 4)
    return (count + 0.5 * (near - count)) / len(widths) + min(width, 20) / 100


def read_rows(text: str, delimiter: str, name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows. Raises TroubleError TOO_LARGE beyond the limits."""
    if max(map(len, text.split("\n")), default=0) > _LONGEST_LINE:
        raise TroubleError(Trouble.TOO_LARGE, name)
    try:
        rows = _checked(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except (csv.Error, _UnclosedQuoteError):
        rows = _checked(_line_by_line(text, delimiter))
    if len(rows) > ROWS or any(len(row) > COLUMNS for row in rows):
        raise TroubleError(Trouble.TOO_LARGE, name)
    if any(len(cell) > CELL_LENGTH for row in rows for cell in row):
        raise TroubleError(Trouble.TOO_LARGE, name)
    return rows


class _UnclosedQuoteError(Exception):
    """A cell has the rows after it: its quote is not closed."""


def _checked(rows: Iterable[list[str]]) -> tuple[tuple[str, ...], ...]:
    checked = []
    for row in rows:
        if any(cell.count("\n") > _LINES_IN_CELL for cell in row if "\n" in cell):
            raise _UnclosedQuoteError
        checked.append(tuple(map(as_typed, row)))
        if len(checked) > ROWS + 1:
            break
    return tuple(checked)


def _line_by_line(text: str, delimiter: str) -> Iterator[list[str]]:
    """Read a file with unclosed quotes: each line by itself, or joined with up to five.

    A line that can't be read with quotes is read without treating quotes.
    """
    lines = text.splitlines()
    place = 0
    while place < len(lines):
        row, used = _record(lines, place, delimiter)
        yield row
        place += used


def _record(lines: list[str], place: int, delimiter: str) -> tuple[list[str], int]:
    if '"' not in lines[place]:
        return lines[place].split(delimiter) if lines[place] else [], 1
    for used in range(1, 6):
        record = "\r\n".join(lines[place : place + used])
        if record.count('"') % 2:
            continue
        try:
            rows = list(
                csv.reader(io.StringIO(record, newline=""), delimiter=delimiter, strict=True)
            )
        except csv.Error:
            break
        if len(rows) == 1:
            return rows[0], used
        break
    return [_unquoted(cell) for cell in lines[place].split(delimiter)], 1


def _unquoted(cell: str) -> str:
    quoted = len(cell) > 1 and cell[0] == cell[-1] == '"'
    return cell[1:-1].replace('""', '"') if quoted else cell
