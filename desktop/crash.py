"""What happens with an error nobody expected: into the log, and a calm word to the owner."""

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
    """Takes every error no code has caught, in whatever thread, and tells it in the GUI thread."""

    _happened = Signal(object)

    def __init__(self, tell: Callable[[BaseException], object], parent: QObject) -> None:
        super().__init__(parent)
        self._tell = tell
        self._telling = False
        self._faults: TextIO | None = None
        self._happened.connect(self._show)

    def install(self) -> None:
        sys.excepthook = self._take
        threading.excepthook = self._take_from_thread
        qInstallMessageHandler(note_qt)
        self._watch_faults()

    def remove(self) -> None:
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)
        if self._faults is not None:
            faulthandler.disable()
            self._faults.close()
            self._faults = None

    def _watch_faults(self) -> None:
        """Let the interpreter write where it was when the process itself breaks."""
        try:
            self._faults = (log_folder() / "faults.log").open("a", encoding="utf-8")
        except OSError:
            _log.info("no place for faults")
            return
        faulthandler.enable(self._faults, all_threads=True)

    def _take(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.exit(130)
        _log.critical("nobody caught this", exc_info=(kind, error, trace))
        self._happened.emit(error)

    def _take_from_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            self._take(caught.exc_type, caught.exc_value, caught.exc_traceback)

    def _show(self, error: BaseException) -> None:
        # An error that comes again and again while it is being told is told once.
        if self._telling:
            return
        self._telling = True
        try:
            self._tell(error)
        finally:
            self._telling = False


def note_qt(kind: QtMsgType, _context: QMessageLogContext, text: str | None) -> None:
    """Write what Qt says into the log."""
    logging.getLogger("kartoteka.qt").log(_LEVELS.get(kind, logging.WARNING), "%s", text or "")
