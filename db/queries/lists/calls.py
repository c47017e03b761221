"""Which clients a call list may name; every list that leaves the program uses this."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, and_, func, select

from db.outcome import Reading
from db.progress import in_batches
from db.queries.lists.clients import ClientRow, ListSpec
from db.queries.segments.statuses import segment_members
from db.queries.winback.board import WinbackRow, WinbackSpec, winback_list
from db.schema import Client, LossEpisode

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Calls(Generic[Row]):
    """The rows that may be called in order, and the numbers of those that may not.

    `asked_not`: "do not contact"; `left_alone`: "do not return".
    """

    rows: Sequence[Row]
    asked_not: int
    left_alone: int


def segment_calls(reading: Reading, spec: ListSpec) -> Calls[ClientRow]:
    """Return the call list of a segment."""
    members = segment_members(reading, spec)
    return _sift(reading, members, lambda row: (row.id, row.do_not_contact))


def winback_calls(reading: Reading, spec: WinbackSpec) -> Calls[WinbackRow]:
    """Return the call list of a part of the win-back list."""
    lost = winback_list(reading, None, spec)
    return _sift(reading, lost, lambda row: (row.client_id, row.do_not_contact))


def may_be_called(as_of: date) -> ColumnElement[bool]:
    """Return the condition that a client is not in the bin, "do not contact" or "do not return"."""
    left_alone = select(LossEpisode.client_id).where(
        LossEpisode.closed_on.is_(None),
        LossEpisode.opened_on <= as_of,
        LossEpisode.left_alone_on(as_of),
    )
    return and_(
        Client.deleted_at.is_(None),
        func.coalesce(Client.do_not_contact, 0) == 0,
        Client.id.not_in(left_alone),
    )


def _sift(
    reading: Reading, rows: Sequence[Row], known: Callable[[Row], tuple[int, bool]]
) -> Calls[Row]:
    ids = [known(row)[0] for row in rows]
    may: set[int] = set()
    for part in in_batches(ids):
        chosen = Client.id.in_(part)
        may.update(
            reading.session.scalars(select(Client.id).where(chosen, may_be_called(reading.as_of)))
        )
    called = [row for row in rows if known(row)[0] in may]
    asked_not = sum(known(row)[1] for row in rows)
    return Calls(called, asked_not, len(rows) - len(called) - asked_not)
