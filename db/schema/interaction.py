"""Contacts with a client."""

from datetime import date

from sqlalchemy import ColumnElement, ForeignKey, Index, or_, text
from sqlalchemy.orm import Mapped, mapped_column

from db.domain.trade import InteractionKind
from db.schema.base import STRICT, Table
from db.schema.types import Code


class Interaction(Table):
    """One contact; `nps` is 0 to 10, `is_open` and `closed_on` are for complaints."""

    __tablename__ = "interaction"
    __table_args__ = (
        Index("ix_interaction_client_day", "client_id", "day"),
        Index("ix_interaction_day", "day"),
        Index("ix_interaction_open", "client_id", sqlite_where=text("is_open = 1")),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    day: Mapped[date]
    kind: Mapped[InteractionKind] = mapped_column(Code(InteractionKind))
    text: Mapped[str | None]
    nps: Mapped[int | None]
    is_open: Mapped[bool] = mapped_column(default=False)
    closed_on: Mapped[date | None]

    @classmethod
    def open_on(cls, day: date) -> ColumnElement[bool]:
        """Return the condition that a complaint is open on a day: closed later, it still was."""
        return or_(cls.is_open, cls.closed_on > day)


# `open_on` of a complaint for the driver; the parameter is the day.
OPEN_COMPLAINT = "kind = 'complaint' and (is_open = 1 or closed_on > ?)"
