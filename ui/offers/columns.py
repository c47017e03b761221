"""The columns of the list of offers."""

from db.domain.text import fold
from db.queries.offers.offers import OfferListRow
from ui.look.palette import tone_of
from ui.models.column import Column
from ui.words import formats
from ui.words.i18n import _
from ui.words.offers import status_word


def offer_columns() -> tuple[Column[OfferListRow], ...]:
    """Return the columns of the list of offers, sorted in memory."""
    return (
        Column("number", _("Number"), _number, sort="number", width=13),
        Column("client", _("Client"), lambda row: row.client_name or formats.DASH, sort="client",
               width=26, bold=lambda _row: True, value=lambda row: fold(row.client_name)),
        Column("title", _("Subject"), lambda row: row.title, sort="title", width=30, stretch=True,
               tooltip=lambda row: row.title),
        Column("status", _("State"), lambda row: status_word(row.status), sort="status", width=14,
               badge=lambda row: tone_of(row.status)),
        Column("total", _("Recommended price"), lambda row: formats.money_short(row.total),
               align_right=True, sort="total", width=16, value=lambda row: row.total),
        Column("valid", _("Valid until"), lambda row: formats.day(row.valid_until), sort="valid",
               width=13, value=lambda row: row.valid_until),
        Column("created", _("Made on"), lambda row: formats.day(row.created_on), sort="created",
               width=13, value=lambda row: row.created_on, hidden=True),
    )  # fmt: skip


def _number(row: OfferListRow) -> str:
    if row.version == 1:
        return row.number
    return _("{number}, v. {version}").format(number=row.number, version=row.version)
