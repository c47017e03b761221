"""The plan of an import of products: a verdict for each row, before anything is written."""

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.domain.fields import Fault
from db.domain.money import parse_money, parse_number
from db.domain.text import fold, tidy
from db.outcome import Reading
from db.progress import SILENT, Progress
from db.schema import Product
from db.transfer.columns import TableKind, Targets
from db.transfer.plan import (
    Difference,
    Plan,
    ProductDraft,
    RowProblem,
    RowReason,
    RowVerdict,
    Verdict,
)
from db.transfer.rows import unfit
from db.transfer.sheet import Sheet

Values = dict[str, str | Decimal | int | None]

_STEP = 500
_VALUES = ("unit", "price", "cost", "usual_cycle_days")
_MOST_DAYS = 36_600
_LENGTH = 500


def plan_products(
    reading: Reading, sheet: Sheet, chosen: Targets, progress: Progress = SILENT
) -> Plan:
    """Decide for each row whether it makes a product or changes the one of its name.

    An empty cell erases nothing.
    """
    by_name = _products(reading.session)
    verdicts = []
    touched: set[str] = set()
    for place, line in enumerate(sheet.lines):
        if place % _STEP == 0:
            progress.step(place, len(sheet.rows))
        verdict = _verdict(sheet, place, chosen, by_name)
        verdicts.append(verdict)
        if verdict.verdict in (Verdict.CREATE, Verdict.UPDATE):
            touched.add(fold(verdict.who))
        assert verdict.line == line  # noqa: S101 - a verdict a row
    return Plan(
        TableKind.PRODUCTS,
        tuple(verdicts),
        tuple(sheet.title(n) for n, target in enumerate(chosen) if target is None),
        products=tuple(draft for key, draft in by_name.items() if key in touched),
    )


def _products(session: Session) -> dict[str, ProductDraft]:
    columns = (Product.id, Product.name, Product.unit, Product.price, Product.cost)
    query = select(*columns, Product.usual_cycle_days).where(Product.deleted_at.is_(None))
    return {
        fold(row.name): ProductDraft(row.id, row.name, {key: getattr(row, key) for key in _VALUES})
        for row in session.execute(query.order_by(Product.id.desc()))
    }


def _verdict(
    sheet: Sheet, place: int, chosen: Targets, by_name: dict[str, ProductDraft]
) -> RowVerdict:
    line = sheet.lines[place]
    name, values, problems = _read(sheet, place, chosen)
    if problems:
        return RowVerdict(line, Verdict.REJECT, name, problems=tuple(problems))
    before = by_name.get(fold(name))
    known = before.values if before else {}
    differences = tuple(
        Difference(key, known.get(key), value)
        for key, value in values.items()
        if known.get(key) != value
    )
    if before is not None and not differences:
        return RowVerdict(line, Verdict.SKIP, name, reason=RowReason.NOTHING_NEW)
    by_name[fold(name)] = ProductDraft(
        before.id if before else None, before.name if before else name, {**known, **values}
    )
    verdict = Verdict.UPDATE if before else Verdict.CREATE
    return RowVerdict(line, verdict, name, differences=differences)


def _read(sheet: Sheet, place: int, chosen: Targets) -> tuple[str, Values, list[RowProblem]]:
    line, values = sheet.lines[place], Values()
    if problem := unfit(sheet, place):
        return "", values, [problem]
    name, problems = "", []
    for column, (target, cell) in enumerate(zip(chosen, sheet.rows[place], strict=False)):
        if target is None or not cell.strip():
            continue
        try:
            if target == "name":
                name = tidy(cell)
            else:
                values[target] = _value(target, cell)
        except ValueError:
            problems.append(RowProblem(line, sheet.title(column), Fault.BAD_NUMBER, cell.strip()))
    if not problems and not name:
        problems.append(RowProblem(line, None, RowReason.NO_NAME))
    if len(name) > _LENGTH:
        problems.append(RowProblem(line, None, Fault.TOO_LONG, name[:80]))
    return name, values, problems


def _value(target: str, cell: str) -> str | Decimal | int | None:
    if target == "unit":
        return tidy(cell)[:_LENGTH]
    if target in ("price", "cost"):
        amount = parse_money(cell)
        if amount is not None and amount < 0:
            raise ValueError(cell)
        return amount
    days = parse_number(cell)
    if days is None or days != int(days) or not 0 < days <= _MOST_DAYS:
        raise ValueError(cell)
    return int(days)
