"""A card in words: its head, the next visit, agreements, and what a change did."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from db.domain.cycle import Basis, Cycle, Timing
from db.domain.field_rules import GapAnswer
from db.domain.fields import STANDARD_BY_KEY
from db.domain.ids import ChangeId, ClientId
from db.domain.lifecycle import Status
from db.queries.cards.card_history import CardChange, Edit
from db.queries.cards.head import AgreementRow, ClientHead
from ui.words.clients import (
    agreement_line,
    change_lines,
    cycle_days,
    field_value,
    head_line,
    next_visit_line,
)

CYCLE = Cycle(Decimal(35), Basis.OWN, 3, Decimal(5))


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


def head(**changes: Any) -> ClientHead:
    values: dict[str, Any] = {
        "id": ClientId(1), "name": "Анна", "status": Status.REGULAR, "timing": Timing.DUE,
        "visits": 4, "purchases": 4, "revenue": Decimal(4000), "average": Decimal(1000),
        "first_on": date(2026, 1, 1), "last_on": date(2026, 4, 16), "silent_days": 30,
        "cycle": CYCLE, "next_on": date(2026, 5, 21), "complaint_on": None, "nps": None,
        "agreements": (),
    }  # fmt: skip
    return ClientHead(**{**values, **changes})


def agreement(kind: str, **values: Any) -> AgreementRow:
    empty = dict.fromkeys(("percent", "amount", "days", "text", "from_on", "until"))
    return AgreementRow(id=1, kind=kind, **{**empty, **values})


def change(*edits: Edit) -> CardChange:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    return CardChange(ChangeId(1), "UpdateClient", "", at, undone=False, edits=edits)


def test_the_head_names_purchases_average_cycle_and_agreements() -> None:
    full = head(agreements=(agreement("discount", percent=Decimal("7.5")),))
    assert plain(head_line(full)) == (
        "клиент с 01.01.2026 · 4 покупки · средний чек 1 000 ₽ · обычно раз в 35 дней"
        " · скидка 7,5 %"
    )


def test_the_head_of_a_client_who_has_not_bought_is_short() -> None:
    new = head(purchases=0, average=None, first_on=None, last_on=None, cycle=None, next_on=None)
    assert plain(head_line(new)) == "покупок нет"
    assert next_visit_line(new) == ""


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (
            {},
            "Следующий визит ожидается 21.05.2026 ± 5 дней (медиана интервалов клиента: 3) · пора",
        ),
        (
            {"silent_days": 60, "timing": Timing.AT_RISK},
            "Визит ожидался 21.05.2026 ± 5 дней (медиана интервалов клиента: 3) · под угрозой",
        ),
        (
            {"silent_days": 99, "timing": Timing.AT_RISK, "status": Status.LOST},
            "Визит ожидался 21.05.2026 ± 5 дней (медиана интервалов клиента: 3)",
        ),
    ],
)
def test_the_next_visit(changes: dict[str, Any], line: str) -> None:
    assert plain(next_visit_line(head(**changes))) == line


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (agreement("discount", percent=Decimal("10.0000")), "скидка 10 %"),
        (agreement("credit", amount=Decimal(50000)), "кредит 50 000,00 ₽"),
        (
            agreement("deferred", days=14, until=date(2026, 12, 31)),
            "отсрочка платежа 14 дней до 31.12.2026",
        ),
        (agreement("fixed_price", text="как в 2025"), "фиксированная цена как в 2025"),
    ],
)
def test_an_agreement(row: AgreementRow, line: str) -> None:
    assert plain(agreement_line(row)) == line


def test_a_cycle_that_is_no_whole_number_keeps_its_part() -> None:
    assert [plain(cycle_days(Decimal(days))) for days in ("35", "36.5")] == ["35 дней", "36,5 дня"]


@pytest.mark.parametrize("value", [None, "", ()])
def test_an_empty_value_is_a_dash(value: object) -> None:
    assert field_value(STANDARD_BY_KEY["phone"], value) == "—"


def test_a_changed_field_is_shown_from_and_to() -> None:
    edited = change(Edit("note", "note", 1, "любит чай", "любит кофе"))
    assert change_lines(edited, STANDARD_BY_KEY) == ["Заметка: любит чай → любит кофе"]


def test_several_entries_of_a_field_are_one_line() -> None:
    edited = change(
        Edit("email", "value", 1, None, "a@ya.ru"), Edit("email", "value", 2, None, "b@ya.ru")
    )
    (line,) = change_lines(edited, STANDARD_BY_KEY)
    assert line.endswith(": a@ya.ru, b@ya.ru")


def test_the_bin_has_words_of_its_own() -> None:
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    lines = [
        change_lines(change(Edit("deleted_at", "deleted_at", 1, *pair)), STANDARD_BY_KEY)
        for pair in ((None, moment), (moment, None))
    ]
    assert lines == [["В корзину"], ["Из корзины"]]


def test_an_answer_that_closes_a_gap_is_in_words() -> None:
    edited = change(Edit("birthday", "answer", 1, None, GapAnswer.REFUSED))
    (line,) = change_lines(edited, STANDARD_BY_KEY)
    assert line.startswith("День рождения: ")
    assert "refused" not in line


def test_a_new_row_a_deleted_and_a_changed_one() -> None:
    def amount(before: int | None, after: int | None) -> list[str]:
        values = (None if each is None else Decimal(each) for each in (before, after))
        edit = Edit("purchase", "amount", 7, *values, is_field=False)
        return [plain(line) for line in change_lines(change(edit), STANDARD_BY_KEY)]

    assert amount(None, 900) == ["Покупка: 900,00 ₽"]
    assert amount(900, None) == ["Покупка, удаление: 900,00 ₽"]
    (changed,) = amount(900, 950)
    assert changed.endswith("900,00 ₽ → 950,00 ₽")
