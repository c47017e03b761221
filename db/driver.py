"""The driver's own connection: what every save or search needs goes to it in plain SQL."""

from typing import Any

from sqlalchemy.orm import Session

_KEPT = "driver"


def driver_of(session: Session) -> Any:
    """Return the driver's connection of the transaction that this session is in.

    It is kept beside that transaction: SQLAlchemy takes 0.01 ms to find it, and a save asks for it
    a dozen times.
    """
    transaction, connection = session.info.get(_KEPT, (None, None))
    if transaction is None or transaction is not session.get_transaction():
        connection = session.connection().connection.driver_connection
        session.info[_KEPT] = session.get_transaction(), connection
    return connection
