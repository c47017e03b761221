"""The lines of an offer as they are typed: text cells that become lines, and what can't be read."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum

from db.domain.money import parse_money, parse_number, to_kopecks
from db.domain.offers import (
    MAX_LINE_TEXT,
    MAX_PRICE,
    MAX_QUANTITY,
    MAX_UNIT,
    OfferLine,
    Tier,
)
from db.domain.text import tidy
from ui.words import formats
from ui.words.i18n import _


class Cell(IntEnum):
    """The columns of the table of lines, in their order."""

    TEXT = 0
    UNIT = 1
    COST = 2
    PRICE = 3
    DISCOUNT = 4
    GOOD = 5
    BETTER = 6
    BEST = 7


QUANTITIES = (Cell.GOOD, Cell.BETTER, Cell.BEST)
_PLACES = 4
_MARKUP = re.compile(r"\+\s*(\d+(?:[.,]\d+)?)\s*%")


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One row as typed. What can't be read stays as it is and counts as empty meanwhile."""

    cells: tuple[str, ...] = ("",) * len(Cell)
    product_id: int | None = None

    def typed(self, cell: Cell, text: str) -> "TypedLine":
        """Return the row with another text in a cell. `+40 %` as a price is cost plus a markup."""
        cells = list(self.cells)
        cells[cell] = tidy(text)
        made = replace(self, cells=tuple(cells))
        if cell is Cell.PRICE and (markup := _MARKUP.fullmatch(cells[cell])):
            cost = made.number(Cell.COST)
            if cost is not None:
                percent = Decimal(markup[1].replace(",", "."))
                price = to_kopecks(cost * (100 + percent) / 100)
                return made.typed(cell, formats.number(price, 2))
        return made

    @property
    def is_blank(self) -> bool:
        return not any(self.cells)

    def number(self, cell: Cell) -> Decimal | None:
        """Return what a cell says; None when it is empty or can't be read."""
        try:
            return _read(cell, self.cells[cell])
        except ValueError:
            return None

    def problem(self, cell: Cell) -> str | None:
        """Say what can't be read in a cell, if anything."""
        if cell in (Cell.TEXT, Cell.UNIT):
            longest = MAX_LINE_TEXT if cell is Cell.TEXT else MAX_UNIT
            too_long = len(self.cells[cell]) > longest
            return (
                _("No longer than {count} characters").format(count=longest) if too_long else None
            )
        try:
            _read(cell, self.cells[cell])
        except ValueError:
            return _most(cell)
        return None

    def shown(self, cell: Cell) -> str:
        """Return a cell as it is shown: numbers tidy, anything else as typed."""
        number = self.number(cell) if cell >= Cell.COST else None
        if number is None:
            return self.cells[cell]
        return formats.number(number, 2 if cell in (Cell.COST, Cell.PRICE) else None)

    def line(self) -> OfferLine:
        """Return the line; a cell that can't be read counts as empty."""
        quantities = dict(zip(Tier, map(self.number, QUANTITIES), strict=True))
        return OfferLine(
            text=self.cells[Cell.TEXT][:MAX_LINE_TEXT],
            unit=self.cells[Cell.UNIT][:MAX_UNIT],
            cost=self.number(Cell.COST),
            price=self.number(Cell.PRICE) or Decimal(0),
            discount_percent=self.number(Cell.DISCOUNT) or Decimal(0),
            quantities={tier: quantity for tier, quantity in quantities.items() if quantity},
            product_id=self.product_id,
        )


def typed_line(line: OfferLine) -> TypedLine:
    """Return a line as text cells, as it would be typed."""
    numbers = (line.cost, line.price)
    texts = ["" if one is None else formats.number(one, 2) for one in numbers]
    discount = formats.number(line.discount_percent, None) if line.discount_percent else ""
    counts = (line.quantities.get(tier) for tier in Tier)
    quantities = ["" if one is None else formats.number(one, None) for one in counts]
    return TypedLine((line.text, line.unit, *texts, discount, *quantities), line.product_id)


def new_line(text: str) -> TypedLine:
    """Return a row that begins with its name typed: one piece in every tier."""
    return TypedLine((text, "", "", "", "", "1", "1", "1"))


def lines_of(rows: Iterable[TypedLine]) -> tuple[OfferLine, ...]:
    """Return the lines of the rows that are not blank."""
    return tuple(row.line() for row in rows if not row.is_blank)


def pasted(text: str) -> list[list[str]]:
    """Return rows and cells of what a spreadsheet put on the clipboard."""
    rows = text.replace("\r\n", "\n").strip("\n").split("\n")
    return [row.split("\t") for row in rows]


def with_pasted(rows: Sequence[TypedLine], at: int, cell: Cell, text: str) -> list[TypedLine]:
    """Return the rows with pasted cells from a place on; rows are added as needed."""
    made = list(rows)
    for offset, cells in enumerate(pasted(text)):
        place = at + offset
        if place >= len(made):
            made.append(new_line("") if cell is Cell.TEXT and len(cells) == 1 else TypedLine())
        for column, typed in zip(list(Cell)[cell:], cells, strict=False):
            made[place] = made[place].typed(column, typed)
    return made


def _read(cell: Cell, text: str) -> Decimal | None:
    if cell in (Cell.COST, Cell.PRICE):
        if "%" in text:  # a markup, and no cost to put it on
            raise ValueError(text)
        number, limit = parse_money(text), MAX_PRICE
    else:
        number = parse_number(text)
        limit = Decimal(100) if cell is Cell.DISCOUNT else MAX_QUANTITY
        if number is not None and number != round(number, _PLACES):
            raise ValueError(text)
    if number is not None and not 0 <= number <= limit:
        raise ValueError(text)
    return number


def _most(cell: Cell) -> str:
    if cell in (Cell.COST, Cell.PRICE):
        return _("Enter an amount, for example {example}").format(
            example=formats.number(Decimal("1234.50"), 2)
        )
    if cell is Cell.DISCOUNT:
        return _("Enter a percentage from 0 to 100")
    return _("Enter a quantity; leave empty if not included in this price")
