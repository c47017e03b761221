"""Making a new base, and telling a base from any other file."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from db.derived import search
from db.errors import Trouble, TroubleError, as_trouble
from db.file.engine import APPLICATION_ID, connect
from db.file.whole_file import whole_file
from db.schema import Table

SCHEMA_VERSION = 1
# The alembic revision of SCHEMA_VERSION; db.file.migrations has the steps that lead to it.
REVISION = "0001"


def create_base(target: Path, fill: Callable[[Connection], None] | None = None) -> None:
    """Make a base, empty or with what `fill` puts into it; it appears whole or not at all.

    Raises TroubleError EXISTS rather than overwrite anything.
    """
    if target.exists():
        raise TroubleError(Trouble.EXISTS, str(target))
    try:
        with whole_file(target) as draft:
            engine = _draft_engine(draft)
            try:
                with engine.begin() as connection:
                    create_schema(connection)
                    if fill is not None:
                        fill(connection)
            finally:
                engine.dispose()
            if target.exists():
                raise TroubleError(Trouble.EXISTS, str(target))
    except (OSError, DBAPIError, dbapi2.Error) as error:
        raise as_trouble(error) or error from error


def create_schema(connection: Connection) -> None:
    """Make every table, index and mark of a base in an empty file."""
    Table.metadata.create_all(connection)
    connection.execute(text(search.CREATE))
    # As alembic itself would make it, so that a base says the same however it came to be.
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


def _draft_engine(draft: Path) -> Engine:
    # A draft has one connection and no reader beside it: it needs no write-ahead log.
    engine = create_engine(
        "sqlite+pysqlite://", module=dbapi2, creator=lambda: connect(draft, wal=False)
    )
    # One transaction: a commit for every table would wait for the disk each time.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("begin"))
    return engine


def demand_base(path: Path) -> int:
    """Return the schema version of a base; an older one must be brought up before it is used.

    Raises TroubleError unless the file is a base that this version of the program can open.
    """
    try:
        if path.is_dir():
            raise TroubleError(Trouble.IS_A_FOLDER, str(path))
        size = path.stat().st_size
    except FileNotFoundError:
        raise TroubleError(Trouble.MISSING, str(path)) from None
    except OSError as error:
        raise as_trouble(error) or error from error
    if not size:
        raise TroubleError(Trouble.EMPTY_FILE, str(path))
    application, version = _marks(path)
    if application != APPLICATION_ID:
        raise TroubleError(Trouble.NOT_A_BASE, str(path))
    if version > SCHEMA_VERSION:
        raise TroubleError(Trouble.NEWER, str(path))
    return version


def _marks(path: Path) -> tuple[int, int]:
    """Read application_id and user_version without changing the file."""
    try:
        connection = dbapi2.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            (application,) = connection.execute("pragma application_id").fetchone()
            (version,) = connection.execute("pragma user_version").fetchone()
            return application, version
        finally:
            connection.close()
    except dbapi2.Error as error:
        trouble = as_trouble(error)
        if trouble is None:
            raise
        raise TroubleError(trouble.trouble, str(path)) from error
