"""Facts laid over the stored ones on one connection: as of a past day, or as they ought to be."""

from typing import Any

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex

from db.derived.facts import FactWriter
from db.domain.ids import ClientId
from db.records.card_rows import table_of
from db.schema import ClientFact


def is_past(connection: Any, until: str) -> bool:
    """Say whether something in the base lies after this day."""
    (exists,) = connection.execute(
        "select exists (select 1 from purchase where day > ?)"
        " or exists (select 1 from interaction where day > ?)",
        (until, until),
    ).fetchone()
    return bool(exists)


def shadow(connection: Any, until: str) -> None:
    """Lay temporary facts as of a past day over the stored ones, on one reading connection.

    A temporary table hides one of the same name, so every query reads it without knowing. Only
    clients with purchases or contacts after the day have other facts than the stored ones.
    """
    later = connection.execute(
        "select client_id from purchase where day > ?"
        " union select client_id from interaction where day > ?",
        (until, until),
    ).fetchall()
    _lay(connection)
    connection.execute("insert into temp.client_fact select * from main.client_fact")
    ids = frozenset(ClientId(row[0]) for row in later)
    FactWriter(connection, table="temp.client_fact", until=until).make(ids)
    for index in table_of(ClientFact).indexes:
        create = str(CreateIndex(index).compile(dialect=sqlite.dialect()))
        connection.execute(create.replace("CREATE INDEX ", "CREATE INDEX temp."))


def made_anew(connection: Any) -> None:
    """Lay the facts of all clients, as they ought to be, over the stored ones."""
    _lay(connection)
    FactWriter(connection, table="temp.client_fact").make(None)


def _lay(connection: Any) -> None:
    connection.execute("create temp table client_fact as select * from main.client_fact limit 0")
    connection.execute("create index temp.shadow_fact on client_fact (client_id)")
