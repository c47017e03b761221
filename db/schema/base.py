"""The base class of tables: STRICT, named constraints, column types, time stamps."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from db.schema.types import Day, Flag, Moment, Money

SCHEMA_VERSION = 2

# AUTOINCREMENT: an id is never used twice, so an image in the journal belongs to one row.
STRICT = {"sqlite_strict": True, "sqlite_autoincrement": True}
# A derived table can be computed from the others at any time.
DERIVED: dict[str, Any] = {"sqlite_strict": True, "info": {"derived": True, "recorded": False}}
# Not recorded in the journal: the journal itself, and numbers never given twice.
UNRECORDED: dict[str, Any] = {"sqlite_strict": True, "info": {"recorded": False}}
# A column that only grows: undo gives the row a new value instead of the old one.
COUNTER: dict[str, Any] = {"counter": True}
# A column that every save of a row writes: the journal keeps it with the columns it came with.
STAMP: dict[str, Any] = {"stamp": True}


class Table(DeclarativeBase):
    """A table whose rows the journal records, unless its arguments say DERIVED or UNRECORDED.

    Decimal columns are money (kopecks); quantities and percents name `Exact` themselves.
    """

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012
        str: Text,
        bool: Flag,
        date: Day,
        datetime: Moment,
        Decimal: Money,
    }


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


class Stamped:
    """When a row was made and last changed, UTC."""

    created_at: Mapped[datetime] = mapped_column(default=now, sort_order=90)
    modified_at: Mapped[datetime] = mapped_column(
        default=now, onupdate=now, sort_order=91, info=STAMP
    )
