"""Tasks, and snoozed entries of Today."""

from datetime import date

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import STRICT, Stamped, Table


class Task(Stamped, Table):
    """A task for a day, with or without a client or an offer."""

    __tablename__ = "task"
    __table_args__ = (
        Index("ix_task_due", "due_on", sqlite_where=text("done_on IS NULL")),
        Index("ix_task_client", "client_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"))
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offer.id"))
    text: Mapped[str]
    due_on: Mapped[date]
    done_on: Mapped[date | None]


class Snooze(Table):
    """An entry of Today hidden until a day."""

    __tablename__ = "snooze"
    __table_args__ = (Index("uq_snooze_client_kind", "client_id", "kind", unique=True), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    kind: Mapped[str]
    until: Mapped[date]
