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
from db.create import SCHEMA_VERSION, demand_base
from db.derived import facts
from db.engine import forbid_writing, open_engine
from db.errors import as_trouble
from db.outcome import Command, Outcome, Query
from db.returns import settle_returns

P = ParamSpec("P")
T = TypeVar("T")


class ClientBase:
    """An open client base. Every call is one use case in one session of its own.

    Raises TroubleError when the file can't be opened; it is never created here.
    `as_of` fixes the day every question is asked for; None means today, whenever that is.
    """

    def __init__(self, path: Path, *, as_of: date | None = None) -> None:
        self.path = path.absolute()
        self._as_of = as_of
        self._who = _user()
        if demand_base(self.path) < SCHEMA_VERSION:
            from db.migrate import bring_up_to_date  # noqa: PLC0415 - alembic costs 0.6 s, seldom

            bring_up_to_date(self.path)
        self._writer = open_engine(self.path, writes=True)
        self._reader = open_engine(self.path, writes=False)
        event.listen(self._writer, "connect", lambda raw, _: journal.prepare(raw))
        event.listen(self._reader, "connect", lambda raw, _: self._prepare_reader(raw))

    @property
    def as_of(self) -> date:
        return self._as_of or date.today()  # noqa: DTZ011 - a plain date where the owner sits

    def ask(self, query: Query[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a query on a reading connection; what it returns holds no session."""
        try:
            with Session(self._reader) as session:
                return query(session, *args, **kwargs)
        except (DBAPIError, dbapi2.Error) as error:
            raise as_trouble(error) or error from error

    def do(self, command: Command[T]) -> Outcome[T]:
        """Run a command in one transaction: all of it is kept, or none of it."""
        try:
            with Session(self._writer, expire_on_commit=False) as session, session.begin():
                journal.start(session, type(command).__name__, self._who)
                value = command.run(session)
                session.flush()
                settle_returns(session)
                change_id = journal.finish(session)
                changes = journal.touched(session, change_id)
                derived.refresh(session, change_id, changes)
        except (DBAPIError, dbapi2.Error) as error:
            raise as_trouble(error) or error from error
        if self._as_of is not None and change_id is not None:
            self._reader.dispose()  # their facts of a past day are no longer true
        return Outcome(value, changes, change_id)

    def close(self) -> None:
        self._reader.dispose()
        self._writer.dispose()

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
        until = self.as_of.isoformat()
        later = connection.execute(
            "select exists (select 1 from purchase where day > ?)"
            " or exists (select 1 from interaction where day > ?)",
            (until, until),
        ).fetchone()
        if later[0]:
            facts.shadow(connection, until)
        forbid_writing(connection)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
