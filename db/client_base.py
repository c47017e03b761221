"""The one door to the data: open a base, ask it things, do things to it."""

import getpass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from db import derived, journal
from db.commands.returns import settle_returns
from db.derived import facts
from db.errors import as_trouble
from db.file.create import SCHEMA_VERSION, demand_base
from db.file.engine import forbid_writing, open_engine
from db.file.whole_file import note_closed, note_open
from db.outcome import Command, Outcome, Query, Reading, Writing

# Tables whose rows are in the facts of clients.
_FACTS_STAND_ON = frozenset({"client", "purchase", "interaction", "product", "setting"})

P = ParamSpec("P")
T = TypeVar("T")


def today() -> date:
    """Return the day it is where the owner sits; nothing else in db asks the clock for it."""
    return date.today()  # noqa: DTZ011 - a plain date where the owner sits


class ClientBase:
    """An open client base. Every call is one use case in one session of its own.

    Raises TroubleError when the file can't be opened; it is never created here.
    `as_of` fixes the day every question is asked for; None means today, whenever that is.
    """

    def __init__(self, path: Path, *, as_of: date | None = None) -> None:
        self.path = path.absolute()
        self._as_of = as_of
        self._who = _user()
        # The day the readers' facts are of, and whether some reader has facts of a past day.
        self._read_on: date | None = None
        self._shadowed = False
        if demand_base(self.path) < SCHEMA_VERSION:
            from db.file.migrate import bring_up_to_date  # noqa: PLC0415 - alembic costs 0.6 s, seldom

            bring_up_to_date(self.path)
        self._mark: tuple[int, int] | None = note_open(self.path)
        self._writer = open_engine(self.path, writes=True)
        self._reader = open_engine(self.path, writes=False)
        event.listen(self._writer, "connect", lambda raw, _: journal.prepare(raw))
        event.listen(self._reader, "connect", lambda raw, _: self._prepare_reader(raw))

    @property
    def as_of(self) -> date:
        return self._as_of or today()

    def ask(self, query: Query[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a query on a reading connection; what it returns holds no session."""
        day = self.as_of
        if self._read_on not in (None, day):
            self._renew_readers()  # midnight has passed
        try:
            with Session(self._reader) as session:
                return query(Reading(session, day, day == today()), *args, **kwargs)
        except (DBAPIError, dbapi2.Error) as error:
            raise as_trouble(error, self.path) or error from error

    def do(self, command: Command[T]) -> Outcome[T]:
        """Run a command in one transaction: all of it is kept, or none of it."""
        try:
            with Session(self._writer, expire_on_commit=False) as session, session.begin():
                own = journal.start(session, type(command).__name__, self._who)
                writing = Writing(session, own, self.as_of)
                value = command.run(writing)
                session.flush()
                settle_returns(writing)
                change_id = journal.finish(session, own)
                changes = journal.touched(session, change_id)
                derived.refresh(session, change_id, changes)
                past = self._is_past(session) if changes.tables & _FACTS_STAND_ON else None
        except (DBAPIError, dbapi2.Error) as error:
            raise as_trouble(error, self.path) or error from error
        if past or (self._shadowed and past is not None):
            self._renew_readers()  # their facts of a past day are no longer true
        return Outcome(value, changes, change_id)

    def close(self) -> None:
        self._reader.dispose()
        self._writer.dispose()
        if self._mark is not None:
            note_closed(self._mark)
            self._mark = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _prepare_reader(self, connection: dbapi2.Connection) -> None:
        self._read_on = self.as_of
        until = self._read_on.isoformat()
        if facts.is_past(connection, until):
            self._shadowed = True
            facts.shadow(connection, until)
        forbid_writing(connection)

    def _is_past(self, session: Session) -> bool:
        return facts.is_past(session.connection().connection, self.as_of.isoformat())

    def _renew_readers(self) -> None:
        self._read_on, self._shadowed = None, False
        self._reader.dispose()


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
