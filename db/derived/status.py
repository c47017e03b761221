"""Lifecycle status in SQL: the day compared with the marks of client_fact (db.domain.marks)."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from sqlalchemy import ColumnElement, case, select

from db.domain.lifecycle import Status
from db.outcome import Reading
from db.schema import ClientFact


@lru_cache(maxsize=16)  # building it takes longer than many queries
def status_expression(day: date) -> ColumnElement[str]:
    """Return the status of the client whose facts are in the row, as the code of Status."""
    return case(
        (ClientFact.new_until.is_(None), Status.POTENTIAL.value),
        (ClientFact.lost_on <= day, Status.LOST.value),
        (ClientFact.risk_on <= day, Status.AT_RISK.value),
        (ClientFact.new_until >= day, Status.NEW.value),
        else_=Status.REGULAR.value,
    )


def status_now(reading: Reading) -> ColumnElement[str]:
    """Return the status on the day of the reading."""
    return status_expression(reading.as_of)


def statuses(reading: Reading, ids: Sequence[int]) -> dict[int, Status]:
    """Return the status of each of these clients on the day of the reading."""
    status = select(ClientFact.client_id, status_now(reading)).where(ClientFact.client_id.in_(ids))
    return {client_id: Status(code) for client_id, code in reading.session.execute(status)}
