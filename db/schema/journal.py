"""The journal: changes with their images, and the imports."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import SCHEMA_VERSION, UNRECORDED, Table, now
from db.schema.types import Code

_WITHOUT_ROWID = {**UNRECORDED, "sqlite_with_rowid": False}


class ChangeState(StrEnum):
    """What became of a change."""

    DONE = "done"
    UNDONE = "undone"
    # Undone, then overtaken by a newer change: it can't be redone any more.
    DROPPED = "dropped"
    # Made before an upgrade of the base, or about an erased client: readable, not undoable.
    SEALED = "sealed"


class Change(Table):
    """One command that was done. `schema_version` is that of its images."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_state", "state", "id"), UNRECORDED)

    id: Mapped[int] = mapped_column(primary_key=True)
    command: Mapped[str]  # the name of the command: UpdateClient
    who: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
    state: Mapped[ChangeState] = mapped_column(Code(ChangeState), default=ChangeState.DONE)
    undone_at: Mapped[datetime | None]
    schema_version: Mapped[int] = mapped_column(default=SCHEMA_VERSION)


class RecordedTable(Table):
    """The number of a table in the journal: shorter than its name."""

    __tablename__ = "recorded_table"
    __table_args__ = (Index("uq_recorded_table_name", "name", unique=True), UNRECORDED)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class ChangeRow(Table):
    """One row that a change wrote; `image` is the row on the other side of the change.

    `client_id` is the client whom the row concerns; further ones are in ChangeClient.

    While the change is done, that is the row before it: None for a row that did not exist, the
    columns that differ (as JSON) for an updated one, all columns with `id` for a deleted one.
    While it is undone, the image is the row after the change, in the same form.
    """

    __tablename__ = "change_row"
    __table_args__ = (Index("ix_change_row_client", "client_id", "change_id"), _WITHOUT_ROWID)

    change_id: Mapped[int] = mapped_column(
        ForeignKey("change.id", ondelete="CASCADE"), primary_key=True
    )
    table_id: Mapped[int] = mapped_column(primary_key=True)
    row_id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int | None]
    image: Mapped[str | None]


class ChangeClient(Table):
    """A further client that a row of a change concerns: a new owner, the other of a relation."""

    __tablename__ = "change_client"
    __table_args__ = (Index("ix_change_client_change", "change_id"), _WITHOUT_ROWID)

    client_id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(
        ForeignKey("change.id", ondelete="CASCADE"), primary_key=True
    )
    table_id: Mapped[int] = mapped_column(primary_key=True)
    row_id: Mapped[int] = mapped_column(primary_key=True)


class ImportRun(Table):
    """One imported file, with the numbers of its rows."""

    __tablename__ = "import_run"
    __table_args__ = (UNRECORDED,)

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int | None] = mapped_column(ForeignKey("change.id", ondelete="SET NULL"))
    kind: Mapped[str]
    file_name: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
    rows: Mapped[int]
    created: Mapped[int]
    updated: Mapped[int]
    skipped: Mapped[int]
    rejected: Mapped[int]
