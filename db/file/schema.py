"""The schema of a file, the declared one, and parts that other programs added."""

from collections.abc import Iterator

from sqlcipher3 import dbapi2

from db.file.base_file import memory_engine
from db.file.create import create_schema
from db.schema import Table


def schema_of(opened: dbapi2.Connection) -> dict[str, str]:
    """Return the SQL of the tables, indexes and triggers of a file, by name."""
    rows = opened.execute(
        "select name, sql from sqlite_master"
        " where name not like 'sqlite_%' and name not like 'client_search_%'"
    )
    return {name: _plain(sql) for name, sql in rows}


def declared_schema() -> dict[str, str]:
    """Return the same for a base that this version creates."""
    engine = memory_engine()
    try:
        with engine.connect() as connection:
            create_schema(connection)
            return schema_of(connection.connection.driver_connection)
    finally:
        engine.dispose()


def foreign_parts(opened: dbapi2.Connection) -> Iterator[str]:
    """Yield the names of parts that another program added and that would act on our rows.

    Those are triggers, unique indexes on our tables, tables that refer to ours, and views with
    the name of one of ours. Other tables, indexes and views are never read and do no harm.
    """
    ours = Table.metadata.tables
    indexes = {index.name for table in ours.values() for index in table.indexes}
    rows = opened.execute("select type, name, tbl_name, sql from sqlite_master").fetchall()
    for kind, name, table, sql in rows:
        if kind == "trigger":
            yield name
        elif kind == "index":
            unique = sql is not None and sql.casefold().startswith("create unique")
            if unique and table in ours and name not in indexes:
                yield name
        elif name in ours:
            if kind != "table":
                yield name
        elif kind == "table" and _refers_to(opened, name, frozenset(ours)):
            yield name


def _refers_to(opened: dbapi2.Connection, table: str, ours: frozenset[str]) -> bool:
    parents = opened.execute('select "table" from pragma_foreign_key_list(?)', (table,))
    return any(parent in ours for (parent,) in parents)


def _plain(sql: str | None) -> str:
    """Return SQL without quotes and with single blanks, so that equal statements compare equal."""
    return " ".join((sql or "").replace('"', "").replace("(", " ( ").replace(")", " ) ").split())
