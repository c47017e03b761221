"""Tables out of the base: text stays text, and what goes out comes back the same."""

import csv
import io
import stat
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from db.client_base import ClientBase
from db.commands.clients import CreateClient
from db.commands.fields import AddField
from db.commands.presets import ApplyPreset
from db.domain.fields import STANDARD, FieldKind
from db.domain.text import tidy
from db.errors import Trouble, TroubleError
from db.file.create import create_base
from db.presets import preset
from db.transfer.columns import AGREEMENTS, TableKind, map_columns
from db.transfer.export import ClientsOut, clients_out, purchases_out
from db.transfer.reading.tables_in import read_raw, read_table
from db.transfer.tables_out import CellKind, OutColumn, write_table
from tests.db.importing import TODAY, counts, load, read
from ui.transfer.tables import write_clients, write_purchases, write_rejected
from ui.words import transfer as wording

COLUMNS = (
    OutColumn("Имя"),
    OutColumn("Сумма", CellKind.MONEY),
    OutColumn("День", CellKind.DAY),
    OutColumn("=ИНН"),
)
ROWS = [
    ("=HYPERLINK(1)", Decimal("-10045.84"), date(2026, 11, 22), "007707083893"),
    ("+7 913 123-45-67", None, date(1900, 1, 1), "  =1"),
    ('Ёж "и"; уж\nвторая', Decimal(3), None, None),
]


def _base(path: Path) -> ClientBase:
    create_base(path)
    return ClientBase(path, as_of=TODAY)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[ClientBase]:
    with _base(tmp_path / "b.kartoteka") as opened:
        yield opened


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    assert write_table(path, COLUMNS, ROWS) == 3
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[0] == ["Имя", "Сумма", "День", "'=ИНН"]
    assert rows[1] == ["'=HYPERLINK(1)", "-10045,84", "22.11.2026", "007707083893"]
    assert rows[2] == ["+7 913 123-45-67", "", "01.01.1900", "'  =1"]
    assert read_raw(path).rows[1][0] == "=HYPERLINK(1)"


def test_a_workbook_holds_text_as_text_and_numbers_as_numbers(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_table(path, COLUMNS, ROWS)
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert rows[1] == ["=HYPERLINK(1)", -10045.84, date(2026, 11, 22), "007707083893"]
    assert rows[2] == ["+7 913 123-45-67", "", "01.01.1900", "  =1"]
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet


@given(st.lists(st.text(max_size=60), min_size=1, max_size=5), st.sampled_from(["csv", "xlsx"]))
def test_any_text_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], ending: str
) -> None:
    texts = [tidy(text) or "пусто" for text in texts]
    path = tmp_path_factory.mktemp("out") / f"out.{ending}"
    write_table(path, [OutColumn("Имя"), OutColumn("Заметка")], [(t, "x") for t in texts])
    assert [tidy(row[0]) for row in read_table(path).rows] == texts


def test_a_table_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("прежний", "utf-8")

    def rows() -> Iterator[tuple[str]]:
        yield ("Анна",)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_table(path, [OutColumn("Имя")], rows())
    assert path.read_text("utf-8") == "прежний"
    write_table(path, [OutColumn("Имя")], [("Анна",)])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.parametrize(
    ("name", "trouble"),
    [
        ("нет/out.csv", Trouble.NO_FOLDER),
        ("out.docx", Trouble.UNKNOWN_FORMAT),
        ("out", Trouble.UNKNOWN_FORMAT),
        ("папка.csv", Trouble.IS_A_FOLDER),
    ],
)
def test_a_place_that_will_not_do_is_named(tmp_path: Path, name: str, trouble: Trouble) -> None:
    (tmp_path / "папка.csv").mkdir()
    with pytest.raises(TroubleError) as caught:
        write_table(tmp_path / name, COLUMNS, ROWS)
    assert caught.value.trouble is trouble
    assert ".part" not in caught.value.detail


@pytest.mark.parametrize("spoken", ["ru", "en"])
def test_every_heading_of_an_export_is_known_to_the_import(
    language: Callable[[str], None], spoken: str
) -> None:
    language(spoken)
    keys = [*(field.key for field in STANDARD), *AGREEMENTS]
    titles = [wording.target_name(TableKind.CLIENTS, key) for key in keys]
    assert map_columns(TableKind.CLIENTS, titles, ()) == tuple(keys)
    sold = ["day", "client", "inn", "product", "amount", "cost", "channel", "responsible", "note"]
    titles = [wording.target_name(TableKind.PURCHASES, key) for key in sold]
    assert map_columns(TableKind.PURCHASES, titles, ()) == tuple(sold)


