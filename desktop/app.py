"""The one place where the parts are put together: window, base, jobs, and what goes wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from db.errors import Trouble, TroubleError
from db.file.names import ENDING
from db.progress import Progress
from desktop import opening
from desktop.garbage import GarbageCollection
from desktop.pages import importer, page_specs
from desktop.single import OneWindow, raise_first
from ui.jobs.latest import Latest
from ui.jobs.runner import JobRunner, Lane
from ui.parts.context import Context
from ui.preferences import Preferences
from ui.shell.trouble_dialog import Way
from ui.shell.window import MainWindow, Parts
from ui.welcome.page import WelcomePage
from ui.welcome.questions import BaseQuestions
from ui.words import i18n
from ui.words.i18n import _

if TYPE_CHECKING:  # it imports the ORM, and the window is painted before that
    from db.client_base import ClientBase

_NO_BASE = frozenset({Trouble.MISSING, Trouble.NOT_A_BASE, Trouble.EMPTY_FILE, Trouble.GONE})
_PAINTED_WITHIN_MS = 500  # a window that is started minimized is not painted


@dataclass(frozen=True, slots=True)
class Opened:
    """A base that was opened in the background, and the lock that is ours."""

    base: "ClientBase"
    one: OneWindow


class Program(QObject):
    """The running program: one window, at most one base."""

    def __init__(
        self, preferences: Preferences, as_of: date | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._preferences, self._as_of = preferences, as_of
        self.jobs = JobRunner(self)
        GarbageCollection(self.jobs, self)
        self._opening, self._making = Latest(self), Latest(self)
        self._opened: Opened | None = None
        self._awaited: Path | None = None  # the base that is being opened
        self._import_next = ""
        self._pages = page_specs()
        self._is_rest_loaded = False
        self._begin: Callable[[], object] | None = None  # after the first painting
        self.window = MainWindow(Parts(self._pages, self._welcome), preferences, self.jobs)
        self.questions = BaseQuestions(preferences, self.window)
        self.questions.base_chosen.connect(self.want_base)
        self.questions.base_described.connect(self.make_base)
        self.window.painted.connect(self._begin_once)
        self.window.base_wanted.connect(self.want_base)
        self.window.new_base_wanted.connect(self._ask_new_base)
        self.window.import_wanted.connect(self._import)
        self.window.closed.connect(self.close)

    @property
    def base_path(self) -> Path | None:
        return self._opened.base.path if self._opened else None

    def start(self, base: Path | None = None) -> None:
        """Show the window with this base, else with the one of last time, else the beginning.

        The base is opened once the window is painted.
        """
        wanted = base or self._preferences.last_base
        if wanted is None:
            self.window.show_welcome()
            self._begin = self._load_the_rest
        else:
            self.window.expect_base(wanted.absolute())
            self._begin = partial(self.open_base, wanted)
        self.window.show()
        QTimer.singleShot(_PAINTED_WITHIN_MS, self, self._begin_once)

    # Bases ---------------------------------------------------------------------------------------

    def want_base(self, path: str) -> None:
        """Open this file, or the one that is chosen now."""
        if not self.window.may_leave():
            return
        if path:
            self.open_base(Path(path))
        else:
            self.questions.choose_base()

    def open_base(self, path: Path) -> None:
        """Open a base in the background; if it is open in another window, show that one.

        One at a time: while a base is being opened, another one is refused.
        """
        path = path.absolute()
        if path == self._awaited or (path == self.base_path and self._is_in_place()):
            self._come_forward()
            return
        if self._awaited is not None:
            self.window.notice.warn(_("Another base is being opened. Wait a little."))
            return
        if not self._let_go_of_file(path):
            return
        one = OneWindow(path, self)
        try:
            if path.is_file():  # whatever else it is, opening says it better than a lock can
                one.take()
        except TroubleError as error:
            elsewhere = error.trouble is Trouble.OPEN_ELSEWHERE and raise_first(path)
            self._refuse(path, one, None if elsewhere else error)
            return
        if self._opened is None:
            self.window.expect_base(path)
        self._awaited = path
        first = self.window.first_page()
        job = self.jobs.start(partial(opening.open_base, path, self._as_of, first), Lane.FILE)
        self.window.progress.follow(job, _("Opening the base"))
        self._opening.take(
            job,
            lambda base: self._show(Opened(base, one)),
            lambda error: self._refuse(path, one, error),
        )
        job.cancelled.connect(lambda: self._refuse(path, one, None))

    def make_base(self, path: str, trade: str, table: str = "") -> None:
        """Make a base for a trade and open it; then load a table into it, if there is one."""
        self._make(opening.NewBase(Path(path), trade, i18n.language()).make, table)

    def show_example(self) -> None:
        """Open the demonstration, which is made at the first time."""
        place = example_place()
        if place.is_file():
            self.open_base(place)
        else:
            today = self._as_of or date.today()  # noqa: DTZ011
            self._make(opening.Example(place, today, i18n.language()).make)

    def close(self) -> None:
        """Let go of the base. The window is closing, or shows another one."""
        if self._opened is not None:
            self._opened.base.close()
            self._opened.one.leave()
            self._opened.one.deleteLater()
            self._opened = None

    def tell_crash(self, error: BaseException) -> None:
        """Show an uncaught error; the log has its traceback."""
        self.window.trouble(error)

    # How they do it ------------------------------------------------------------------------------

    def _begin_once(self) -> None:
        if (begin := self._begin) is not None:
            self._begin = None
            begin()
            QTimer.singleShot(0, self, _make_widget_classes)

    def _load_the_rest(self) -> None:
        """Load what the first page did not need, once: what was made then is never collected."""
        if not self._is_rest_loaded:
            self._is_rest_loaded = True
            self.jobs.start(partial(opening.load_all, self._pages), Lane.IDLE)

    def _make(self, work: Callable[[Progress], Path], table: str = "") -> None:
        job = self.jobs.start(work, Lane.FILE)
        self.window.progress.follow(job, _("Creating the base"))
        self._import_next = table
        self._making.take(job, self.open_base, self._fail_to_make)

    def _fail_to_make(self, error: object) -> None:
        self._import_next = ""
        self.window.trouble(error)

    def _show(self, opened: Opened) -> None:
        self._awaited = None
        if not self._let_go():
            opened.base.close()
            opened.one.leave()
            return
        self._opened = opened
        opened.one.raise_wanted.connect(self._come_forward)
        self._preferences.remember_base(opened.base.path)
        self.window.show_base(Context(opened.base, self.jobs))
        self._load_the_rest()
        if self._import_next:
            self._import(self._import_next)
            self._import_next = ""

    def _let_go(self) -> bool:
        """Close the base that is open, once everything asked of it is done."""
        if self._opened is None:
            return True
        if not self.jobs.close():
            self.window.notice.warn(_("Something is still being written. Wait a little."))
            return False
        self.close()
        return True

    def _let_go_of_file(self, path: Path) -> bool:
        """Close the base that is open if its file was moved to this path, or is to be opened again.

        One file is opened once: its log is written into it when it is closed.
        """
        if self._opened is None:
            return True
        if path != self.base_path and not self._opened.base.is_file_of(path):
            return True
        if self._let_go():
            self.window.show_welcome()
        return self._opened is None

    def _is_in_place(self) -> bool:
        try:
            if self._opened is not None:
                self._opened.base.demand_in_place()
        except TroubleError:
            return False
        return True

    def _refuse(self, path: Path, one: OneWindow, error: object) -> None:
        """Go back to what was before; say why, unless opening was cancelled or is not needed."""
        self._awaited, self._import_next = None, ""
        one.leave()
        one.deleteLater()
        if self._opened is None:
            self.window.show_welcome()
        if error is not None:
            self._trouble(path, error)

    def _trouble(self, path: Path, error: object) -> None:
        if isinstance(error, TroubleError) and error.trouble in _NO_BASE:
            self._preferences.forget_base(path)
        ways: tuple[Way, ...] = (
            (_("Try again"), lambda: self.open_base(path)),
            (_("Open a base…"), lambda: self.want_base("")),
        )
        self.window.trouble(error, ways)

    def _come_forward(self) -> None:
        window = self.window
        window.setWindowState(
            (window.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive
        )
        window.show()
        window.raise_()
        window.activateWindow()

    def _welcome(self) -> QWidget:
        page = WelcomePage(self._preferences)
        page.example_wanted.connect(self.show_example)
        page.base_wanted.connect(self.want_base)
        page.new_base_wanted.connect(self._ask_new_base)
        page.import_wanted.connect(lambda: self._import(""))
        return page

    def _ask_new_base(self) -> None:
        if self.window.may_leave():
            self.questions.ask_new_base()

    def _import(self, path: str) -> None:
        if self._awaited is not None:
            self._import_next = path  # into the base that is being opened
        elif self.window.host is not None:
            importer(self.window, self.window.host, path)
        elif path:
            self.questions.ask_base_for(path)
        else:
            self.questions.choose_table()


def _make_widget_classes() -> None:
    """Take a turn of their own for the classes of all widgets, while the base is being opened.

    PySide makes them when Qt first hands out a widget that Python has not made.
    """
    QAbstractScrollArea().viewport()


def example_place() -> Path:
    """Return where the demonstration lies: among the program's own data, not the owner's."""
    name = _("Example")
    return platformdirs.user_data_path("kartoteka", appauthor=False) / f"{name}{ENDING}"


def qt_application(arguments: list[str]) -> QApplication:
    """Make the Qt application under its name, with which the preferences are kept."""
    QApplication.setOrganizationName("Kartoteka")
    QApplication.setApplicationName("Kartoteka")
    QApplication.setDesktopFileName("kartoteka")
    app = QApplication(arguments)
    app.setApplicationDisplayName("")
    return app
