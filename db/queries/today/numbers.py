"""The month so far: active clients, average order, orders a client, margin."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from db.domain.days import add_months
from db.outcome import Reading
from db.schema import Client, ClientFact, Purchase


@dataclass(frozen=True, slots=True)
class MonthSums:
    """Purchases of a month up to a day in roubles; refunds reduce the revenue and are no orders."""

    revenue: Decimal
    orders: int
    buyers: int
    costed_revenue: Decimal
    cost: Decimal

    @property
    def average_order(self) -> Decimal | None:
        return self.revenue / self.orders if self.orders else None

    @property
    def orders_a_client(self) -> Decimal | None:
        return Decimal(self.orders) / self.buyers if self.buyers else None

    @property
    def margin_percent(self) -> Decimal | None:
        """Margin of the purchases whose cost is known."""
        if self.costed_revenue <= 0:
            return None
        return (self.costed_revenue - self.cost) * 100 / self.costed_revenue

    @property
    def known_percent(self) -> Decimal | None:
        """Share of the revenue whose cost is known."""
        return self.costed_revenue * 100 / self.revenue if self.revenue > 0 else None


@dataclass(frozen=True, slots=True)
class TodayNumbers:
    """Clients in use, the active ones of them, and the sums of this month and the last."""

    clients: int
    active: int
    month: date
    this_month: MonthSums
    last_month: MonthSums


def today_numbers(reading: Reading) -> TodayNumbers:
    """Return the numbers of the month up to the day."""
    first = reading.as_of.replace(day=1)
    clients, active = _active(reading)
    return TodayNumbers(
        clients,
        active,
        first,
        _sums(reading.session, first, reading.as_of),
        _sums(reading.session, add_months(first, -1), first - timedelta(days=1)),
    )


def _active(reading: Reading) -> tuple[int, int]:
    active = ClientFact.active_until >= reading.as_of
    row = reading.session.execute(
        select(func.count(), func.count(case((active, 1))))
        .select_from(Client)
        .outerjoin(ClientFact, ClientFact.client_id == Client.id)
        .where(Client.deleted_at.is_(None))
    ).one()
    return row[0], row[1]


def _sums(session: Session, since: date, until: date) -> MonthSums:
    bought = Purchase.amount >= 0
    row = session.execute(
        select(
            func.sum(Purchase.amount),
            func.count(case((bought, 1))),
            func.count(case((bought, Purchase.client_id)).distinct()),
            func.sum(case((Purchase.cost.is_not(None), Purchase.amount))),
            func.sum(Purchase.cost),
        )
        .join(Client, Client.id == Purchase.client_id)
        .where(Client.deleted_at.is_(None), Purchase.day.between(since, until))
    ).one()
    revenue, orders, buyers, costed, cost = row
    nothing = Decimal(0)
    return MonthSums(revenue or nothing, orders, buyers, costed or nothing, cost or nothing)
