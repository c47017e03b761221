"""The relationships of a client, from either side."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from db.domain.ids import ClientId
from db.outcome import Reading
from db.schema import Client, Relationship


@dataclass(frozen=True, slots=True)
class RelationRow:
    """`other_id` is None where the other has no card; `backward`: written on the other's card."""

    id: int
    kind: str
    other_id: ClientId | None
    name: str
    text: str | None
    backward: bool


def client_relations(reading: Reading, client_id: ClientId) -> list[RelationRow]:
    """Return the relationships of a client in the order in which they were written."""
    one, other = aliased(Client), aliased(Client)
    pairs = reading.session.execute(
        select(Relationship, one.name, other.name)
        .join(one, one.id == Relationship.client_id)
        .outerjoin(other, other.id == Relationship.other_id)
        .where(or_(Relationship.client_id == client_id, Relationship.other_id == client_id))
        .order_by(Relationship.id)
    )
    rows = []
    for row, one_name, other_name in pairs:
        backward = row.client_id != client_id
        other_id = row.client_id if backward else row.other_id
        name = one_name if backward else other_name
        rows.append(
            RelationRow(
                row.id,
                row.kind,
                None if other_id is None else ClientId(other_id),
                name or row.text or "",
                row.text if name else None,
                backward,
            )
        )
    return rows
