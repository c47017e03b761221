"""Revenue of the twelve months up to a day, by client."""

from decimal import Decimal

from sqlalchemy import Select, func, select

from db.domain.days import year_before
from db.outcome import Reading
from db.schema import ClientFact, FactDay, Purchase


def keeps_year(reading: Reading) -> bool:
    """Say whether `ClientFact.year_revenue` is stored for the day of the reading."""
    return reading.session.scalar(select(FactDay.day)) == reading.as_of


def year_revenue(reading: Reading) -> Select[int, Decimal]:
    """Return `client_id` and `year_revenue`; clients without a purchase may be missing.

    The sums are stored for one day (FactDay) and computed for any other.
    """
    day = reading.as_of
    if keeps_year(reading):
        return select(ClientFact.client_id, ClientFact.year_revenue)
    return (
        select(Purchase.client_id, func.sum(Purchase.amount).label("year_revenue"))
        .where(Purchase.day > year_before(day), Purchase.day <= day)
        .group_by(Purchase.client_id)
    )
