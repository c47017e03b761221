# ruff: noqa: S608 - every name put into SQL here is ours
"""Rows collected for a new base and written in batches: money in kopecks, days as text."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from db.driver import driver_of
from db.records.card_rows import CardContent
from db.records.card_writer import create_cards

_COLUMNS = {
    "relationship": "client_id other_id kind",
    "agreement": "client_id kind percent amount days text from_on",
    "purchase": "id client_id day amount cost product_id channel responsible note",
    "purchase_line": "purchase_id client_id product_id quantity amount cost",
    "interaction": "client_id day kind text nps is_open closed_on",
    "loss_episode": (
        "id client_id lost_on opened_on state reason motive liked disliked improve next_step"
        " next_on leave_reason leave_until closed_on without_attempt"
    ),
    "loss_attempt": "episode_id client_id way day result cost",
    "task": "client_id text due_on done_on created_at modified_at",
    "snooze": "client_id kind until",
}
_ENOUGH = 20_000


class Rows:
    """Collects cards and rows and writes them, parents before children."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._cards: list[CardContent] = []
        self._rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _COLUMNS}
        self._last: dict[str, int] = {}

    def next_id(self, table: str) -> int:
        """Return the id of the next row of a table that other rows refer to."""
        self._last[table] = self._last.get(table, 0) + 1
        return self._last[table]

    def add_card(self, card: CardContent) -> None:
        """Add a card; in a fresh base the cards get the ids 1, 2, 3 …"""
        self._cards.append(card)

    def add(self, table: str, *values: Any) -> None:
        """Add a row; the values stand in the order of the columns above."""
        self._rows[table].append(tuple(_plain(value) for value in values))

    def write(self, *, enough: int = _ENOUGH) -> None:
        """Write the collected rows when there are at least `enough`."""
        if sum(map(len, self._rows.values())) < enough:
            return
        create_cards(self._session, self._cards)
        self._cards.clear()
        driver = driver_of(self._session).cursor()
        for table, rows in self._rows.items():
            columns = _COLUMNS[table].split()
            slots = ", ".join("?" * len(columns))
            driver.executemany(f"insert into {table} ({', '.join(columns)}) values ({slots})", rows)
            rows.clear()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value


def moment(day: date, minute: int = 0) -> datetime:
    """Return a moment of a working day, UTC."""
    return datetime(day.year, day.month, day.day, 3 + minute // 60 % 10, minute % 60, tzinfo=UTC)
