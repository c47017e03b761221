"""The whole content of a base, for comparing two moments of it."""

from typing import Any

from sqlalchemy import select, text

from db.outcome import Reading
from db.schema import Table

# What the journal keeps of itself differs after an undo, and a number of an offer is never reused.
_OWN = frozenset({"change", "change_row", "import_run", "offer_counter"})


def content(reading: Reading) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table but the journal's own."""
    return {
        table.name: [
            tuple(row)
            for row in reading.session.execute(select(table).order_by(*table.primary_key))
        ]
        for table in Table.metadata.sorted_tables
        if table.name not in _OWN
    }


def found(reading: Reading, question: str) -> list[int]:
    """Return what the search index says to a question in its own language."""
    asked = text("select rowid from client_search where client_search match :q order by rowid")
    return list(reading.session.scalars(asked, {"q": question}))
