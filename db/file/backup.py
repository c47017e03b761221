# ruff: noqa: S608 - every name put into SQL here is ours
"""Copies of a base: made while it is in use, opened and counted before they get their name."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from db.errors import Trouble, TroubleError
from db.file.base_file import BaseFile
from db.file.create import demand_base
from db.file.identity import is_open_base
from db.file.leftovers import SUFFIXES, free, left_overs
from db.file.names import ENDING, STAMP
from db.file.schema import declared_schema, foreign_parts, schema_of
from db.file.whole_base import troubles_of, whole_base, whole_copy
from db.file.whole_file import sync_folder, whole_file
from db.schema.base import SCHEMA_VERSION

# Tables whose row counts are shown with a copy.
COUNTED = ("client", "purchase", "interaction", "offer", "loss_episode", "task")
BUSY_MS = 300  # enough where no other program has the base open


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a base: when it was made (local time), size in bytes, rows by table."""

    path: Path
    made_at: datetime
    size: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Restored:
    """Rows of the base by table, now and before, and the path of the old base, if any."""

    counts: Mapping[str, int]
    before: Mapping[str, int] | None
    kept_as: Path | None


def copies_folder(base: Path) -> Path:
    """Return the default folder for the copies of a base."""
    return base.with_name(f"{base.stem} copies")


def make_copy(base: Path, folder: Path | None = None, at: datetime | None = None) -> Copy:
    """Copy a base into a folder; the name has the local time. The base may be in use.

    The copy appears only after it was opened, checked and counted. Raises TroubleError.
    """
    counts_of(base)  # refuse an unreadable base before making a folder
    target_folder = folder or copies_folder(base)
    made_at = at or datetime.now()  # noqa: DTZ005 - the owner's own clock names the file
    with troubles_of(target_folder):
        target_folder.mkdir(parents=True, exist_ok=True)
        target = free(target_folder / f"{base.stem} {made_at:{STAMP}}{ENDING}")
        with whole_copy(target) as draft:
            counts = copy_into(base, draft)
        return Copy(target, made_at, target.stat().st_size, counts)


def copy_into(base: Path, draft: Path) -> Mapping[str, int]:
    """Copy a base, in one transaction, into an empty file; return its row counts.

    Raises TroubleError DAMAGED when the copy is damaged or its counts differ.
    """
    demand_base(base)
    with BaseFile(base).reading() as source:
        return copy_from(source, draft, base)


def copy_from(source: dbapi2.Connection, draft: Path, base: Path) -> Mapping[str, int]:
    """Copy the base of an open connection, whose path may be gone; return its row counts.

    Raises as `copy_into`.
    """
    with BaseFile(draft).draft() as target:
        source.execute("begin")
        try:
            counts = _counts(source)
            source.backup(target)
        finally:
            source.execute("rollback")
        # A copy is one file, without a write-ahead log.
        target.execute("pragma journal_mode = delete")
    if verify(draft, base) != counts:
        raise TroubleError(Trouble.DAMAGED, str(base))
    return counts


def verify(path: Path, source: Path | None = None) -> Mapping[str, int]:
    """Check a file without changing it; return its row counts.

    A file of this version must have the declared schema, and may have parts of other programs that
    do not act on our rows; an older one is upgraded later. Raises
    TroubleError DAMAGED, which names `source` where this file is its draft, and what `demand_base`
    raises.
    """
    version = demand_base(path)
    reported = source or path
    with troubles_of(reported), BaseFile(path).reading() as opened:
        messages = [row[0] for row in opened.execute("pragma integrity_check(10)")]
        if messages != ["ok"]:
            raise TroubleError(Trouble.DAMAGED, str(reported)) from dbapi2.DatabaseError(
                messages[0]
            )
        if version == SCHEMA_VERSION:
            _demand_schema(opened, reported)
        return _counts(opened)


def _demand_schema(opened: dbapi2.Connection, reported: Path) -> None:
    actual, declared = schema_of(opened), declared_schema()
    # What other programs added is no damage, unless it acts on our rows.
    differing = {name for name, sql in declared.items() if actual.get(name) != sql}
    wrong = sorted({*differing, *foreign_parts(opened)})
    if wrong:
        cause = dbapi2.DatabaseError(f"not as declared: {', '.join(wrong)}")
        raise TroubleError(Trouble.DAMAGED, str(reported)) from cause


