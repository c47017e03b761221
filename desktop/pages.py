"""The pages of the window in their order: the one place that knows every feature."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ui.clients.page import ClientsPage
from ui.i18n import _
from ui.offers.page import OffersPage
from ui.page import PageHost, PageSpec
from ui.settings.page import SettingsPage
from ui.transfer.opening import open_import


def page_specs() -> Sequence[PageSpec]:
    return (
        PageSpec("clients", lambda: _("Clients"), "users", ClientsPage),
        PageSpec("offers", lambda: _("Offers"), "file-text", OffersPage),
        PageSpec("settings", lambda: _("Settings"), "settings", SettingsPage, below=True),
    )


def importer(window: QWidget, host: PageHost, path: str) -> None:
    """Load a table into the open base: the one that is named, or one to choose."""
    open_import(window, host, path)
