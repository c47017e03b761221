"""Products and what was sold."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, validates

from db.domain.text import fold
from db.schema.base import STRICT, Table
from db.schema.types import Exact


class Product(Table):
    """A product or service; a service has a usual cycle."""

    __tablename__ = "product"
    __table_args__ = (Index("ix_product_name_key", "name_key"), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str]
    unit: Mapped[str | None]
    price: Mapped[Decimal | None]
    cost: Mapped[Decimal | None]
    usual_cycle_days: Mapped[int | None]
    deleted_at: Mapped[datetime | None]

    @validates("name")
    def _keep_key(self, _: str, name: str) -> str:
        self.name_key = fold(name)
        return name


class Purchase(Table):
    """One sale; a negative amount is a refund. Cost is None where it is not known."""

    __tablename__ = "purchase"
    __table_args__ = (
        Index("ix_purchase_client_day", "client_id", "day"),
        # Sums of a period are read from this index alone.
        Index("ix_purchase_day", "day", "client_id", "amount"),
        Index("ix_purchase_product", "product_id", "client_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    day: Mapped[date]
    amount: Mapped[Decimal]
    cost: Mapped[Decimal | None]
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"))
    channel: Mapped[str | None]
    responsible: Mapped[str | None]
    note: Mapped[str | None]
    # A hash of the imported row: the same file loaded twice adds nothing.
    import_key: Mapped[str | None]


class PurchaseLine(Table):
    """A part of a purchase: one product with its quantity, amount and cost."""

    __tablename__ = "purchase_line"
    __table_args__ = (
        Index("ix_purchase_line_purchase", "purchase_id"),
        Index("ix_purchase_line_client", "client_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    purchase_id: Mapped[int] = mapped_column(ForeignKey("purchase.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"))
    text: Mapped[str | None]
    quantity: Mapped[Decimal] = mapped_column(Exact, default=Decimal(1))
    amount: Mapped[Decimal]
    cost: Mapped[Decimal | None]
