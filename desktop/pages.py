"""The pages of the window in their order: the one place that knows every feature."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from db.queries.lists.clients import client_counts
from db.queries.offers.offers import open_offers
from ui.clients.page import ClientsPage
from ui.jobs.job import Job
from ui.jobs.runner import Lane
from ui.offers.page import OffersPage
from ui.parts.context import Context
from ui.parts.page import PageHost, PageSpec
from ui.segments.page import SegmentsPage
from ui.settings.fields_section import FieldsSection
from ui.settings.page import SectionSpec, SettingsPage
from ui.today.page import TodayPage, today_count
from ui.transfer.opening import open_import
from ui.winback.page import WinbackPage, winback_count
from ui.words.i18n import _


def page_specs() -> Sequence[PageSpec]:
    return (
        PageSpec("today", lambda: _("Today"), "sun", TodayPage, today_count, alarm=True),
        PageSpec("clients", lambda: _("Clients"), "users", ClientsPage, _clients_count),
        PageSpec("segments", lambda: _("Segments"), "chart-pie", SegmentsPage),
        PageSpec(
            "winback", lambda: _("Win-back"), "rotate-ccw", WinbackPage, winback_count, alarm=True
        ),
        PageSpec("offers", lambda: _("Offers"), "file-text", OffersPage, _offers_count),
        PageSpec("settings", lambda: _("Settings"), "settings", _settings, below=True),
    )


def _clients_count(context: Context) -> Job:
    base = context.base
    return context.jobs.start(lambda _: base.ask(client_counts).all, Lane.READ)


def _offers_count(context: Context) -> Job:
    return context.ask(open_offers)


def _settings(host: PageHost) -> SettingsPage:
    return SettingsPage(host, [SectionSpec("fields", lambda: _("Fields"), FieldsSection)])


def importer(window: QWidget, host: PageHost, path: str) -> None:
    """Load a table into the open base: the one that is named, or one to choose."""
    open_import(window, host, path)
