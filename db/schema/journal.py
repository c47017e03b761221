"""What the base keeps of itself: every change with the rows as they were, settings, imports."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.domain.cycle import Basis
from db.schema.base import DERIVED, STRICT, Stamped, Table, now
from db.schema.types import Code, Exact


class ChangeState(StrEnum):
    DONE = "done"
    UNDONE = "undone"
    # Undone, and overtaken by a newer change: it can't be redone any more.
    DROPPED = "dropped"


class Change(Table):
    """One command that was carried out."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_state", "state", "id"), DERIVED)

    id: Mapped[int] = mapped_column(primary_key=True)
    command: Mapped[str]  # the name of the command: UpdateClient
    who: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
    state: Mapped[ChangeState] = mapped_column(Code(ChangeState), default=ChangeState.DONE)
    undone_at: Mapped[datetime | None]


class ChangeRow(Table):
    """One row a change touched, as it is on the other side of the change.

    For a change that is done this is the row before it; `image` None means there was none.
    """

    __tablename__ = "change_row"
    __table_args__ = (
        Index("uq_change_row_change_table_row", "change_id", "table_name", "row_id", unique=True),
        Index("ix_change_row_client", "client_id", "change_id"),
        DERIVED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id", ondelete="CASCADE"))
    table_name: Mapped[str]
    row_id: Mapped[int]
    client_id: Mapped[int | None]
    image: Mapped[str | None]


class Setting(Table):
    """One business setting, as JSON; what is not here has its default."""

    __tablename__ = "setting"
    __table_args__ = (Index("uq_setting_key", "key", unique=True), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    value: Mapped[str]


class Segment(Stamped, Table):
    """A saved question to the base; its rule is JSON."""

    __tablename__ = "segment"
    __table_args__ = (Index("uq_segment_name_key", "name_key", unique=True), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str]
    rule: Mapped[str]


class ImportRun(Table):
    """One file that was loaded, and what became of its rows."""

    __tablename__ = "import_run"
    __table_args__ = (DERIVED,)

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int | None] = mapped_column(ForeignKey("change.id", ondelete="SET NULL"))
    kind: Mapped[str]
    file_name: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
    rows: Mapped[int]
    created: Mapped[int]
    updated: Mapped[int]
    skipped: Mapped[int]
    rejected: Mapped[int]


class ClientFact(Table):
    """Derived: what all purchases and interactions of a client say together.

    Nothing here depends on today; statuses are computed from these days and numbers.
    """

    __tablename__ = "client_fact"
    __table_args__ = (
        Index("ix_client_fact_last", "last_on", "client_id"),
        Index("ix_client_fact_next", "next_on", "client_id"),
        Index("ix_client_fact_revenue", "revenue", "client_id"),
        DERIVED,
    )

    client_id: Mapped[int] = mapped_column(
        ForeignKey("client.id", ondelete="CASCADE"), primary_key=True
    )
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
    complaint_on: Mapped[date | None]  # the oldest complaint still open
    complaint_last_on: Mapped[date | None]  # and the newest
    nps: Mapped[int | None]
    nps_on: Mapped[date | None]
    enquiries: Mapped[int]
    contacted_on: Mapped[date | None]  # the last interaction of any kind
