"""Imports in words: kinds of files, verdicts, problems, and what became of a file."""

import pytest

from db.domain.fields import Fault
from db.transfer.columns import TableKind
from db.transfer.plan import MatchKey, RowProblem, RowReason, Summary, Verdict
from ui.words import transfer as words


@pytest.mark.parametrize(
    ("kind", "one", "three"),
    [
        (TableKind.CLIENTS, "1 клиент", "3 клиента"),
        (TableKind.PURCHASES, "1 покупка", "3 покупки"),
        (TableKind.PRODUCTS, "1 товар", "3 товара"),
    ],
)
def test_what_is_in_a_file_is_counted(kind: TableKind, one: str, three: str) -> None:
    assert words.counted(kind, 1).replace("\xa0", " ") == one
    assert words.counted(kind, 3).replace("\xa0", " ") == three


def test_every_code_has_words_of_its_own() -> None:
    assert len({words.file_kind_name(kind) for kind in TableKind}) == len(TableKind)
    assert len({words.key_name(key) for key in MatchKey}) == len(MatchKey)
    assert len({words.verdict_name(verdict) for verdict in Verdict}) == len(Verdict)
    problems = {words.problem_reason(RowProblem(1, None, code, "x")) for code in RowReason}
    assert len(problems) == len(RowReason)


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (RowProblem(3, "Дата", Fault.BAD_DATE, "31.02"), "Дата: такого дня нет: 31.02"),
        (RowProblem(3, None, Fault.REQUIRED, "phone"), "поле «Телефон» должно быть заполнено"),
        (RowProblem(3, None, RowReason.AMBIGUOUS, "Ира"), "подходят несколько клиентов: Ира"),
        (RowProblem(3, None, RowReason.NO_DAY), "нет даты"),
    ],
)
def test_a_problem_names_the_column_and_the_value(problem: RowProblem, text: str) -> None:
    assert words.problem_words(problem) == text


def test_a_long_value_is_cut_in_a_problem() -> None:
    text = words.problem_reason(RowProblem(1, None, Fault.BAD_DATE, "x" * 100))
    assert text.endswith(" " + "x" * 60 + "…")


@pytest.mark.parametrize(
    ("done", "text"),
    [
        (
            Summary(TableKind.CLIENTS, 10, 3, 2, 4, 1),
            "10 строк: добавлено: 3, обновлено: 2, пропущено: 4, отклонено: 1",
        ),
        (
            Summary(TableKind.PURCHASES, 10, 3, 0, 6, 1, clients_created=2, refunds=1),
            (
                "10 строк: добавлено: 3, пропущено: 6, отклонено: 1, создано клиентов: 2,"
                " возвратов денег: 1"
            ),
        ),
    ],
)
def test_a_summary_leaves_out_what_did_not_happen(done: Summary, text: str) -> None:
    assert words.summary_words(done) == text


@pytest.mark.parametrize(
    ("delimiter", "name"),
    [(",", "запятая"), (";", "точка с запятой"), ("\t", "табуляция"), ("|", "черта")],
)
def test_a_delimiter_has_a_name(delimiter: str, name: str) -> None:
    assert words.delimiter_name(delimiter) == name


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("cp1251", "Windows-1251 (кириллица)"),
        ("utf-16", "UTF-16"),
        ("koi8-r", "KOI8-R"),
    ],
)
def test_an_encoding_has_the_name_people_know(encoding: str, name: str) -> None:
    assert words.encoding_name(encoding) == name
