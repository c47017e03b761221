"""Writing the plan of an import in batches."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.orm import Session

from db.domain.ids import ClientId
from db.domain.text import fold
from db.progress import Progress, in_batches
from db.records.card_rows import CardContent, table_of
from db.records.card_writer import create_cards, update_cards
from db.records.insert import insert_rows
from db.schema import Agreement, Product, Purchase
from db.transfer.plan import CardDraft, ProductDraft, PurchaseDraft

_WORTH = {"discount": "percent", "deferred": "days", "credit": "amount"}
_PURCHASE = (
    "client_id",
    "day",
    "amount",
    "cost",
    "product_id",
    "channel",
    "responsible",
    "note",
    "import_key",
)
Row = dict[str, Any]
_Part = Sequence[tuple[int, CardDraft]]


def write_cards(session: Session, cards: Sequence[CardDraft], progress: Progress) -> dict[int, int]:
    """Make and change cards; return the ids of new ones by their (negative) ids in the plan."""
    new = [card for card in cards if card.id < 0]
    ids = create_cards(session, [CardContent(card.changed) for card in new], progress)
    new_ids = {card.id: int(client_id) for card, client_id in zip(new, ids, strict=True)}
    changed = {ClientId(card.id): CardContent(card.changed) for card in cards if card.id > 0}
    update_cards(session, changed, progress)
    for part in in_batches([card for card in cards if card.agreements]):
        _write_agreements(session, [(new_ids.get(card.id, card.id), card) for card in part])
    return new_ids


def _run(session: Session, statement: Any, rows: Sequence[Row]) -> None:
    if rows:
        session.connection().execute(statement, rows)


def _write_agreements(session: Session, part: _Part) -> None:
    table: Table = Agreement.__table__  # type: ignore[assignment]
    for kind, column in _WORTH.items():
        of_kind = [entry for entry in part if kind in entry[1].agreements]
        query = (
            select(Agreement.client_id, Agreement.id)
            .where(
                Agreement.kind == kind,
                Agreement.client_id.in_([i for i, card in of_kind if card.id > 0]),
            )
            .order_by(Agreement.id.desc())
        )
        known: dict[int, int] = (
            {row[0]: row[1] for row in session.execute(query)} if of_kind else {}
        )
        new, changed = [], []
        for client_id, card in of_kind:
            number = card.agreements[kind]
            value: Decimal | int = int(number) if kind == "deferred" else number
            if client_id in known:
                changed.append({"new_worth": value, "one": known[client_id]})
            else:
                new.append({"client_id": client_id, "kind": kind, column: value})
        _run(session, insert(table), new)
        replaced = {column: bindparam("new_worth", type_=table.c[column].type)}
        _run(session, update(table).where(table.c.id == bindparam("one")).values(replaced), changed)


def write_products(session: Session, products: Sequence[ProductDraft]) -> None:
    """Make and change products."""
    for draft in products:
        product = session.get(Product, draft.id) if draft.id else None
        if product is None:
            product = Product(name=draft.name)
            session.add(product)
        for key, value in draft.values.items():
            setattr(product, key, value)
    session.flush()


def write_purchases(
    session: Session,
    purchases: Sequence[PurchaseDraft],
    new_ids: Mapping[int, int],
    progress: Progress,
) -> None:
    """Write purchases; `new_ids` is what `write_cards` returned."""
    products = {
        row[1]: row[0]
        for row in session.execute(
            select(Product.id, Product.name_key)
            .where(Product.deleted_at.is_(None))
            .order_by(Product.id.desc())
        )
    }
    for part in in_batches(purchases, progress):
        insert_rows(
            session,
            table_of(Purchase),
            _PURCHASE,
            (_purchase(draft, new_ids, products) for draft in part),
        )


def _purchase(
    draft: PurchaseDraft, new_ids: Mapping[int, int], products: Mapping[str, int]
) -> tuple[object, ...]:
    """Return the columns _PURCHASE of a purchase."""
    return (
        new_ids.get(draft.client_id, draft.client_id),
        draft.day,
        draft.amount,
        draft.cost,
        products[fold(draft.product)] if draft.product else None,
        draft.channel,
        draft.responsible,
        draft.note,
        draft.import_key,
    )
