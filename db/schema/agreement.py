"""Agreements with a client."""

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import STRICT, Table
from db.schema.types import Exact


class Agreement(Table):
    """Discount, credit, deferred payment, instalments, fixed price or exclusive terms."""

    __tablename__ = "agreement"
    __table_args__ = (Index("ix_agreement_client", "client_id"), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    kind: Mapped[str]
    percent: Mapped[Decimal | None] = mapped_column(Exact)
    amount: Mapped[Decimal | None]
    days: Mapped[int | None]
    text: Mapped[str | None]
    from_on: Mapped[date | None]
    until: Mapped[date | None]
