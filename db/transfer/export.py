"""Everything the base holds of clients and purchases, for other programs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.domain.card import CardValue
from db.domain.fields import Field
from db.progress import SILENT, Progress
from db.records.cards import card_values, fields_of_base
from db.schema import Agreement, Client, Product, Purchase
from db.transfer.columns import AGREEMENTS

_BATCH = 2000


@dataclass(frozen=True, slots=True)
class ClientsOut:
    """All cards in use, in the order of the list: a value for each field, then agreements."""

    fields: tuple[Field, ...]
    rows: tuple[dict[str, CardValue], ...]


@dataclass(frozen=True, slots=True)
class PurchaseOut:
    day: date
    client: str
    inn: str | None
    product: str | None
    amount: Decimal
    cost: Decimal | None
    channel: str | None
    responsible: str | None
    note: str | None


def clients_out(session: Session, progress: Progress = SILENT) -> ClientsOut:
    """Return every card that is not in the bin."""
    ids = session.scalars(
        select(Client.id).where(Client.deleted_at.is_(None)).order_by(Client.sort_key, Client.id)
    ).all()
    rows: list[dict[str, CardValue]] = []
    for start in range(0, len(ids), _BATCH):
        progress.step(start, len(ids))
        part = ids[start : start + _BATCH]
        values = card_values(session, part)
        agreed = _agreements(session, part)
        rows += [{**values[client_id][0], **agreed.get(client_id, {})} for client_id in part]
    return ClientsOut(tuple(fields_of_base(session).values()), tuple(rows))


def _agreements(session: Session, ids: Sequence[int]) -> dict[int, dict[str, CardValue]]:
    found: dict[int, dict[str, CardValue]] = {}
    held = select(Agreement).where(Agreement.client_id.in_(ids), Agreement.kind.in_(AGREEMENTS))
    for row in session.scalars(held.order_by(Agreement.id.desc())):
        worth = {"discount": row.percent, "deferred": row.days, "credit": row.amount}[row.kind]
        if worth is not None:
            found.setdefault(row.client_id, {})[row.kind] = Decimal(worth)
    return found


def purchases_out(session: Session, progress: Progress = SILENT) -> list[PurchaseOut]:
    """Return every purchase of clients in use, by day."""
    return list(_purchases(session, progress))


def _purchases(session: Session, progress: Progress) -> Iterator[PurchaseOut]:
    asked = (
        select(
            Purchase.day,
            Client.name,
            Client.inn,
            Product.name,
            Purchase.amount,
            Purchase.cost,
            Purchase.channel,
            Purchase.responsible,
            Purchase.note,
        )
        .join(Client, Client.id == Purchase.client_id)
        .outerjoin(Product, Product.id == Purchase.product_id)
        .where(Client.deleted_at.is_(None))
        .order_by(Purchase.day, Purchase.id)
    )
    for number, row in enumerate(session.execute(asked)):
        if number % _BATCH == 0:
            progress.step(number, 0)
        yield PurchaseOut(*row)
