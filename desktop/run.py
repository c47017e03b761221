"""Running the window until it is closed."""

import signal
import sys
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer

from desktop.app import Program, qt_application
from desktop.crash import CrashHook
from desktop.single import raise_first
from ui.look import theme
from ui.preferences import Preferences

_LISTEN_MS = 250


def run_window(base: Path | None, as_of: date | None, language: str | None) -> int:
    """Show the window with a base; return the exit code when it is closed."""
    app = qt_application(sys.argv[:1])
    preferences = Preferences(QSettings())
    wanted = base or preferences.last_base
    if wanted is not None and wanted.is_file() and raise_first(wanted.absolute()):
        return 0
    if language is not None:
        preferences.language = language
    theme.prepare(app)
    theme.follow(app, preferences)
    use_short_turns()
    program = Program(preferences, as_of)
    hook = CrashHook(program.tell_crash, program)
    hook.install()
    signal.signal(signal.SIGINT, lambda *_: program.window.close())
    # Python handles Ctrl+C of the terminal only while its own code runs, not in the loop of Qt.
    listening = QTimer(program)
    listening.timeout.connect(lambda: None)
    listening.start(_LISTEN_MS)
    program.start(base)
    try:
        return app.exec()
    finally:
        hook.remove()
        program.close()


def use_short_turns() -> None:
    """Let a worker that computes hand the interpreter over every half millisecond.

    The default of 5 ms would be waited for at every cell that is painted meanwhile.
    """
    sys.setswitchinterval(0.0005)
