"""The files SQLite keeps beside a base, where they stand without it."""

from datetime import datetime
from pathlib import Path

# The write-ahead log, its index, and the rollback journal.
SUFFIXES = ("-wal", "-shm", "-journal")
_STAMP = "%Y-%m-%d %H-%M-%S"


def left_overs(base: Path) -> tuple[Path, ...]:
    """Return the files of SQLite that stand beside this name."""
    beside = (base.with_name(base.name + suffix) for suffix in SUFFIXES)
    return tuple(path for path in beside if path.exists())


def set_aside(base: Path) -> tuple[Path, ...]:
    """Rename what stands beside this name, so that SQLite does not replay it into another base.

    Nothing is deleted: a log may hold the last saves of a base that was here. Return the new names,
    such as `base.kartoteka-wal left over 2026-11-22 12-00-00`. Raises OSError.
    """
    stamp = datetime.now().strftime(_STAMP)  # noqa: DTZ005 - the owner's own clock names the file
    kept = []
    for path in left_overs(base):
        target = free(path.with_name(f"{path.name} left over {stamp}"))
        path.rename(target)
        kept.append(target)
    return tuple(kept)


def free(path: Path) -> Path:
    """Return this name, or one with a number behind it that is not taken."""
    number, name = 2, path
    while name.exists():
        name = path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    return name
