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
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateIndex

from db.derived.list_keys import KEY
from db.derived.scope import Parameters, among
from db.domain.churn import profit_a_year
from db.domain.cycle import Basis, Cycle, Usual, cycle_of
from db.domain.days import add_months
from db.domain.ids import ClientId
from db.domain.marks import Facts, Marks, marks_of
from db.domain.settings import Settings
from db.progress import SILENT, Progress
from db.records.card_rows import table_of
from db.records.settings import settings_of
from db.schema import Client, ClientFact
from db.schema.interaction import OPEN_COMPLAINT

# What the facts of a client are computed from, by table.
SOURCES = {
    "client": frozenset({"cycle_by_hand"}),
    "purchase": frozenset({"client_id", "day", "amount", "cost", "product_id"}),
    "interaction": frozenset({"client_id", "day", "kind", "nps", "is_open", "closed_on"}),
}
# Settings that every row depends on, and those that only marks and yearly profit depend on.
SETTINGS = frozenset({"trade_cycle_days"})
MARK_SETTINGS = frozenset({"lifecycle", "churn", "trade_margin_percent"})

YEAR_MONTHS = 12
FOREVER = "9999-12-31"
_COLUMNS = [column.name for column in ClientFact.__table__.columns]
_SCALE = 10_000  # of the Exact columns
_BATCH = 5000


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
    _FactWriter(session.connection().connection).make(client_ids, progress, total)


class _FactWriter:
    """Computes rows of facts from what lies up to a day, and writes them into a table.

    The driver is used as it is: the types of SQLAlchemy would cost a second on a whole base.
    """

    def __init__(
        self, connection: Any, *, table: str = "main.client_fact", until: str = FOREVER
    ) -> None:
        self._connection = connection
        self._settings = _settings(connection)
        self._table, self._until = table, until
        row = connection.execute("select day from fact_day").fetchone()
        self._year = (_year_before(row[0]), row[0]) if row else ("", "")

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
        enquiry_days = {}
        if any(one.enquiries for one in contacts.values()):
            enquiry_days = _enquiry_days(self._connection, scope, given, self._until)
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
                enquiry_days.get(client_id, ()),
            )
            while pending is not None and pending[0] <= client_id:
                if pending[0] == client_id:
                    client.purchases = pending[1]
                pending = next(purchases, None)
            rows.append(_row(client, self._settings))
            if len(rows) >= _BATCH:
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


def _enquiry_days(
    connection: Any, scope: str, given: Parameters, until: str
) -> dict[int, tuple[date, ...]]:
    rows = connection.execute(
        "select client_id, day from interaction"
        f" where kind = 'enquiry' and {scope} and day <= ? order by client_id, day, id",
        (*given, until),
    )
    return {
        client_id: tuple(date.fromisoformat(day) for _, day in days)
        for client_id, days in groupby(rows, itemgetter(0))
    }


def _settings(connection: Any) -> Settings:
    return settings_of(connection.execute("select key, value from setting"))


def _year_before(day: str) -> str:
    return add_months(date.fromisoformat(day), -YEAR_MONTHS).isoformat()


