"""A table cut at its header, and the letters of its columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.transfer.sheet import RawTable, letter, take_header

cells = st.text(alphabet="a \t", max_size=3)
tables = st.lists(st.lists(cells, max_size=5).map(tuple), min_size=1, max_size=6).map(tuple)


@pytest.mark.parametrize(
    ("column", "name"),
    [(0, "A"), (1, "B"), (25, "Z"), (26, "AA"), (27, "AB"), (51, "AZ"), (52, "BA"), (701, "ZZ"),
     (702, "AAA"), (16_383, "XFD")],
)  # fmt: skip
def test_a_column_has_the_letter_of_spreadsheets(column: int, name: str) -> None:
    assert letter(column) == name


@given(st.integers(0, 20_000))
def test_a_letter_counts_back_to_its_column(column: int) -> None:
    number = 0
    for sign in letter(column):
        number = number * 26 + ord(sign) - ord("A") + 1
    assert number - 1 == column


RAW = RawTable(
    "list.csv",
    (
        ("List of clients", "", ""),
        ("",),
        (" Full \n name ", "Phone", "", " "),
        ("Anna", "1"),
        ("", " ", ""),
        ("Boris", "2", "more", "cells", "x"),
    ),
    "utf-8",
    ";",
)


def test_rows_below_the_header_keep_the_lines_of_the_file() -> None:
    table = take_header(RAW, 3)
    assert table.header == ("Full name", "Phone")
    assert table.rows == (RAW.rows[3], RAW.rows[5])
    assert (table.lines, table.header_line) == ((4, 6), 3)
    assert (table.name, table.encoding, table.delimiter) == ("list.csv", "utf-8", ";")


def test_a_workbook_is_as_wide_as_its_widest_row() -> None:
    table = take_header(RawTable("list.xlsx", RAW.rows, is_workbook=True), 3)
    assert table.header == ("Full name", "Phone", "", "", "")
    assert [table.title(column) for column in (1, 2, 4)] == ["Phone", "C", "E"]


def test_without_a_header_every_row_is_data_and_columns_are_called_by_letters() -> None:
    table = take_header(RAW, 0)
    assert table.lines == (1, 3, 4, 6)
    assert table.header == ("",) * 5
    assert table.title(0) == "A"


@given(tables, st.booleans(), st.data())
def test_no_filled_row_is_lost_and_no_empty_one_is_taken(
    rows: tuple[tuple[str, ...], ...], is_workbook: bool, data: st.DataObject
) -> None:
    header_line = data.draw(st.integers(0, len(rows)))
    table = take_header(RawTable("x", rows, is_workbook=is_workbook), header_line)
    filled = [
        line
        for line, row in enumerate(rows, 1)
        if line > header_line and any(cell.strip() for cell in row)
    ]
    assert list(table.lines) == filled
    assert [rows[line - 1] for line in table.lines] == list(table.rows)
    if is_workbook:
        assert all(not cell.strip() for row in table.rows for cell in row[len(table.header) :])
