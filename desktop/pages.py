"""The pages of the window in their order: the one place that knows every feature."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ui.clients.page import ClientsPage
from ui.i18n import _
from ui.offers.page import OffersPage
from ui.page import PageHost, PageSpec
from ui.segments.page import SegmentsPage
from ui.settings.fields_section import FieldsSection
from ui.settings.page import SectionSpec, SettingsPage
from ui.today.page import TodayPage
from ui.transfer.opening import open_import
from ui.winback.page import WinbackPage


def page_specs() -> Sequence[PageSpec]:
    return (
        PageSpec("today", lambda: _("Today"), "sun", TodayPage, alarm=True),
        PageSpec("clients", lambda: _("Clients"), "users", ClientsPage),
        PageSpec("segments", lambda: _("Segments"), "chart-pie", SegmentsPage),
        PageSpec("winback", lambda: _("Win-back"), "rotate-ccw", WinbackPage, alarm=True),
        PageSpec("offers", lambda: _("Offers"), "file-text", OffersPage),
        PageSpec("settings", lambda: _("Settings"), "settings", _settings, below=True),
    )


def _settings(host: PageHost) -> SettingsPage:
    return SettingsPage(host, [SectionSpec("fields", lambda: _("Fields"), FieldsSection)])


def importer(window: QWidget, host: PageHost, path: str) -> None:
    """Load a table into the open base: the one that is named, or one to choose."""
    open_import(window, host, path)
