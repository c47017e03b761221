"""Business settings of the base."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import STRICT, Table


class Setting(Table):
    """One business setting, as JSON; a missing one has its default."""

    __tablename__ = "setting"
    __table_args__ = (Index("uq_setting_key", "key", unique=True), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    value: Mapped[str]
