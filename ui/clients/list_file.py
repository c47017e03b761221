"""The list as it is shown, written to a workbook or a table."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from db.client_base import ClientBase
from db.progress import Progress, in_batches
from db.queries.lists.clients import ClientRow, ListSpec, client_ids, client_rows
from db.transfer.tables_out import Cell, CellKind, OutColumn, write_table
from ui.parts.page import PageHost
from ui.widgets.files import FileKind, ask_save
from ui.words import formats, labels
from ui.words.i18n import _


class ListWriter(QObject):
    """Asks for a file, writes the list in a worker, and shows how many clients it has."""

    def __init__(self, host: PageHost, window: QWidget) -> None:
        super().__init__(window)
        self._host, self._window = host, window

    def ask(self, spec: ListSpec) -> None:
        kind = FileKind("export", [(_("Excel workbook"), ["xlsx"]), (_("CSV table"), ["csv"])])
        name = f"{_('Clients')} {self._host.context.base.as_of:%Y-%m-%d}.xlsx"
        path = ask_save(self._window, self._host.preferences, kind, _("Save the list"), name)
        if path is not None:
            self.write(path, spec)

    def write(self, path: Path, spec: ListSpec) -> None:
        """Write the clients shown, in their order."""
        base = self._host.context.base

        def work(progress: Progress) -> tuple[Path, int]:
            rows = [_cells(row) for row in _rows(base, spec, progress)]
            return path, write_table(path, _columns(), rows, progress)

        job = self._host.context.work(work)
        self._host.follow(job, _("Writing the list"))
        job.succeeded.connect(self._tell)

    def _tell(self, written: tuple[Path, int]) -> None:
        path, count = written
        clients = formats.clients_count(count)
        self._host.tell(_("Written: {file}, {clients}").format(file=path.name, clients=clients))


def _rows(base: ClientBase, spec: ListSpec, progress: Progress) -> Iterator[ClientRow]:
    ids = base.ask(client_ids, spec)
    for part in in_batches(ids, progress):
        rows = base.ask(client_rows, part)
        yield from (rows[client_id] for client_id in part if client_id in rows)


def _columns() -> list[OutColumn]:
    return [
        OutColumn(_("Client")),
        OutColumn(_("Phone")),
        OutColumn(_("E-mail")),
        OutColumn(_("Segment")),
        OutColumn(_("Purchase"), CellKind.DAY),
        OutColumn(_("In a year"), CellKind.MONEY),
        OutColumn(_("Next visit"), CellKind.DAY),
    ]


def _cells(row: ClientRow) -> list[Cell]:
    phone = formats.phone(row.phone).replace(formats.NBSP, " ") if row.phone else None
    status = labels.status(row.status)
    return [row.name, phone, row.email, status, row.last_on, row.year_revenue, row.next_on]
