"""Texts fit where they stand, in both languages, small and large."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPushButton, QWidget

from db.errors import Trouble, TroubleError
from tests.ui.shell.conftest import MakeWindow
from ui.parts.context import Context
from ui.preferences import Preferences
from ui.settings.page import SettingsPage
from ui.shell.keys_dialog import KeysDialog
from ui.welcome.page import WelcomePage
from ui.welcome.questions import BaseQuestions

Looks = Callable[[str, int], None]
SHOWS_TEXT = (QLabel, QPushButton, QCheckBox, QComboBox)


def cut(root: QWidget) -> list[str]:
    """Return texts whose widget is narrower or lower than it needs."""
    found = []
    for kind in SHOWS_TEXT:
        for widget in root.findChildren(kind):
            if not widget.isVisible() or (isinstance(widget, QLabel) and not widget.text()):
                continue
            wraps = isinstance(widget, QLabel) and widget.wordWrap()
            needs = widget.minimumSizeHint() if wraps else widget.sizeHint()
            if isinstance(widget, QComboBox):
                needs = widget.minimumSizeHint()
            height = widget.heightForWidth(widget.width()) if wraps else needs.height()
            if widget.width() < needs.width() - 1 or widget.height() < height - 2:
                text = widget.currentText() if isinstance(widget, QComboBox) else widget.text()
                found.append(f"{text!r}: {widget.size()} for {needs}")
    return found


@pytest.fixture(autouse=True, params=[("ru", 100), ("ru", 200), ("en", 100), ("en", 200)], ids=str)
def _shown_in(request: pytest.FixtureRequest, preferences: Preferences, looks: Looks) -> None:
    language, percent = request.param
    preferences.language = language
    looks("light", percent)


def _settle() -> None:
    """Let the layouts, which are done in the event loop, come to rest."""
    for _round in range(5):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents()


def test_the_welcome_page_fits(make_window: MakeWindow, preferences: Preferences) -> None:
    window = make_window()
    _settle()
    (page,) = window.findChildren(WelcomePage)
    assert cut(page) == []
    dialog = BaseQuestions(preferences, window).ask_new_base()
    _settle()
    assert cut(dialog) == []
    dialog.close()


def test_the_settings_fit(make_window: MakeWindow, context: Context) -> None:
    window = make_window()
    window.show_base(context, "settings")
    _settle()
    page = window.page()
    assert isinstance(page, SettingsPage)
    for number in range(page.tabs.count()):
        page.tabs.setCurrentIndex(number)
        _settle()
        assert cut(window) == []


def test_dialogs_of_the_window_fit(make_window: MakeWindow) -> None:
    window = make_window()
    _settle()
    trouble = window.trouble(
        TroubleError(
            Trouble.NOT_A_BASE, "/Документы салона/База клиентов за прошлый год.kartoteka"
        ),
        (("Выбрать другой файл", lambda: None),),
    )
    _settle()
    assert cut(trouble) == []
    trouble.close()
    window.show_keys()
    _settle()
    (keys,) = window.findChildren(KeysDialog)
    assert cut(keys) == []
    keys.close()
