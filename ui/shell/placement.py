"""Where the window stood, brought back onto a screen that is still there."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ui.preferences import Preferences

_KEY = "window"
_FIRST_WIDTH, _FIRST_HEIGHT, _TITLE_BAR = 1366, 768, 32


def remember(window: QWidget, preferences: Preferences) -> None:
    preferences.set_state(_KEY, window.saveGeometry())


def restore(window: QWidget, preferences: Preferences) -> None:
    """Place the window as it was; the first time, as large as a small screen allows."""
    state = preferences.state(_KEY)
    if state.isEmpty() or not window.restoreGeometry(state):
        room = QGuiApplication.primaryScreen().availableGeometry()
        # With its title bar it must not reach beyond a small screen.
        height = min(_FIRST_HEIGHT, room.height() - _TITLE_BAR)
        window.setGeometry(
            QRect(room.left(), room.top() + _TITLE_BAR, min(_FIRST_WIDTH, room.width()), height)
        )
    bring_onto_screen(window)


def bring_onto_screen(window: QWidget) -> None:
    """Move a window whose title bar is off the screen; shrink one larger than its screen."""
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    place = window.geometry()
    title = QRect(place.left(), place.top(), place.width(), 40)
    seen = [screen.intersected(title) for screen in screens]
    if any(part.width() >= min(100, place.width()) and part.height() > 0 for part in seen):
        return
    room = QGuiApplication.primaryScreen().availableGeometry()
    size = place.size().boundedTo(room.size())
    place = QRect(room.topLeft(), size)
    place.moveCenter(room.center())
    window.setGeometry(place)
