"""Starting the window: Qt, looks, log, and what to do with an error nobody caught."""

import sys
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from desktop import log
from desktop.app import Program
from desktop.crash import watch
from desktop.single import FirstWindow
from ui import theme
from ui.preferences import Preferences

ORGANISATION = APPLICATION = "Kartoteka"


def make_application() -> QApplication:
    """Return the application with its name, fonts and icons."""
    QCoreApplication.setOrganizationName(ORGANISATION)
    QCoreApplication.setApplicationName(APPLICATION)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101 - we have just made it
    theme.prepare(app)
    return app


def run_window(wanted: Path | None, language: str, as_of: str | None) -> int:
    """Show the window until it is closed; a second start raises the window of the first."""
    log.start()
    app = make_application()
    first = FirstWindow()
    if not first.is_mine(str(wanted.absolute()) if wanted else ""):
        return 0
    preferences = Preferences()
    if language:
        preferences.language = language
    theme.follow(app, preferences)
    program = Program(preferences, as_of=date.fromisoformat(as_of) if as_of else None)
    watch(program.window)
    first.asked.connect(program.come_forward)
    program.start(wanted)
    code = app.exec()
    program.close()
    log.stop()
    return code
