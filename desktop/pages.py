"""Which pages the window has, in the order of its navigation."""

from ui.i18n import _
from ui.offers.page import OffersPage
from ui.page import PageSpec
from ui.settings.page import SettingsPage


def page_specs() -> tuple[PageSpec, ...]:
    return (
        PageSpec("offers", lambda: _("Offers"), "file-text", OffersPage),
        PageSpec("settings", lambda: _("Settings"), "settings", SettingsPage, below=True),
    )
