# ruff: noqa: S608 - every name put into SQL here was read from the file
"""Upgrading a base of an older version, on a copy that must pass a check first."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, inspect
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from db.derived.refresh import rebuild
from db.errors import Trouble, TroubleError
from db.file import backup
from db.file.base_file import BaseFile, memory_engine
from db.file.create import REVISION
from db.file.schema import declared_schema, foreign_parts, schema_of
from db.file.whole_base import troubles_of, whole_base
from db.progress import SILENT, Progress
from db.schema import Table
from db.schema.base import SCHEMA_VERSION

_SCRIPTS = Path(__file__).parent / "migrations"
VERSIONS = _SCRIPTS / "versions"
_BATCH = 5000
_REMADE_AFTER = frozenset({"view", "index"})


class RevisionError(Exception):
    """A revision does not lead to the declared schema: a bug of this program."""


@dataclass(frozen=True, slots=True)
class _Foreign:
    """A part of the schema that another program added: table, view or index, and its SQL."""

    kind: str
    sql: str


@dataclass(frozen=True, slots=True)
class _Content:
    """The columns of a table, and a checksum of all its rows in the order of their ids."""

    columns: tuple[str, ...]
    rows: bytes


def bring_up_to_date(path: Path, today: date, progress: Progress = SILENT) -> None:
    """Bring an older base up to this version's schema.

    The base stays as it is until its upgraded copy has passed: undamaged, with every link, and
    with every row of the tables that no revision declares to change. The older base is kept among
    the copies. Raises TroubleError BUSY when the base is open, FOREIGN as `upgrade` does, DAMAGED
    when the copy did not pass.
    """
    backup.settle(path)
    backup.make_copy(path)
    with troubles_of(path), whole_base(path, replaces=True) as draft:
        with BaseFile(path).draft() as older:
            older.execute(f"pragma busy_timeout = {backup.BUSY_MS}")
            # No other program may write to the base that is about to be replaced.
            older.execute("begin immediate")
            backup.copy_quietly(path, draft)
            try:
                upgrade(draft, today, progress)
            except TroubleError as error:
                detail = error.detail.replace(str(draft), str(path))
                raise TroubleError(error.trouble, detail) from (error.__cause__ or error)
        backup.verify(draft, path)


def upgrade(draft: Path, today: date, progress: Progress = SILENT) -> None:
    """Run the revisions a file lacks, then make its derived tables again, as of `today`.

    A revision module may name the tables whose rows it changes, and those it drops:
    `CHANGES = frozenset({"offer"})`. Every other table keeps every row as it was; new columns may
    be added to it. Derived tables are not compared: they are computed again. Tables, views and
    indexes of other programs that do not act on our rows stay.

    Raises TroubleError FOREIGN for those that do, DAMAGED when the schema was not that of its
    revision, another row was changed or a link is broken, RevisionError when the schema is not the
    declared one afterwards.
    """
    # Batch mode recreates tables; with foreign keys on, DROP cascades.
    engine = BaseFile(draft).draft_engine(foreign_keys=False)
    try:
        with engine.connect() as connection:
            config = _config(connection)
            revision = _revision(connection)
            foreign = _demand_own_schema(connection, revision, draft)
            before = _contents(connection)
            changing = _declared_changes(config, revision)
            with _without(connection, foreign):
                command.upgrade(config, REVISION)
                _demand_declared_schema(connection, foreign)
            with Session(connection) as session:
                rebuild(session, today, progress)
                session.flush()
            _demand_whole(connection, before, changing, draft)
            connection.exec_driver_sql(f"pragma user_version = {SCHEMA_VERSION}")
            connection.commit()
    finally:
        engine.dispose()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.set_main_option("version_locations", str(VERSIONS))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    return config


def _revision(connection: Connection) -> str | None:
    """Return the revision of a file; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.exec_driver_sql(
        "select version_num from alembic_version"
    ).scalar()
    return revision


