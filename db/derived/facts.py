# ruff: noqa: S608 - every name put into SQL here is ours
"""The facts of clients: all their purchases and contacts summed up, with the marks.

Measured: 1,000,000 purchases of 100,000 clients in a few seconds, one client in 0.2 ms.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.derived.fact_columns import (
    SCALE,
    cycle_columns,
    day_of,
    mark_columns,
    profit_columns,
    text_of,
)
from db.derived.list_keys import KEY
from db.derived.scope import Parameters, among
from db.domain.cycle import Usual, cycle_of
from db.domain.days import year_before
from db.domain.ids import ClientId
from db.domain.marks import Facts
from db.domain.settings import Settings
from db.driver import driver_of
from db.progress import SILENT, Progress
from db.records.settings import settings_of
from db.schema import Client, ClientFact
from db.schema.interaction import OPEN_COMPLAINT

# What the facts of a client are computed from, by table.
SOURCES = {
    "client": frozenset({"cycle_by_hand"}),
    "purchase": frozenset({"client_id", "day", "amount", "cost", "product_id"}),
    "interaction": frozenset({"client_id", "day", "kind", "nps", "is_open", "closed_on"}),
}
# Settings that every row depends on. Marks and yearly profit depend on others as well.
SETTINGS = frozenset({"trade_cycle_days"})

FOREVER = date.max.isoformat()
_COLUMNS = [column.name for column in ClientFact.__table__.columns]
BATCH = 5000


@dataclass(slots=True)
class _Purchases:
    """The running sums of one client, in kopecks."""

    visits: list[date] = field(default_factory=list)
    purchases: int = 0
    revenue: int = 0
    costed_revenue: int = 0
    cost: int = 0
    year_revenue: int = 0
    service_days: int | None = None


class _Contacts(NamedTuple):
    """What the interactions of one client say together; days as the file keeps them."""

    open_complaint_on: str | None = None
    open_complaint_last_on: str | None = None
    nps: int | None = None
    nps_on: str | None = None
    enquiries: int = 0
    contacted_on: str | None = None


_NO_CONTACTS = _Contacts()


@dataclass(slots=True)
class _Client:
    """What the facts of one client are computed from; `cycle_by_hand` in ten-thousandths."""

    id: int
    cycle_by_hand: int | None
    sort_key: str | None
    contacts: _Contacts
    enquiry_days: tuple[date, ...]
    purchases: _Purchases = field(default_factory=_Purchases)


def make(
    session: Session, client_ids: AbstractSet[ClientId] | None, progress: Progress = SILENT
) -> None:
    """Make the facts of these clients again; of all of them when None."""
    total = 0
    if client_ids is None:
        total = session.scalar(select(func.count(Client.id))) or 0
    FactWriter(driver_of(session)).make(client_ids, progress, total)


class FactWriter:
    """Computes rows of facts from what lies up to a day, and writes them into a table.

    The driver is used as it is: the types of SQLAlchemy would cost a second on a whole base.
    """

    def __init__(
        self, connection: Any, *, table: str = "main.client_fact", until: str = FOREVER
    ) -> None:
        self._connection = connection
        self._settings = stored_settings(connection)
        self._table, self._until = table, until
        row = connection.execute("select day from fact_day").fetchone()
        self._year = (
            (year_before(date.fromisoformat(row[0])).isoformat(), row[0]) if row else ("", "")
        )

    def make(
        self,
        client_ids: AbstractSet[ClientId] | None,
        progress: Progress = SILENT,
        total: int = 0,
    ) -> None:
        """Make the rows of these clients again, of all `total` of them when None."""
        done = 0
        scope, given = among("client_id", client_ids)
        self._connection.execute(f"delete from {self._table} where {scope}", given)
        contacts = self._contacts(scope, given)
        enquiries: dict[int, tuple[date, ...]] = {}
        if any(one.enquiries for one in contacts.values()):
            enquiries = enquiry_days(self._connection, scope, given, self._until)
        purchases = self._purchases(among("p.client_id", client_ids)[0], given)
        clients, own = among("id", client_ids)
        reader = self._connection.execute(
            f"select id, cycle_by_hand, {KEY} from client where {clients} order by id", own
        )
        rows: list[tuple[Any, ...]] = []
        pending = next(purchases, None)
        for client_id, by_hand, sort_key in reader:
            client = _Client(
                client_id,
                by_hand,
                sort_key,
                contacts.get(client_id, _NO_CONTACTS),
                enquiries.get(client_id, ()),
            )
            while pending is not None and pending[0] <= client_id:
                if pending[0] == client_id:
                    client.purchases = pending[1]
                pending = next(purchases, None)
            rows.append(_row(client, self._settings))
            if len(rows) >= BATCH:
                done += len(rows)
                self._write(rows)
                progress.step(done, max(done, total))
        self._write(rows)

    def _write(self, rows: list[tuple[Any, ...]]) -> None:
        slots = ", ".join("?" * len(_COLUMNS))
        self._connection.executemany(
            f"insert into {self._table} ({', '.join(_COLUMNS)}) values ({slots})", rows
        )
        rows.clear()

    def _purchases(self, scope: str, given: Parameters) -> Iterator[tuple[int, _Purchases]]:
        # A visit is a day on which something was bought; a refund, and a day of refunds, is none.
        cursor = self._connection.execute(
            "select p.client_id, p.day, p.amount, p.cost, d.usual_cycle_days"
            " from purchase p left join product d on d.id = p.product_id"
            f" where {scope} and p.day <= ? order by p.client_id, p.day, p.id",
            (*given, self._until),
        )
        after, until = self._year
        for client_id, rows in groupby(cursor, itemgetter(0)):
            sums, last = _Purchases(), ""
            for _, day, amount, cost, service_days in rows:
                sums.purchases += 1
                sums.revenue += amount
                if cost is not None:
                    sums.costed_revenue += amount
                    sums.cost += cost
                if after < day <= until:
                    sums.year_revenue += amount
                if amount >= 0:
                    if day != last:
                        sums.visits.append(date.fromisoformat(day))
                        last = day
                    if service_days is not None:
                        sums.service_days = service_days
            yield client_id, sums

    def _contacts(self, scope: str, given: Parameters) -> dict[int, _Contacts]:
        complaint = f"case when {OPEN_COMPLAINT} then day end"
        rows = self._connection.execute(
            f"select client_id, min({complaint}), max({complaint}),"
            " (select j.nps from interaction j where j.client_id = i.client_id"
            "   and j.nps is not null and j.day <= ? order by j.day desc, j.id desc limit 1),"
            " max(case when nps is not null then day end),"
            " sum(kind = 'enquiry'), max(day)"
            f" from interaction i where {scope} and day <= ? group by client_id",
            (*[self._until] * 3, *given, self._until),
        )
        return {client_id: _Contacts(*columns) for client_id, *columns in rows}


def enquiry_days(
    connection: Any, scope: str, given: Parameters, until: str
) -> dict[int, tuple[date, ...]]:
    """Return the days of the enquiries of each client who has any."""
    rows = connection.execute(
        "select client_id, day from interaction"
        f" where kind = 'enquiry' and {scope} and day <= ? order by client_id, day, id",
        (*given, until),
    )
    return {
        client_id: tuple(date.fromisoformat(day) for _, day in days)
        for client_id, days in groupby(rows, itemgetter(0))
    }


def stored_settings(connection: Any) -> Settings:
    """Return the settings of the base."""
    return settings_of(connection.execute("select key, value from setting"))


def _row(client: _Client, base: Settings) -> tuple[Any, ...]:
    bought, contacts = client.purchases, client.contacts
    by_hand = None if client.cycle_by_hand is None else Decimal(client.cycle_by_hand) / SCALE
    cycle = cycle_of(bought.visits, Usual(by_hand, bought.service_days, base.trade_cycle_days))
    first, last = (bought.visits[0], bought.visits[-1]) if bought.visits else (None, None)
    known = Facts(
        len(bought.visits),
        first,
        last,
        cycle,
        contacts.nps,
        day_of(contacts.nps_on),
        day_of(contacts.open_complaint_on),
        day_of(contacts.open_complaint_last_on),
        client.enquiry_days,
    )
    sums = (bought.revenue, bought.costed_revenue, bought.cost)
    return (
        client.id,
        client.sort_key,
        len(bought.visits),
        bought.purchases,
        *sums,
        text_of(first),
        text_of(last),
        *cycle_columns(cycle, last),
        *contacts,
        *profit_columns(sums, known, base),
        bought.year_revenue,
        *mark_columns(known, base),
    )


def renew_year(session: Session, today: date) -> None:
    """Sum up the year to a day again, unless it is summed to it already.

    Only clients with a purchase that left the year or came into it are looked at.
    """
    connection = driver_of(session)
    row = connection.execute("select day from fact_day").fetchone()
    if row is None:
        connection.execute("insert into fact_day (id, day) values (1, ?)", (today.isoformat(),))
        make(session, None)
        return
    until = date.fromisoformat(row[0])
    if until == today:
        return
    edges = [(until, today), (year_before(until), year_before(today))]
    connection.execute("update fact_day set day = ?", (today.isoformat(),))
    ids = set[int]()
    for one, other in edges:
        between = (min(one, other).isoformat(), max(one, other).isoformat())
        moved = connection.execute(
            "select distinct client_id from purchase where day > ? and day <= ?", between
        )
        ids.update(client_id for (client_id,) in moved)
    make(session, frozenset(map(ClientId, ids)))
