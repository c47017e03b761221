# ruff: noqa: S608 - every name put into SQL here is ours
"""The check of a base: pages, values, links, schema and derived tables."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from db.derived import gaps, past_facts, search
from db.errors import Trouble
from db.file.base_file import BaseFile, engine_of
from db.file.create import demand_base
from db.file.driver_errors import DRIVER_ERRORS, as_trouble
from db.file.schema import declared_schema, schema_of
from db.file.values import damaged_values
from db.progress import in_batches
from db.schema import Client, ClientGap
from db.schema.base import SCHEMA_VERSION

_MOST = 20  # defects of one kind: more add nothing


class DefectKind(StrEnum):
    """What can be wrong with a base. Words live in desktop.cli.care."""

    UNREADABLE = "unreadable"
    BROKEN_PAGE = "broken_page"
    BAD_VALUE = "bad_value"
    BROKEN_LINK = "broken_link"
    SCHEMA = "schema"
    FACTS = "facts"
    GAPS = "gaps"
    SEARCH = "search"


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing wrong with a base; `place` names a table, the id of a client or a page."""

    kind: DefectKind
    place: str


def check(path: Path) -> tuple[Defect, ...]:
    """Return the defects of a base, at most _MOST of a kind; nothing is changed.

    Of a base of an older version, the pages and the links are checked: it is upgraded when it is
    opened. Raises what `demand_base` raises.
    """
    is_older = demand_base(path) < SCHEMA_VERSION
    try:
        with BaseFile(path).reading() as opened:
            broken = tuple(_pages(opened))
            if broken:
                return broken  # other checks can't be trusted then
            if is_older:
                return tuple(_links(opened))
            values, links, schema = (tuple(of(opened)) for of in (_values, _links, _schema))
            # Derived tables can't be computed from damaged values or another schema.
            return (*values, *links, *(schema or (() if values else _derived(opened))))
    except DRIVER_ERRORS as error:
        trouble = as_trouble(error, path)
        if trouble is None or trouble.trouble is Trouble.DAMAGED:
            return (Defect(DefectKind.UNREADABLE, str(error)),)
        raise trouble from error


def _pages(opened: dbapi2.Connection) -> Iterator[Defect]:
    for (message,) in opened.execute(f"pragma integrity_check({_MOST})"):
        if message != "ok":
            yield Defect(DefectKind.BROKEN_PAGE, message)


def _values(opened: dbapi2.Connection) -> Iterator[Defect]:
    with closing(damaged_values(opened)) as values:
        for value in islice(values, _MOST):
            yield Defect(DefectKind.BAD_VALUE, str(value))


def _links(opened: dbapi2.Connection) -> Iterator[Defect]:
    rows = opened.execute("pragma foreign_key_check").fetchmany(_MOST)
    for table, row_id, parent, _ in rows:
        yield Defect(DefectKind.BROKEN_LINK, f"{table} {row_id} → {parent}")


def _schema(opened: dbapi2.Connection) -> Iterator[Defect]:
    actual, declared = schema_of(opened), declared_schema()
    for name in sorted(actual.keys() | declared.keys()):
        if actual.get(name) != declared.get(name):
            yield Defect(DefectKind.SCHEMA, name)


def _derived(opened: dbapi2.Connection) -> Iterator[Defect]:
    with engine_of(opened).connect() as connection, Session(connection) as session:
        yield from _facts(opened)
        yield from _gaps(session)
        yield from _search(opened)


def _facts(opened: dbapi2.Connection) -> Iterator[Defect]:
    opened.execute("pragma query_only = off")  # temporary tables only
    past_facts.made_anew(opened)
    for one, other in (("main", "temp"), ("temp", "main")):
        rows = opened.execute(
            f"select client_id from (select * from {one}.client_fact"
            f" except select * from {other}.client_fact) limit {_MOST}"
        ).fetchall()
        if rows:
            yield from (Defect(DefectKind.FACTS, str(row[0])) for row in rows)
            return


def _gaps(session: Session) -> Iterator[Defect]:
    stored: dict[int, set[int]] = {}
    for client_id, rule_id in session.execute(select(ClientGap.client_id, ClientGap.rule_id)):
        stored.setdefault(client_id, set()).add(rule_id)
    ids = list(session.scalars(select(Client.id).order_by(Client.id)))
    count = 0
    for part in in_batches(ids):
        for client_id, rule_ids in gaps.computed(session, part):
            if rule_ids != stored.get(client_id, set()) and count < _MOST:
                count += 1
                yield Defect(DefectKind.GAPS, str(client_id))


def _search(opened: dbapi2.Connection) -> Iterator[Defect]:
    search.shadow(opened)
    for name, place, table in (
        ("stored", "main", "client_search"),
        ("computed", "temp", "made_search"),
    ):
        opened.execute(
            f"create virtual table temp.{name}_words using fts5vocab({place}, {table}, 'instance')"
        )
    client_ids: set[int] = set()
    for one, other in (("stored", "computed"), ("computed", "stored")):
        rows = opened.execute(
            f"select distinct doc from (select doc, term from temp.{one}_words"
            f" except select doc, term from temp.{other}_words) limit {_MOST}"
        )
        client_ids.update(row[0] for row in rows)
    yield from (
        Defect(DefectKind.SEARCH, str(client_id)) for client_id in sorted(client_ids)[:_MOST]
    )