def _demand_own_schema(
    connection: Connection, revision: str | None, draft: Path
) -> Mapping[str, _Foreign]:
    """Return what other programs added to a file of this revision, by name.

    Raises TroubleError FOREIGN where it would act on our rows, DAMAGED where a part of ours is
    not as it was made.
    """
    opened = connection.connection.cursor().connection
    try:
        actual, expected = schema_of(opened), _schema_at(revision)
    except CommandError as error:  # there is no such revision
        raise TroubleError(Trouble.DAMAGED, f"{draft}: alembic_version") from error
    for name in foreign_parts(opened):
        if name not in expected:
            raise TroubleError(Trouble.FOREIGN, f"{draft}: {name}")
    for name, sql in expected.items():
        if actual.get(name) != sql:
            raise TroubleError(Trouble.DAMAGED, f"{draft}: {name}")
    rows = opened.execute("select name, type, sql from sqlite_master").fetchall()
    added = actual.keys() - expected.keys()
    return {name: _Foreign(kind, sql) for name, kind, sql in rows if name in added}


def _schema_at(revision: str | None) -> Mapping[str, str]:
    """Return the schema that the revisions up to this one make."""
    engine = memory_engine()
    try:
        with engine.connect() as connection:
            if revision is not None:
                command.upgrade(_config(connection), revision)
            return schema_of(connection.connection.driver_connection)
    finally:
        engine.dispose()


@contextmanager
def _without(connection: Connection, foreign: Mapping[str, _Foreign]) -> Iterator[None]:
    """Drop foreign views and indexes, and make them again where they still fit.

    Batch mode drops the indexes of a table it recreates, and fails where a view reads it.
    """
    for name, part in foreign.items():
        if part.kind in _REMADE_AFTER:
            quoted = name.replace('"', '""')
            connection.exec_driver_sql(f'drop {part.kind} "{quoted}"')
    yield
    for part in foreign.values():
        if part.kind in _REMADE_AFTER:
            with suppress(OperationalError):  # it names a column that is gone
                connection.exec_driver_sql(part.sql)


def _declared_changes(config: Config, present: str | None) -> frozenset[str]:
    """Return the tables that the pending revisions declare to change."""
    scripts = ScriptDirectory.from_config(config)
    named: frozenset[str] = frozenset()
    for script in scripts.iterate_revisions(REVISION, present or "base"):
        named |= getattr(script.module, "CHANGES", frozenset())
    return named


def _demand_declared_schema(connection: Connection, foreign: Collection[str]) -> None:
    actual, declared = schema_of(connection.connection.driver_connection), declared_schema()
    names = sorted((actual.keys() | declared.keys()) - set(foreign))
    wrong = [name for name in names if actual.get(name) != declared.get(name)]
    if wrong:
        raise RevisionError(f"not as declared after the upgrade: {', '.join(wrong)}")


def _demand_whole(
    connection: Connection,
    before: Mapping[str, _Content],
    changing: frozenset[str],
    draft: Path,
) -> None:
    tables = set(inspect(connection).get_table_names())
    changed = [
        name
        for name, content in before.items()
        if name not in changing
        and (name not in tables or _content(connection, name, content.columns) != content)
    ]
    broken = connection.exec_driver_sql("pragma foreign_key_check").fetchall()
    if changed or broken:
        cause = dbapi2.DatabaseError(f"changed: {', '.join(changed)}; broken links: {broken[:3]}")
        raise TroubleError(Trouble.DAMAGED, str(draft)) from cause


def _contents(connection: Connection) -> dict[str, _Content]:
    """Return the content of every table that is not derived."""
    inspector = inspect(connection)
    return {
        name: _content(
            connection, name, tuple(column["name"] for column in inspector.get_columns(name))
        )
        for name in inspector.get_table_names()
        if not _is_remade(name)
    }


def _is_remade(table: str) -> bool:
    if table.startswith(("client_search", "alembic_version")):
        return True
    declared = Table.metadata.tables.get(table)
    return declared is not None and bool(declared.info.get("derived"))


def _content(connection: Connection, table: str, columns: tuple[str, ...]) -> _Content:
    present = {column["name"] for column in inspect(connection).get_columns(table)}
    kept = tuple(column for column in columns if column in present)
    digest = blake2b(digest_size=16)
    for row in _rows(connection, table, kept):
        digest.update(repr(row).encode())
    return _Content(kept, digest.digest())


def _rows(
    connection: Connection, table: str, columns: tuple[str, ...]
) -> Iterator[tuple[object, ...]]:
    names = ", ".join(f'"{column}"' for column in columns)
    cursor = connection.connection.cursor()
    (without_rowid,) = cursor.execute(
        "select wr from pragma_table_list(?) where schema = 'main'", (table,)
    ).fetchone()
    order = names if without_rowid else "rowid"
    cursor.execute(f'select {names} from "{table}" order by {order}')
    while rows := cursor.fetchmany(_BATCH):
        yield from rows
