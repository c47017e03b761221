"""Errors of the database driver as troubles."""

import re
from pathlib import Path
from sqlite3 import (
    SQLITE_AUTH,
    SQLITE_BUSY,
    SQLITE_CANTOPEN,
    SQLITE_CORRUPT,
    SQLITE_ERROR,
    SQLITE_FULL,
    SQLITE_IOERR,
    SQLITE_IOERR_SHMSIZE,
    SQLITE_LOCKED,
    SQLITE_NOTADB,
    SQLITE_PERM,
    SQLITE_READONLY,
)

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from db.errors import Trouble, TroubleError, trouble_of_system
from db.schema import Table
from db.schema.types import DamagedValueError

# The driver can't decode its own message where it quotes a damaged schema.
DRIVER_ERRORS = (dbapi2.Error, UnicodeDecodeError)
_BY_CODE = {
    SQLITE_BUSY: Trouble.BUSY,
    SQLITE_LOCKED: Trouble.BUSY,
    SQLITE_FULL: Trouble.DISK_FULL,
    SQLITE_IOERR: Trouble.DISK_FAILED,
    SQLITE_CORRUPT: Trouble.DAMAGED,
    SQLITE_READONLY: Trouble.READ_ONLY,
    SQLITE_CANTOPEN: Trouble.NO_PERMISSION,
    SQLITE_PERM: Trouble.NO_PERMISSION,
    SQLITE_AUTH: Trouble.NO_PERMISSION,
    SQLITE_NOTADB: Trouble.NOT_A_BASE,
}
_BY_WHOLE_CODE = {SQLITE_IOERR_SHMSIZE: Trouble.DISK_FULL}
# The driver's `backup` raises without a code, only with SQLite's message.
_BY_WORDS = {
    "database or disk is full": Trouble.DISK_FULL,
    "disk I/O error": Trouble.DISK_FAILED,
    "database disk image is malformed": Trouble.DAMAGED,
    "file is not a database": Trouble.NOT_A_BASE,
    "attempt to write a readonly database": Trouble.READ_ONLY,
    "unable to open database file": Trouble.NO_PERMISSION,
    "database is locked": Trouble.BUSY,
    "database table is locked": Trouble.BUSY,
    "malformed JSON": Trouble.DAMAGED,
    "integer overflow": Trouble.DAMAGED,
}
_NOT_TEXT = "Could not decode to UTF-8"  # followed by the column and its value
# SQLite has no code for a missing table, only this message.
_GONE_TABLE = re.compile(r"no such table: (?:main\.)?(\w+)$")
_GONE_COLUMN = re.compile(r"no such column: (?:\w+\.)*(\w+)$|has no column named (\w+)$")


def as_trouble(error: BaseException, path: Path | None = None) -> TroubleError | None:
    """Return the trouble for an error of the driver or the system; None for a bug of ours.

    The driver does not name the file: `path` does. Its message stays in the cause.
    """
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, DamagedValueError | UnicodeDecodeError):
        return TroubleError(Trouble.DAMAGED, str(path or ""))
    if isinstance(cause, OSError):
        return trouble_of_system(cause, path)
    if isinstance(cause, dbapi2.Error):
        trouble = _of_driver(cause)
        return TroubleError(trouble, str(path or "")) if trouble else None
    return None


def _of_driver(cause: dbapi2.Error) -> Trouble | None:
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None and code & 0xFF != SQLITE_ERROR:
        return _BY_WHOLE_CODE.get(code) or _BY_CODE.get(code & 0xFF)
    if str(cause).startswith(_NOT_TEXT) or _misses_ours(str(cause)):
        return Trouble.DAMAGED
    return _BY_WORDS.get(str(cause))


def _misses_ours(message: str) -> bool:
    """Say whether a message is about a missing table or column that every base has."""
    if table := _GONE_TABLE.search(message):
        return table[1] in Table.metadata.tables or table[1].startswith("client_search")
    if column := _GONE_COLUMN.search(message):
        name = column[1] or column[2]
        return any(name in table.columns for table in Table.metadata.tables.values())
    return False
