"""The records of one client that the tabs of the card show."""

from dataclasses import dataclass

from sqlalchemy import select

from db.domain.ids import ClientId
from db.outcome import Reading
from db.queries.cards.card_history import CardChange, card_changes
from db.queries.cards.purchases import (
    InteractionRow,
    PurchaseRow,
    client_interactions,
    client_purchases,
)
from db.queries.cards.relations import RelationRow, client_relations
from db.queries.offers.offers import OfferListRow, offer_list
from db.schema import Client


@dataclass(frozen=True, slots=True)
class ClientRecords:
    """The rows of the tabs of a card."""

    purchases: list[PurchaseRow]
    interactions: list[InteractionRow]
    offers: tuple[OfferListRow, ...]
    relations: list[RelationRow]
    changes: list[CardChange]


def client_records(reading: Reading, client_id: ClientId) -> ClientRecords:
    """Return the records of a client up to the day."""
    return ClientRecords(
        client_purchases(reading, client_id),
        client_interactions(reading, client_id),
        offer_list(reading, client_id),
        client_relations(reading, client_id),
        card_changes(reading, client_id),
    )


_MOST = 300


def known_values(reading: Reading, keys: tuple[str, ...]) -> dict[str, list[str]]:
    """Return the values of all cards in these columns, for completion."""
    values: dict[str, list[str]] = {}
    for key in keys:
        column = getattr(Client, key)
        query = select(column).where(column.is_not(None)).distinct().order_by(column).limit(_MOST)
        values[key] = list(reading.session.scalars(query))
    return values
