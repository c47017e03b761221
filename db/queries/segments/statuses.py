"""Segments: the five lifecycle statuses with their counts and sums, and who is in one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select

from db.derived.status import status_now
from db.domain.ids import ClientId
from db.domain.lifecycle import LifecycleThresholds, Status
from db.domain.marks import status_on
from db.errors import Trouble, TroubleError
from db.outcome import Reading
from db.progress import in_batches
from db.queries.lists.clients import ClientRow, ListSpec, client_ids, client_rows
from db.queries.lists.year import keeps_year, year_revenue
from db.records.settings import settings
from db.schema import ClientFact


@dataclass(frozen=True, slots=True)
class SegmentCount:
    """The clients of a status, and their revenue of the twelve months up to the day in roubles."""

    status: Status
    count: int
    sum: Decimal


def segment_counts(reading: Reading) -> tuple[SegmentCount, ...]:
    """Return the five statuses in their order, also empty ones.

    Measured: 60 ms for 100,000 clients on the day the sums of the year are stored for.
    """
    status = status_now(reading)
    in_use = ClientFact.sort_key.is_not(None)
    if keeps_year(reading):
        query = select(status, func.count(), func.sum(ClientFact.year_revenue)).where(in_use)
    else:
        year = year_revenue(reading).subquery()
        query = (
            select(status, func.count(), func.sum(year.c.year_revenue))
            .select_from(ClientFact)
            .outerjoin(year, year.c.client_id == ClientFact.client_id)
            .where(in_use)
        )
    rows = reading.session.execute(query.group_by(status))
    counted = {Status(code): (count, revenue or Decimal(0)) for code, count, revenue in rows}
    return tuple(SegmentCount(status, *counted.get(status, (0, Decimal(0)))) for status in Status)


def segment_of(name: str) -> Status:
    """Return the segment of a code (`at_risk`). Raises TroubleError NO_SUCH_SEGMENT."""
    try:
        return Status(name)
    except ValueError:
        raise TroubleError(Trouble.NO_SUCH_SEGMENT, name) from None


def segment_members(reading: Reading, spec: ListSpec) -> list[ClientRow]:
    """Return all rows of the list in its order."""
    ids = client_ids(reading, spec)
    members: list[ClientRow] = []
    for part in in_batches(ids):
        rows = client_rows(reading, part)
        members += [rows[client_id] for client_id in part if client_id in rows]
    return members


@dataclass(frozen=True, slots=True)
class Membership:
    """Why a client is in their segment: the visits, and the thresholds."""

    status: Status
    visits: int
    first_on: date | None
    last_on: date | None
    cycle_days: Decimal | None
    lifecycle: LifecycleThresholds
    as_of: date

    @property
    def silent_days(self) -> int | None:
        """Days since the last visit; None where there was none."""
        return None if self.last_on is None else (self.as_of - self.last_on).days


def membership(reading: Reading, client_id: ClientId) -> Membership:
    """Return why a client is in their segment. Raises TroubleError NO_SUCH_CLIENT."""
    fact = reading.session.get(ClientFact, client_id)
    if fact is None:
        raise TroubleError(Trouble.NO_SUCH_CLIENT, str(client_id))
    return Membership(
        status_on(fact.marks, reading.as_of),
        fact.visits,
        fact.first_on,
        fact.last_on,
        None if fact.cycle_days is None else fact.cycle_days.normalize(),
        settings(reading.session).lifecycle,
        reading.as_of,
    )
