"""Troubles a person can act on. Anything else is a bug and keeps its traceback."""

import errno
from enum import StrEnum
from sqlite3 import (
    SQLITE_AUTH,
    SQLITE_BUSY,
    SQLITE_CANTOPEN,
    SQLITE_CORRUPT,
    SQLITE_FULL,
    SQLITE_IOERR,
    SQLITE_LOCKED,
    SQLITE_NOTADB,
    SQLITE_PERM,
    SQLITE_READONLY,
)

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from db.domain.fields import FieldError


class Trouble(StrEnum):
    """Words for each live in ui.messages: what happened, what is safe, what to do."""

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


class TroubleError(Exception):
    """Something outside the program went wrong; `trouble` picks the words and the way out."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(trouble, detail)
        self.trouble = trouble
        self.detail = detail


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
_BY_ERRNO = {
    errno.ENOENT: Trouble.NO_FOLDER,
    errno.ENOTDIR: Trouble.NO_FOLDER,
    errno.EISDIR: Trouble.IS_A_FOLDER,
    errno.EACCES: Trouble.NO_PERMISSION,
    errno.EPERM: Trouble.NO_PERMISSION,
    errno.EROFS: Trouble.READ_ONLY,
    errno.ENOSPC: Trouble.DISK_FULL,
    errno.EDQUOT: Trouble.DISK_FULL,
    errno.EIO: Trouble.DISK_FAILED,
    errno.ENAMETOOLONG: Trouble.NO_PERMISSION,
}


def as_trouble(error: BaseException) -> TroubleError | None:
    """Name the trouble behind an error of the driver or the system; None when it is our bug."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, OSError):
        trouble = _BY_ERRNO.get(cause.errno) if cause.errno is not None else None
        return TroubleError(trouble, str(cause.filename or "")) if trouble else None
    if isinstance(cause, dbapi2.Error):
        code = getattr(cause, "sqlite_errorcode", None)
        found = _BY_CODE.get(code & 0xFF) if code is not None else None
        return TroubleError(found, str(cause)) if found else None
    return None
