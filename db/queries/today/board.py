"""Today: one list of clients to contact, by urgency and money."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import Integer, select, type_coerce
from sqlalchemy.orm import Session

from db.domain.churn import CERTAIN, money_at_stake
from db.domain.ids import ClientId
from db.domain.today import URGENCY, Touch, TouchReason
from db.outcome import Reading
from db.queries.today.reasons import (
    Reasons,
    VisitDue,
    birthday_reasons,
    gap_reasons,
    promised_reasons,
    task_reasons,
    visit_reasons,
    visits_due,
)
from db.records.contacts import first_phones
from db.schema import Client, ClientFact

LIMIT = 200


@dataclass(frozen=True, slots=True)
class TodayRow:
    """A client with every reason to contact them, the most urgent first; or a task without client.

    `money` is the gross profit a year in roubles: profit a visit × visits a year; None where it is
    not known, `estimated` where the trade's margin was used for a cost.
    """

    client_id: ClientId | None
    name: str
    phone: str | None
    reasons: tuple[TouchReason, ...]
    money: Decimal | None = None
    estimated: bool = False
    do_not_contact: bool = False

    @property
    def touch(self) -> Touch:
        return self.reasons[0].touch

    @property
    def key(self) -> int:
        """A unique number: the id of the client, or the id of the task with a minus."""
        return self.client_id or -(self.reasons[0].item_id or 0)


@dataclass(frozen=True, slots=True)
class TodayBoard:
    """The most urgent rows; `total` is the number of all, `counts` their number by reason."""

    rows: tuple[TodayRow, ...]
    total: int
    counts: dict[Touch, int]


@dataclass(slots=True)
class _Standing:
    """What the place of a client in the list depends on."""

    touches: set[Touch] = field(default_factory=set)
    kopecks: int | None = None
    estimated: bool = False

    def place(self) -> tuple[int, bool, int]:
        urgency = min(URGENCY[touch] for touch in self.touches)
        return urgency, self.kopecks is None, -(self.kopecks or 0)


def today_board(reading: Reading, only: Touch | None = None, limit: int = LIMIT) -> TodayBoard:
    """Return the clients to contact, one row each, at most `limit` of them.

    A client contacted within REST_DAYS has no reason to visit; a snooze hides its reason.
    """
    reasons = _few_reasons(reading)
    due = visits_due(reading)
    standing = _standings(reading.session, reasons, due)
    alone = [reason for owner, reason in task_reasons(reading) if owner is None]
    counts = Counter(touch for one in standing.values() for touch in one.touches)
    counts.update(reason.touch for reason in alone)
    chosen = [key for key, one in standing.items() if only is None or only in one.touches]
    chosen.sort(key=lambda client_id: (standing[client_id].place(), client_id))
    mine = [_alone(reason) for reason in alone if only in (None, reason.touch)]
    total = len(chosen) + len(mine)
    shown = set(chosen[:limit])
    for client_id, visit in visit_reasons(
        reading.session, [one for one in due if one.client_id in shown]
    ).items():
        reasons.setdefault(client_id, []).extend(visit)
    rows = mine + _rows(reading.session, chosen[:limit], reasons, standing)
    rows.sort(key=lambda row: URGENCY[row.touch])
    return TodayBoard(tuple(rows[:limit]), total, {touch: counts[touch] for touch in Touch})


def today_count(reading: Reading) -> int:
    """Return how many rows the list has, without computing it."""
    clients = {one.client_id for one in visits_due(reading)}
    clients.update(_few_reasons(reading))
    alone = [owner for owner, _reason in task_reasons(reading) if owner is None]
    return len(clients) + len(alone)


def _few_reasons(reading: Reading) -> Reasons:
    by_client: Reasons = {}
    for part in (
        promised_reasons(reading),
        birthday_reasons(reading),
        gap_reasons(reading),
    ):
        for client_id, reasons in part.items():
            by_client.setdefault(client_id, []).extend(reasons)
    return by_client


def _standings(session: Session, reasons: Reasons, due: Sequence[VisitDue]) -> dict[int, _Standing]:
    standings = {
        visit.client_id: _Standing({visit.touch}, visit.profit_kopecks, visit.estimated)
        for visit in due
    }
    for client_id, why in reasons.items():
        standings.setdefault(client_id, _Standing()).touches.update(reason.touch for reason in why)
    unknown = [client_id for client_id, one in standings.items() if one.kopecks is None]
    profits = select(
        ClientFact.client_id,
        type_coerce(ClientFact.profit_a_year, Integer),
        ClientFact.profit_estimated,
    ).where(ClientFact.client_id.in_(unknown), ClientFact.profit_a_year.is_not(None))
    for client_id, yearly, estimated in session.execute(profits):
        standings[client_id].kopecks = money_at_stake(yearly, CERTAIN)
        standings[client_id].estimated = estimated
    return standings


def _alone(reason: TouchReason) -> TodayRow:
    return TodayRow(None, "", None, (reason,))


def _rows(
    session: Session, ids: Sequence[int], reasons: Reasons, standing: dict[int, _Standing]
) -> list[TodayRow]:
    phones = first_phones(session, ids)
    query = select(Client.id, Client.name, Client.do_not_contact).where(Client.id.in_(ids))
    clients = {row.id: row for row in session.execute(query)}
    rows: list[TodayRow] = []
    for client_id in ids:
        client, place = clients[client_id], standing[client_id]
        why = sorted(reasons[client_id], key=lambda one: (URGENCY[one.touch], one.day))
        money = None if place.kopecks is None else Decimal(place.kopecks).scaleb(-2)
        rows.append(
            TodayRow(
                ClientId(client_id),
                client.name,
                phones.get(client_id),
                tuple(why),
                money,
                place.estimated,
                bool(client.do_not_contact),
            )
        )
    return rows
