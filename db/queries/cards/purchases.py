"""Purchases and interactions of a client; products."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.domain.ids import ClientId, ProductId, PurchaseId
from db.domain.text import fold
from db.domain.trade import InteractionKind
from db.outcome import Reading
from db.schema import Interaction, Product, Purchase


@dataclass(frozen=True, slots=True)
class PurchaseRow:
    """A purchase in roubles; a refund has a negative amount."""

    id: PurchaseId
    day: date
    amount: Decimal
    cost: Decimal | None
    product: str | None
    channel: str | None
    responsible: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class InteractionRow:
    """A contact; `closed_on` is the day a complaint was closed."""

    id: int
    day: date
    kind: InteractionKind
    text: str | None
    nps: int | None
    is_open: bool
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product or service; price and cost in roubles."""

    id: ProductId
    name: str
    unit: str | None
    price: Decimal | None
    cost: Decimal | None
    usual_cycle_days: int | None


def client_purchases(reading: Reading, client_id: ClientId) -> list[PurchaseRow]:
    """Return the purchases of a client up to the day, the latest first."""
    rows = reading.session.execute(
        select(
            Purchase.id,
            Purchase.day,
            Purchase.amount,
            Purchase.cost,
            Product.name,
            Purchase.channel,
            Purchase.responsible,
            Purchase.note,
        )
        .outerjoin(Product, Product.id == Purchase.product_id)
        .where(Purchase.client_id == client_id, reading.covers(Purchase.day))
        .order_by(Purchase.day.desc(), Purchase.id.desc())
    )
    return [PurchaseRow(PurchaseId(row[0]), *row[1:]) for row in rows]


def client_interactions(reading: Reading, client_id: ClientId) -> list[InteractionRow]:
    """Return the interactions with a client up to the day, the latest first.

    A complaint that was closed after the day is open.
    """
    rows = reading.session.execute(
        select(Interaction, Interaction.open_on(reading.as_of))
        .where(Interaction.client_id == client_id, reading.covers(Interaction.day))
        .order_by(Interaction.day.desc(), Interaction.id.desc())
    )
    return [_interaction(row, is_open=bool(is_open)) for row, is_open in rows]


def _interaction(row: Interaction, *, is_open: bool) -> InteractionRow:
    closed_on = None if is_open else row.closed_on
    return InteractionRow(row.id, row.day, row.kind, row.text, row.nps, is_open, closed_on)


def products(reading: Reading) -> list[ProductRow]:
    """Return the products in use, by name."""
    rows = reading.session.scalars(
        select(Product).where(Product.deleted_at.is_(None)).order_by(Product.name_key)
    )
    return [
        ProductRow(ProductId(row.id), row.name, row.unit, row.price, row.cost, row.usual_cycle_days)
        for row in rows
    ]


def product_by_name(session: Session, name: str) -> Product | None:
    """Return the product in use of this name, in any case; the oldest of several."""
    return session.scalar(
        select(Product)
        .where(Product.name_key == fold(name), Product.deleted_at.is_(None))
        .order_by(Product.id)
        .limit(1)
    )
