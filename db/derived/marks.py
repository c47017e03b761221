# ruff: noqa: S608 - every name put into SQL here is ours
"""Marks and yearly profits of all clients, made again when a threshold or the margin changes."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.derived.fact_columns import SCALE, day_of, mark_columns, profit_columns
from db.derived.facts import BATCH, FOREVER, enquiry_days, stored_settings
from db.domain.cycle import Basis, Cycle
from db.domain.marks import Facts, Marks
from db.domain.settings import Settings
from db.driver import driver_of
from db.progress import SILENT, Progress
from db.schema import ClientFact

# Settings that marks and yearly profit depend on, and no other fact.
SETTINGS = frozenset({"lifecycle", "churn", "trade_margin_percent"})


def make(session: Session, progress: Progress = SILENT) -> None:
    """Make marks and yearly profits of all clients again, from the facts as they are stored."""
    total = session.scalar(select(func.count(ClientFact.client_id))) or 0
    done = 0
    connection = driver_of(session)
    base = stored_settings(connection)
    names = [f"{name} = ?" for name in ("profit_a_year", "profit_estimated", *Marks._fields)]
    statement = f"update client_fact set {', '.join(names)} where client_id = ?"
    enquiries = enquiry_days(connection, "1", (), FOREVER)
    cursor = connection.execute(
        "select client_id, visits, first_on, last_on, nps, nps_on, open_complaint_on,"
        " open_complaint_last_on, revenue, costed_revenue, cost, cycle_days, cycle_basis,"
        " cycle_gaps, deviation_days from client_fact order by client_id"
    )
    while stored := cursor.fetchmany(BATCH):
        rows = [(*_marks_again(row, enquiries.get(row[0], ()), base), row[0]) for row in stored]
        connection.executemany(statement, rows)
        done += len(rows)
        progress.step(done, total)


def _marks_again(
    row: tuple[Any, ...], enquiry_days: tuple[date, ...], base: Settings
) -> tuple[Any, ...]:
    _, visits, first, last, nps, nps_on, complaint, last_complaint = row[:8]
    days, basis, gaps, deviation = row[11:]
    cycle = None
    if days is not None:
        cycle = Cycle(Decimal(days) / SCALE, Basis(basis), gaps, Decimal(deviation) / SCALE)
    known = Facts(
        visits,
        day_of(first),
        day_of(last),
        cycle,
        nps,
        day_of(nps_on),
        day_of(complaint),
        day_of(last_complaint),
        enquiry_days,
    )
    return (*profit_columns(row[8:11], known, base), *mark_columns(known, base))
