"""Files of every sort: read right, or refused at once with a reason."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from db.errors import Trouble, TroubleError
from db.transfer.cells import as_typed, harmless
from db.transfer.columns import TableKind, guess_kind, map_columns
from db.transfer.reading.encodings import detect
from db.transfer.reading.tables_in import find_header, read_raw, read_table
from tests.db.importing import DATA

ROWS = [
    ["ФИО", "Телефон", "Заметка"],
    ["Ёлкина Жанна", "+7 913 123-45-67", 'любит "кофе"; чай, сок'],
    ["Щукин Пётр", "8 (383) 222-33-44", "дважды | в месяц"],
    ["Иванова Анна", "", "две\nстроки"],
]


def _csv(rows: list[list[str]], delimiter: str) -> str:
    def cell(text: str) -> str:
        quoted = any(sign in text for sign in (delimiter, '"', "\n"))
        return '"' + text.replace('"', '""') + '"' if quoted else text

    return "\r\n".join(delimiter.join(map(cell, row)) for row in rows) + "\r\n"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1251", "cp866", "koi8-r", "utf-16", "utf-16-le", "utf-16-be"],
)
def test_every_encoding_with_every_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(_csv(ROWS, delimiter).encode(encoding))
    sheet = read_table(path)
    assert sheet.header == tuple(ROWS[0])
    assert [list(row) for row in sheet.rows] == ROWS[1:]
    assert sheet.lines == (2, 3, 4)
    assert sheet.delimiter == delimiter


@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "koi8-r"])
@pytest.mark.parametrize(
    "text",
    ["Имя\nАня\n", "ФИО;Телефон\nЁлкина;89131234567\n", "Клиент;Сумма\nООО «Ёж»;10\n",
     "ИМЯ;ГОРОД\nАННА;ОМСК\n", "name;note\nAnna;да\n"],
)  # fmt: skip
def test_short_russian_files_are_not_mistaken(encoding: str, text: str) -> None:
    data = text.replace("«", '"').replace("»", '"').encode(encoding)
    assert data.decode(detect(data)) == data.decode(encoding)


@given(st.lists(st.text("абвгдежзийклмнопрстуфхцчшщьыэюя", min_size=4), min_size=4, max_size=30))
def test_words_of_any_letters_never_break_the_search_for_an_encoding(words: list[str]) -> None:
    for encoding in ("cp1251", "cp866", "utf-8"):
        detect(" ".join(words).encode(encoding)).encode("ascii")


def test_a_workbook_gives_whole_numbers_days_and_flags(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("пусто")
    sheet = book.add_worksheet("данные")
    sheet.write_row(1, 0, ["Выгрузка клиентов"])
    sheet.write_row(3, 0, ["Имя", "ИНН", "День рождения", "Согласие", "Скидка, %", "Время"])
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    sheet.write_string(4, 0, "Анна")
    sheet.write_number(4, 1, 7707083893)
    sheet.write_datetime(4, 2, date(1990, 2, 28), day)
    sheet.write_boolean(4, 3, True)
    sheet.write_number(4, 4, 7.5)
    sheet.write_datetime(4, 5, datetime(2026, 3, 1, 14, 30), day)
    book.close()
    read = read_table(path)
    assert read.header_line == 4
    assert read.lines == (5,)
    assert read.rows[0] == (
        "Анна", "7707083893", "1990-02-28", "true", "7.5", "2026-03-01 14:30:00",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("ФИО;Телефон\nАнна;1\n", 1),
        ("Список клиентов салона;\n;\n\nФИО;Телефон\nАнна;1\n", 4),
        ("Клиенты\n\nИмя;Телефон;Город;Примечание\nАнна;1;Омск;\n", 3),
        ("Кличка;Порода;Вес\nРекс;лайка;20\n", 1),
        ("Анна;+79131234567;01.02.1990\nПётр;+79131234568;01.02.1991\n", 0),
    ],
)
def test_the_header_is_found_below_titles_and_blank_lines(
    tmp_path: Path, text: str, line: int
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, "utf-8")
    assert find_header(read_raw(path)) == line


def test_the_line_that_names_the_delimiter_is_obeyed(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("sep=^\nИмя^Сумма\nАнна^10,5\n", "utf-8")
    sheet = read_table(path)
    assert sheet.header == ("Имя", "Сумма")
    assert sheet.lines == (3,)


def test_amounts_with_commas_do_not_hide_the_semicolon(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Дата;Клиент;Сумма\n1.2.2026;А, Б;10,50\n2.2.2026;В;7,00\n", "utf-8")
    assert read_table(path).rows[0] == ("1.2.2026", "А, Б", "10,50")


def test_a_quote_that_never_closes_loses_no_row(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = [f"Клиент {n};{n}" for n in range(200)]
    rows[10] = '"Клиент 10;10'
    rows[20] = 'ООО "Ромашка;20'
    rows[30] = '"ООО ""Василёк""";30'
    path.write_text("Имя;Телефон\n" + "\n".join(rows) + "\n", "utf-8")
    sheet = read_table(path)
    assert len(sheet.rows) == 200
    assert sheet.rows[20] == ('ООО "Ромашка', "20")
    assert sheet.rows[30] == ('ООО "Василёк"', "30")


