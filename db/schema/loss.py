"""Loss episodes and the attempts to win a client back."""

from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, ForeignKey, Index, and_, or_, text
from sqlalchemy.orm import Mapped, mapped_column

from db.domain.churn import LossState
from db.schema.base import STRICT, Table
from db.schema.types import Code


class LossEpisode(Table):
    """One loss of a client. Opened by the owner's first step, closed by a return or a refusal.

    A return before any step is an episode opened and closed on that day (db.commands.returns).
    """

    __tablename__ = "loss_episode"
    __table_args__ = (
        Index("ix_loss_episode_client", "client_id"),
        Index("ix_loss_episode_open", "client_id", sqlite_where=text("closed_on IS NULL")),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    lost_on: Mapped[date]
    opened_on: Mapped[date]
    state: Mapped[LossState] = mapped_column(Code(LossState))
    reason: Mapped[str | None]
    more_reasons: Mapped[str | None]  # codes, one a line
    motive: Mapped[str | None]  # why return: image, order_size, frequency
    liked: Mapped[str | None]
    disliked: Mapped[str | None]
    improve: Mapped[str | None]
    next_step: Mapped[str | None]
    next_on: Mapped[date | None]
    leave_reason: Mapped[str | None]
    leave_until: Mapped[date | None]  # "do not return" until; None with that state: for good
    closed_on: Mapped[date | None]
    without_attempt: Mapped[bool] = mapped_column(default=False)  # returned on their own

    @classmethod
    def left_alone_on(cls, day: date) -> ColumnElement[bool]:
        """Return the condition that "do not return" is decided and holds on this day."""
        return and_(
            cls.state == LossState.DO_NOT_RETURN,
            or_(cls.leave_until.is_(None), cls.leave_until > day),
        )


class LossAttempt(Table):
    """One attempt to win a client back."""

    __tablename__ = "loss_attempt"
    __table_args__ = (
        Index("ix_loss_attempt_episode", "episode_id"),
        Index("ix_loss_attempt_client", "client_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("loss_episode.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    way: Mapped[str]
    day: Mapped[date]
    result: Mapped[str | None]
    cost: Mapped[Decimal | None]