def copies(base: Path, folder: Path | None = None) -> tuple[Copy, ...]:
    """Return the copies of a base, newest first, without files that can't be opened."""
    place = folder or copies_folder(base)
    all_copies = []
    for path in sorted(place.glob(f"{_escaped(base.stem)} *{ENDING}")) if place.is_dir() else ():
        made_at = _moment(path.stem.removeprefix(f"{base.stem} "))
        if made_at is None:
            continue
        try:
            counts = counts_of(path)
        except TroubleError:
            continue
        all_copies.append(Copy(path, made_at, path.stat().st_size, counts))
    return tuple(sorted(all_copies, key=lambda copy: (copy.made_at, copy.path.name), reverse=True))


def counts_of(path: Path) -> Mapping[str, int]:
    """Return the rows of a base by table, without changing it. Raises TroubleError."""
    demand_base(path)
    with troubles_of(path), BaseFile(path).reading() as opened:
        return _counts(opened)


def restore(copy: Path, base: Path, at: datetime | None = None) -> Restored:
    """Replace a base by a copy; the present base is kept beside it under another name.

    The copy itself stays. Raises TroubleError BUSY when the base is in use.
    """
    verify(copy)
    now = at or datetime.now()  # noqa: DTZ005 - the owner's own clock names the file
    kept_as: Path | None = None
    before: Mapping[str, int] | None = None
    try:
        with troubles_of(base), whole_base(base, replaces=True) as draft:
            counts = copy_quietly(copy, draft)
            if base.exists():
                before = _settled(base)
                kept_as = free(base.with_name(f"{base.stem} before {now:{STAMP}}{ENDING}"))
                _keep(base, kept_as)
    except BaseException:
        if kept_as is not None and _is_second_name(kept_as, base):
            kept_as.unlink()
        raise
    return Restored(counts, before, kept_as)


def _keep(base: Path, kept_as: Path) -> None:
    """Give a base that is not open a second name, under which it stays when it is replaced.

    There is no moment without a base. The log of a damaged base is renamed with it.
    """
    try:
        kept_as.hardlink_to(base)
    except OSError:  # no links on this file system: then a copy
        with whole_file(kept_as, replaces=False) as draft:
            shutil.copyfile(base, draft)
    for suffix in SUFFIXES:
        log = base.with_name(base.name + suffix)
        if log.exists():
            log.rename(kept_as.with_name(kept_as.name + suffix))
    sync_folder(base.parent)


def _is_second_name(kept_as: Path, base: Path) -> bool:
    there = kept_as.exists() and base.exists() and not left_overs(kept_as)
    return there and kept_as.samefile(base)


def copy_quietly(copy: Path, draft: Path) -> Mapping[str, int]:
    """Copy a file that is not written to, leaving no log beside it."""
    with BaseFile(copy).reading() as source, BaseFile(draft).draft() as target:
        source.backup(target)
        target.execute("pragma journal_mode = delete")
    return verify(draft, copy)


def settle(base: Path) -> None:
    """Write the log into the base and remove it. Raises TroubleError BUSY when the base is open."""
    if is_open_base(base):
        raise TroubleError(Trouble.BUSY, str(base))
    with troubles_of(base), BaseFile(base).draft() as opened:
        opened.execute(f"pragma busy_timeout = {BUSY_MS}")
        # Needs an exclusive lock.
        (mode,) = opened.execute("pragma journal_mode = delete").fetchone()
        if mode != "delete":
            raise TroubleError(Trouble.BUSY, str(base))


def _settled(base: Path) -> Mapping[str, int] | None:
    """Settle the base to be replaced and count it; None for one that can't be opened."""
    try:
        settle(base)
        return counts_of(base)
    except TroubleError as error:
        if error.trouble in {Trouble.BUSY, Trouble.NO_PERMISSION, Trouble.READ_ONLY}:
            raise
        return None


def _counts(opened: dbapi2.Connection) -> Mapping[str, int]:
    tables = {row[0] for row in opened.execute("select name from sqlite_master where type='table'")}
    return {
        table: opened.execute(f"select count(*) from {table}").fetchone()[0]
        for table in COUNTED
        if table in tables
    }


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text.partition(" (")[0], STAMP)  # noqa: DTZ007 - the owner's own clock
    except ValueError:
        return None


def _escaped(stem: str) -> str:
    return "".join(f"[{sign}]" if sign in "[]*?" else sign for sign in stem)
