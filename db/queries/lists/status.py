"""Lifecycle status as SQL over client_fact. A test holds it to db.domain.lifecycle.status_of."""

from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Integer, and_, case, cast, func, literal, or_, type_coerce

from db.domain.lifecycle import LifecycleRule, Status
from db.outcome import Reading
from db.records.settings import settings
from db.schema import ClientFact

_PARTS = 10_000  # an Exact column keeps ten-thousandths


def status_expression(rule: LifecycleRule, as_of: date) -> ColumnElement[str]:
    """Return the status of the client whose facts are in the row, as the code of Status."""
    return case(
        (or_(ClientFact.visits.is_(None), ClientFact.visits == 0), literal(Status.POTENTIAL.value)),
        (
            and_(
                ClientFact.last_on < rule.silent_since(as_of),
                or_(
                    ClientFact.cycle_days.is_(None),
                    silent_beyond(rule.lost_cycles, as_of, or_equal=False),
                ),
            ),
            literal(Status.LOST.value),
        ),
        (silent_beyond(rule.risk_cycles, as_of, or_equal=True), literal(Status.AT_RISK.value)),
        (
            or_(
                ClientFact.visits <= rule.new_visits,
                ClientFact.first_on >= rule.new_since(as_of),
            ),
            literal(Status.NEW.value),
        ),
        else_=literal(Status.REGULAR.value),
    )


def silent_beyond(cycles: Decimal, as_of: date, *, or_equal: bool) -> ColumnElement[bool]:
    """Say whether a client has been silent for more than so many of his cycles, in whole numbers.

    False where no cycle is known.
    """
    silent = silent_days(as_of) * (_PARTS * _PARTS)
    limit = type_coerce(ClientFact.cycle_days, Integer) * int(cycles * _PARTS)
    beyond = silent >= limit if or_equal else silent > limit
    return and_(ClientFact.cycle_days.is_not(None), beyond)


def silent_days(as_of: date) -> ColumnElement[int]:
    return cast(func.julianday(as_of.isoformat()) - func.julianday(ClientFact.last_on), Integer)


def status_now(reading: Reading) -> ColumnElement[str]:
    """Return the status expression with the owner's own numbers."""
    return status_expression(settings(reading.session).lifecycle, reading.as_of)
