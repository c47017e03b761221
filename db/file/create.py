"""Creating a base, and recognising the file of one."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, create_mock_engine, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import ExecutableDDLElement
from sqlcipher3 import dbapi2

from db.derived import search
from db.errors import Trouble, TroubleError, trouble_of_system
from db.file.base_file import APPLICATION_ID, BaseFile
from db.file.driver_errors import DRIVER_ERRORS, as_trouble
from db.file.leftovers import left_overs
from db.file.whole_base import whole_base
from db.journal.capture import number_tables
from db.schema import Table
from db.schema.base import SCHEMA_VERSION

# The alembic revision of SCHEMA_VERSION; db.file.migrations has the steps that lead to it.
REVISION = "0002"


def create_base(
    target: Path, fill: Callable[[Connection], None] | None = None, key: str | None = None
) -> None:
    """Create a base, empty or filled by `fill`; it appears whole or not at all.

    Of several programs that create a base of this name at once, one succeeds. `key` encrypts it.
    Raises TroubleError EXISTS rather than overwrite anything, and LEFT_OVERS where the log of
    another base stands under the name: SQLite would replay it into this one.
    """
    _demand_free(target)
    try:
        with whole_base(target, replaces=False, key=key) as draft:
            engine = BaseFile(draft, key).draft_engine()
            try:
                with engine.begin() as connection:
                    create_schema(connection)
                    if fill is not None:
                        fill(connection)
            finally:
                engine.dispose()
            _demand_free(target)
    except (OSError, DBAPIError, dbapi2.Error) as error:
        raise as_trouble(error) or error from error


def _demand_free(target: Path) -> None:
    if target.exists():
        raise TroubleError(Trouble.EXISTS, str(target))
    if beside := left_overs(target):
        raise TroubleError(Trouble.LEFT_OVERS, str(beside[0]))


def create_schema(connection: Connection) -> None:
    """Create every table and index of a base, and its header marks, in an empty file."""
    for statement in _statements():
        connection.exec_driver_sql(statement)
    connection.execute(text(search.CREATE))
    number_tables(connection)
    # As alembic creates it, so that new and upgraded bases have the same schema.
    connection.execute(
        text(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
            " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
    )
    connection.execute(
        text("insert into alembic_version values (:revision)"), {"revision": REVISION}
    )
    connection.execute(text(f"pragma application_id = {APPLICATION_ID}"))
    connection.execute(text(f"pragma user_version = {SCHEMA_VERSION}"))


@cache
def _statements() -> tuple[str, ...]:
    """Return what creates tables and indexes, written once a process: half the time of a base."""
    made: list[str] = []

    def write(statement: ExecutableDDLElement, *_: object) -> None:
        made.append(str(statement.compile(dialect=sqlite.dialect())))

    Table.metadata.create_all(create_mock_engine("sqlite://", write), checkfirst=False)
    return tuple(made)


def demand_base(path: Path, key: str | None = None) -> int:
    """Return the schema version of a base; an older one must be upgraded before use.

    Raises TroubleError unless the file is a base that this version of the program can open.
    """
    try:
        if path.is_dir():
            raise TroubleError(Trouble.IS_A_FOLDER, str(path))
        size = path.stat().st_size
    except FileNotFoundError:
        raise TroubleError(Trouble.MISSING, str(path)) from None
    except OSError as error:
        raise trouble_of_system(error) or error from error
    if not size:
        raise TroubleError(Trouble.EMPTY_FILE, str(path))
    try:
        application, version = BaseFile(path, key).marks()
    except DRIVER_ERRORS as error:
        raise as_trouble(error, path) or error from error
    if application != APPLICATION_ID:
        raise TroubleError(Trouble.NOT_A_BASE, str(path))
    if version > SCHEMA_VERSION:
        raise TroubleError(Trouble.NEWER, str(path))
    return version
