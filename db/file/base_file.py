"""The only module that opens bases: every connection and engine comes from here."""

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine, QueuePool, StaticPool, create_engine, event
from sqlalchemy.engine import Connection
from sqlcipher3 import dbapi2

from db.domain.text import fold
from db.file.identity import in_use
from db.file.leftovers import left_overs

APPLICATION_ID = 0x4B415254  # "KART", in the header of every base
BUSY_SECONDS = 15.0
_LONGEST_NAP = 0.01
# The driver drops the newest of its prepared statements when it has so many, not the oldest: with
# its own 128, filled by what opening a base runs, a save prepared all its statements each time.
_CACHED_STATEMENTS = 1000

# Measured: FULL costs 8 ms a save and NORMAL lost every recent save when the power was cut.
_PRAGMAS = {
    "foreign_keys": 1,
    "synchronous": 2,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "secure_delete": 1,
    "temp_store": 2,
}


@dataclass(frozen=True, slots=True)
class BaseFile:
    """A base as a file. `key` is the password of an encrypted one, None for a plain one.

    No method creates the file. All raise dbapi2.Error when it can't be opened.
    """

    path: Path
    key: str | None = field(default=None, repr=False)

    def connect(self) -> dbapi2.Connection:
        """Open for use: with the write-ahead log, every pragma set and read back.

        A file that has no log yet is checked before its header is changed for it.
        """
        connection = self._open("mode=rw")
        try:
            _set_pragmas(connection)
            _use_wal(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def connect_last(self) -> dbapi2.Connection:
        """Open a connection which, closed as the last one, neither writes nor deletes the log.

        That is what `mode=ro` does. The log itself must be there: call it after `connect`.
        """
        connection = self._open("mode=ro")
        try:
            connection.execute("select count(*) from sqlite_master").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def draft(self) -> Iterator[dbapi2.Connection]:
        """Open to write without a write-ahead log, and close."""
        with in_use(self.path), closing(self._open_draft()) as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[dbapi2.Connection]:
        """Open to read only, and close. The log of a crash is recovered first.

        Not `mode=ro`: that can't recover, and leaves an empty log beside the file.
        """
        with in_use(self.path), closing(self._open("mode=rw")) as connection:
            _wait_in_turn(connection)
            connection.execute("pragma query_only = on")
            connection.execute("pragma trusted_schema = off")
            yield connection

    def marks(self) -> tuple[int, int]:
        """Read application_id and user_version.

        Nothing is written, unless a log beside the file must be recovered first.
        """
        if left_overs(self.path):
            with self.reading() as connection:
                return _marks(connection)
        with in_use(self.path), closing(self._open("mode=ro&immutable=1")) as connection:
            return _marks(connection)

    def writer(self) -> Engine:
        """Return the engine of the one connection that writes.

        Its transactions take the lock at once: a deferred one could fail later, half way through.
        """
        return _engine(self.connect, size=1, begin="begin immediate")

    def reader(self) -> Engine:
        """Return the engine of the connections that read; `forbid_writing` closes each of them."""
        return _engine(self.connect, size=4, begin="begin")

    def draft_engine(self, *, foreign_keys: bool = True) -> Engine:
        """Return an engine for a draft: one connection, no log, a transaction until `commit`."""

        def connect() -> dbapi2.Connection:
            connection = self._open_draft()
            connection.execute(f"pragma foreign_keys = {foreign_keys:d}")
            return connection

        return _engine(connect, size=1, begin="begin")

    def _open(self, how: str) -> dbapi2.Connection:
        connection = dbapi2.connect(
            f"file:{quote(os.fsencode(self.path.absolute()))}?{how}",
            uri=True,
            check_same_thread=False,
            isolation_level=None,
            cached_statements=_CACHED_STATEMENTS,
        )
        # For conditions on texts (db.derived.conditions).
        connection.create_function("fold", 1, _fold, deterministic=True)
        if self.key is not None:
            quoted = self.key.replace("'", "''")
            connection.execute(f"pragma key = '{quoted}'")  # takes no parameters
        return connection

    def _open_draft(self) -> dbapi2.Connection:
        connection = self._open("mode=rw")
        try:
            _set_pragmas(connection)
        except BaseException:
            connection.close()
            raise
        return connection


def memory_engine() -> Engine:
    """Return an engine of an empty base in memory."""
    return create_engine(
        "sqlite+pysqlite://",
        module=dbapi2,
        creator=lambda: dbapi2.connect(":memory:", check_same_thread=False),
        poolclass=StaticPool,
    )


def engine_of(connection: dbapi2.Connection) -> Engine:
    """Return an engine for an open connection, which the caller closes."""
    return create_engine(
        "sqlite+pysqlite://", module=dbapi2, creator=lambda: connection, poolclass=StaticPool
    )


def forbid_writing(connection: dbapi2.Connection) -> None:
    """Make a connection read-only for good."""
    connection.execute("pragma query_only = on")


def _engine(connect: Callable[[], dbapi2.Connection], size: int, begin: str) -> Engine:
    engine = create_engine(
        "sqlite+pysqlite://",
        module=dbapi2,
        creator=connect,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=None,  # wait for a connection of this process without limit
    )

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _set_pragmas(connection: dbapi2.Connection) -> None:
    _wait_in_turn(connection)
    for pragma, value in _PRAGMAS.items():
        connection.execute(f"pragma {pragma} = {value}")
        (actual,) = connection.execute(f"pragma {pragma}").fetchone()
        if actual != value:
            raise dbapi2.OperationalError(f"pragma {pragma} is {actual}, not {value}")


def _wait_in_turn(connection: dbapi2.Connection) -> None:
    """Ask for a lock again every few random milliseconds, for BUSY_SECONDS.

    SQLite's own handler sleeps 100 ms at a time: beside a program that saves without a pause it
    gave up 13 of 1,304 saves after 5 s.
    """
    until = 0.0

    def wait(attempt: int) -> bool:
        nonlocal until
        if attempt == 0:
            until = time.monotonic() + BUSY_SECONDS
        time.sleep(random.uniform(0.001, _LONGEST_NAP))  # noqa: S311 - no secret
        return time.monotonic() < until

    connection.set_busy_handler(wait)


def _use_wal(connection: dbapi2.Connection) -> None:
    (mode,) = connection.execute("pragma journal_mode").fetchone()
    if mode == "wal":
        return
    (verdict,) = connection.execute("pragma quick_check(1)").fetchone()
    if verdict != "ok":
        raise dbapi2.DatabaseError("database disk image is malformed")
    (mode,) = connection.execute("pragma journal_mode = wal").fetchone()
    if mode != "wal":
        raise dbapi2.OperationalError(f"pragma journal_mode is {mode}, not wal")


def _marks(connection: dbapi2.Connection) -> tuple[int, int]:
    (application,) = connection.execute("pragma application_id").fetchone()
    (version,) = connection.execute("pragma user_version").fetchone()
    return application, version


def _fold(text: str | None) -> str | None:
    return None if text is None else fold(text)
