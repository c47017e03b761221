"""The driver's own connection: what every save or search needs goes to it in plain SQL."""

from typing import Any

from sqlalchemy.orm import Session


def driver_of(session: Session) -> Any:
    """Return the driver's connection of the transaction that this session is in."""
    return session.connection().connection.driver_connection
