"""The call list of the lost: as a workbook, a table or a paper."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from db.progress import Progress
from db.queries.winback import WinbackRow, WinbackSpec, winback_list
from ui import formats
from ui.documents.call_file import CallList, CallRow, write_call_list
from ui.i18n import _
from ui.page import PageHost
from ui.widgets.files import FileKind, ask_save
from ui.winback import words


class CallListMaker(QObject):
    """Asks where to, writes away from the screen, tells how many. "Do not contact" is obeyed."""

    def __init__(self, host: PageHost, parent: QWidget) -> None:
        super().__init__(parent)
        self._host, self._window = host, parent

    def ask(self, spec: WinbackSpec) -> None:
        kind = FileKind(
            "export",
            [(_("Excel workbook"), ["xlsx"]), (_("Paper (PDF)"), ["pdf"]), (_("CSV"), ["csv"])],
        )
        name = _("Win-back {day}").format(day=f"{self._host.context.base.as_of:%Y-%m-%d}")
        path = ask_save(self._window, self._host.preferences, kind, _("Call list"), f"{name}.xlsx")
        if path is not None:
            self.write(path, spec)

    def write(self, path: Path, spec: WinbackSpec) -> None:
        """Write the part of the list that is shown, in its order."""
        base = self._host.context.base

        def work(progress: Progress) -> tuple[Path, int, int]:
            as_of = base.as_of
            rows = base.ask(winback_list, as_of, None, spec)
            called = [row for row in rows if not row.do_not_contact]
            listed = CallList(
                _("Win-back: {part}").format(part=words.view(spec.view).lower()),
                _note(len(called), len(rows) - len(called), formats.day_long(as_of)),
                _("At stake"),
                [_row(row, as_of) for row in called],
                as_of,
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
            told += "; " + _left_out(left_out)
        self._host.tell(told)


def _row(row: WinbackRow, as_of: date) -> CallRow:
    return CallRow(row.name, row.phone or "", words.why(row, as_of), row.stake.money)


def _left_out(count: int) -> str:
    return _("asked not to be contacted: {count}").format(count=formats.number(count))


def _note(count: int, left_out: int, day: str) -> str:
    told = f"{day}{words.SEPARATOR}{formats.clients_count(count)}"
    return f"{told}{words.SEPARATOR}{_left_out(left_out)}" if left_out else told
