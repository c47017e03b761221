# ruff: noqa: S608 - every name put into SQL here is ours
"""The facts of clients, from all their purchases and interactions.

Measured: 1,000,000 purchases of 100,000 clients in a few seconds, one client in 0.2 ms.
"""

import json
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy.orm import Session

from db.derived.scope import among
from db.domain.cycle import Cycle, Usual, cycle_of
from db.domain.ids import ClientId

_COLUMNS = (
    "client_id, visits, purchases, revenue, costed_revenue, cost, first_on, last_on, cycle_days,"
    " cycle_basis, cycle_gaps, deviation_days, next_on, complaint_on, complaint_last_on, nps,"
    " nps_on, enquiries, contacted_on"
)
_SLOTS = ", ".join("?" * (_COLUMNS.count(",") + 1))
_SCALE = 10_000  # of the Exact columns
_BATCH = 5000
FOREVER = "9999-12-31"


@dataclass(slots=True)
class _Bought:
    """The running sums of one client, in kopecks."""

    visits: list[date] = field(default_factory=list)
    purchases: int = 0
    revenue: int = 0
    costed_revenue: int = 0
    cost: int = 0
    service_days: int | None = None


def make(session: Session, client_ids: AbstractSet[ClientId] | None) -> None:
    """Make the facts of these clients again; of all of them when None."""
    _make(session.connection().connection, client_ids)


def _make(
    connection: Any,
    client_ids: AbstractSet[ClientId] | None,
    *,
    table: str = "main.client_fact",
    until: str = FOREVER,
) -> None:
    """Make the rows of these clients again (of all when None), from what lies up to a day."""
    scope, given = among("client_id", client_ids)
    bought_scope, _ = among("p.client_id", client_ids)
    driver = connection.cursor()
    driver.execute(f"delete from {table} where {scope}", given)
    trade = _trade_cycle(driver)
    told = _interactions(driver, scope, given, until)
    bought = _purchases(driver, bought_scope, given, until)
    rows: list[tuple[Any, ...]] = []
    clients, own = among("id", client_ids)
    # A cursor of its own: the one above is still giving purchases.
    reader = connection.cursor()
    reader.execute(f"select id, cycle_by_hand from client where {clients} order by id", own)
    pending = next(bought, None)
    for client_id, by_hand in reader:
        mine = _Bought()
        while pending is not None and pending[0] <= client_id:
            if pending[0] == client_id:
                mine = pending[1]
            pending = next(bought, None)
        rows.append(_row(client_id, by_hand, mine, trade, told.get(client_id)))
        if len(rows) >= _BATCH:
            _write(connection, table, rows)
    _write(connection, table, rows)


def _write(connection: Any, table: str, rows: list[tuple[Any, ...]]) -> None:
    writer = connection.cursor()
    writer.executemany(f"insert into {table} ({_COLUMNS}) values ({_SLOTS})", rows)
    rows.clear()


def _trade_cycle(driver: Any) -> int | None:
    found = driver.execute("select value from setting where key = 'trade_cycle_days'").fetchone()
    return json.loads(found[0]) if found else None


def _purchases(
    driver: Any, scope: str, given: tuple[str, ...], until: str
) -> Iterator[tuple[int, _Bought]]:
    # A visit is a day on which something was bought; a refund, and a day of refunds, is none.
    driver.execute(
        "select p.client_id, p.day, p.amount, p.cost, d.usual_cycle_days"
        " from purchase p left join product d on d.id = p.product_id"
        f" where {scope} and p.day <= ? order by p.client_id, p.day, p.id",
        (*given, until),
    )
    for client_id, rows in groupby(driver, itemgetter(0)):
        sums, last = _Bought(), ""
        for _, day, amount, cost, service_days in rows:
            sums.purchases += 1
            sums.revenue += amount
            if cost is not None:
                sums.costed_revenue += amount
                sums.cost += cost
            if amount >= 0 and day != last:
                sums.visits.append(date.fromisoformat(day))
                last = day
            if service_days is not None and amount >= 0:
                sums.service_days = service_days
        yield client_id, sums


def _interactions(
    driver: Any, scope: str, given: tuple[str, ...], until: str
) -> dict[int, tuple[Any, ...]]:
    """Return by client: oldest and newest open complaint, last NPS, its day, enquiries, contact."""
    complaint = "case when kind = 'complaint' and (is_open = 1 or closed_on > ?) then day end"
    driver.execute(
        f"select client_id, min({complaint}), max({complaint}),"
        " (select j.nps from interaction j where j.client_id = i.client_id and j.nps is not null"
        "   and j.day <= ? order by j.day desc, j.id desc limit 1),"
        " max(case when nps is not null then day end),"
        " sum(kind = 'enquiry'), max(day)"
        f" from interaction i where {scope} and day <= ? group by client_id",
        (until, until, until, *given, until),
    )
    return {row[0]: row[1:] for row in driver.fetchall()}


def _row(
    client_id: int,
    by_hand: int | None,
    bought: _Bought,
    trade: int | None,
    told: tuple[Any, ...] | None,
) -> tuple[Any, ...]:
    usual = Usual(
        None if by_hand is None else Decimal(by_hand) / _SCALE, bought.service_days, trade
    )
    cycle = cycle_of(bought.visits, usual)
    first, last = (bought.visits[0], bought.visits[-1]) if bought.visits else (None, None)
    return (
        client_id,
        len(bought.visits),
        bought.purchases,
        bought.revenue,
        bought.costed_revenue,
        bought.cost,
        first and first.isoformat(),
        last and last.isoformat(),
        *_cycle_columns(cycle, last),
        *(told or (None, None, None, None, 0, None)),
    )


def _cycle_columns(cycle: Cycle | None, last: date | None) -> tuple[Any, ...]:
    if cycle is None or last is None:
        return (None, None, 0, None, None)
    return (
        int(cycle.days * _SCALE),
        cycle.basis.value,
        cycle.gaps,
        int(cycle.deviation_days * _SCALE),
        cycle.next_after(last).isoformat(),
    )


def is_past(connection: Any, until: str) -> bool:
    """Say whether something in the base lies after this day."""
    found = connection.execute(
        "select exists (select 1 from purchase where day > ?)"
        " or exists (select 1 from interaction where day > ?)",
        (until, until),
    ).fetchone()
    return bool(found[0])


def shadow(connection: Any, until: str) -> None:
    """Lay temporary facts as of a past day over the stored ones, on one reading connection.

    A temporary table hides one of the same name, so every query reads it without knowing. Only
    clients of whom something lies after the day have other facts than the stored ones.
    """
    later = connection.execute(
        "select client_id from purchase where day > ?"
        " union select client_id from interaction where day > ?",
        (until, until),
    ).fetchall()
    _lay(connection)
    connection.execute("insert into temp.client_fact select * from main.client_fact")
    ids = frozenset(ClientId(row[0]) for row in later)
    _make(connection, ids, table="temp.client_fact", until=until)


def made_anew(connection: Any) -> None:
    """Lay the facts of all clients, as they ought to be, over the stored ones."""
    _lay(connection)
    _make(connection, None, table="temp.client_fact")


def _lay(connection: Any) -> None:
    connection.execute("create temp table client_fact as select * from main.client_fact limit 0")
    connection.execute("create index temp.shadow_fact on client_fact (client_id)")
