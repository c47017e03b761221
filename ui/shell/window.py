"""The main window: names of the pages at the left, the page at the right, messages below."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from db.outcome import Outcome
from ui.jobs.job import Job
from ui.jobs.runner import JobRunner
from ui.look.icons import icon
from ui.look.theme import em
from ui.parts.context import Context
from ui.parts.page import Page, PageSpec
from ui.parts.wishes import ImportFile, NewClient, NewOffer, ShowClient, ShowOffer, Wish
from ui.preferences import Preferences
from ui.shell import keys, placement
from ui.shell.actions import Actions
from ui.shell.base_place import BasePlace
from ui.shell.counts import PageCounts
from ui.shell.drops import DropTarget
from ui.shell.language import QtTexts
from ui.shell.navigation import Navigation
from ui.shell.pages import PageStack
from ui.shell.trouble_dialog import TroubleDialog, Way
from ui.widgets.notice import NoticeArea, NoticeBar
from ui.widgets.progress import ProgressLine
from ui.words.i18n import _
from ui.words.messages import trouble_words

if TYPE_CHECKING:  # they import the ORM, and the window is painted before that
    from db.journal.undo import Swapped
    from ui.shell.host import ShellHost

_COMPACT_BELOW = 46.0  # text heights: a narrower window shows the navigation as icons


@dataclass(frozen=True, slots=True)
class Parts:
    """What the program puts into the window. `welcome` makes the page for no base."""

    pages: Sequence[PageSpec]
    welcome: Callable[[], QWidget]


class MainWindow(QMainWindow):
    """Shows the welcome page, the names of the pages while a base is being opened, or its pages.

    It is empty until `show_welcome`, `expect_base` or `show_base`.
    """

    base_wanted = Signal(str)  # a file, or "" to choose one
    new_base_wanted = Signal()
    import_wanted = Signal(str)  # a file, or "" to choose one
    painted = Signal()  # for the first time
    closed = Signal()

    def __init__(self, parts: Parts, preferences: Preferences, jobs: JobRunner) -> None:
        super().__init__()
        self._parts, self._preferences, self._jobs = parts, preferences, jobs
        self._base: Path | None = None  # the base that is open or being opened
        self._host: ShellHost | None = None
        self._place: BasePlace | None = None
        self._stack: PageStack | None = None
        self._navigation: Navigation | None = None
        self._shown: dict[str, int | None] = {}  # by page, until it is seen in the new language
        self._is_painted = False
        self._late_for = ""  # the page that could not be left when the language changed
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101 - a window needs one
        self._texts = QtTexts(app)
        self._texts.use(preferences.language_in_effect())
        self.setWindowIcon(icon("kartoteka"))
        self._drops = DropTarget(self)
        self._drops.base_dropped.connect(self.base_wanted)
        self._drops.table_dropped.connect(self._import)
        placement.restore(self, preferences)
        # Later: the page that changed the language is replaced too, and is still in its slot now.
        preferences.language_changed.connect(lambda: QTimer.singleShot(0, self, self._relearn))
        jobs.troubled.connect(self._hear_trouble)
        jobs.writing_changed.connect(self._show_saved)
        jobs.write_reports.connect(self._show_progress)

    # The base -----------------------------------------------------------------------------------

    @property
    def host(self) -> "ShellHost | None":
        return self._host

    @property
    def notice(self) -> NoticeBar:
        return self._notice

    @property
    def progress(self) -> ProgressLine:
        return self._progress

    def expect_base(self, path: Path) -> None:
        """Show the names of the pages at once, while the base is being opened."""
        if self._base == path:
            return
        self._base = path
        self._build()

    def show_welcome(self) -> None:
        """Show the page for no base: there is none, or it could not be opened."""
        self._drop_host()
        self._base = None
        self._build()

    def show_base(self, context: Context, page: str = "") -> None:
        """Show the pages of this base, beginning with the one seen last."""
        from ui.shell.host import ShellHost  # noqa: PLC0415 - the ORM, after the first painting

        self._drop_host()
        self._shown, self._late_for = {}, ""
        self._base = context.base.path
        self._host = ShellHost(context, self._preferences, self)
        self._place = BasePlace(self._host)
        self._host.troubled.connect(self._hear_trouble)
        self._build()
        self.go(page or self.first_page().key)

    def first_page(self) -> PageSpec:
        """Return the page seen last, with which a base is shown; else the first one."""
        pages = self._parts.pages
        return next((spec for spec in pages if spec.key == self._preferences.last_page), pages[0])

    def may_leave(self) -> bool:
        """Ask the page in front whether something typed there would be lost."""
        page = self.page()
        return page is None or page.may_leave()

    # Pages --------------------------------------------------------------------------------------

    def page(self) -> Page | None:
        """Return the page in front, None on the welcome page."""
        return self._stack.current() if self._stack else None

    def go(self, key: str, item_id: int | None = None) -> bool:
        """Bring a page to the front, at an item if one is named."""
        if item_id is None:
            item_id = self._shown.pop(key, None)
        return self._stack is not None and self._stack.go(key, item_id)

    # Telling ------------------------------------------------------------------------------------

    def trouble(self, error: object, ways: tuple[Way, ...] = ()) -> TroubleDialog:
        """Show what went wrong. `ways` are buttons with a way out."""
        if self._place is not None:
            ways = (*self._place.ways_out(error, self), *ways)
        dialog = TroubleDialog(error, self, ways)
        dialog.open()
        return dialog

    def _troubles_shown(self) -> set[TroubleDialog]:
        return {dialog for dialog in self.findChildren(TroubleDialog) if dialog.isVisible()}

    def _hear_trouble(self, error: object) -> None:
        """One disk that is gone fails many questions at once: one dialog, then a line each."""
        if self._troubles_shown():
            self._notice.warn(trouble_words(error).what)
        else:
            self.trouble(error)

    def show_keys(self) -> None:
        keys.show(self, self._actions, self._parts.pages, self.page())

    # Building -----------------------------------------------------------------------------------

    def _build(self) -> None:
        """Make everything inside the window anew; texts are looked up on the way."""
        inside = QWidget()
        self._actions = Actions(inside, self._doings())
        insert = QShortcut(QKeySequence("Ins"), inside)
        insert.activated.connect(self._new_unless_typing)
        self._stack = None
        self._navigation = None
        area = NoticeArea()
        self._notice, self._progress = area.bar, ProgressLine()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        column = QVBoxLayout()
        column.setSpacing(0)
        area.show_page(self._front(inside, row))
        column.addWidget(area, 1)
        column.addWidget(self._progress)
        row.addLayout(column, 1)
        self.setCentralWidget(inside)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().setVisible(self._base is not None)
        self.statusBar().clearMessage()
        self._actions.show_base(is_open=self._host is not None)
        self._show_title()
        self._fit()

    def _front(self, inside: QWidget, row: QHBoxLayout) -> QWidget:
        if self._base is None:
            return self._parts.welcome()
        self._navigation = navigation = Navigation(
            self._parts.pages, self._actions.menu(inside), inside
        )
        row.addWidget(navigation)
        navigation.show_base(self._base.stem, str(self._base))
        if self._host is None:  # the base is still being opened
            navigation.mark(self.first_page().key)
            return QWidget()
        return self._pages(self._host, navigation, inside)

    def _pages(self, host: "ShellHost", navigation: Navigation, inside: QWidget) -> PageStack:
        host.use_bars(self._notice, self._progress)
        specs = self._parts.pages
        navigation.wanted.connect(self.go)
        navigation.show_saved(saved=not self._jobs.writing())
        self._stack = stack = PageStack(specs, host)
        stack.wished.connect(self._grant)
        stack.switched.connect(self._switched)
        stack.status.connect(self._show_status)
        stack.counted.connect(navigation.show_count)
        keys.add_page_keys(inside, specs, self.go)
        self._counts = PageCounts(specs, host.context, navigation, inside)
        host.undo.changed.connect(self._show_undo)
        self._show_undo()
        return stack

    def _doings(self) -> dict[str, Callable[[], object]]:
        return {
            "new": lambda: self._ask_page(lambda page: page.new()),
            "search": lambda: self._ask_page(lambda page: page.search()),
            "print": lambda: self._ask_page(lambda page: page.print_page()),
            "refresh": lambda: self._ask_page(lambda page: page.refresh()),
            "undo": self._undo,
            "redo": self._redo,
            "import": lambda: self._import(""),
            "open_base": lambda: self.base_wanted.emit(""),
            "new_base": self.new_base_wanted.emit,
            "keys": self.show_keys,
            "full_screen": self._toggle_full_screen,
            "quit": self.close,
        }

    def _relearn(self) -> None:
        """Speak another language: make the pages anew, and return to what each of them showed.

        Where something typed would be lost, the person may stay; the next page brings the language.
        """
        key = self._stack.current_key if self._stack else ""
        if not self.may_leave():
            self._late_for = key
            return
        self._late_for = ""
        self._texts.use(self._preferences.language_in_effect())
        self._shown = self._stack.items_in_front() if self._stack else {}
        self._build()
        if key:
            self.go(key)

    def _drop_host(self) -> None:
        if self._host is not None:
            self._host.deleteLater()
            self._host = self._place = None

    # What the actions do ------------------------------------------------------------------------

    def _ask_page(self, do: Callable[[Page], object]) -> None:
        if (page := self.page()) is not None:
            do(page)

    def _grant(self, wish: Wish) -> None:
        """Do what a page asks for: another page shows it, or the program does it."""
        match wish:
            case ShowClient(client_id):
                self.go("clients", client_id)
            case NewClient():
                if self.go("clients"):
                    self._ask_page(lambda page: page.new())
            case ShowOffer(offer_id):
                self.go("offers", offer_id)
            case NewOffer(client_id):
                if self.go("offers"):
                    self._ask_page(lambda page: page.new_for(client_id))
            case ImportFile(path):
                self._import(path)
            case _:
                assert_never(wish)

    def _new_unless_typing(self) -> None:
        if not isinstance(self.focusWidget(), QLineEdit | QPlainTextEdit | QTextEdit):
            self._ask_page(lambda page: page.new())

    def _undo(self) -> None:
        if self._host and (job := self._host.undo.undo()):
            job.succeeded.connect(self._undone)

    def _redo(self) -> None:
        if self._host and (job := self._host.undo.redo()):
            job.succeeded.connect(self._redone)

    def _undone(self, outcome: "Outcome[Swapped]") -> None:
        self._notice.tell(_("Undone: {what}").format(what=keys.what_was_done(outcome)))
        if (client_id := keys.card_undone(outcome)) is not None:
            self.go("clients", client_id)

    def _redone(self, outcome: "Outcome[Swapped]") -> None:
        self._notice.tell(_("Done again: {what}").format(what=keys.what_was_done(outcome)))

    def _import(self, path: str) -> None:
        if self.may_leave():
            self.import_wanted.emit(path)

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    # What the window shows ----------------------------------------------------------------------

    def _switched(self, key: str) -> None:
        if self._navigation is not None:
            self._navigation.mark(key)
        self._preferences.last_page = key
        self._show_title()
        if self._late_for not in {"", key}:
            self._late_for = ""
            QTimer.singleShot(0, self, self._relearn)

    def _show_title(self) -> None:
        parts = [_("Kartoteka")]
        if self._base is not None:
            parts.insert(0, self._base.stem)
        self.setWindowTitle(" — ".join(parts))

    def _show_status(self, text: str) -> None:
        self.statusBar().showMessage(text)

    def _show_undo(self) -> None:
        if self._host is not None:
            self._actions.show_undo(self._host.undo)

    def _show_saved(self, writing: bool) -> None:  # noqa: FBT001 - a slot
        if self._navigation is not None:
            self._navigation.show_saved(saved=not writing)

    def _show_progress(self, job: Job[object]) -> None:
        """Show the progress of a command that makes much of the base again."""
        if self._progress.is_free():
            self._progress.follow(job, _("Updating the base"))

    def _fit(self) -> None:
        if self._navigation is not None:
            self._navigation.fit(compact=self.width() < em(_COMPACT_BELOW))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self.painted.emit)  # what lies inside is painted after this

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
        activated = event.type() == QEvent.Type.ActivationChange and self.isActiveWindow()
        if activated and self._place is not None:
            self._place.look()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave only when nothing typed is lost and what was asked for is written."""
        if not self.may_leave():
            event.ignore()
            return
        shown_before = self._troubles_shown()
        if not self._jobs.close():
            self._notice.warn(_("Something is still being written. Wait a little and close again."))
            event.ignore()
            return
        if self._troubles_shown() - shown_before:
            event.ignore()  # the last save failed; what was typed is still in its form
            return
        placement.remember(self, self._preferences)
        self._preferences.save()
        self.closed.emit()
        event.accept()
