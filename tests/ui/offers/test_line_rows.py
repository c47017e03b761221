"""Lines as they are typed."""

from decimal import Decimal

import pytest

from db.domain.offers import OfferLine, Tier
from ui.offers.line_rows import Cell, TypedLine, lines_of, new_line, typed_line, with_pasted
from ui.words import i18n


def row(**cells: str) -> TypedLine:
    made = TypedLine()
    for name, text in cells.items():
        made = made.typed(Cell[name.upper()], text)
    return made


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_line_is_shown_and_read_back_as_it_was(language: str) -> None:
    i18n.use(language)
    line = OfferLine(
        "Теплица", Decimal("22900.50"), {Tier.GOOD: Decimal("1.5"), Tier.BEST: Decimal(2)},
        "шт", Decimal("1234.00"), Decimal("7.5"), 3,
    )  # fmt: skip
    typed = typed_line(line)
    assert typed.line() == line
    shown = TypedLine(tuple(typed.shown(cell) for cell in Cell), 3)
    assert shown.line() == line


def test_what_cannot_be_read_stays_as_typed_and_counts_as_empty() -> None:
    typed = row(text="a", price="сто", cost="-5", good="много", discount="101")
    assert typed.shown(Cell.PRICE) == "сто"
    wrong = [cell for cell in Cell if typed.problem(cell)]
    assert wrong == [Cell.COST, Cell.PRICE, Cell.DISCOUNT, Cell.GOOD]
    assert typed.line() == OfferLine("a", Decimal(0))


@pytest.mark.parametrize("typed", ["+40%", "+40 %", "+ 40,0 %"])
def test_a_markup_on_the_cost_becomes_the_price(typed: str) -> None:
    assert row(cost="1000,01", price=typed).line().price == Decimal("1400.01")


def test_a_markup_without_a_cost_is_no_price() -> None:
    assert row(price="+40 %").problem(Cell.PRICE)


def test_blank_rows_are_no_lines() -> None:
    assert lines_of([TypedLine(), new_line("a"), TypedLine()]) == (new_line("a").line(),)


def test_cells_of_a_spreadsheet_are_put_in_from_a_place_on() -> None:
    rows = with_pasted([row(text="a")], 0, Cell.UNIT, "шт\t100\t150,5\r\nм\t1\t2\r\n")
    assert [r.cells[:4] for r in rows] == [("a", "шт", "100", "150,5"), ("", "м", "1", "2")]
    assert rows[0].line().price == Decimal("150.50")
