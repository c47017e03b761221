"""Who is lost: the four definitions as SQL over client_fact, for a whole base at once.

A test holds this reading to `db.domain.churn.losses`, which decides for a single client.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Text,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from db.domain.churn import (
    ChurnRule,
    Definition,
    Reason,
    Standing,
    first_day_after,
    first_day_beyond,
    money_at_stake,
    profit_a_visit,
)
from db.domain.days import add_months
from db.domain.settings import Settings
from db.domain.trade import InteractionKind
from db.queries.lifecycle_sql import silent_beyond
from db.schema import Client, ClientFact, Interaction

_PARTS = 4  # decimals of an Exact column
_KOPECKS = 2


@dataclass(frozen=True, slots=True)
class Stake:
    """Money at stake and what it is made of; None where the cycle or the profit is not known."""

    money: Decimal | None
    estimated: bool  # the trade's margin stood in for a cost that is not known
    profit_a_visit: Decimal | None
    chance: Decimal


@dataclass(frozen=True, slots=True)
class Found:
    """A client whom at least one definition calls lost, with the day each of them began."""

    client_id: int
    sort_key: str
    since: dict[Definition, date]
    stake: Stake


def silent(rule: ChurnRule, as_of: date) -> ColumnElement[bool]:
    """Silent for more than both the months and the cycles."""
    return and_(
        literal(rule.silent),
        ClientFact.visits > 0,
        ClientFact.last_on < add_months(as_of, -rule.silent_months),
        or_(
            ClientFact.cycle_days.is_(None),
            silent_beyond(rule.silent_cycles, as_of, or_equal=False),
        ),
    )


def low_nps(rule: ChurnRule) -> ColumnElement[bool]:
    return and_(
        literal(rule.low_nps),
        ClientFact.nps <= rule.nps_at_most,
        ClientFact.nps_on.is_not(None),
    )


def complaint(rule: ChurnRule) -> ColumnElement[bool]:
    return and_(literal(rule.complaint), ClientFact.complaint_on.is_not(None))


def never_bought(rule: ChurnRule) -> ColumnElement[bool]:
    return and_(
        literal(rule.never_bought),
        ClientFact.visits == 0,
        ClientFact.enquiries > rule.enquiries_over,
    )


def enquiry_days(
    session: Session, clients: Select[int] | Sequence[int], rule: ChurnRule, as_of: date
) -> dict[int, date]:
    """Return the day of the enquiry that was one too many, of those who made so many."""
    place = func.row_number().over(
        partition_by=Interaction.client_id, order_by=(Interaction.day, Interaction.id)
    )
    counted = (
        select(Interaction.client_id, Interaction.day, place.label("place"))
        .where(
            Interaction.client_id.in_(clients),
            Interaction.kind == InteractionKind.ENQUIRY,
            Interaction.day <= as_of,
        )
        .subquery()
    )
    asked = select(counted.c.client_id, counted.c.day)
    one_too_many = asked.where(counted.c.place == rule.enquiries_over + 1)
    return {row.client_id: row.day for row in session.execute(one_too_many)}


def standings(
    session: Session, ids: Sequence[int], rule: ChurnRule, as_of: date
) -> dict[int, Standing]:
    """Return what the definitions look at, for these clients."""
    enquiries = enquiry_days(session, ids, rule, as_of)
    asked = select(
        ClientFact.client_id,
        ClientFact.last_on,
        ClientFact.visits,
        ClientFact.cycle_days,
        ClientFact.nps,
        ClientFact.nps_on,
        ClientFact.complaint_on,
        ClientFact.enquiries,
    ).where(ClientFact.client_id.in_(ids))
    return {
        row[0]: Standing(*row[1:], enquiry_lost_on=enquiries.get(row[0]))
        for row in session.execute(asked)
    }


def stake(
    settings: Settings,
    sums: tuple[Decimal, Decimal, Decimal],
    visits: int,
    cycle_days: Decimal | None,
    reason: str | None,
) -> Stake:
    """Return money at stake from revenue, revenue of known cost and that cost.

    A reason of the owner's own has the chance of an unknown one.
    """
    known = reason is not None and reason in settings.return_chances
    chance = settings.return_chances[Reason(reason) if known else Reason.UNKNOWN]
    profit, estimated = profit_a_visit(*sums, visits, settings.trade_margin_percent)
    money = money_at_stake(profit, cycle_days, chance)
    return Stake(money, estimated and money is not None, profit, chance)


def lost_clients(
    session: Session, settings: Settings, reasons: dict[int, str | None], as_of: date
) -> Iterator[Found]:
    """Give every client in use whom a definition calls lost; `reasons` are those of episodes."""
    rule = settings.churn
    enquiries = enquiry_days(
        session, select(ClientFact.client_id).where(never_bought(rule)), rule, as_of
    )
    for row in session.execute(_scan(rule, as_of)):
        cycle = None if row.cycle is None else Decimal(row.cycle).scaleb(-_PARTS)
        since = _since(row, cycle, rule)
        if row.never:
            since[Definition.NEVER_BOUGHT] = enquiries[row.client_id]
        sums = tuple(
            Decimal(kopecks).scaleb(-_KOPECKS) for kopecks in (row.revenue, row.costed, row.cost)
        )
        found = stake(settings, sums, row.visits, cycle, reasons.get(row.client_id))  # type: ignore[arg-type]
        yield Found(row.client_id, row.sort_key, since, found)


def _since(row: Any, cycle: Decimal | None, rule: ChurnRule) -> dict[Definition, date]:
    since: dict[Definition, date] = {}
    if row.silent:
        last = date.fromisoformat(row.last_on)
        first = first_day_beyond(last, rule.silent_months)
        if cycle is not None:
            first = max(first, first_day_after(last, cycle * rule.silent_cycles))
        since[Definition.SILENT] = first
    if row.nps_on is not None:
        since[Definition.LOW_NPS] = date.fromisoformat(row.nps_on)
    if row.complaint_on is not None:
        since[Definition.COMPLAINT] = date.fromisoformat(row.complaint_on)
    return since


def _scan(rule: ChurnRule, as_of: date) -> Select[Any]:
    """Every column as the file keeps it: reading types for a whole base would cost a second."""
    fires = (silent(rule, as_of), low_nps(rule), complaint(rule), never_bought(rule))
    is_silent, is_low, has_complaint, is_never = fires
    return (
        select(
            ClientFact.client_id,
            Client.sort_key,
            is_silent.label("silent"),
            is_never.label("never"),
            case((is_low, type_coerce(ClientFact.nps_on, Text))).label("nps_on"),
            case((has_complaint, type_coerce(ClientFact.complaint_on, Text))).label("complaint_on"),
            type_coerce(ClientFact.last_on, Text).label("last_on"),
            ClientFact.visits,
            type_coerce(ClientFact.cycle_days, Integer).label("cycle"),
            type_coerce(ClientFact.revenue, Integer).label("revenue"),
            type_coerce(ClientFact.costed_revenue, Integer).label("costed"),
            type_coerce(ClientFact.cost, Integer).label("cost"),
        )
        .join(Client, Client.id == ClientFact.client_id)
        .where(Client.deleted_at.is_(None), or_(*fires))
    )
