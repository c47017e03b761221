"""Logs of SQLite left beside the name of a base."""

from datetime import datetime
from pathlib import Path

from db.file.names import STAMP

# The write-ahead log, its index, and the rollback journal.
SUFFIXES = ("-wal", "-shm", "-journal")


def left_overs(base: Path) -> tuple[Path, ...]:
    """Return the files of SQLite that are beside this name."""
    beside = (base.with_name(base.name + suffix) for suffix in SUFFIXES)
    return tuple(path for path in beside if path.exists())


def set_aside(base: Path) -> tuple[Path, ...]:
    """Rename the logs beside this name, so that SQLite does not replay them into another base.

    Nothing is deleted: a log may have the last saves of the former base. Returns the new names,
    such as `base.kartoteka-wal left over 2026-11-22 12-00-00`. Raises OSError.
    """
    stamp = datetime.now().strftime(STAMP)  # noqa: DTZ005 - the owner's own clock names the file
    renamed = []
    for path in left_overs(base):
        target = free(path.with_name(f"{path.name} left over {stamp}"))
        path.rename(target)
        renamed.append(target)
    return tuple(renamed)


def free(path: Path) -> Path:
    """Return this name, or the first one with a number that is free."""
    number, name = 2, path
    while name.exists():
        name = path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    return name
