"""Erasing clients for good, with all their rows and history."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Table, delete, or_, select, text
from sqlalchemy.orm import Session

from db.domain.ids import ClientId
from db.errors import Trouble, TroubleError
from db.journal.change import stop_recording
from db.journal.erase import erase_images
from db.journal.tables import recorded_tables
from db.outcome import Writing
from db.progress import SILENT, Progress, in_batches
from db.schema import Client


@dataclass(frozen=True, slots=True)
class EraseClients:
    """Erase clients with all their rows and their images in the journal; can't be undone.

    Raises TroubleError NO_SUCH_CLIENT.
    """

    client_ids: tuple[ClientId, ...]

    def run(self, writing: Writing) -> int:
        """Return how many were erased."""
        session = writing.session
        ids = list(dict.fromkeys(self.client_ids))
        for client_id in ids:
            if session.get(Client, client_id) is None:
                raise TroubleError(Trouble.NO_SUCH_CLIENT, str(client_id))
        _erase(writing, ids)
        return len(ids)


@dataclass(frozen=True, slots=True)
class EmptyBin:
    """Erase every client in the bin; can't be undone. A bin without cards is no trouble.

    With `only`, those of them alone that are in the bin: a card restored after the question stays.
    """

    only: Collection[ClientId] | None = None
    progress: Progress = SILENT

    def run(self, writing: Writing) -> int:
        """Return how many were erased."""
        in_bin = select(Client.id).where(Client.deleted_at.is_not(None))
        wanted = None if self.only is None else frozenset(self.only)
        ids = [
            ClientId(client_id)
            for client_id in writing.session.scalars(in_bin)
            if wanted is None or client_id in wanted
        ]
        _erase(writing, ids, self.progress)
        return len(ids)


def _erase(writing: Writing, client_ids: Collection[ClientId], progress: Progress = SILENT) -> None:
    session = writing.session
    ids = list(client_ids)
    stop_recording(session)
    session.execute(text("pragma defer_foreign_keys = on"))
    for part in in_batches(ids, progress):
        for table in reversed(recorded_tables()):
            _erase_rows(session, table, part)
        erase_images(session, writing.change_id, part)


def _erase_rows(session: Session, table: Table, client_ids: Collection[ClientId]) -> None:
    """Delete the rows of a table that belong to these clients, directly or through another row."""
    if table.name == Client.__tablename__:
        session.execute(delete(table).where(table.c.id.in_(client_ids)))
        return
    conditions = []
    for key in table.foreign_keys:
        other = key.column.table
        if other.name == Client.__tablename__:
            conditions.append(key.parent.in_(client_ids))
        elif other is not table and "client_id" in other.c:
            conditions.append(
                key.parent.in_(select(other.c.id).where(other.c.client_id.in_(client_ids)))
            )
    if conditions:
        session.execute(delete(table).where(or_(*conditions)))
