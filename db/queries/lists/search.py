# ruff: noqa: S608 - every name put into SQL here is ours
"""Whom a text finds: the search index as a condition of a list, and the first clients found."""

import json
from array import array

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    func,
    literal_column,
    select,
    text,
)
from sqlalchemy.orm import Session

from db.derived.search import match
from db.queries.lists.order import ids_of

# So many hits are looked up and sorted one by one; of more, the list is walked in its order.
FEW = 1000
# Among so many clients of a list, for each one wanted, the first hits are looked for.
_CLIENTS_FOR_ONE = 50

_HITS = text("select rowid from client_search where client_search match :question")


def is_found(session: Session, typed: str, owner: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """Return the condition that what was typed finds a client, whose id is `owner`."""
    question = match(typed)
    if question is None:
        return literal_column("0")
    few = _few(session, question)
    if few is not None:
        return owner.in_(_listed(few))
    # The sum keeps SQLite from looking the hits up one by one and sorting them.
    return (owner + 0).in_(_HITS.bindparams(question=question))


def first_found(
    session: Session,
    typed: str,
    by_name: Select[int],
    owner: SQLColumnExpression[int],
    limit: int,
) -> "array[int]":
    """Return the first clients of a list whom what was typed finds.

    One letter finds up to all clients: then they are among the first of the list, and only those
    are compared with the index.
    """
    question = match(typed)
    if question is not None and _few(session, question) is None:
        first = ids_of(session, by_name.limit(limit * _CLIENTS_FOR_ONE))
        hits = set(
            session.scalars(
                text(f"{_HITS.text} and +rowid in (select value from json_each(:ids))").bindparams(
                    question=question, ids=json.dumps(list(first))
                )
            )
        )
        if len(hits) >= limit:
            return array("q", [client_id for client_id in first if client_id in hits][:limit])
    return ids_of(session, by_name.where(is_found(session, typed, owner)).limit(limit))


def _few(session: Session, question: str) -> list[int] | None:
    """Return all hits, None where they are more than FEW."""
    hits = session.scalars(
        text(f"{_HITS.text} limit {FEW + 1}").bindparams(question=question)
    ).all()
    return None if len(hits) > FEW else list(hits)


def _listed(ids: list[int]) -> Select[int]:
    """Return ids as a question: so many may be found that they are no parameters any more."""
    return select(func.json_each(json.dumps(list(ids))).table_valued("value").c.value)
