"""The one place where the parts are put together: pages, the window, and the base in it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import platformdirs
from PySide6.QtCore import QObject, Qt

from db.client_base import ClientBase
from db.create import create_base
from db.errors import TroubleError
from db.progress import Progress
from desktop.pages import page_specs
from ui import i18n
from ui.context import Context
from ui.i18n import _
from ui.jobs.job import Job
from ui.jobs.runner import JobRunner, Lane
from ui.preferences import Preferences
from ui.shell.trouble_dialog import Way
from ui.shell.window import MainWindow, Parts
from ui.welcome.page import WelcomePage

EXAMPLE_CLIENTS = 300
Then = Callable[[], None]


class Program(QObject):
    """Opens, makes and closes bases; the window shows the one that is open."""

    def __init__(self, preferences: Preferences, *, as_of: date | None = None) -> None:
        super().__init__()
        self.preferences = preferences
        self._as_of = as_of
        self._base: ClientBase | None = None
        self.jobs = JobRunner(self)
        wishes = {"table_wanted": self._import}
        parts = Parts(page_specs(), self._welcome, wishes)
        self.window = MainWindow(parts, preferences, self.jobs)
        self.window.base_wanted.connect(self._base_wanted)
        self.window.new_base_wanted.connect(self._new_base_wanted)
        self.window.import_wanted.connect(self._import)

    def start(self, wanted: Path | None = None) -> None:
        """Show the window with the base asked for, else the one open last, else the welcome."""
        self.window.show()
        last = self.preferences.last_base
        if wanted is not None:
            self.open_base(wanted)
        elif last is not None and last.exists():
            self.open_base(last)

    def close(self) -> None:
        """Let go of the base. Call when the window is closed."""
        if self._base is not None:
            self._base.close()
            self._base = None

    def come_forward(self, wanted: str = "") -> None:
        """Answer a second start: raise the window, open what that start was asked for."""
        self.window.setWindowState(self.window.windowState() & ~_minimised())
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        if wanted:
            self.open_base(Path(wanted))

    # Bases --------------------------------------------------------------------------------------

    def open_base(self, path: Path, then: Then | None = None) -> Job:
        """Open a base away from the screen and show it."""
        job = self.jobs.start(lambda _: ClientBase(path, as_of=self._as_of), Lane.FILE)
        job.succeeded.connect(lambda base: self._show(base, then))
        job.failed.connect(lambda error: self._not_opened(path, error))
        return job

    def make_base(self, path: Path, preset_key: str, then: Then | None = None) -> Job:
        """Make a base with the fields of a trade, and show it."""
        language = i18n.language()
        job = self.jobs.start(lambda _: _make(path, preset_key, language), Lane.FILE)
        job.succeeded.connect(lambda _: self.open_base(path, then))
        job.failed.connect(lambda error: self.window.trouble(error, self._ways()))
        return job

    def show_example(self) -> Job:
        """Make the example anew, and show it; what was tried out in it before is gone."""
        path = Path(platformdirs.user_data_dir("kartoteka", appauthor=False))
        path /= _("Example") + ".kartoteka"
        day = self._as_of or date.today()  # noqa: DTZ011 - a plain date where the owner sits
        language = i18n.language()
        if self._base is not None and self._base.path == path:
            self._let_go()
        job = self.jobs.start(lambda p: _make_example(path, day, language, p), Lane.FILE)
        self.window.progress.follow(job, _("Making the example"))
        job.succeeded.connect(lambda _: self.open_base(path))
        job.failed.connect(lambda error: self.window.trouble(error, self._ways()))
        return job

    def _show(self, base: ClientBase, then: Then | None) -> None:
        if self._base is not None and not self.window.may_leave():
            base.close()
            return
        self._let_go()
        self._base = base
        self.preferences.remember_base(base.path)
        self.window.show_base(Context(base, self.jobs))
        if then is not None:
            then()

    def _let_go(self) -> None:
        """Close the base that is open; what was being read or written for it ends first."""
        if self._base is not None:
            self.window.show_welcome()
            self.jobs.close()
            self._base.close()
            self._base = None

    def _not_opened(self, path: Path, error: object) -> None:
        self.preferences.forget_base(path)
        self.window.trouble(error, self._ways())

    def _ways(self) -> tuple[Way, ...]:
        return ((_("Choose another file"), lambda: self._base_wanted("")),)

    # Wishes -------------------------------------------------------------------------------------

    def _welcome(self) -> WelcomePage:
        page = WelcomePage(self.preferences)
        page.new_base_wanted.connect(lambda path, preset: self.make_base(Path(path), preset))
        page.base_wanted.connect(self._base_wanted)
        page.example_wanted.connect(self.show_example)
        page.import_wanted.connect(self._make_and_import)
        return page

    def _make_and_import(self, table: str, base: str, preset: str) -> None:
        self.make_base(Path(base), preset, lambda: self._import(table))

    def _base_wanted(self, path: str) -> None:
        if path:
            self.open_base(Path(path))
        else:
            self._hidden_welcome().choose_base()

    def _new_base_wanted(self) -> None:
        self._hidden_welcome().ask_new_base()

    def _hidden_welcome(self) -> WelcomePage:
        """The dialogs of the welcome page serve an open base as well."""
        page = self._welcome()
        page.setParent(self.window)
        page.hide()
        return page

    def _import(self, path: str = "") -> None:
        if self._base is None:
            welcome = self._hidden_welcome()
            if path:
                welcome.ask_base_for(Path(path))
            else:
                welcome.choose_table()
            return
        if self.window.go("transfer"):
            page = self.window.page_of("transfer")
            start = getattr(page, "start_import", None)
            if start is not None:
                start(path)


def _minimised() -> Qt.WindowState:
    return Qt.WindowState.WindowMinimized


def _make(path: Path, preset_key: str, language: str) -> None:
    from db.commands.presets import ApplyPreset  # noqa: PLC0415 - rare, and it reads a file
    from db.presets import preset  # noqa: PLC0415

    create_base(path)
    try:
        with ClientBase(path) as base:
            base.do(ApplyPreset(preset(preset_key, language)))
    except (TroubleError, OSError):
        path.unlink(missing_ok=True)
        raise


def _make_example(path: Path, day: date, language: str, progress: Progress) -> None:
    from db.demo import make_demo  # noqa: PLC0415 - rare, and it reads lists of names

    path.parent.mkdir(parents=True, exist_ok=True)
    for left in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
        left.unlink(missing_ok=True)
    make_demo(path, as_of=day, clients=EXAMPLE_CLIENTS, language=language, progress=progress)
