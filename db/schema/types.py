"""Column types for STRICT tables: money in whole kopecks, exact decimals, days, moments, codes."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Integer, Text, TypeDecorator
from sqlalchemy.engine import Dialect


class DamagedValueError(Exception):
    """A stored value that this program can't have written.

    `kind` names the column type, `raw` is the stored value.
    """

    def __init__(self, kind: str, raw: object) -> None:
        super().__init__(kind)  # the log shows no value of a client
        self.kind = kind
        self.raw = raw


# The errors that reading a damaged value ends in.
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)


class Scaled(TypeDecorator[Decimal]):
    """A decimal stored as a whole number of its smallest parts: exact, and sortable.

    Raises ValueError for a value with more decimals.
    """

    impl = Integer
    cache_ok = True

    def __init__(self, places: int) -> None:
        super().__init__()
        self.places = places
        self._parts = Decimal(10) ** places

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        if value is None:
            return None
        scaled = value * self._parts
        whole = int(scaled)
        if whole != scaled:
            raise ValueError(f"{value} has more than {self.places} decimals")
        return whole

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        try:
            return None if value is None else Decimal(value).scaleb(-self.places)
        except UNREADABLE as error:
            raise DamagedValueError("number", value) from error


class Money(Scaled):
    """Kopecks in the file, roubles with two decimals in the program."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(2)


class Exact(Scaled):
    """Quantities, percents and numbers of custom fields: four decimals."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(4)


class Day(TypeDecorator[date]):
    """A plain date as YYYY-MM-DD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        try:
            return None if value is None else date.fromisoformat(value)
        except UNREADABLE as error:
            raise DamagedValueError("day", value) from error


class Moment(TypeDecorator[datetime]):
    """A moment in UTC as ISO text: sortable, and readable in any SQLite tool."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else moment_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        try:
            return None if value is None else datetime.fromisoformat(value)
        except UNREADABLE as error:
            raise DamagedValueError("moment", value) from error


def moment_text(moment: datetime) -> str:
    """Return a moment as the file keeps it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


class Flag(TypeDecorator[bool]):
    """Yes or no, as 1 or 0."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


class Code(TypeDecorator[StrEnum]):
    """A member of a StrEnum, as its value."""

    impl = Text
    cache_ok = True

    def __init__(self, members: type[StrEnum]) -> None:
        super().__init__()
        self.members = members

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else str(self.members(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:
        try:
            return None if value is None else self.members(value)
        except UNREADABLE as error:
            raise DamagedValueError("code", value) from error


class Checked(TypeDecorator[str]):
    """A text that `read` must accept when it is loaded; `kind` names it in an error."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: str, read: Callable[[str], object]) -> None:
        super().__init__()
        self.kind, self.read = kind, read

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        try:
            if value is not None:
                self.read(value)
        except UNREADABLE as error:
            raise DamagedValueError(self.kind, value) from error
        return None if value is None else str(value)


def read_birthday(text: str) -> date:
    """Read YYYY-MM-DD, or --MM-DD as a day of a leap year. Raises ValueError."""
    return date.fromisoformat(text.replace("--", "2000-", 1))
