"""Whether the file under a path is still the base that was opened; the files open here.

A base carries a random id in bytes 72 to 91 of the header of SQLite, which are reserved and which
SQLite keeps (docs/decisions/0008). An encrypted base begins with a random salt instead.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from db.errors import Trouble, TroubleError, trouble_of_system

_MAGIC = b"SQLite format 3\0"
_ID_AT, _ID_END = 72, 92
_SALT_END = 16

Mark = tuple[int, int]  # device and inode


class _Inode:
    """An open file: how many use it, and the descriptors through which its header is read."""

    def __init__(self) -> None:
        self.users = 0
        self.descriptors: list[int] = []


# On Linux and macOS, closing any descriptor of a file drops the locks of this process on it, also
# those of SQLite (docs/decisions/0007). So descriptors are closed with the last user of a file.
_inodes: dict[Mark, _Inode] = {}
_lock = Lock()


class OpenedFile:
    """The file under a path as it was when a base was opened. Raises OSError where there is none.

    Close it after every connection to the base.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mark, self._descriptor = _hold(path)
        self._id = self._header_id()
        self._missed = False
        self._closed = False

    def demand_in_place(self) -> None:
        """Raise TroubleError MOVED_AWAY unless the path still names this file with its content.

        Once raised it is always raised: a file put back later may lack a save.
        """
        if self._missed or not self._is_in_place():
            self._missed = True
            raise TroubleError(Trouble.MOVED_AWAY, str(self._path))

    def is_replaced(self) -> bool:
        """Say whether another file is under the path now, or may be."""
        try:
            return self.is_overwritten() or _mark_of(self._path) not in {None, self._mark}
        except OSError:
            return True

    def is_at(self, path: Path) -> bool:
        """Say whether this file is under a path."""
        try:
            return _mark_of(path) == self._mark
        except OSError:
            return False

    def is_overwritten(self) -> bool:
        """Say whether other content was written into the same file."""
        return self._header_id() != self._id

    def close(self) -> None:
        """Release the file; a second call does nothing."""
        if not self._closed:
            self._closed = True
            _release(self._mark)

    def _is_in_place(self) -> bool:
        try:
            mark = _mark_of(self._path)
        except OSError as error:
            raise trouble_of_system(error, self._path) or error from error
        return mark == self._mark and not self.is_overwritten()

    def _header_id(self) -> bytes:
        header = _read_start(self._descriptor)
        return header[_ID_AT:_ID_END] if header.startswith(_MAGIC) else header[:_SALT_END]


def give_id(path: Path) -> None:
    """Write a new random id into a base that is not open; an encrypted one has its salt."""
    with path.open("r+b") as file:
        if file.read(len(_MAGIC)) == _MAGIC:
            file.seek(_ID_AT)
            file.write(secrets.token_bytes(_ID_END - _ID_AT))


@contextmanager
def in_use(path: Path) -> Iterator[None]:
    """Keep the descriptors of a file open while a connection to it lasts."""
    mark = _mark_of(path)
    if mark is not None:
        with _lock:
            _inodes.setdefault(mark, _Inode()).users += 1
    try:
        yield
    finally:
        if mark is not None:
            _release(mark)


def is_open_base(path: Path) -> bool:
    """Say whether this file, under any name, is a base that this process has open."""
    # The log and its index belong to the base beside them.
    named = str(path).removesuffix("-wal").removesuffix("-shm").removesuffix("-journal")
    try:
        return _mark_of(Path(named)) in _inodes
    except OSError:
        return False


def _mark_of(path: Path) -> Mark | None:
    """Return device and inode; None where there is no file."""
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return status.st_dev, status.st_ino


def _hold(path: Path) -> tuple[Mark, int]:
    """Count one more user of a file; return its mark and a descriptor of it."""
    with _lock:
        inode = _inodes.get(_mark_of(path) or (0, 0))
        if inode is not None and inode.descriptors:
            descriptor = inode.descriptors[0]
        else:
            descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        status = os.fstat(descriptor)
        mark = (status.st_dev, status.st_ino)
        inode = _inodes.setdefault(mark, _Inode())
        if descriptor not in inode.descriptors:
            inode.descriptors.append(descriptor)
        inode.users += 1
        return mark, descriptor


def _release(mark: Mark) -> None:
    with _lock:
        inode = _inodes[mark]
        inode.users -= 1
        if not inode.users:
            del _inodes[mark]
            for descriptor in inode.descriptors:
                os.close(descriptor)


def _read_start(descriptor: int) -> bytes:
    if hasattr(os, "pread"):
        return os.pread(descriptor, _ID_END, 0)
    with _lock:  # Windows moves the one position of the descriptor
        os.lseek(descriptor, 0, os.SEEK_SET)
        return os.read(descriptor, _ID_END)
