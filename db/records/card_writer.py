"""Cards written set-wise: a form writes one card, an import thousands, by the same statements.

Only rows that differ are written, so the journal records only changes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import zip_longest

from sqlalchemy import Executable, bindparam, delete, insert, null, select, update
from sqlalchemy.orm import Session

from db.domain.card import CardValues
from db.domain.fields import ClientKind, Field
from db.domain.ids import ClientId
from db.domain.kinds import KINDS, Kind
from db.domain.text import fold, sort_key
from db.progress import SILENT, Progress, in_batches
from db.records.card_rows import (
    ANSWER_ROWS,
    CONTACT_ROWS,
    OWN_ROWS,
    PERSON_ROWS,
    TAG_ROWS,
    CardContent,
    Content,
    Part,
    RowSet,
    answer_parts,
    contact_parts,
    own_parts,
    person_parts,
    table_of,
    tag_parts,
)
from db.records.cards import COLUMNS, Person, custom_fields
from db.records.insert import insert_rows
from db.schema import Client, ContactPerson
from db.schema.base import now

Cards = Mapping[ClientId, CardContent]
Row = dict[str, object]


def create_cards(
    session: Session, cards: Sequence[CardContent], progress: Progress = SILENT
) -> list[ClientId]:
    """Make new cards; return their ids, consecutive and in the same order."""
    session.flush()
    own = [(each, KINDS[each.kind]) for each in custom_fields(session)]
    ids: list[ClientId] = []
    for part in in_batches(cards, progress):
        new_ids = _insert_clients(session, part)
        ids += new_ids
        by_id = dict(zip(new_ids, part, strict=True))
        for rows, new_rows in _new_rows(by_id, own, {}):
            _replace(session, rows, new_rows, {})
    return ids


def update_cards(
    session: Session, cards: Cards, progress: Progress = SILENT
) -> frozenset[ClientId]:
    """Change cards in use; return those that differ from before.

    The version of each of them grows by one, also where only a phone is new.
    """
    session.flush()
    own = [(each, KINDS[each.kind]) for each in custom_fields(session)]
    changed: set[ClientId] = set()
    for ids in in_batches(list(cards), progress):
        part = {client_id: cards[client_id] for client_id in ids}
        touched: set[ClientId] = set()
        for rows, new_rows in _new_rows(part, own, _known_persons(session, part)):
            touched |= _replace(session, rows, new_rows, _stored(session, rows, new_rows))
        changed |= _update_clients(session, part, touched)
    return frozenset(changed)


# The client's own row ---------------------------------------------------------------------------


def _columns(values: CardValues) -> Row:
    row: Row = {key: values[key] for key in COLUMNS if key in values}
    if "kind" in row:
        row["kind"] = row["kind"] or ClientKind.PERSON
    if "name" in row:
        name = str(row["name"] or "")
        row |= {"name": name, "name_key": fold(name), "sort_key": sort_key(name)}
    return row


def _insert_clients(session: Session, cards: Sequence[CardContent]) -> list[ClientId]:
    moment, table = now(), table_of(Client)
    empty: Row = {"kind": ClientKind.PERSON, "name": "", "name_key": "", "sort_key": ""}
    rows: list[Row] = []
    for card in cards:
        at = card.created_at or moment
        stamps = {"version": 1, "created_at": at, "modified_at": at}
        rows.append({**empty, **stamps, **_columns(card.values)})
    # SQLite gives the first id, never one used before (AUTOINCREMENT); the others follow it.
    first = session.scalars(insert(table).returning(table.c.id), rows[0]).one()
    ids = [ClientId(first + place) for place in range(len(rows))]
    names = sorted({key for row in rows[1:] for key in row})
    contents = ([row.get(name) for name in names] for row in rows[1:])
    numbered = ((number, *content) for number, content in zip(ids[1:], contents, strict=True))
    insert_rows(session, table, ["id", *names], numbered)
    return ids


def _update_clients(
    session: Session, cards: Cards, touched: AbstractSet[ClientId]
) -> set[ClientId]:
    """Write the columns that differ; return the cards that differ in these or were touched."""
    table = table_of(Client)
    new_values = {client_id: _columns(card.values) for client_id, card in cards.items()}
    keys = sorted({key for row in new_values.values() for key in row})
    columns = [table.c[key] for key in keys]
    before: dict[ClientId, Row] = {
        ClientId(client_id): dict(zip(keys, row, strict=True))
        for client_id, *row in session.execute(
            select(table.c.id, *columns).where(table.c.id.in_(cards))
        )
    }
    changed: dict[ClientId, Row] = {}
    written: set[str] = set()
    for client_id, row in before.items():
        after = row | new_values[client_id]
        if after != row:
            written.update(key for key in keys if after[key] != row[key])
        if after != row or client_id in touched:
            changed[client_id] = after
    names = sorted(written)
    statement = (
        update(table)
        .where(table.c.id == bindparam("one"))
        .values({key: bindparam(f"new_{key}", type_=table.c[key].type) for key in names})
        .values(version=table.c.version + 1, modified_at=now())
    )
    rows = [(client_id, *(row[key] for key in names)) for client_id, row in changed.items()]
    _execute(session, statement, ["one", *(f"new_{key}" for key in names)], rows)
    return set(changed)


# Rows of other tables ---------------------------------------------------------------------------


Owner = tuple[ClientId, object]  # a client and the value of RowSet.part
RowsByOwner = dict[Owner, list[Content]]


def _new_rows(
    cards: Cards, own: Iterable[tuple[Field, Kind]], known: Mapping[ClientId, Mapping[str, Person]]
) -> Iterator[tuple[RowSet, RowsByOwner]]:
    """Yield, for each table, the rows these cards must have."""

    def of(parts: Callable[[CardContent], Iterable[Part]]) -> RowsByOwner:
        return {
            (client_id, part): rows
            for client_id, card in cards.items()
            for part, rows in parts(card)
        }

    yield CONTACT_ROWS, of(contact_parts)
    yield TAG_ROWS, of(tag_parts)
    yield (
        PERSON_ROWS,
        {
            (client_id, part): rows
            for client_id, card in cards.items()
            for part, rows in person_parts(card, known.get(client_id, {}))
        },
    )
    yield OWN_ROWS, of(partial(own_parts, own))
    yield ANSWER_ROWS, of(answer_parts)


def _known_persons(session: Session, cards: Cards) -> dict[ClientId, dict[str, Person]]:
    """Return the contact persons of cards that are given names alone, by folded name."""
    ids = [
        client_id
        for client_id, card in cards.items()
        if card.persons is None and "contact_person" in card.values
    ]
    known: dict[ClientId, dict[str, Person]] = {}
    if ids:
        for row in session.scalars(select(ContactPerson).where(ContactPerson.client_id.in_(ids))):
            person = Person(row.name, row.role, row.phone, row.email, row.note)
            known.setdefault(ClientId(row.client_id), {})[fold(row.name)] = person
    return known


def _stored(
    session: Session, rows: RowSet, new_rows: RowsByOwner
) -> dict[Owner, list[tuple[int, Content]]]:
    """Return the stored rows in their order, each with its id."""
    table, columns = rows.table, [rows.table.c[key] for key in rows.content]
    stored: dict[Owner, list[tuple[int, Content]]] = {}
    if not new_rows:
        return stored
    part = null() if rows.part is None else table.c[rows.part]
    order = [table.c.position] if "position" in rows.content else []
    mine = table.c.client_id.in_({client_id for client_id, _part in new_rows})
    statement = select(table.c.id, table.c.client_id, part, *columns).where(mine)
    if rows.part is not None:
        statement = statement.where(part.in_({part for _client_id, part in new_rows}))
    for row_id, client_id, part_of, *content in session.execute(
        statement.order_by(*order, table.c.id)
    ):
        stored.setdefault((client_id, part_of), []).append((row_id, tuple(content)))
    return stored


def _replace(
    session: Session,
    rows: RowSet,
    new_rows: RowsByOwner,
    stored: Mapping[Owner, Sequence[tuple[int, Content]]],
) -> set[ClientId]:
    """Make the rows of these parts the new ones; return the clients whose rows differ."""
    owners = ["client_id"] if rows.part is None else ["client_id", rows.part]
    new: list[Content] = []
    changed: list[tuple[int, Content]] = []
    deleted: list[Content] = []
    written: set[int] = set()  # places of columns
    touched: set[ClientId] = set()
    for owner, after in new_rows.items():
        for old, content in zip_longest(stored.get(owner, ()), after):
            if old is not None and old[1] == content:
                continue
            touched.add(owner[0])
            if old is not None and content is not None and not rows.replace:
                changed.append((old[0], content))
                written |= {place for place, value in enumerate(content) if value != old[1][place]}
                continue
            if old is not None:
                deleted.append((old[0],))
            if content is not None:
                new.append((*owner[: len(owners)], *content))
    table, one = rows.table, rows.table.c.id == bindparam("one")
    places = sorted(written)
    keys = [rows.content[place] for place in places]
    values = {key: bindparam(f"new_{key}", type_=table.c[key].type) for key in keys}
    names = ["one", *(f"new_{key}" for key in keys)]
    updated = [(row_id, *(content[place] for place in places)) for row_id, content in changed]
    _execute(session, delete(table).where(one), ["one"], deleted)
    _execute(session, update(table).where(one).values(values), names, updated)
    if new:
        insert_rows(session, table, [*owners, *rows.content], new)
    return touched


def _execute(
    session: Session, statement: Executable, names: Sequence[str], rows: Sequence[Content]
) -> None:
    """Execute a statement once for each row of parameters."""
    if rows:
        parameters = [dict(zip(names, row, strict=True)) for row in rows]
        session.connection().execute(statement, parameters)
