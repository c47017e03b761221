"""The call list of a segment: as a workbook, a table or a paper."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from db.progress import Progress
from db.queries.clients import ClientRow, ListSpec
from db.queries.segments import segment_members
from ui import formats, labels
from ui.documents.call_file import CallList, CallRow, write_call_list
from ui.i18n import _
from ui.page import PageHost
from ui.segments import words
from ui.widgets.files import FileKind, ask_save


class CallListMaker(QObject):
    """Asks where to, writes away from the screen, tells how many. "Do not contact" is obeyed."""

    def __init__(self, host: PageHost, parent: QWidget) -> None:
        super().__init__(parent)
        self._host, self._window = host, parent

    def ask(self, spec: ListSpec) -> None:
        kind = FileKind(
            "export",
            [(_("Excel workbook"), ["xlsx"]), (_("Paper (PDF)"), ["pdf"]), (_("CSV"), ["csv"])],
        )
        segment = labels.status_of_many(spec.status or "")
        name = f"{segment} {self._host.context.base.as_of:%Y-%m-%d}.xlsx"
        path = ask_save(self._window, self._host.preferences, kind, _("Call list"), name)
        if path is not None:
            self.write(path, spec)

    def write(self, path: Path, spec: ListSpec) -> None:
        """Write who is shown, in that order."""
        base = self._host.context.base

        def work(progress: Progress) -> tuple[Path, int, int]:
            rows = base.ask(segment_members, spec, base.as_of)
            called = [row for row in rows if not row.do_not_contact]
            listed = CallList(
                labels.status_of_many(spec.status or ""),
                f"{formats.day_long(base.as_of)} · {formats.clients_count(len(called))}",
                _("In a year"),
                [_row(row) for row in called],
                base.as_of,
            )
            return path, write_call_list(path, listed, progress), len(rows) - len(called)

        job = self._host.context.work(work)
        self._host.follow(job, _("Writing the call list"))
        job.succeeded.connect(self._tell)

    def _tell(self, written: tuple[Path, int, int]) -> None:
        path, count, left_out = written
        told = _("Written: {file}, {clients}").format(
            file=path.name, clients=formats.clients_count(count)
        )
        if left_out:
            told += "; " + _("asked not to be contacted: {count}").format(
                count=formats.number(left_out)
            )
        self._host.tell(told)


def _row(row: ClientRow) -> CallRow:
    return CallRow(row.name, row.phone or "", words.member_line(row), row.year_revenue)
