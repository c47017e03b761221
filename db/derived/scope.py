# ruff: noqa: S608 - every name put into SQL here is ours
"""The clients a derived table is made again for, as an SQL condition."""

import json
from collections.abc import Set as AbstractSet

from db.domain.ids import ClientId

Parameters = tuple[int | str, ...]


def among(column: str, client_ids: AbstractSet[ClientId] | None) -> tuple[str, Parameters]:
    """Return a condition with its parameters; None means every client."""
    if client_ids is None:
        return "1", ()
    if len(client_ids) == 1:
        return f"{column} = ?", tuple(client_ids)
    return f"{column} in (select value from json_each(?))", (json.dumps(sorted(client_ids)),)
