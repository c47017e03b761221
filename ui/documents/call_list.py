"""A list of whom to call, as a paper to write on and as a table for other programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from reportlab.platypus import Flowable, LongTable, Spacer, TableStyle

from db.files import whole_file
from db.progress import Progress
from db.transfer.tables_out import CellKind, OutColumn, write_table
from ui import formats
from ui.documents.paper import (
    BODY,
    INK,
    LINE,
    NOTE,
    SHADE,
    SMALL,
    TITLE,
    WIDTH,
    About,
    Ink,
    Printed,
    page_foot,
    print_story,
    style,
)
from ui.i18n import _, language

# Shares of the page: number, client and phone, why, money, room to write.
_WIDTHS = (0.05, 0.28, 0.31, 0.13, 0.23)
_BOLD = style(9, 12.2, bold=True)
_MONEY = style(9, 12.2, right=True)
_STEP = 500


@dataclass(frozen=True, slots=True)
class CallRow:
    name: str
    phone: str
    why: str
    money: Decimal | None


@dataclass(frozen=True, slots=True)
class CallList:
    """Whom to call. `note` says who is in it, `money_head` what the figures are."""

    title: str
    note: str
    money_head: str
    rows: Sequence[CallRow]


def call_list_pdf(listed: CallList, company: str = "") -> Printed:
    """Return the paper: a row a client, with room to write what was said."""
    ink = Ink()
    story: list[Flowable] = [ink.para(listed.title, TITLE), ink.para(listed.note, NOTE)]
    story += [Spacer(1, 8), _table(listed, ink)]
    about = About(listed.title, company, language())
    bottom, foot = page_foot(company or listed.title, ink)
    return print_story(story, about, foot, bottom, ink)


def _table(listed: CallList, ink: Ink) -> LongTable:
    head = ["№", _("Client"), _("Why to call"), listed.money_head, _("What was said")]
    rows = [[ink.para(text, SMALL) for text in head]]
    for number, row in enumerate(listed.rows, 1):
        client = [ink.para(row.name, _BOLD), ink.para(formats.phone(row.phone), BODY)]
        money = ink.para(formats.money_short(row.money), _MONEY)
        why = ink.paras(row.why, BODY)
        rows.append([ink.para(str(number), SMALL), client, why, money, ""])
    table = LongTable(rows, [WIDTH * share for share in _WIDTHS], repeatRows=1, splitInRow=1)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
                ("LINEBEFORE", (-1, 0), (-1, -1), 0.5, LINE),
                ("BACKGROUND", (0, 0), (-1, 0), SHADE),
                ("TEXTCOLOR", (0, 0), (-1, -1), INK),
                ("TOPPADDING", (0, 0), (-1, -1), 4),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
                ("LEFTPADDING", (0, 0), (-1, -1), 4),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ]
        )
    )
    return table


def write_call_list(path: Path, listed: CallList, company: str, progress: Progress) -> int:
    """Write the list by the ending of the name: .pdf, .xlsx or .csv; return how many clients.

    Raises TroubleError as db.transfer.tables_out.write_table does.
    """
    if path.suffix.lower() == ".pdf":
        printed = call_list_pdf(listed, company)
        with whole_file(path) as draft:
            draft.write_bytes(printed.data)
        return len(listed.rows)
    columns = (
        OutColumn(_("Client")),
        OutColumn(_("Phone")),
        OutColumn(_("Why to call")),
        OutColumn(listed.money_head, CellKind.MONEY),
        OutColumn(_("What was said")),
    )
    rows = (
        (row.name, formats.phone(row.phone) if row.phone else "", row.why, row.money, "")
        for row in listed.rows
    )
    return write_table(path, columns, rows, progress)