def _rows(held: ClientsOut) -> list[dict[str, object]]:
    """Return cards without what is empty, as two bases may differ in that."""
    return [
        {key: value for key, value in row.items() if value not in (None, "", ())}
        for row in held.rows
    ]


def _fill(base: ClientBase) -> None:
    base.do(ApplyPreset(preset("hairdresser", "ru")))
    base.do(AddField("Рост", FieldKind.NUMBER))
    base.do(AddField("Часто", FieldKind.FLAG))
    base.do(AddField("Цвет", FieldKind.CHOICE, ("белый", "=синий")))
    load(base, read(base, "salon_clients_cp1251.csv"))
    load(base, read(base, "contractors.xlsx"))
    fields = {field.label: field.key for field in base.ask(clients_out).fields}
    everything = {
        "name": "=Ёж @и@ +уж", "kind": "company", "phone": ("+7 913 123-45-67", "8-900"),
        "email": ("a@mail.ru",), "messenger": ("@hedgehog",), "birthday": "--02-29",
        "address": "Омск; ул. Мира, 5", "region": "-Омск", "source": "сайт", "warmth": "hot",
        "target_group": "кафе", "responsible": "Пётр", "tags": ("vip", "=1"), "job": "кормить",
        "full_name": "ООО «Ёж»", "inn": "0274062111", "kpp": "027401001", "ogrn": "1027700132195",
        "contact_person": ("Анна", "Пётр"), "consent": True, "consent_on": date(2026, 1, 2),
        "do_not_contact": False, "share_of_wallet": Decimal("12345.60"),
        "share_of_wallet_on": date(2026, 3, 4), "cycle_by_hand": Decimal("35.5"),
        "note": "первая\nвторая", fields["Рост"]: Decimal("170.25"), fields["Часто"]: True,
        fields["Цвет"]: "=синий",
    }  # fmt: skip
    base.do(CreateClient(everything))


@pytest.mark.parametrize("spoken", ["ru", "en"])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_cards_that_go_out_come_back_the_same(
    base: ClientBase, tmp_path: Path, language: Callable[[str], None], ending: str, spoken: str
) -> None:
    _fill(base)
    language(spoken)
    out = tmp_path / f"out.{ending}"
    held = base.ask(clients_out)
    assert write_clients(out, held) == 478
    with _base(tmp_path / "other.kartoteka") as other:
        other.do(ApplyPreset(preset("hairdresser", "ru")))
        other.do(AddField("Рост", FieldKind.NUMBER))
        other.do(AddField("Часто", FieldKind.FLAG))
        other.do(AddField("Цвет", FieldKind.CHOICE, ("белый", "=синий")))
        done = load(other, read_table(out, held.fields), TableKind.CLIENTS).value
        assert counts(done) == (478, 478, 0, 0, 0)
        assert done.ignored == ()
        assert _rows(other.ask(clients_out)) == _rows(held)
    again = load(base, read_table(out, held.fields), TableKind.CLIENTS).value
    assert counts(again) == (478, 0, 0, 478, 0)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_purchases_that_go_out_come_back_the_same(
    base: ClientBase, tmp_path: Path, ending: str
) -> None:
    load(base, read(base, "contractors.xlsx"))
    load(base, read(base, "sales.csv"))
    out = tmp_path / f"out.{ending}"
    held = base.ask(purchases_out)
    assert write_purchases(out, held) == 6018
    again = load(base, read_table(out), TableKind.PURCHASES).value
    assert counts(again) == (6018, 0, 0, 6018, 0)
    with _base(tmp_path / "other.kartoteka") as other:
        load(other, read(other, "contractors.xlsx"))
        assert load(other, read_table(out), TableKind.PURCHASES).value.created == 6018
        assert other.ask(purchases_out) == held


def test_rejected_rows_can_be_mended_and_loaded_again(base: ClientBase, tmp_path: Path) -> None:
    base.do(ApplyPreset(preset("hairdresser", "ru")))
    table = read(base, "salon_clients_cp1251.csv")
    done = load(base, table).value
    out = tmp_path / "rejected.csv"
    assert write_rejected(out, table, done.problems) == 2
    text = out.read_text("utf-8-sig")
    assert "такого дня нет: 31.02.1990" in text
    out.write_text(text.replace("31.02.1990;", "28.02.1990;"), "utf-8")
    mended = load(base, read_table(out, base.ask(clients_out).fields)).value
    assert counts(mended) == (2, 1, 0, 0, 1)
    assert mended.ignored == ("Почему не загружено",)
