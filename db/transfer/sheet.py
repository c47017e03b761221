"""A table of a file as text, for imports."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RawTable:
    """All rows of a file, blank ones included; the first line is number 1."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    # How the file was read; empty for a workbook.
    encoding: str = ""
    delimiter: str = ""
    # In CSV a row may have more cells than the header, in a workbook it can't.
    is_workbook: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A header and the rows under it that are not blank.

    `lines` are the line numbers a spreadsheet shows for the rows; `header_line` 0 means that the
    file has no header. A row may be shorter or longer than the header.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    header_line: int = 1
    encoding: str = ""
    delimiter: str = ""

    def title(self, column: int) -> str:
        """Return the heading of a column, or its letter where it has none."""
        return self.header[column] or letter(column)


def letter(column: int) -> str:
    """Return the letters of a column in a spreadsheet: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def take_header(raw: RawTable, header_line: int) -> Sheet:
    """Split a table at its header; with 0 every row is data."""
    header = raw.rows[header_line - 1] if header_line else ()
    below = raw.rows[header_line:]
    width = _last_filled(header)
    if raw.is_workbook or not header_line:
        width = max([width, *map(_last_filled, below)])
    filled = [
        (line, row) for line, row in enumerate(below, header_line + 1) if any(map(str.strip, row))
    ]
    titles = [" ".join(title.split()) for title in header[:width]]
    titles += [""] * (width - len(titles))
    return Sheet(
        raw.name,
        tuple(titles),
        tuple(row for _, row in filled),
        tuple(line for line, _ in filled),
        header_line,
        raw.encoding,
        raw.delimiter,
    )


def _last_filled(row: tuple[str, ...]) -> int:
    return max((place for place, cell in enumerate(row, 1) if cell.strip()), default=0)
