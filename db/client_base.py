"""The only access to the data: open a base, ask queries, do commands."""

import getpass
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from db.commands.returns import settle_returns
from db.derived import facts, past_facts
from db.derived.refresh import refresh
from db.driver import driver_of
from db.errors import Trouble, TroubleError
from db.file.backup import copy_from
from db.file.base_file import BaseFile, forbid_writing
from db.file.create import demand_base
from db.file.driver_errors import DRIVER_ERRORS, as_trouble
from db.file.identity import OpenedFile
from db.file.leftovers import left_overs, set_aside
from db.file.schema import foreign_parts
from db.file.values import damaged_values
from db.file.whole_base import troubles_of, whole_copy
from db.journal.capture import prepare
from db.journal.change import close_change, open_change, written
from db.journal.news import news_of
from db.journal.undo import Swapped
from db.outcome import Changes, Command, Outcome, Query, Reading, Touched, Writing
from db.progress import SILENT, Progress
from db.schema.base import SCHEMA_VERSION
from db.schema.types import UNREADABLE, DamagedValueError

P = ParamSpec("P")
T = TypeVar("T")


def today() -> date:
    """Return the local day; nothing else in db asks the clock for it."""
    return date.today()  # noqa: DTZ011 - the local day is meant


class ClientBase:
    """An open client base. Every call is one use case in one session of its own.

    Raises TroubleError when the file can't be opened; it is never created here.
    `as_of` fixes the day of every query; None is the present day, also after midnight.
    `key` is the password of an encrypted base. `progress` hears of a base that is upgraded.
    """

    def __init__(
        self,
        path: Path,
        *,
        as_of: date | None = None,
        key: str | None = None,
        progress: Progress = SILENT,
    ) -> None:
        self.path = path.absolute()
        self._file = BaseFile(self.path, key)
        self._as_of = as_of
        self._who = _user()
        # The day of the readers' facts, and whether a reader has facts of a past day.
        self._read_on: date | None = None
        self._shadowed = False
        if demand_base(self.path, key) < SCHEMA_VERSION:
            from db.file.migrate import bring_up_to_date  # noqa: PLC0415 - alembic costs 0.6 s, seldom

            bring_up_to_date(self.path, today(), progress)
        self._opened, self._keeper, self._last = self._hold()
        self._is_closed = False
        self._writer = self._file.writer()
        self._reader = self._file.reader()
        event.listen(self._writer, "connect", lambda raw, _: self._prepare_writer(raw))
        event.listen(self._reader, "connect", lambda raw, _: self._prepare_reader(raw))

    @property
    def as_of(self) -> date:
        """The day that queries answer for."""
        return self._as_of or today()

    def ask(self, query: Query[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a query on a reading connection. Raises TroubleError."""
        day = self.as_of
        if self._read_on not in (None, day):  # midnight has passed
            self._renew_readers()
        with self._troubles(), Session(self._reader) as session:
            return query(Reading(session, day, day == today()), *args, **kwargs)

    def do(self, command: Command[T], progress: Progress = SILENT) -> Outcome[T]:
        """Run a command in one transaction: all of it is stored, or nothing.

        `progress` is for derived rows of the whole base that are made again. Raises TroubleError
        MOVED_AWAY, and stores nothing, where the path no longer names the base; what the command
        raises.
        """
        self.demand_in_place()
        opened = Session(self._writer, expire_on_commit=False)
        with self._troubles(), opened as session, session.begin():
            if self._as_of is None:
                facts.renew_year(session, today())
            outcome = _carry_out(session, command, self._who, self.as_of, progress)
            past = self._is_past(session) if Touched.FACTS in outcome.changes.touched else None
            self.demand_in_place()
        if past or (self._shadowed and past is not None):
            self._renew_readers()  # their facts of a past day are out of date
        return outcome

    def demand_in_place(self) -> None:
        """Raise TroubleError MOVED_AWAY unless the path still names the base that was opened.

        Writes to a file that was deleted, moved or overwritten are lost. Once raised it is always
        raised; `save_copy` still works.
        """
        self._opened.demand_in_place()

    def is_file_of(self, path: Path) -> bool:
        """Say whether this path, under any name, is the file that is open."""
        return self._opened.is_at(path)

    def save_copy(self, target: Path) -> Mapping[str, int]:
        """Write a verified copy of the open base, also when its path is gone; count what is in it.

        Raises TroubleError EXISTS rather than overwrite anything, and OVERWRITTEN where another
        content stands in the open file: nothing whole can be read from it.
        """
        if self._opened.is_overwritten():
            raise TroubleError(Trouble.OVERWRITTEN, str(self.path))
        with troubles_of(target), whole_copy(target) as draft:
            return copy_from(self._keeper, draft, target)

    def close(self) -> None:
        """Close every connection; a second call does nothing."""
        if self._is_closed:
            return
        self._is_closed = True
        self._reader.dispose()
        self._writer.dispose()
        if self._opened.is_replaced():
            self._leave()
        else:
            self._last.close()
            self._write_log_of_moved_file()
            self._keeper.close()  # writes the log into the base and deletes it
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _hold(self) -> tuple[OpenedFile, dbapi2.Connection, dbapi2.Connection]:
        """Open the file, and the connections that keep it open after its path is gone."""
        with troubles_of(self.path), ExitStack() as stack:
            opened = OpenedFile(self.path)
            stack.callback(opened.close)
            keeper = self._file.connect()
            stack.callback(keeper.close)
            last = self._file.connect_last()
            stack.callback(last.close)
            opened.demand_in_place()
            self._demand_own(keeper)
            stack.pop_all()
        return opened, keeper, last

    def _demand_own(self, keeper: dbapi2.Connection) -> None:
        if name := next(foreign_parts(keeper), None):
            raise TroubleError(Trouble.FOREIGN, f"{self.path}: {name}")

    def _leave(self) -> None:
        """Close without deleting the log under the path: it belongs to the file there now."""
        with suppress(OSError, dbapi2.Error):  # the disk may be gone
            if self._opened.is_overwritten():
                set_aside(self.path)  # our log must not be replayed into another content
            else:
                self._keeper.execute("pragma wal_checkpoint(truncate)")
        self._keeper.close()
        self._last.close()

    def _write_log_of_moved_file(self) -> None:
        """Write the log, which stayed under the path, into a base that was moved without it.

        SQLite leaves it where a file was moved, and the base would lack the last saves under its
        new name. Leaving the mode WAL needs a lock on the whole file: where another program has
        it open there, nothing is written.
        """
        if not self.path.exists() and left_overs(self.path):
            with suppress(OSError, dbapi2.Error):
                self._keeper.set_busy_handler(None)
                self._keeper.execute("pragma journal_mode = delete")

    @contextmanager
    def _troubles(self) -> Iterator[None]:
        """Raise errors caused by the file as TroubleError; bugs pass unchanged."""
        try:
            yield
        except (DBAPIError, dbapi2.Error, DamagedValueError, *UNREADABLE) as error:
            trouble = as_trouble(error, self.path)
            if trouble is None or trouble.trouble is Trouble.DAMAGED:
                trouble = self._damage() or trouble
            raise trouble or error from error

    def _damage(self) -> TroubleError | None:
        """Return the trouble that names an unreadable value; None where there is none."""
        try:
            with self._file.reading() as opened, closing(damaged_values(opened)) as values:
                value = next(values, None)
        except DRIVER_ERRORS as error:
            return as_trouble(error, self.path)
        return TroubleError(Trouble.DAMAGED, f"{self.path}: {value}") if value else None

    def _prepare_writer(self, connection: dbapi2.Connection) -> None:
        self.demand_in_place()
        prepare(connection)

    def _prepare_reader(self, connection: dbapi2.Connection) -> None:
        self.demand_in_place()  # another base may stand under the path now
        self._read_on = self.as_of
        until = self._read_on.isoformat()
        if past_facts.is_past(connection, until):
            self._shadowed = True
            past_facts.shadow(connection, until)
        forbid_writing(connection)

    def _is_past(self, session: Session) -> bool:
        return past_facts.is_past(driver_of(session), self.as_of.isoformat())

    def _renew_readers(self) -> None:
        self._read_on, self._shadowed = None, False
        self._reader.dispose()


def _carry_out(
    session: Session, command: Command[T], who: str, today: date, progress: Progress
) -> Outcome[T]:
    """Run a command with its change in the journal, then refresh the derived tables."""
    own = open_change(session, type(command).__name__, who)
    writing = Writing(session, own, today)
    value = command.run(writing)
    session.flush()
    if isinstance(value, Swapped):
        change_id = value.change_id
        rows = written(session, change_id)
    else:
        settle_returns(writing)
        change_id = own
        rows = close_change(session, own)
        if not rows.tables:
            return Outcome(value, Changes())
    derived = refresh(session, rows, progress)
    return Outcome(value, news_of(session, rows, derived), change_id)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
