"""The whole content of a base, for comparing two moments of it."""

from typing import Any

from sqlalchemy import select, text

from db.journal.tables import is_counter
from db.outcome import Reading
from db.schema import FactDay, Table


def content(reading: Reading) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of the recorded and derived tables, without counters.

    Undo gives a counter a new value; what the journal keeps of itself differs as well, and the day
    of the year's sums is that of the first save of a day.
    """
    return {
        table.name: [
            tuple(row)
            for row in reading.session.execute(
                select(*(column for column in table.columns if not is_counter(column))).order_by(
                    *table.primary_key
                )
            )
        ]
        for table in Table.metadata.sorted_tables
        if table.info.get("recorded", True) or table.info.get("derived")
        if table is not FactDay.__table__
    }


def found(reading: Reading, question: str) -> list[int]:
    """Return what the search index says to a question in its own language."""
    asked = text("select rowid from client_search where client_search match :q order by rowid")
    return list(reading.session.scalars(asked, {"q": question}))
