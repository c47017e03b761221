"""Errors that no code catches: they are logged, and the owner is told."""

import faulthandler
import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from desktop.log import log_folder

_log = logging.getLogger("kartoteka.crash")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class CrashHook(QObject):
    """Logs every uncaught error of any thread and calls `tell` with it in the GUI thread."""

    _happened = Signal(object)

    def __init__(self, tell: Callable[[BaseException], object], parent: QObject) -> None:
        super().__init__(parent)
        self._tell = tell
        self._telling = False
        self._faults: TextIO | None = None
        self._happened.connect(self._show)

    def install(self) -> None:
        """Take over the hooks of Python and Qt."""
        sys.excepthook = self._take
        threading.excepthook = self._take_from_thread
        qInstallMessageHandler(note_qt)
        self._watch_faults()

    def remove(self) -> None:
        """Put the hooks back and close the file for faults."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)
        if self._faults is not None:
            faulthandler.disable()
            self._faults.close()
            self._faults = None

    def _watch_faults(self) -> None:
        """Let the interpreter write the stack of every thread when a fault kills the process."""
        try:
            self._faults = (log_folder() / "faults.log").open("a", encoding="utf-8")
        except OSError:
            _log.info("the file for faults can't be opened")
            return
        faulthandler.enable(self._faults, all_threads=True)

    def _take(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.exit(130)
        _log.critical("uncaught error", exc_info=(kind, error, trace))
        self._happened.emit(error)

    def _take_from_thread(self, hook: threading.ExceptHookArgs) -> None:
        if hook.exc_value is not None:
            self._take(hook.exc_type, hook.exc_value, hook.exc_traceback)

    def _show(self, error: BaseException) -> None:
        # While one error is shown, further ones are only logged.
        if self._telling:
            return
        self._telling = True
        try:
            self._tell(error)
        finally:
            self._telling = False


def note_qt(kind: QtMsgType, _context: QMessageLogContext, text: str | None) -> None:
    """Log a message of Qt under a level like its own."""
    logging.getLogger("kartoteka.qt").log(_LEVELS.get(kind, logging.WARNING), "%s", text or "")
