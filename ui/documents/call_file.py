"""A call list as a file: a paper to write on, a workbook or a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from db.errors import trouble_of_system
from db.file.whole_file import whole_file
from db.progress import Progress
from db.transfer.tables_out import CellKind, OutColumn, write_table
from ui.documents.call_list import PaperColumn, call_list_pdf
from ui.documents.paper import Printed
from ui.words import formats
from ui.words.i18n import _

SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class CallRow:
    """One client of a call list; `money` is in roubles, None where it is not known."""

    name: str
    phone: str
    why: str
    money: Decimal | None


@dataclass(frozen=True, slots=True)
class CallList:
    """The clients to call. `about` says which clients they are, `money_head` what the figures are.

    `asked_not` and `left_alone` count the clients left out: those who asked not to be contacted,
    and those not to be won back.
    """

    title: str
    about: str
    money_head: str
    rows: Sequence[CallRow]
    on: date
    asked_not: int = 0
    left_alone: int = 0

    def left_out(self) -> Sequence[str]:
        """Say how many clients are left out and why; nothing where none is."""
        words = (
            (self.asked_not, _("asked not to be contacted: {count}")),
            (self.left_alone, _("not to win back: {count}")),
        )
        return [text.format(count=formats.number(count)) for count, text in words if count]

    def note(self) -> str:
        """Return the line below the title: which clients, of what day, how many."""
        parts = (formats.day_long(self.on), formats.clients_count(len(self.rows)), *self.left_out())
        return f"{self.about} {SEPARATOR.join(parts)}".strip()


def call_paper(listed: CallList) -> Printed:
    """Return the paper: one row a client, with room to write what was said."""
    columns = (
        PaperColumn("№", 0.05),
        PaperColumn(_("Client"), 0.26),
        PaperColumn(_("Phone"), 0.15),
        PaperColumn(_("Why to call"), 0.24),
        PaperColumn(listed.money_head, 0.12, align_right=True),
        PaperColumn(_("What was said"), 0.18),
    )
    rows = [
        (
            str(number),
            row.name,
            formats.phone(row.phone),
            row.why,
            formats.money_short(row.money),
            "",
        )
        for number, row in enumerate(listed.rows, 1)
    ]
    return call_list_pdf(listed.title, listed.note(), columns, rows, listed.on)


def write_call_list(path: Path, listed: CallList, progress: Progress) -> int:
    """Write the list by the ending of the name: .pdf, .xlsx or .csv; return how many clients.

    Raises TroubleError as db.transfer.tables_out.write_table does.
    """
    if path.suffix.lower() == ".pdf":
        printed = call_paper(listed)
        try:
            with whole_file(path) as draft:
                draft.write_bytes(printed.data)
        except OSError as error:
            raise trouble_of_system(error) or error from error
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
