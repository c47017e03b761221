# ruff: noqa: S608 - every name put into SQL here is ours
"""Rows on their way into a fresh base, many at a time: money in kopecks, days as text."""

from datetime import date, datetime
from typing import Any

_COLUMNS = {
    "client": (
        "id name name_key sort_key kind full_name inn kpp ogrn birthday address region source"
        " target_group warmth responsible job consent consent_on do_not_contact share_of_wallet"
        " share_of_wallet_on note version created_at modified_at"
    ),
    "client_contact": "client_id kind value key position",
    "contact_person": "client_id name role phone email",
    "client_tag": "client_id tag key",
    "custom_value": "client_id field_id text text_key day",
    "field_answer": "client_id field_key answer answered_on",
    "relationship": "client_id other_id kind",
    "agreement": "client_id kind percent amount days text from_on",
    "purchase": "id client_id day amount cost product_id channel responsible note",
    "purchase_line": "purchase_id client_id product_id quantity amount cost",
    "interaction": "client_id day kind text nps is_open closed_on",
    "loss_episode": (
        "id client_id lost_on opened_on state reason motive liked disliked improve next_step"
        " next_on leave_reason leave_until closed_on by_himself"
    ),
    "loss_attempt": "episode_id client_id way day result cost",
    "task": "client_id text due_on done_on created_at modified_at",
    "snooze": "client_id kind until",
}
_ENOUGH = 20_000


class Rows:
    """Collects rows and writes them, parents before children."""

    def __init__(self, driver: Any) -> None:
        self._driver = driver
        self._rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _COLUMNS}
        self._last: dict[str, int] = {}

    def next_id(self, table: str) -> int:
        """Return the id of the next row of a table whose rows others point at."""
        self._last[table] = self._last.get(table, 0) + 1
        return self._last[table]

    def add(self, table: str, *values: Any) -> None:
        """Add a row; the values stand in the order of the columns above."""
        self._rows[table].append(
            tuple(value.isoformat() if isinstance(value, date) else value for value in values)
        )

    def write(self, *, enough: int = _ENOUGH) -> None:
        """Write what was collected once it is enough to be worth it."""
        if sum(map(len, self._rows.values())) < enough:
            return
        for table, rows in self._rows.items():
            columns = _COLUMNS[table].split()
            slots = ", ".join("?" * len(columns))
            self._driver.executemany(
                f"insert into {table} ({', '.join(columns)}) values ({slots})", rows
            )
            rows.clear()


def moment(day: date, minute: int = 0) -> str:
    """Return a moment of a working day as the base keeps moments: UTC."""
    at = datetime(day.year, day.month, day.day, 3 + minute // 60 % 10, minute % 60)  # noqa: DTZ001 - written as UTC below
    return at.isoformat(timespec="microseconds") + "+00:00"
