"""The one place where the parts are put together: window, base, jobs, and what goes wrong."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import platformdirs
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from db.client_base import ClientBase
from db.demo import make_demo
from db.errors import Trouble, TroubleError
from db.presets import make_base, preset
from db.progress import Progress
from desktop.pages import importer, page_specs
from desktop.single import OneWindow, raise_first
from ui.jobs.latest import Latest
from ui.jobs.runner import JobRunner, Lane
from ui.parts.context import Context
from ui.preferences import Preferences
from ui.shell.trouble_dialog import Way
from ui.shell.window import MainWindow, Parts
from ui.welcome.page import WelcomePage
from ui.words import i18n
from ui.words.i18n import _

EXAMPLE_CLIENTS = 300
_NO_BASE = frozenset({Trouble.MISSING, Trouble.NOT_A_BASE, Trouble.EMPTY_FILE, Trouble.GONE})


@dataclass(frozen=True, slots=True)
class Opened:
    """A base that was opened in the background, and the lock that is ours."""

    base: ClientBase
    one: OneWindow


class Program(QObject):
    """The running program: one window, at most one base."""

    def __init__(
        self, preferences: Preferences, as_of: date | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._preferences, self._as_of = preferences, as_of
        self.jobs = JobRunner(self)
        self._opening = Latest(self)
        self._opened: Opened | None = None
        self._import_next = ""
        self._last_welcome: WelcomePage | None = None
        self.window = MainWindow(self._parts(), preferences, self.jobs)
        self.window.base_wanted.connect(self.want_base)
        self.window.new_base_wanted.connect(self._ask_new_base)
        self.window.import_wanted.connect(self._import)
        self.window.closed.connect(self.close)

    @property
    def base_path(self) -> Path | None:
        return self._opened.base.path if self._opened else None

    def start(self, base: Path | None = None) -> None:
        """Show the window with this base, else with the one of last time, else the beginning."""
        self.window.show()
        if base is not None:
            self.open_base(base)
        elif (last := self._preferences.last_base) is not None:
            self.open_base(last)

    # Bases ---------------------------------------------------------------------------------------

    def want_base(self, path: str) -> None:
        """Open this file, or the one that is chosen now."""
        if not self.window.may_leave():
            return
        if path:
            self.open_base(Path(path))
        else:
            self._asking_page().choose_base()

    def open_base(self, path: Path) -> None:
        """Open a base in the background; if it is open in another window, show that one."""
        path = path.absolute()
        if self._opened is not None and path == self._opened.base.path:
            self._come_forward()
            return
        one = OneWindow(path, self)
        try:
            if path.is_file():  # whatever else it is, opening says it better than a lock can
                one.take()
        except TroubleError as error:
            one.deleteLater()
            if error.trouble is not Trouble.OPEN_ELSEWHERE or not raise_first(path):
                self._trouble(path, error)
            return
        job = self.jobs.start(lambda _: ClientBase(path, as_of=self._as_of), Lane.FILE)
        self._opening.take(
            job,
            lambda base: self._show(Opened(base, one)),
            lambda error: self._refuse(path, one, error),
        )

    def make_base(self, path: str, trade: str, table: str = "") -> None:
        """Make a base for a trade and open it; then load a table into it, if there is one."""
        language = i18n.language()
        words = preset(trade, language)

        def make(_: Progress) -> Path:
            make_base(Path(path), words, company=Path(path).stem, language=language)
            return Path(path)

        self._make(make, table)

    def show_example(self) -> None:
        """Open the demonstration, which is made at the first time."""
        place = example_place()
        if place.is_file():
            self.open_base(place)
            return
        language, today = i18n.language(), self._as_of or date.today()  # noqa: DTZ011

        def make(progress: Progress) -> Path:
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            make_demo(
                place,
                as_of=today,
                clients=EXAMPLE_CLIENTS,
                language=language,
                progress=progress,
            )
            return place

        self._make(make)

    def close(self) -> None:
        """Let go of the base. The window is closing, or shows another one."""
        if self._opened is not None:
            self._opened.base.close()
            self._opened.one.leave()
            self._opened.one.deleteLater()
            self._opened = None

    def tell_crash(self, error: BaseException) -> None:
        """Tell of an error nobody expected; the log has it."""
        self.window.trouble(error)

    # How they do it ------------------------------------------------------------------------------

    def _make(self, work: object, table: str = "") -> None:
        job = self.jobs.start(work, Lane.FILE)  # type: ignore[arg-type]
        self.window.progress.follow(job, _("Creating the base"))
        self._import_next = table
        self._opening.take(job, self.open_base, self.window.trouble)

    def _show(self, opened: Opened) -> None:
        if not self._let_go():
            opened.base.close()
            opened.one.leave()
            return
        self._opened = opened
        opened.one.raise_wanted.connect(self._come_forward)
        self._preferences.remember_base(opened.base.path)
        self.window.show_base(Context(opened.base, self.jobs))
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

    def _refuse(self, path: Path, one: OneWindow, error: object) -> None:
        one.leave()
        one.deleteLater()
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

    def _parts(self) -> Parts:
        return Parts(page_specs(), self._welcome)

    def _welcome(self) -> QWidget:
        page = WelcomePage(self._preferences)
        page.new_base_wanted.connect(self.make_base)
        page.base_wanted.connect(self.want_base)
        page.example_wanted.connect(self.show_example)
        page.import_wanted.connect(lambda table, base, trade: self.make_base(base, trade, table))
        self._last_welcome = page
        return page

    def _asking_page(self) -> WelcomePage:
        """Return a welcome page to ask through; with a base open it is never shown itself."""
        if self._opened is None and self._last_welcome is not None:
            return self._last_welcome
        page = WelcomePage(self._preferences, self.window)
        page.hide()
        page.new_base_wanted.connect(self.make_base)
        page.base_wanted.connect(self.want_base)
        return page

    def _ask_new_base(self) -> None:
        if self.window.may_leave():
            self._asking_page().ask_new_base()

    def _import(self, path: str) -> None:
        if self.window.host is None:
            page = self._asking_page()
            if path:
                page.ask_base_for(Path(path))
            else:
                page.choose_table()
        else:
            importer(self.window, self.window.host, path)


def example_place() -> Path:
    """Return where the demonstration lies: among the program's own data, not the owner's."""
    name = _("Example")
    return platformdirs.user_data_path("kartoteka", appauthor=False) / f"{name}.kartoteka"


def qt_application(arguments: list[str]) -> QApplication:
    """Make the Qt application under its name, with which the preferences are kept."""
    QApplication.setOrganizationName("Kartoteka")
    QApplication.setApplicationName("Kartoteka")
    QApplication.setDesktopFileName("kartoteka")
    app = QApplication(arguments)
    app.setApplicationDisplayName("")
    return app
