"""Troubles a person can act on. Anything else is a bug and keeps its traceback."""

import errno
import shutil
from enum import StrEnum
from pathlib import Path

from db.domain.fields import FieldError


class Trouble(StrEnum):
    """What a person can act on. The words are in ui.words.messages."""

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
    """A trouble with its detail: a path, a name or a number."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        # Reading needs space too, for the index of the write-ahead log; without it the driver
        # only reports a failed disk.
        if trouble is Trouble.DISK_FAILED and detail and _has_no_room(detail):
            trouble = Trouble.DISK_FULL
        super().__init__(trouble, detail)
        self.trouble = trouble
        self.detail = detail


_ROOM_TO_READ = 64 * 1024


class InvalidError(Exception):
    """Values can't be stored: the errors, by field; nothing was written."""

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        super().__init__(errors)
        self.errors = errors


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


def _has_no_room(path: str) -> bool:
    try:
        return shutil.disk_usage(Path(path).parent).free < _ROOM_TO_READ
    except OSError:
        return False


def trouble_of_system(error: OSError, path: Path | None = None) -> TroubleError | None:
    """Return the trouble for an error of the operating system; None for an unknown one."""
    trouble = _BY_ERRNO.get(error.errno) if error.errno is not None else None
    return TroubleError(trouble, str(error.filename or path or "")) if trouble else None
