"""All clients and purchases of a base, for other programs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import or_, select

from db.domain.fields import CardValue, Field
from db.outcome import Reading
from db.progress import SILENT, Progress, in_batches
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
    """One purchase; amounts in roubles, negative for a refund."""

    day: date
    client: str
    inn: str | None
    product: str | None
    amount: Decimal
    cost: Decimal | None
    channel: str | None
    responsible: str | None
    note: str | None


def clients_out(reading: Reading, progress: Progress = SILENT) -> ClientsOut:
    """Return every card that is not in the bin."""
    ids = reading.session.scalars(
        select(Client.id).where(Client.deleted_at.is_(None)).order_by(Client.sort_key, Client.id)
    ).all()
    rows: list[dict[str, CardValue]] = []
    for part in in_batches(ids, progress):
        values = card_values(reading.session, part)
        agreements = _agreements(reading, part)
        rows += [{**values[client_id][0], **agreements.get(client_id, {})} for client_id in part]
    return ClientsOut(tuple(fields_of_base(reading.session).values()), tuple(rows))


def _agreements(reading: Reading, ids: Sequence[int]) -> dict[int, dict[str, CardValue]]:
    by_client: dict[int, dict[str, CardValue]] = {}
    begun = or_(Agreement.from_on.is_(None), reading.covers(Agreement.from_on))
    query = select(Agreement).where(
        Agreement.client_id.in_(ids), Agreement.kind.in_(AGREEMENTS), begun
    )
    for row in reading.session.scalars(query.order_by(Agreement.id.desc())):
        number = {"discount": row.percent, "deferred": row.days, "credit": row.amount}[row.kind]
        if number is not None:
            by_client.setdefault(row.client_id, {})[row.kind] = Decimal(number)
    return by_client


def purchases_out(reading: Reading, progress: Progress = SILENT) -> list[PurchaseOut]:
    """Return the purchases of clients in use up to the day, by day."""
    return list(_purchases(reading, progress))


def _purchases(reading: Reading, progress: Progress) -> Iterator[PurchaseOut]:
    query = (
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
        .where(Client.deleted_at.is_(None), reading.covers(Purchase.day))
        .order_by(Purchase.day, Purchase.id)
    )
    for number, row in enumerate(reading.session.execute(query)):
        if number % _BATCH == 0:
            progress.step(number, 0)
        yield PurchaseOut(*row)
