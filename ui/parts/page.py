"""What a page is, and what it is handed. Shell and pages meet here and nowhere else."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from db.domain.ids import ChangeId, ClientId
from db.errors import InvalidError, Trouble, TroubleError
from db.outcome import Changes, Command, Outcome, Touched
from ui.jobs.job import Job
from ui.jobs.latest import take_once
from ui.parts.context import Context
from ui.parts.wishes import Wish
from ui.preferences import Preferences
from ui.words.messages import trouble_words

if TYPE_CHECKING:  # they import the ORM, and the window is painted before that
    from db.client_base import ClientBase
    from ui.parts.undo import UndoHistory

T = TypeVar("T")


class PageHost(Protocol):
    """What the shell offers to its pages."""

    @property
    def context(self) -> Context: ...
    @property
    def undo(self) -> "UndoHistory": ...
    @property
    def preferences(self) -> Preferences: ...

    def tell(self, text: str, undo: ChangeId | None = None) -> None:
        """Show a quiet bar for some seconds, with Undo when a change is given."""

    def warn(self, text: str) -> None:
        """Show a failure in words; it stays until it is closed."""

    def trouble(self, error: object) -> None:
        """Show what went wrong, what is safe, and a way out."""

    def follow(self, job: Job[object], title: str) -> None:
        """Show the progress of a long job with Cancel."""


def do_and_tell(
    asker: QObject,
    host: PageHost,
    command: Command[T],
    words: str,
    then: Callable[[T], object] | None = None,
) -> Job[Outcome[T]]:
    """Do a command; say `words` with an Undo beside it, if not empty, and hand its value to `then`.

    Several commands of one asker don't swallow each other's answers; those that come after the
    asker has gone are dropped.
    """

    def succeed(outcome: Outcome[T]) -> None:
        if words:
            host.tell(words, outcome.change_id)
        if then is not None:
            then(outcome.value)

    def fail(error: object) -> None:
        if is_correctable(error):
            host.warn(trouble_words(error).what)
        else:
            host.trouble(error)

    return take_once(asker, host.context.do(command, asker), succeed, fail)


def is_correctable(error: object) -> bool:
    """Say whether entering something else is all that is needed."""
    taken = isinstance(error, TroubleError) and error.trouble is Trouble.TAKEN_NAME
    return taken or isinstance(error, InvalidError)


class Page(QWidget):
    """One entry of the navigation. Override what the page can do; the rest does nothing."""

    # What the page shows: after a change of anything else it is not read again.
    SHOWS: ClassVar[frozenset[Touched]] = frozenset(Touched)

    status = Signal(str)  # the selection in words, for the status bar
    count_changed = Signal(object)  # int or None: the number beside the navigation entry
    wished = Signal(object)  # a Wish for the shell; emitted by `wish`, which is typed

    def __init__(self, host: PageHost, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.host = host
        self.context = host.context
        self.context.changes.changed.connect(self._hear)
        self._stale = True
        self._actions: list[QAction] = []

    def wish(self, wish: Wish) -> None:
        """Ask the shell for something that another page or the program does."""
        self.wished.emit(wish)

    def show_page(self) -> None:
        """Called whenever the page comes to the front; looks at the base again if need be."""
        if self._stale:
            self._stale = False
            self.refresh()

    def refresh(self) -> None:
        """Look at the base again."""

    def may_leave(self) -> bool:
        """Say whether the page may be left; a changed form asks here, once."""
        return True

    def search(self) -> None:
        """Put the cursor into the search line."""

    def new(self) -> None:
        """Make a new thing of this page's kind."""

    def new_for(self, client_id: ClientId) -> None:
        """Make a new thing of this page's kind for a client."""

    def print_page(self) -> None:
        """Print what is shown."""

    def focus_item(self, item_id: int) -> None:
        """Show this item."""

    def item_in_front(self) -> int | None:
        """Return the item shown, so that the page can come back to it when it is made anew."""
        return None

    def page_actions(self) -> list[QAction]:
        """Return the actions of this page that F1 lists: those made by `add_action`."""
        return list(self._actions)

    def add_action(
        self, text: str, keys: str, do: Callable[[], object], *, in_list: bool = False
    ) -> QAction:
        """Make an action of this page. Its keys work anywhere on the page.

        With `in_list` they work in a list only: hand the action to the list's `set_menu`.
        """
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _on=False: do())
        if in_list:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        else:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(action)
        self._actions.append(action)
        return action

    def do(
        self, command: Command[T], words: str, then: Callable[[T], object] | None = None
    ) -> Job[Outcome[T]]:
        """Do a command and say what was done, with the way back beside it."""
        return do_and_tell(self, self.host, command, words, then)

    def _hear(self, changes: Changes, asked_by: QObject | None) -> None:
        if not changes.touched & self.SHOWS:
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True


MakePage = Callable[[PageHost], Page]


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page the shell can make. `title` is looked up when shown: hand `lambda: _("Today")`."""

    key: str
    title: Callable[[], str]
    icon: str
    load: Callable[[], MakePage]  # imports the page's code; may run in a worker
    count: "Callable[[ClientBase], int] | None" = None  # the number beside the entry; in a worker
    alarm: bool = False  # its count is shown as a red badge
    below: bool = False  # it stands apart, after a gap
