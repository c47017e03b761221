"""An error nobody caught: the log keeps the way to it, the person reads a calm sentence."""

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from ui.shell.window import MainWindow

_log = logging.getLogger(__name__)


class Watch(QObject):
    """Brings errors of any thread to the window."""

    failed = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._telling = False
        self._window = window
        self.failed.connect(self._tell)

    def hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.critical("nobody caught this", exc_info=(kind, error, trace))
        self.failed.emit(error)

    def _tell(self, error: object) -> None:
        # An error while telling of an error, or one in every repaint, must not pile up windows.
        if self._telling:
            return
        self._telling = True
        dialog = self._window.trouble(error)
        dialog.finished.connect(self._told)

    def _told(self) -> None:
        self._telling = False


def watch(window: MainWindow) -> Watch:
    """Catch from now on what nobody else catches."""
    found = Watch(window)
    sys.excepthook = found.hook
    threading.excepthook = lambda told: found.hook(
        told.exc_type, told.exc_value or RuntimeError(), told.exc_traceback
    )
    return found
