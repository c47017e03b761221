# ruff: noqa: S608 - every name put into SQL here is ours
"""The sort key of a client, stored in client_fact beside the columns that lists filter by.

So one index serves a whole list. It is NULL for a client in the bin, which lists do not show.
"""

from collections.abc import Set as AbstractSet

from sqlalchemy.orm import Session

from db.derived.scope import among
from db.domain.ids import ClientId
from db.driver import driver_of
from db.progress import SILENT, Progress

SOURCES = {"client": frozenset({"sort_key", "deleted_at"})}

# The key as SQL, from a row of client.
KEY = "case when deleted_at is null then sort_key end"


def make(
    session: Session, client_ids: AbstractSet[ClientId] | None, progress: Progress = SILENT
) -> None:
    """Write the keys of these clients again; of all of them when None."""
    progress.step(0, 1)
    scope, parameters = among("id", client_ids)
    driver_of(session).execute(
        "update client_fact set sort_key = c.list_key"
        f" from (select id, {KEY} as list_key from client where {scope}) c"
        " where c.id = client_fact.client_id and client_fact.sort_key is not c.list_key",
        parameters,
    )
