"""Bringing a base made by an older version up to this one: on a copy, which must pass first."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, inspect, text
from sqlcipher3 import dbapi2

from db.errors import Trouble, TroubleError, as_trouble
from db.file import backup
from db.file.create import REVISION, SCHEMA_VERSION
from db.file.engine import connect
from db.file.whole_file import whole_file

_SCRIPTS = Path(__file__).parent / "migrations"
VERSIONS = _SCRIPTS / "versions"
_BUSY_MS = 300


def bring_up_to_date(path: Path) -> None:
    """Bring an older base up to this version's schema.

    The base stays as it is until its copy has been brought up and has passed: whole, with every
    link, row and kopeck of before. A copy of the older base is kept among its copies. Raises
    TroubleError BUSY when somebody has the base open, DAMAGED when the copy did not pass.
    """
    backup.settle(path)
    backup.make_copy(path)
    try:
        with whole_file(path) as draft:
            with closing(connect(path, wal=False)) as held:
                held.execute(f"pragma busy_timeout = {_BUSY_MS}")
                # Nobody may write to the base that is about to be replaced.
                held.execute("begin immediate")
                backup.copy_quietly(path, draft)
                upgrade(draft)
            backup.verify(draft, path)
    except dbapi2.Error as error:
        raise as_trouble(error, path) or error from error


def upgrade(draft: Path) -> None:
    """Run the revisions a file lacks. Raises TroubleError DAMAGED when it lost anything."""
    engine = create_engine(
        "sqlite+pysqlite://", module=dbapi2, creator=lambda: connect(draft, wal=False)
    )
    try:
        with engine.connect() as connection:
            before = _sums(connection)
            connection.rollback()
            # Making a table anew would take its children along; a no-op inside a transaction.
            connection.exec_driver_sql("pragma foreign_keys = off")
            connection.rollback()
            config = Config()
            config.set_main_option("script_location", str(_SCRIPTS))
            config.set_main_option("version_locations", str(VERSIONS))
            config.set_main_option("path_separator", "newline")
            config.attributes["connection"] = connection
            command.upgrade(config, REVISION)
            connection.commit()
            _demand_whole(connection, before, draft)
            connection.exec_driver_sql(f"pragma user_version = {SCHEMA_VERSION}")
            connection.commit()
    finally:
        engine.dispose()


def _demand_whole(
    connection: Connection, before: Mapping[str, tuple[int, ...]], draft: Path
) -> None:
    after = _sums(connection)
    lost = [table for table, sums in before.items() if table in after and after[table] != sums]
    broken = connection.exec_driver_sql("pragma foreign_key_check").fetchall()
    if lost or broken:
        found = ", ".join(lost) or str(broken[0][0])
        raise TroubleError(Trouble.DAMAGED, str(draft)) from dbapi2.DatabaseError(found)


def _sums(connection: Connection) -> dict[str, tuple[int, ...]]:
    """Return, for every table, how many rows it has and what its purchases and lines add up to."""
    found: dict[str, tuple[int, ...]] = {}
    for table in inspect(connection).get_table_names():
        if table.startswith(("client_search", "alembic_version")):
            continue
        columns = {column["name"] for column in inspect(connection).get_columns(table)}
        sums = "".join(f", total({money})" for money in ("amount", "cost") if money in columns)
        row = connection.execute(text(f"select count(*){sums} from {table}")).one()  # noqa: S608
        found[table] = tuple(int(number) for number in row)
    return found
