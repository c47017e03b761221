"""Writing what an import planned, many rows at a time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Table, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from db.domain.card import CardValue
from db.domain.contacts import email_key, phone_key
from db.domain.fields import ClientKind, Field
from db.domain.text import fold, sort_key
from db.progress import Progress
from db.records.card_rows import columns_of
from db.records.cards import COLUMNS, CONTACTS
from db.schema import (
    Agreement,
    Client,
    ClientContact,
    ClientTag,
    ContactPerson,
    CustomValue,
    Product,
    Purchase,
)
from db.schema.base import now
from db.transfer.plan import CardDraft, ProductDraft, PurchaseDraft

_BATCH = 2000
_KEY: Mapping[str, Callable[[str], str]] = {
    "phone": phone_key,
    "email": email_key,
    "messenger": fold,
}
_WORTH = {"discount": "percent", "deferred": "days", "credit": "amount"}
Row = dict[str, Any]
_INSERTED = ("name_key", "sort_key", "created_at", "modified_at", "version")


def write_cards(
    session: Session, cards: Sequence[CardDraft], fields: Iterable[Field], progress: Progress
) -> dict[int, int]:
    """Make and change cards; return the ids of the new ones by the numbers they had in the plan."""
    first = _next_id(session, Client.__table__)
    made = {
        card.id: first + place for place, card in enumerate(card for card in cards if card.id < 0)
    }
    own = [field for field in fields if field.is_custom]
    for start in range(0, len(cards), _BATCH):
        progress.step(start, len(cards))
        part = [(made.get(card.id, card.id), card) for card in cards[start : start + _BATCH]]
        _insert_clients(session, [entry for entry in part if entry[1].id < 0])
        _update_clients(session, [entry for entry in part if entry[1].id > 0])
        _write_contacts(session, part)
        _write_tags(session, part)
        _write_persons(session, part)
        _write_own(session, part, own)
        _write_agreements(session, part)
    return made


_Part = Sequence[tuple[int, CardDraft]]


def _next_id(session: Session, table: Any) -> int:
    return (session.scalar(select(func.max(table.c.id))) or 0) + 1


def _run(session: Session, statement: Any, rows: Sequence[Row]) -> None:
    if rows:
        session.connection().execute(statement, rows)


def _columns(values: Mapping[str, CardValue]) -> Row:
    row: Row = {key: values[key] for key in COLUMNS if key in values}
    if "name" in row:
        row["name_key"], row["sort_key"] = fold(str(row["name"])), sort_key(str(row["name"]))
    return row


def _insert_clients(session: Session, part: _Part) -> None:
    moment = now()
    empty: Row = dict.fromkeys((*COLUMNS, *_INSERTED))
    empty |= {"kind": ClientKind.PERSON, "version": 1}
    empty |= {"created_at": moment, "modified_at": moment}
    rows = [{**empty, "id": client_id, **_columns(card.changed)} for client_id, card in part]
    _run(session, insert(Client.__table__), rows)  # type: ignore[arg-type]


def _update_clients(session: Session, part: _Part) -> None:
    """Change cards in use. Each is a save: its version moves on, also where only a phone is new."""
    alike: dict[tuple[str, ...], list[Row]] = {}
    for client_id, card in part:
        row = _columns(card.changed)
        alike.setdefault(tuple(sorted(row)), []).append(
            {f"new_{key}": value for key, value in row.items()} | {"one": client_id}
        )
    table: Table = Client.__table__  # type: ignore[assignment]
    for keys, rows in alike.items():
        statement = (
            update(table)
            .where(table.c.id == bindparam("one"))
            .values({key: bindparam(f"new_{key}", type_=table.c[key].type) for key in keys})
            .values(version=table.c.version + 1, modified_at=now())
        )
        _run(session, statement, rows)


def _entries(value: CardValue) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _held(session: Session, column: Any, owner: Any, part: _Part) -> dict[int, list[Any]]:
    """Return what the cards of a part have in a column of another table."""
    ids = [client_id for client_id, card in part if card.id > 0]
    found: dict[int, list[Any]] = {}
    if ids:
        for client_id, value in session.execute(select(owner, column).where(owner.in_(ids))):
            found.setdefault(client_id, []).append(value)
    return found


def _write_contacts(session: Session, part: _Part) -> None:
    rows: list[Row] = []
    for kind in CONTACTS:
        given = [entry for entry in part if kind in entry[1].changed]
        held = select(ClientContact.client_id, ClientContact.value).where(
            ClientContact.kind == kind,
            ClientContact.client_id.in_([i for i, card in given if card.id > 0]),
        )
        known: dict[int, set[str]] = {}
        for client_id, value in session.execute(held):
            known.setdefault(client_id, set()).add(value)
        rows += [
            {
                "client_id": client_id,
                "kind": kind,
                "value": value,
                "key": _KEY[kind](value),
                "position": position,
            }
            for client_id, card in given
            for position, value in enumerate(_entries(card.changed[kind]))
            if value not in known.get(client_id, ())
        ]
    _run(session, insert(ClientContact.__table__), rows)  # type: ignore[arg-type]


def _write_tags(session: Session, part: _Part) -> None:
    given = [entry for entry in part if "tags" in entry[1].changed]
    known = _held(session, ClientTag.key, ClientTag.client_id, given)
    rows = [
        {"client_id": client_id, "tag": tag, "key": fold(tag)}
        for client_id, card in given
        for tag in _entries(card.changed["tags"])
        if fold(tag) not in known.get(client_id, ())
    ]
    _run(session, insert(ClientTag.__table__), rows)  # type: ignore[arg-type]


def _write_persons(session: Session, part: _Part) -> None:
    given = [entry for entry in part if "contact_person" in entry[1].changed]
    known = _held(session, ContactPerson.name, ContactPerson.client_id, given)
    rows = [
        {"client_id": client_id, "name": name}
        for client_id, card in given
        for name in _entries(card.changed["contact_person"])
        if fold(name) not in map(fold, known.get(client_id, ()))
    ]
    _run(session, insert(ContactPerson.__table__), rows)  # type: ignore[arg-type]


def _write_own(session: Session, part: _Part, own: Sequence[Field]) -> None:
    table: Table = CustomValue.__table__  # type: ignore[assignment]
    for field in own:
        given = [entry for entry in part if field.key in entry[1].changed]
        held = select(CustomValue.client_id, CustomValue.id).where(
            CustomValue.field_id == field.id,
            CustomValue.client_id.in_([i for i, card in given if card.id > 0]),
        )
        known: dict[int, int] = {row[0]: row[1] for row in session.execute(held)} if given else {}
        new, changed = [], []
        for client_id, card in given:
            row = columns_of(field, card.changed[field.key])
            if client_id in known:
                values = {f"new_{key}": value for key, value in row.items()}
                changed.append({**values, "one": known[client_id]})
            else:
                new.append({**row, "client_id": client_id, "field_id": field.id})
        _run(session, insert(table), new)
        columns = ("text", "text_key", "number", "day", "choice_id")
        replaced = {key: bindparam(f"new_{key}", type_=table.c[key].type) for key in columns}
        _run(session, update(table).where(table.c.id == bindparam("one")).values(replaced), changed)


def _write_agreements(session: Session, part: _Part) -> None:
    table: Table = Agreement.__table__  # type: ignore[assignment]
    for kind, column in _WORTH.items():
        given = [entry for entry in part if kind in entry[1].agreements]
        held = (
            select(Agreement.client_id, Agreement.id)
            .where(
                Agreement.kind == kind,
                Agreement.client_id.in_([i for i, card in given if card.id > 0]),
            )
            .order_by(Agreement.id.desc())
        )
        known: dict[int, int] = {row[0]: row[1] for row in session.execute(held)} if given else {}
        new, changed = [], []
        for client_id, card in given:
            worth = card.agreements[kind]
            value: Decimal | int = int(worth) if kind == "deferred" else worth
            if client_id in known:
                changed.append({"new_worth": value, "one": known[client_id]})
            else:
                new.append({"client_id": client_id, "kind": kind, column: value})
        _run(session, insert(table), new)
        replaced = {column: bindparam("new_worth", type_=table.c[column].type)}
        _run(session, update(table).where(table.c.id == bindparam("one")).values(replaced), changed)


def write_products(session: Session, products: Sequence[ProductDraft]) -> None:
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
    made: Mapping[int, int],
    progress: Progress,
) -> None:
    """Write purchases of cards in use and of those just made."""
    products = {
        row[1]: row[0]
        for row in session.execute(
            select(Product.id, Product.name_key)
            .where(Product.deleted_at.is_(None))
            .order_by(Product.id.desc())
        )
    }
    for start in range(0, len(purchases), _BATCH):
        progress.step(start, len(purchases))
        rows = [_purchase(draft, made, products) for draft in purchases[start : start + _BATCH]]
        _run(session, insert(Purchase.__table__), rows)  # type: ignore[arg-type]


def _purchase(draft: PurchaseDraft, made: Mapping[int, int], products: Mapping[str, int]) -> Row:
    day: date = draft.day
    return {
        "client_id": made.get(draft.client_id, draft.client_id),
        "day": day,
        "amount": draft.amount,
        "cost": draft.cost,
        "product_id": products[fold(draft.product)] if draft.product else None,
        "channel": draft.channel,
        "responsible": draft.responsible,
        "note": draft.note,
        "import_key": draft.import_key,
    }
