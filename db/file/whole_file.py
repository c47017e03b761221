"""Files that appear whole or not at all."""

import errno
import glob
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from db.errors import TroubleError

_STALE_SECONDS = 3600  # an older draft was left by a program that died
# What file systems without hard links say.
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


@contextmanager
def whole_file(
    target: Path, *, replaces: bool = True, ready: Callable[[Path], object] = lambda _draft: None
) -> Iterator[Path]:
    """Give a path beside the target to write to; put it in place only if the block succeeds.

    The file is readable by its owner only, and on the disk before it has its name. `ready` is
    called with the finished draft just before that. Raises FileExistsError when something stands
    under the name and `replaces` is false; OSError.
    """
    draft = target.with_name(f".{target.name}.{os.getpid()}{secrets.token_hex(3)}.part")
    try:
        _sweep(target)
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield draft
        ready(draft)
        _sync(draft)
        if replaces:
            draft.replace(target)
        else:
            _place_beside(draft, target)
        sync_folder(target.parent)
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


def _place_beside(draft: Path, target: Path) -> None:
    """Give a draft its name. Raises FileExistsError rather than replace anything."""
    if os.name == "nt":
        draft.rename(target)  # replaces nothing there
        return
    try:
        target.hardlink_to(draft)
    except FileExistsError:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        draft.replace(target)


def _sweep(target: Path) -> None:
    """Delete the drafts of this name that a program which died has left."""
    now = time.time()
    for draft in target.parent.glob(f".{glob.escape(target.name)}.*.part*"):
        with suppress(OSError):
            if now - draft.stat().st_mtime > _STALE_SECONDS:
                draft.unlink()


def _sync(path: Path) -> None:
    with path.open("rb+") as written:
        os.fsync(written.fileno())


def sync_folder(folder: Path) -> None:
    """Make new names in a folder last. Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
