"""The head of a card: status, purchases, cycle, the next visit and agreements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import or_, select

from db.domain.cycle import Cycle, Timing
from db.domain.ids import ClientId
from db.domain.lifecycle import Status
from db.domain.marks import status_on, timing_on
from db.domain.money import to_kopecks
from db.errors import Trouble, TroubleError
from db.outcome import Reading
from db.schema import Agreement, Client, ClientFact


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement: its kind with a percent, an amount in roubles, days or a text."""

    id: int
    kind: str
    percent: Decimal | None
    amount: Decimal | None
    days: int | None
    text: str | None
    from_on: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class ClientHead:
    """A client on a day; money in roubles. Without a `cycle` there is no `next_on`."""

    id: ClientId
    name: str
    status: Status
    timing: Timing | None
    visits: int
    purchases: int
    revenue: Decimal
    average: Decimal | None  # revenue a visit
    first_on: date | None
    last_on: date | None
    silent_days: int | None
    cycle: Cycle | None
    next_on: date | None
    complaint_on: date | None
    nps: int | None
    agreements: tuple[AgreementRow, ...]


def client_head(reading: Reading, client_id: ClientId) -> ClientHead:
    """Return the head of a card, also of one in the bin. Raises TroubleError NO_SUCH_CLIENT."""
    heads = client_heads(reading, [client_id])
    if not heads:
        raise TroubleError(Trouble.NO_SUCH_CLIENT, str(client_id))
    return heads[client_id]


def client_heads(reading: Reading, ids: Sequence[ClientId]) -> dict[ClientId, ClientHead]:
    """Return heads of cards by id with a fixed number of statements."""
    agreements = _agreements(reading, ids)
    query = select(Client.id, Client.name, ClientFact).join(
        ClientFact, ClientFact.client_id == Client.id
    )
    return {
        ClientId(row[0]): _head(row[1], row[2], agreements.get(row[0], ()), reading.as_of)
        for row in reading.session.execute(query.where(Client.id.in_(ids)))
    }


def _head(
    name: str,
    fact: ClientFact,
    agreements: Iterable[AgreementRow],
    as_of: date,
) -> ClientHead:
    marks, cycle, last = fact.marks, _cycle(fact), fact.last_on
    return ClientHead(
        ClientId(fact.client_id),
        name,
        status_on(marks, as_of),
        timing_on(marks, as_of),
        fact.visits,
        fact.purchases,
        fact.revenue,
        to_kopecks(fact.revenue / fact.visits) if fact.visits else None,
        fact.first_on,
        last,
        (as_of - last).days if last else None,
        cycle,
        fact.next_on,
        fact.open_complaint_on,
        fact.nps,
        tuple(agreements),
    )


def _cycle(fact: ClientFact) -> Cycle | None:
    if fact.cycle_days is None or fact.cycle_basis is None or fact.deviation_days is None:
        return None
    return Cycle(
        fact.cycle_days.normalize(), fact.cycle_basis, fact.cycle_gaps, fact.deviation_days
    )


def _agreements(reading: Reading, ids: Sequence[ClientId]) -> dict[int, list[AgreementRow]]:
    by_client: dict[int, list[AgreementRow]] = {}
    begun = or_(Agreement.from_on.is_(None), reading.covers(Agreement.from_on))
    query = select(Agreement).where(Agreement.client_id.in_(ids), begun).order_by(Agreement.id)
    for row in reading.session.scalars(query):
        by_client.setdefault(row.client_id, []).append(
            AgreementRow(
                row.id,
                row.kind,
                row.percent,
                row.amount,
                row.days,
                row.text,
                row.from_on,
                row.until,
            )
        )
    return by_client