def _row(client: _Client, base: Settings) -> tuple[Any, ...]:
    bought, contacts = client.purchases, client.contacts
    by_hand = None if client.cycle_by_hand is None else Decimal(client.cycle_by_hand) / _SCALE
    cycle = cycle_of(bought.visits, Usual(by_hand, bought.service_days, base.trade_cycle_days))
    first, last = (bought.visits[0], bought.visits[-1]) if bought.visits else (None, None)
    known = Facts(
        len(bought.visits),
        first,
        last,
        cycle,
        contacts.nps,
        _day(contacts.nps_on),
        _day(contacts.open_complaint_on),
        _day(contacts.open_complaint_last_on),
        client.enquiry_days,
    )
    sums = (bought.revenue, bought.costed_revenue, bought.cost)
    return (
        client.id,
        client.sort_key,
        len(bought.visits),
        bought.purchases,
        *sums,
        _text(first),
        _text(last),
        *_cycle_columns(cycle, last),
        *contacts,
        *_profit_columns(sums, known, base),
        bought.year_revenue,
        *_mark_columns(known, base),
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


def _profit_columns(
    sums: tuple[int, int, int], known: Facts, base: Settings
) -> tuple[int | None, int]:
    cycle_days = None if known.cycle is None else known.cycle.days
    yearly = profit_a_year(sums, known.visits, cycle_days, base.trade_margin_percent)
    revenue, costed_revenue, _ = sums
    return yearly, int(yearly is not None and revenue != costed_revenue)


def _mark_columns(known: Facts, base: Settings) -> list[str | None]:
    marks = marks_of(known, base.lifecycle, base.churn)
    return [None if day is None else day.isoformat() for day in marks]


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def make_marks(session: Session, progress: Progress = SILENT) -> None:
    """Make marks and yearly profits of all clients again, from the facts as they are stored."""
    total = session.scalar(select(func.count(ClientFact.client_id))) or 0
    done = 0
    connection: Any = session.connection().connection
    base = _settings(connection)
    names = [f"{name} = ?" for name in ("profit_a_year", "profit_estimated", *Marks._fields)]
    statement = f"update client_fact set {', '.join(names)} where client_id = ?"
    enquiries = _enquiry_days(connection, "1", (), FOREVER)
    cursor = connection.execute(
        "select client_id, visits, first_on, last_on, nps, nps_on, open_complaint_on,"
        " open_complaint_last_on, revenue, costed_revenue, cost, cycle_days, cycle_basis,"
        " cycle_gaps, deviation_days from client_fact order by client_id"
    )
    while stored := cursor.fetchmany(_BATCH):
        rows = [(*_marks_again(row, enquiries.get(row[0], ()), base), row[0]) for row in stored]
        connection.executemany(statement, rows)
        done += len(rows)
        progress.step(done, total)


def _marks_again(
    row: tuple[Any, ...], enquiry_days: tuple[date, ...], base: Settings
) -> tuple[Any, ...]:
    _, visits, first, last, nps, nps_on, complaint, last_complaint = row[:8]
    days, basis, gaps, deviation = row[11:]
    cycle = None
    if days is not None:
        cycle = Cycle(Decimal(days) / _SCALE, Basis(basis), gaps, Decimal(deviation) / _SCALE)
    known = Facts(
        visits,
        _day(first),
        _day(last),
        cycle,
        nps,
        _day(nps_on),
        _day(complaint),
        _day(last_complaint),
        enquiry_days,
    )
    return (*_profit_columns(row[8:11], known, base), *_mark_columns(known, base))


def renew_year(session: Session, today: date) -> None:
    """Sum up the year to a day again, unless it is summed to it already.

    Only clients with a purchase that left the year or came into it are looked at.
    """
    connection: Any = session.connection().connection
    row = connection.execute("select day from fact_day").fetchone()
    if row is None:
        connection.execute("insert into fact_day (id, day) values (1, ?)", (today.isoformat(),))
        make(session, None)
        return
    until = date.fromisoformat(row[0])
    if until == today:
        return
    edges = [(until, today), (add_months(until, -YEAR_MONTHS), add_months(today, -YEAR_MONTHS))]
    connection.execute("update fact_day set day = ?", (today.isoformat(),))
    ids = set[int]()
    for one, other in edges:
        between = (min(one, other).isoformat(), max(one, other).isoformat())
        moved = connection.execute(
            "select distinct client_id from purchase where day > ? and day <= ?", between
        )
        ids.update(client_id for (client_id,) in moved)
    make(session, frozenset(map(ClientId, ids)))


def is_past(connection: Any, until: str) -> bool:
    """Say whether something in the base lies after this day."""
    (exists,) = connection.execute(
        "select exists (select 1 from purchase where day > ?)"
        " or exists (select 1 from interaction where day > ?)",
        (until, until),
    ).fetchone()
    return bool(exists)


def shadow(connection: Any, until: str) -> None:
    """Lay temporary facts as of a past day over the stored ones, on one reading connection.

    A temporary table hides one of the same name, so every query reads it without knowing. Only
    clients with purchases or contacts after the day have other facts than the stored ones.
    """
    later = connection.execute(
        "select client_id from purchase where day > ?"
        " union select client_id from interaction where day > ?",
        (until, until),
    ).fetchall()
    _lay(connection)
    connection.execute("insert into temp.client_fact select * from main.client_fact")
    ids = frozenset(ClientId(row[0]) for row in later)
    _FactWriter(connection, table="temp.client_fact", until=until).make(ids)
    for index in table_of(ClientFact).indexes:
        create = str(CreateIndex(index).compile(dialect=sqlite.dialect()))
        connection.execute(create.replace("CREATE INDEX ", "CREATE INDEX temp."))


def made_anew(connection: Any) -> None:
    """Lay the facts of all clients, as they ought to be, over the stored ones."""
    _lay(connection)
    _FactWriter(connection, table="temp.client_fact").make(None)


def _lay(connection: Any) -> None:
    connection.execute("create temp table client_fact as select * from main.client_fact limit 0")
    connection.execute("create index temp.shadow_fact on client_fact (client_id)")
