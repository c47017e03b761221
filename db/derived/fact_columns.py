"""How the facts of a client stand in the file: cycle, yearly profit, marks, days."""

from datetime import date
from typing import Any

from db.domain.churn import profit_a_year
from db.domain.cycle import Cycle
from db.domain.marks import Facts, marks_of
from db.domain.settings import Settings

SCALE = 10_000  # of the Exact columns


def cycle_columns(cycle: Cycle | None, last: date | None) -> tuple[Any, ...]:
    """Return the cycle, its basis, gaps and deviation, and the day of the next visit."""
    if cycle is None or last is None:
        return (None, None, 0, None, None)
    return (
        int(cycle.days * SCALE),
        cycle.basis.value,
        cycle.gaps,
        int(cycle.deviation_days * SCALE),
        cycle.next_after(last).isoformat(),
    )


def profit_columns(
    sums: tuple[int, int, int], known: Facts, base: Settings
) -> tuple[int | None, int]:
    """Return the profit a year in kopecks, and 1 where a cost in it is estimated."""
    cycle_days = None if known.cycle is None else known.cycle.days
    yearly = profit_a_year(sums, known.visits, cycle_days, base.trade_margin_percent)
    revenue, costed_revenue, _ = sums
    return yearly, int(yearly is not None and revenue != costed_revenue)


def mark_columns(known: Facts, base: Settings) -> list[str | None]:
    """Return the marks as the file keeps them."""
    marks = marks_of(known, base.lifecycle, base.churn)
    return [None if day is None else day.isoformat() for day in marks]


def text_of(day: date | None) -> str | None:
    """Return a day as the file keeps it."""
    return None if day is None else day.isoformat()


def day_of(text: str | None) -> date | None:
    """Return the day of a text of the file."""
    return None if text is None else date.fromisoformat(text)
