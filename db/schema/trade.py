"""What happens with a client: products, purchases, interactions, tasks, losses."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from db.domain.churn import LossState
from db.domain.text import fold
from db.domain.trade import InteractionKind
from db.schema.base import STRICT, Stamped, Table
from db.schema.types import Code, Exact


class Product(Table):
    """A product or service; a service has a usual cycle."""

    __tablename__ = "product"
    __table_args__ = (Index("ix_product_name_key", "name_key"), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str]
    unit: Mapped[str | None]
    price: Mapped[Decimal | None]
    cost: Mapped[Decimal | None]
    usual_cycle_days: Mapped[int | None]
    deleted_at: Mapped[datetime | None]

    @validates("name")
    def _keep_key(self, _: str, name: str) -> str:
        self.name_key = fold(name)
        return name


class Purchase(Table):
    """One sale; a negative amount is a refund. Cost is None where it is not known."""

    __tablename__ = "purchase"
    __table_args__ = (
        Index("ix_purchase_client_day", "client_id", "day"),
        # Sums of a period are read from this index alone.
        Index("ix_purchase_day", "day", "client_id", "amount"),
        Index("ix_purchase_product", "product_id", "client_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    day: Mapped[date]
    amount: Mapped[Decimal]
    cost: Mapped[Decimal | None]
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"))
    channel: Mapped[str | None]
    responsible: Mapped[str | None]
    note: Mapped[str | None]
    # A hash of the imported row: the same file loaded twice adds nothing.
    import_key: Mapped[str | None]


class PurchaseLine(Table):
    __tablename__ = "purchase_line"
    __table_args__ = (
        Index("ix_purchase_line_purchase", "purchase_id"),
        Index("ix_purchase_line_client", "client_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    purchase_id: Mapped[int] = mapped_column(ForeignKey("purchase.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"))
    text: Mapped[str | None]
    quantity: Mapped[Decimal] = mapped_column(Exact, default=Decimal(1))
    amount: Mapped[Decimal]
    cost: Mapped[Decimal | None]


class Interaction(Table):
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


class Task(Stamped, Table):
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
    """A row of Today put off: it comes back on that day."""

    __tablename__ = "snooze"
    __table_args__ = (Index("uq_snooze_client_kind", "client_id", "kind", unique=True), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    kind: Mapped[str]
    until: Mapped[date]


class LossEpisode(Table):
    """One time a client was lost. Opened by the owner's first step, closed by what ended it.

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
    by_himself: Mapped[bool] = mapped_column(default=False)


class LossAttempt(Table):
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
