"""The types of use cases: a query is a function, a command is a value."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Concatenate, Generic, ParamSpec, Protocol, TypeVar

from db.domain.ids import ChangeId, ClientId

# The window is painted before the ORM is imported, and needs the words of this module for that.
if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, SQLColumnExpression
    from sqlalchemy.orm import Session

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a query reads with: a session, and the day it answers for.

    `is_current` says that this is the real day, not a chosen one: then lists also show rows dated
    later, so that they can be corrected.
    """

    session: "Session"
    as_of: date
    is_current: bool = False

    def covers(
        self, day: "SQLColumnExpression[date] | SQLColumnExpression[date | None]"
    ) -> "ColumnElement[bool]":
        """Return the condition under which a row dated by this column is listed.

        Only for lists of rows: sums and statuses never count rows after `as_of`.
        """
        from sqlalchemy import true  # noqa: PLC0415 - see above

        return true() if self.is_current else day <= self.as_of


@dataclass(frozen=True, slots=True)
class Writing:
    """What a command writes with: a session, its change in the journal, and the day it is done."""

    session: "Session"
    change_id: ChangeId
    today: date

    @property
    def reading(self) -> Reading:
        """Return the same session and day for a query."""
        return Reading(self.session, self.today)


# One use case that reads. Its result holds no session.
Query = Callable[Concatenate[Reading, P], T]


# Some clients by id; None stands for all of them.
ClientScope = frozenset[ClientId] | None


class Touched(StrEnum):
    """What a command may touch; a view reads again what it shows of this."""

    CARDS = "cards"
    RELATIONS = "relations"
    AGREEMENTS = "agreements"
    PURCHASES = "purchases"
    PRODUCTS = "products"
    CONTACTS = "contacts"
    TASKS = "tasks"
    LOSSES = "losses"
    OFFERS = "offers"
    FIELDS = "fields"
    SETTINGS = "settings"
    # Derived: purchases and contacts of a client summed up, with statuses; what a card lacks.
    FACTS = "facts"
    GAPS = "gaps"


@dataclass(frozen=True, slots=True)
class Changes:
    """What a command touched and of which clients; what was computed again counts as touched."""

    touched: frozenset[Touched] = frozenset()
    client_ids: ClientScope = frozenset()

    def concerns(self, client_id: ClientId) -> bool:
        """Say whether a client may have been touched."""
        return self.client_ids is None or client_id in self.client_ids


class Command(Protocol[T_co]):
    """One use case that writes. Implementations are frozen dataclasses in db.commands.

    A command checks its values and writes rows. `ClientBase.do` records every row written, for
    undo and history, refreshes the derived tables and collects the changes for the views.
    """

    def run(self, writing: Writing) -> T_co: ...


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T_co]):
    """The result of a command; `change_id` is for `TakeBack`, None if nothing changed."""

    value: T_co
    changes: Changes
    change_id: ChangeId | None = None
