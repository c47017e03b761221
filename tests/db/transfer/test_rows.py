"""One row of a file read into values of a card."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.fields import STANDARD_BY_KEY, Fault, FieldKind
from db.transfer.columns import TableKind, column_fields, map_columns
from db.transfer.plan import RowReason
from db.transfer.rows import ParsedClient, entry_key, joined, parse_client, unfit, with_kind
from tests.db.importing import TODAY, sheet


def read(header: str, row: str) -> ParsedClient:
    table = sheet(header, row)
    chosen = map_columns(TableKind.CLIENTS, table.header, ())
    return parse_client(table, 0, chosen, column_fields(table, chosen, STANDARD_BY_KEY), TODAY)


def value(header: str, cell: str) -> object:
    row = read(f"ФИО;{header}", f"Анна;{cell}")
    assert row.problems == []
    (key,) = set(row.values) - {"name"}
    return row.values[key]


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("Телефон", "8 913 123-45-67, 222-33-44", ("8 913 123-45-67", "222-33-44")),
        ("Email", "a@b.ru, A@B.ru", ("a@b.ru",)),  # the same address once
        ("Д/р", "05.02.1960", "1960-02-05"),
        ("Д/р", "5 февраля", "--02-05"),
        ("Дата согласия", "01.03.2026", date(2026, 3, 1)),
        ("Согласие", "да", True),
        ("Не звонить", "Нет", False),
        ("Теплота", "Горячий", "hot"),
        ("Теплота", "тёплая", "warm"),
        ("Вид клиента", "ЮЛ", "company"),
        ("Вид клиента", "физ. лицо", "person"),
        ("Вид клиента", "ИП", "company"),
        ("ИНН", "7707 083-893", "7707083893"),
        ("ИНН", "274062111", "0274062111"),  # a spreadsheet took the first nought
        ("ИНН", "123", "123"),  # wrong, and kept as typed
        ("КПП", "27401001", "027401001"),
        ("КПП", "7736AB001", "7736AB001"),
        ("Полное наименование", " ООО  «Ёж»\u200b ", "ООО «Ёж»"),
        ("Покупает в месяц", "12 345,60 ₽", Decimal("12345.60")),
        ("Комментарий", " one\n two ", "one\ntwo"),
        ("Метки", "vip, опт", ("vip", "опт")),
    ],
)
def test_a_cell_becomes_the_value_of_its_field(header: str, cell: str, expected: object) -> None:
    assert value(header, cell) == expected


@pytest.mark.parametrize(
    ("header", "cell", "fault"),
    [
        ("Д/р", "31.02.1990", Fault.BAD_DATE),
        ("Д/р", "01.01.2030", Fault.BAD_DATE),
        ("Дата согласия", "-5", Fault.BAD_DATE),  # no shift from today in a file
        ("Согласие", "может быть", Fault.WRONG_KIND),
        ("Теплота", "кипит", Fault.NOT_A_CHOICE),
        ("Покупает в месяц", "много", Fault.BAD_NUMBER),
        ("ИНН", "1234567890123", Fault.TOO_LONG),
        ("Скидка", "101", Fault.BAD_NUMBER),
        ("Скидка", "-1", Fault.BAD_NUMBER),
        ("Отсрочка", "3661", Fault.BAD_NUMBER),
        ("Отсрочка", "10,5", Fault.BAD_NUMBER),
        ("Кредитный лимит", "-5", Fault.BAD_NUMBER),
    ],
)
def test_a_cell_that_cannot_be_read_is_a_problem_and_the_person_stays(
    header: str, cell: str, fault: Fault
) -> None:
    row = read(f"ФИО;{header};Телефон", f"Анна;{cell};222-33-44")
    assert row.values == {"name": "Анна", "phone": ("222-33-44",)}
    (problem,) = row.problems
    assert (problem.row, problem.column, problem.code, problem.value) == (2, header, fault, cell)


@pytest.mark.parametrize(
    ("header", "cell", "kind", "number"),
    [
        ("Скидка", "15 %", "discount", "15"),
        ("Скидка, %", "7,5", "discount", "7.5"),
        ("Скидка", "100", "discount", "100"),
        ("Отсрочка", "14 дней", "deferred", "14"),
        ("Отсрочка", "3660 дн.", "deferred", "3660"),
        ("Кредитный лимит", "50 000 руб.", "credit", "50000"),
        ("Лимит кредита, руб.", "0", "credit", "0"),
    ],
)
def test_an_agreement_is_read_without_its_unit(
    header: str, cell: str, kind: str, number: str
) -> None:
    row = read(f"ФИО;{header}", f"Анна;{cell}")
    assert row.problems == []
    assert row.agreements == {kind: Decimal(number)}


def test_a_name_in_three_columns_is_put_together_in_the_russian_order() -> None:
    row = read("Имя;Отчество;Фамилия", " Анна ; ;Петрова")
    assert row.values == {"name": "Петрова Анна"}
    row = read("Имя;Отчество;Фамилия", "Анна;Ильинична;Петрова")
    assert row.values == {"name": "Петрова Анна Ильинична"}


def test_two_columns_of_phones_are_one_list_without_doubles() -> None:
    row = read("ФИО;Телефон;Телефон 2", "Анна;8 913 123-45-67;+7 913 123 45 67, 222-33-44")
    assert row.values["phone"] == ("8 913 123-45-67", "222-33-44")


def test_empty_cells_and_columns_left_aside_give_nothing() -> None:
    row = read("ФИО;Телефон;Прочее", "Анна; ;x")
    assert (row.values, row.agreements, row.problems) == ({"name": "Анна"}, {}, [])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Итого;125", RowReason.TOTAL_LINE),
        ("ИТОГО: 3 клиента;1 250,00", RowReason.TOTAL_LINE),
        ("Всего;", RowReason.TOTAL_LINE),
        ("Total;5", RowReason.TOTAL_LINE),
        ("Сумма итого;5", RowReason.TOTAL_LINE),
        ("Total Fitness;5", None),  # a firm of that name
        ("Итого;ул. Ленина", None),  # what stands beside it is no number
        ("Итогов Иван;222", None),
        ("Анна;222;x", RowReason.TOO_MANY_CELLS),
        ("Анна;222; ", None),
    ],
)
def test_a_line_that_is_no_record_is_rejected_with_its_reason(
    row: str, reason: RowReason | None
) -> None:
    problem = unfit(sheet("ФИО;Телефон", row), 0)
    assert (problem and problem.code) == reason
    if reason is not None:
        assert read("ФИО;Телефон", row).values == {}


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"name": "Анна"}, "person"),
        ({"name": "ООО «Ёж»"}, "company"),
        ({"name": "Ёж, ООО"}, "company"),
        ({"name": "ИП Иванов"}, "company"),
        ({"name": "Ооонен Анна"}, "person"),
        ({"name": "Ёж", "inn": "7707083893"}, "company"),
        ({"name": "Ёж", "kpp": "773601001"}, "company"),
        ({"name": "Ёж", "full_name": "Общество «Ёж»"}, "company"),
        ({"name": "Ёж", "contact_person": ("Анна",)}, "company"),
        ({"name": "ООО «Ёж»", "kind": "person"}, "person"),  # the file said so
        ({}, "person"),
    ],
)
def test_the_kind_of_a_client_is_told_by_what_a_company_has(
    values: dict[str, str], kind: str
) -> None:
    assert with_kind(values) == {**values, "kind": kind}


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (FieldKind.PHONE, "8 (913) 123-45-67", "+79131234567"),
        (FieldKind.EMAIL, "A@B.ru", " a@b.RU "),
        (FieldKind.TAGS, "ОПТ", "опт"),
        (FieldKind.PERSONS, "Ёлкина  Анна", "елкина анна"),
        (FieldKind.PHONE, "Спросить Анну", "спросить анну"),
    ],
)
def test_two_entries_are_the_same_in_another_form(kind: FieldKind, one: str, other: str) -> None:
    assert entry_key(kind, one) == entry_key(kind, other)
    assert joined(kind, (one,), (other,)) == (one,)


entries = st.lists(st.sampled_from(["-", "a", "A", "б", "нет", "В"]), max_size=5).map(tuple)


@given(entries, entries)
def test_joining_keeps_what_was_there_first_and_adds_each_once(
    before: tuple[str, ...], more: tuple[str, ...]
) -> None:
    whole = joined(FieldKind.TAGS, before, more)
    assert whole[: len(before)] == before
    assert joined(FieldKind.TAGS, whole, more) == whole
    assert not (before and set(whole[len(before) :]) & {"-", "нет"})
