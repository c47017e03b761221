"""The schema a file has, the one this version declares, and what other programs put beside it."""

from collections.abc import Iterator

from sqlcipher3 import dbapi2

from db.file.base_file import memory_engine
from db.file.create import create_schema
from db.schema import Table


def schema_of(opened: dbapi2.Connection) -> dict[str, str]:
    """Return what a file's tables, indexes and triggers are made by, by name."""
    rows = opened.execute(
        "select name, sql from sqlite_master"
        " where name not like 'sqlite_%' and name not like 'client_search_%'"
    )
    return {name: _plain(sql) for name, sql in rows}


def declared_schema() -> dict[str, str]:
    """Return the same of a base as this version of the program makes it."""
    engine = memory_engine()
    try:
        with engine.connect() as connection:
            create_schema(connection)
            return schema_of(connection.connection.driver_connection)
    finally:
        engine.dispose()


def foreign_parts(opened: dbapi2.Connection) -> Iterator[str]:
    """Yield the names of what another program put into a base and what would act on our rows.

    That is a trigger, a unique index on a table of ours, a table that refers to one of ours, and
    whatever stands in the place of one of our tables. Other tables, indexes and views are never
    read and do no harm.
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
    """Leave out what two ways of writing the same may differ in."""
    return " ".join((sql or "").replace('"', "").replace("(", " ( ").replace(")", " ) ").split())
