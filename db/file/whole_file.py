"""Files that appear whole or not at all."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from db.errors import TroubleError

# Open bases by device and inode. On Linux, closing any handle of such a file drops the locks of
# this process on it; nothing but the driver may open it.
_open_bases: Counter[tuple[int, int]] = Counter()


def note_open(path: Path) -> tuple[int, int]:
    """Remember that a base is open; return what `note_closed` wants."""
    held = path.stat()
    mark = (held.st_dev, held.st_ino)
    _open_bases[mark] += 1
    return mark


def note_closed(mark: tuple[int, int]) -> None:
    _open_bases[mark] -= 1


def is_open_base(path: Path) -> bool:
    """Say whether this file, under whatever name, is a base that is open here."""
    try:
        # Its log and the log's index stand beside it and are locked with it.
        held = Path(str(path).removesuffix("-wal").removesuffix("-shm")).stat()
    except OSError:
        return False
    return _open_bases[held.st_dev, held.st_ino] > 0


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Give a path beside the target to write to; put it in place only if the block succeeds.

    The file is readable by its owner only, and on the disk before it has its name.
    """
    draft = target.with_name(f".{target.name}.part")
    try:
        draft.unlink(missing_ok=True)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield draft
        _sync(draft)
        draft.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        # The person named the target; the draft is ours.
        if str(error.filename) == str(draft):
            error.filename, error.filename2 = str(target), None
        raise
    except TroubleError as error:
        error.detail = error.detail.replace(str(draft), str(target))
        raise
    finally:
        with suppress(OSError):  # where no draft could be made, none can be taken away
            draft.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    with path.open("rb+") as written:
        os.fsync(written.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name last. Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
