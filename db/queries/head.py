"""The head line of a card: status, purchases, cycle, the next visit and what was agreed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.domain.cycle import Basis, Cycle, Timing, timing
from db.domain.ids import ClientId
from db.domain.lifecycle import Rhythm, Status, status_of
from db.domain.money import to_kopecks
from db.errors import Trouble, TroubleError
from db.queries.settings import settings
from db.schema import Agreement, Client, ClientFact


@dataclass(frozen=True, slots=True)
class AgreementRow:
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
    """What is known of a client on this day. `cycle` None: no forecast, so no `next_on` either."""

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


def client_head(session: Session, client_id: ClientId, as_of: date) -> ClientHead:
    """Return the head of a card, also of one in the bin. Raises TroubleError NO_SUCH_CLIENT."""
    client = session.get(Client, client_id)
    fact = session.get(ClientFact, client_id)
    if client is None or fact is None:
        raise TroubleError(Trouble.NO_SUCH_CLIENT, str(client_id))
    rule = settings(session).lifecycle
    rhythm = Rhythm(fact.visits, fact.first_on, fact.last_on, fact.cycle_days)
    cycle = _cycle(fact)
    last = fact.last_on
    return ClientHead(
        client_id,
        client.name,
        status_of(rhythm, rule, as_of),
        timing(cycle, last, as_of, rule.risk_cycles) if cycle and last else None,
        fact.visits,
        fact.purchases,
        fact.revenue,
        to_kopecks(fact.revenue / fact.visits) if fact.visits else None,
        fact.first_on,
        last,
        (as_of - last).days if last else None,
        cycle,
        fact.next_on,
        fact.complaint_on,
        fact.nps,
        _agreements(session, client_id),
    )


def _cycle(fact: ClientFact) -> Cycle | None:
    if fact.cycle_days is None or fact.cycle_basis is None or fact.deviation_days is None:
        return None
    basis = Basis(fact.cycle_basis)
    return Cycle(fact.cycle_days.normalize(), basis, fact.cycle_gaps, fact.deviation_days)


def _agreements(session: Session, client_id: ClientId) -> tuple[AgreementRow, ...]:
    rows = session.scalars(
        select(Agreement).where(Agreement.client_id == client_id).order_by(Agreement.id)
    )
    return tuple(
        AgreementRow(
            row.id, row.kind, row.percent, row.amount, row.days, row.text, row.from_on, row.until
        )
        for row in rows
    )