def _refused(path: Path) -> Trouble:
    with pytest.raises(TroubleError) as caught:
        read_table(path)
    return caught.value.trouble


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (b"", Trouble.EMPTY_FILE),
        (b" \r\n\t\r\n", Trouble.EMPTY_FILE),
        (b"\xef\xbb\xbf", Trouble.EMPTY_FILE),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, Trouble.NOT_A_TABLE),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20, Trouble.NOT_A_TABLE),
        (b"%PDF-1.7\n" + b"x" * 100, Trouble.NOT_A_TABLE),
        (bytes(range(256)) * 40, Trouble.NOT_A_TABLE),
        (b"\0\1\2\3" * 500, Trouble.NOT_A_TABLE),
        (b"PK\x03\x04 broken archive", Trouble.NOT_A_TABLE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Trouble.NOT_A_TABLE),
        ("ФИО;Телефон\r\n".encode(), Trouble.NO_ROWS),
        (b"name;phone\r\n" + b"x" * (10 * 1024 * 1024), Trouble.TOO_LARGE),
        (b"name;phone\r\n" + b"x" * 40_000, Trouble.TOO_LARGE),
        (b";".join(b"c%d" % n for n in range(300)) + b"\r\n" + b";" * 299, Trouble.TOO_LARGE),
        (b"a;b\n" * (7 * 1024 * 1024), Trouble.TOO_LARGE),
    ],
)
def test_what_is_no_table_is_refused_at_once(tmp_path: Path, data: bytes, trouble: Trouble) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    assert _refused(path) is trouble


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    assert _refused(tmp_path / "none.csv") is Trouble.MISSING
    assert _refused(tmp_path) is Trouble.IS_A_FOLDER


def _workbook(*, sheet: bytes | None = None, extra: dict[str, bytes] | None = None) -> bytes:
    """Take a small workbook apart and put it together with another sheet."""
    plain = io.BytesIO()
    book = xlsxwriter.Workbook(plain)
    book.add_worksheet().write_row(0, 0, ["Имя", "Телефон"])
    book.close()
    made = io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            held = old.read(entry)
            if sheet is not None and entry.filename == "xl/worksheets/sheet1.xml":
                held = sheet
            new.writestr(entry.filename, held)
        for name, held in (extra or {}).items():
            new.writestr(name, held)
    return made.getvalue()


_NAMESPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def _sheet(inside: bytes, head: bytes = b"") -> bytes:
    return (
        b'<?xml version="1.0"?>' + head + b"<worksheet " + _NAMESPACE + b"><sheetData>" + inside
        + b"</sheetData></worksheet>"
    )  # fmt: skip


def _far(reference: str) -> bytes:
    row = "".join(sign for sign in reference if sign.isdigit())
    return _sheet(
        b'<row r="1"><c r="A1"><v>1</v></c></row>'
        + f'<row r="{row}"><c r="{reference}"><v>1</v></c></row>'.encode()
    )


_ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
_BOMBS: dict[str, Callable[[], bytes]] = {
    "unpacks too far": lambda: _workbook(extra={"big.bin": b"\0" * (65 * 1024 * 1024)}),
    "too many members": lambda: _workbook(extra={f"{n}.bin": b"" for n in range(2100)}),
    "the last corner": lambda: _workbook(sheet=_far("XFD1048576")),
    "too vast": lambda: _workbook(sheet=_far("IV1000000")),
    "too many columns": lambda: _workbook(sheet=_far("JZ3")),
    "entities": lambda: _workbook(sheet=_sheet(b"<row><c><v>&b;</v></c></row>", _ENTITIES)),
    "veiled": lambda: _workbook(sheet=_sheet(b'<row><c r="&#88;FD1048576"><v>1</v></c></row>')),
    "utf-16": lambda: _workbook(sheet=_far("A2").decode().encode("utf-16")),
}


@pytest.mark.parametrize("bomb", list(_BOMBS))
def test_a_bomb_in_a_workbook_is_refused_before_it_is_parsed(tmp_path: Path, bomb: str) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(_BOMBS[bomb]())
    assert _refused(path) in {Trouble.TOO_LARGE, Trouble.NOT_A_TABLE}


def test_an_archive_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    data = bytearray(_workbook(extra={"xl/media/big.bin": b"\0" * (70 * 1024 * 1024)}))
    size = (70 * 1024 * 1024).to_bytes(4, "little")
    while (place := data.find(size)) >= 0:
        data[place : place + 4] = (100).to_bytes(4, "little")
    path = tmp_path / "list.xlsx"
    path.write_bytes(bytes(data))
    assert _refused(path) in {Trouble.TOO_LARGE, Trouble.NOT_A_TABLE}


def test_a_document_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "hello")
    assert _refused(path) is Trouble.NOT_A_TABLE


@pytest.mark.parametrize(
    ("name", "kind", "targets"),
    [
        ("salon_clients_cp1251.csv", TableKind.CLIENTS, ("name", "birthday", "phone")),
        ("sales.csv", TableKind.PURCHASES, ("day", "client", "inn", "product", "amount", "cost")),
        ("cdnow_sample.csv", TableKind.PURCHASES, ("client", "day", "amount")),
    ],
)
def test_kind_and_columns_are_found_by_the_headings(
    name: str, kind: TableKind, targets: tuple[str, ...]
) -> None:
    header = read_table(DATA / name).header
    assert guess_kind(header) is kind
    assert map_columns(kind, header, ())[: len(targets)] == targets


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("Контактный телефон клиента", "phone"), ("Тел. (моб.)", "phone"), ("Телефон 2", "phone"),
        ("Д/р", "birthday"), ("Дата рождения (дд.мм.гггг)", "birthday"), ("E-Mail", "email"),
        ("Телефон мамы", None), ("Дата последнего визита", None), ("ЁМЕЙЛ", "email"),
        ("ИНН / клиента", "inn"), ("target_group", "target_group"),
        ("Лимит кредита, руб.", "credit"),
    ],
)  # fmt: skip
def test_headings_are_known_in_their_usual_forms(heading: str, target: str | None) -> None:
    assert map_columns(TableKind.CLIENTS, ["ФИО", heading], ()) == ("name", target)


def test_a_surname_in_a_column_of_its_own_makes_the_name_of_three(tmp_path: Path) -> None:
    found = map_columns(TableKind.CLIENTS, ["Фамилия", "Имя", "Отчество", "Телефон"], ())
    assert found == ("last_name", "first_name", "middle_name", "phone")


DANGEROUS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =x", "'=x", "''=x"]
PEACEFUL = ["+7 (913) 123-45-67", "-48 870,07", "-", "—", "'тест", "Иванов", "5 %", "8-913-1234567"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_cell_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", PEACEFUL)
def test_phones_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


@given(st.text())
def test_an_import_takes_the_apostrophe_off_again(text: str) -> None:
    assert as_typed(harmless(text)) == text
