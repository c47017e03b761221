"""The columns of the list of clients."""

from db.queries.lists.clients import ClientRow, Sort
from ui.look.palette import Tone, tone_of
from ui.models.column import Column
from ui.words import formats, labels
from ui.words.formats import DASH
from ui.words.i18n import _


def client_columns() -> list[Column[ClientRow]]:
    """Return the columns of the list of clients; `sort` is a Sort of the query."""
    return [
        Column(
            "name", _("Client"), lambda row: row.name or DASH, sort=Sort.NAME, width=16,
            stretch=True, icon=lambda row: "ban" if row.do_not_contact else None,
            tooltip=lambda row: _("Do not contact") if row.do_not_contact else None,
        ),
        Column("phone", _("Phone"), lambda row: formats.phone(row.phone), width=14),
        Column(
            "status", _("Segment"), lambda row: labels.status(row.status), sort=Sort.STATUS,
            width=13, badge=lambda row: tone_of(row.status),
        ),
        Column(
            "last", _("Purchase"), lambda row: formats.day(row.last_on), sort=Sort.LAST, width=9
        ),
        Column(
            "year", _("In a year"), _year, align_right=True, sort=Sort.YEAR, width=8,
            tone=lambda row: Tone.PLAIN if row.year_revenue else Tone.MUTED,
        ),
        Column(
            "fill", _("Card"), _fill, sort=Sort.GAPS, width=11,
            bar=lambda row: row.fill_percent,
        ),
        Column(
            "next", _("Next visit"), lambda row: formats.day(row.next_on), width=11, hidden=True
        ),
        Column("email", _("E-mail"), lambda row: row.email or DASH, width=20, hidden=True),
        Column(
            "cycle", _("Cycle, days"),
            lambda row: DASH if row.cycle_days is None else formats.number(row.cycle_days, 0),
            align_right=True, width=10, hidden=True,
        ),
    ]  # fmt: skip


def _year(row: ClientRow) -> str:
    return formats.money_short(row.year_revenue) if row.year_revenue else DASH


def _fill(row: ClientRow) -> str:
    return DASH if row.fill_percent is None else formats.percent(row.fill_percent)
