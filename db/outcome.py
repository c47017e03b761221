"""The shape of every use case: a query is a function, a command is a value."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, Generic, ParamSpec, Protocol, TypeVar

from sqlalchemy.orm import Session

from db.domain.ids import ChangeId, ClientId

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


# One use case that reads: a function of a session whose result holds no session.
Query = Callable[Concatenate[Session, P], T]


@dataclass(frozen=True, slots=True)
class Changes:
    """What was touched, so that each view can decide whether to look again."""

    tables: frozenset[str] = frozenset()
    # None: more clients than are worth naming.
    client_ids: frozenset[ClientId] | None = frozenset()


class Command(Protocol[T_co]):
    """One use case that writes. Implementations are frozen dataclasses in db.commands.

    A command checks its rules and writes rows. The way back, the history, the derived tables and
    the news for the views are the door's work: `ClientBase.do` records every row written.
    """

    def run(self, session: Session) -> T_co: ...


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T_co]):
    """What became of a command; `change_id` is what `TakeBack` wants, None if nothing changed."""

    value: T_co
    changes: Changes
    change_id: ChangeId | None = None
