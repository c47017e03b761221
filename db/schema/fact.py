"""Derived facts of clients: purchases and contacts summed up, and the marks computed from them."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.domain.cycle import Basis
from db.domain.marks import Marks
from db.schema.base import DERIVED, Table
from db.schema.types import Code, Exact, Scaled

# The columns that lists and segments count and sum.
_COUNTED = ("lost_on", "risk_on", "new_until", "year_revenue")
_BY_NAME = ("sort_key", "client_id")
_IN_USE: dict[str, Any] = {"sqlite_where": text("sort_key IS NOT NULL")}


class ClientFact(Table):
    """The purchases and contacts of a client summed up, with the marks.

    Only `year_revenue` depends on the present day: a status, a due date or a definition of loss is
    a comparison of a day with a mark (db.domain.marks).
    """

    __tablename__ = "client_fact"
    __table_args__ = (
        # Each serves one order, or the counts, of the list of clients in use.
        Index("ix_client_fact_name", *_BY_NAME, *_COUNTED, **_IN_USE),
        Index("ix_client_fact_last", text("last_on DESC"), *_BY_NAME, **_IN_USE),
        Index("ix_client_fact_year", text("year_revenue DESC"), *_BY_NAME, **_IN_USE),
        Index("ix_client_fact_due", "due_on", "lost_on", "client_id"),
        Index("ix_client_fact_silent", "silent_on", "client_id"),
        DERIVED,
    )

    client_id: Mapped[int] = mapped_column(
        ForeignKey("client.id", ondelete="CASCADE"), primary_key=True
    )
    sort_key: Mapped[str | None]  # of the client's name; None for a client in the bin
    visits: Mapped[int]
    purchases: Mapped[int]
    revenue: Mapped[Decimal]
    # Revenue and cost of the purchases whose cost is known.
    costed_revenue: Mapped[Decimal]
    cost: Mapped[Decimal]
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    cycle_days: Mapped[Decimal | None] = mapped_column(Exact)
    cycle_basis: Mapped[Basis | None] = mapped_column(Code(Basis))
    cycle_gaps: Mapped[int]
    deviation_days: Mapped[Decimal | None] = mapped_column(Exact)
    next_on: Mapped[date | None]
    open_complaint_on: Mapped[date | None]  # the oldest complaint still open
    open_complaint_last_on: Mapped[date | None]  # and the newest
    nps: Mapped[int | None]
    nps_on: Mapped[date | None]
    enquiries: Mapped[int]
    contacted_on: Mapped[date | None]  # the last interaction of any kind
    # Gross profit a year by the client's cycle; None where no cycle is known.
    profit_a_year: Mapped[Decimal | None] = mapped_column(Scaled(6))
    profit_estimated: Mapped[bool]  # the trade's margin was used for an unknown cost
    # Purchases of the twelve months up to FactDay.day.
    year_revenue: Mapped[Decimal]
    # Marks: the first day of each, or the last one where the name says `until`.
    new_until: Mapped[date | None]
    active_until: Mapped[date | None]
    due_on: Mapped[date | None]
    overdue_on: Mapped[date | None]
    risk_on: Mapped[date | None]
    lost_on: Mapped[date | None]
    silent_on: Mapped[date | None]
    low_nps_on: Mapped[date | None]
    complaint_on: Mapped[date | None]
    complaint_last_on: Mapped[date | None]
    enquiry_on: Mapped[date | None]

    @property
    def marks(self) -> Marks:
        """The marks of the client, to be compared with a day."""
        return Marks(*(getattr(self, name) for name in Marks._fields))


class FactDay(Table):
    """The one row with the day up to which `year_revenue` is summed."""

    __tablename__ = "fact_day"
    __table_args__ = (DERIVED,)

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
