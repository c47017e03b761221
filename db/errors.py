"""Troubles a person can act on. Anything else is a bug and keeps its traceback."""

import errno
import re
import shutil
from enum import StrEnum
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

from db.domain.fields import FieldError
from db.schema import Table
from db.schema.types import DamagedValueError


class Trouble(StrEnum):
    """Words for each live in ui.words.messages: what happened, what is safe, what to do."""

    BUSY = "busy"
    DISK_FULL = "disk_full"
    DISK_FAILED = "disk_failed"
    DAMAGED = "damaged"
    READ_ONLY = "read_only"
    NO_PERMISSION = "no_permission"
    NOT_A_BASE = "not_a_base"
    EMPTY_FILE = "empty_file"
    NEWER = "newer"
    MISSING = "missing"
    IS_A_FOLDER = "is_a_folder"
    NO_FOLDER = "no_folder"
    EXISTS = "exists"
    CHANGED_MEANWHILE = "changed_meanwhile"
    GONE = "gone"
    NOTHING_TO_UNDO = "nothing_to_undo"
    NOTHING_TO_REDO = "nothing_to_redo"
    USED_LATER = "used_later"
    SEALED = "sealed"
    NO_SUCH_CLIENT = "no_such_client"
    NO_SUCH_SEGMENT = "no_such_segment"
    NO_SUCH_OFFER = "no_such_offer"
    NO_SUCH_IMPORT = "no_such_import"
    NO_SUCH_PRESET = "no_such_preset"
    SEVERAL_CLIENTS = "several_clients"
    NOT_A_TABLE = "not_a_table"
    TOO_LARGE = "too_large"
    NO_COLUMNS = "no_columns"
    NO_ROWS = "no_rows"
    UNKNOWN_FORMAT = "unknown_format"
    TAKEN_NAME = "taken_name"
    FROZEN = "frozen"
    OPEN_ELSEWHERE = "open_elsewhere"
    MOVED_AWAY = "moved_away"
    OVERWRITTEN = "overwritten"
    LEFT_OVERS = "left_overs"
    FOREIGN = "foreign"


class TroubleError(Exception):
    """Something outside the program went wrong; `trouble` picks the words and the way out."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        # Reading needs room too, for the index of the log of writes, and without it the driver
        # says no more than that the disk failed.
        if trouble is Trouble.DISK_FAILED and detail and _has_no_room(detail):
            trouble = Trouble.DISK_FULL
        super().__init__(trouble, detail)
        self.trouble = trouble
        self.detail = detail


_ROOM_TO_READ = 64 * 1024


class InvalidError(Exception):
    """The card breaks its own rules; nothing was written."""

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        super().__init__(errors)
        self.errors = errors


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
# The driver's `backup` raises without a code; SQLite's own words are all that is left then.
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
_NOT_TEXT = "Could not decode to UTF-8"  # and the column, with what is in it
# SQLite has no code for a table that is gone, only these words.
_GONE_TABLE = re.compile(r"no such table: (?:main\.)?(\w+)$")
_GONE_COLUMN = re.compile(r"no such column: (?:\w+\.)*(\w+)$|has no column named (\w+)$")
_BY_ERRNO = {
    errno.ENOENT: Trouble.NO_FOLDER,
    errno.ENOTDIR: Trouble.NO_FOLDER,
    errno.EISDIR: Trouble.IS_A_FOLDER,
    errno.EEXIST: Trouble.EXISTS,
    errno.EACCES: Trouble.NO_PERMISSION,
    errno.EPERM: Trouble.NO_PERMISSION,
    errno.EROFS: Trouble.READ_ONLY,
    errno.ENOSPC: Trouble.DISK_FULL,
    errno.EDQUOT: Trouble.DISK_FULL,
    errno.EIO: Trouble.DISK_FAILED,
    errno.ENXIO: Trouble.DISK_FAILED,
    errno.ENODEV: Trouble.DISK_FAILED,
    errno.ESTALE: Trouble.DISK_FAILED,
    errno.ETIMEDOUT: Trouble.DISK_FAILED,
    errno.ENAMETOOLONG: Trouble.NO_PERMISSION,
}


# The driver can't decode its own words where they quote a damaged schema.
DRIVER_ERRORS = (dbapi2.Error, UnicodeDecodeError)


def _has_no_room(path: str) -> bool:
    try:
        return shutil.disk_usage(Path(path).parent).free < _ROOM_TO_READ
    except OSError:
        return False


def as_trouble(error: BaseException, path: Path | None = None) -> TroubleError | None:
    """Name the trouble behind an error of the driver or the system; None when it is our bug.

    The driver does not say which file it speaks of: `path` does. Its own words stay in the cause.
    """
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, DamagedValueError | UnicodeDecodeError):
        return TroubleError(Trouble.DAMAGED, str(path or ""))
    if isinstance(cause, OSError):
        trouble = _BY_ERRNO.get(cause.errno) if cause.errno is not None else None
        return TroubleError(trouble, str(cause.filename or path or "")) if trouble else None
    if isinstance(cause, dbapi2.Error):
        found = _of_driver(cause)
        return TroubleError(found, str(path or "")) if found else None
    return None


def _of_driver(cause: dbapi2.Error) -> Trouble | None:
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None and code & 0xFF != SQLITE_ERROR:
        return _BY_WHOLE_CODE.get(code) or _BY_CODE.get(code & 0xFF)
    if str(cause).startswith(_NOT_TEXT) or _misses_ours(str(cause)):
        return Trouble.DAMAGED
    return _BY_WORDS.get(str(cause))


def _misses_ours(words: str) -> bool:
    """Say whether the driver misses a table or column that every base of ours has."""
    if table := _GONE_TABLE.search(words):
        return table[1] in Table.metadata.tables or table[1].startswith("client_search")
    if column := _GONE_COLUMN.search(words):
        name = column[1] or column[2]
        return any(name in table.columns for table in Table.metadata.tables.values())
    return False
