"""The pages of the window in their order: the one place that knows every feature.

A page and what counts for it are imported when they are wanted: the window is painted before.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.parts.page import MakePage, PageHost, PageSpec
from ui.words.i18n import _

if TYPE_CHECKING:
    from db.client_base import ClientBase
    from ui.settings.page import SettingsPage


def page_specs() -> Sequence[PageSpec]:
    return (
        PageSpec("today", lambda: _("Today"), "sun", _today, _today_count, alarm=True),
        PageSpec("clients", lambda: _("Clients"), "users", _clients, _clients_count),
        PageSpec("segments", lambda: _("Segments"), "chart-pie", _segments),
        PageSpec(
            "winback", lambda: _("Win-back"), "rotate-ccw", _winback, _winback_count, alarm=True
        ),
        PageSpec("offers", lambda: _("Offers"), "file-text", _offers, _offers_count),
        PageSpec("settings", lambda: _("Settings"), "settings", _settings, below=True),
    )


def importer(window: QWidget, host: PageHost, path: str) -> None:
    """Load a table into the open base: the one that is named, or one to choose."""
    from ui.transfer.opening import open_import

    open_import(window, host, path)


def _today() -> MakePage:
    from ui.today.page import TodayPage

    return TodayPage


def _today_count(base: "ClientBase") -> int:
    from db.queries.today.board import today_count

    return base.ask(today_count)


def _clients() -> MakePage:
    from ui.clients.page import ClientsPage

    return ClientsPage


def _clients_count(base: "ClientBase") -> int:
    from db.queries.lists.clients import client_counts

    return base.ask(client_counts).all


def _segments() -> MakePage:
    from ui.segments.page import SegmentsPage

    return SegmentsPage


def _winback() -> MakePage:
    from ui.winback.page import WinbackPage

    return WinbackPage


def _winback_count(base: "ClientBase") -> int:
    from db.queries.winback.board import winback_count

    return base.ask(winback_count)


def _offers() -> MakePage:
    from ui.offers.page import OffersPage

    return OffersPage


def _offers_count(base: "ClientBase") -> int:
    from db.queries.offers.offers import open_offers

    return base.ask(open_offers)


def _settings() -> MakePage:
    from ui.settings.fields_section import FieldsSection
    from ui.settings.page import SectionSpec, SettingsPage

    def make(host: PageHost) -> "SettingsPage":
        return SettingsPage(host, [SectionSpec("fields", lambda: _("Fields"), FieldsSection)])

    return make
