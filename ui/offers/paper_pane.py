"""The right half of the editor: the paper as it stands, made away from the screen."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFrame, QVBoxLayout, QWidget

from db.domain.offers import OfferSheet
from db.file.whole_file import whole_file
from ui.documents.offer_pdf import offer_pdf
from ui.documents.paper import Printed
from ui.jobs.latest import Latest
from ui.look.palette import Tone
from ui.offers.preview import PaperPreview, print_pdf
from ui.parts.page import PageHost
from ui.widgets.files import FileKind, ask_save
from ui.widgets.labels import note
from ui.words.i18n import _
from ui.words.offers import file_name

_PAUSE_MS = 350
_DOTS_PER_INCH = 300


class PaperPane(QFrame):
    """Shows the sheet that `now` gives, prints it, saves it. `now` is asked in the GUI thread."""

    def __init__(
        self, host: PageHost, now: Callable[[], OfferSheet], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._host, self._now = host, now
        self._latest = Latest(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.make)
        self.preview = PaperPreview()
        self._missing = note("", Tone.WARNING)
        self._missing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.preview, 1)
        column.addWidget(self._missing)

    def make_soon(self) -> None:
        """Make the paper anew once typing pauses."""
        self._timer.start()

    def make(self) -> None:
        """Make the paper anew."""
        self._timer.stop()
        sheet = self._now()
        work = self._host.context.work(lambda _progress: offer_pdf(sheet))
        self._latest.take(work, self._show)

    def forget(self) -> None:
        """Make nothing more: the offer was closed."""
        self._timer.stop()
        self._latest.forget()

    def _show(self, printed: Printed) -> None:
        self.preview.show_pdf(printed.data)
        signs = " ".join(sorted(printed.missing))
        self._missing.setText(_("No font has these characters: {signs}").format(signs=signs))
        self._missing.setVisible(bool(signs))

    def print_sheet(self, sheet: OfferSheet) -> None:
        """Let the person choose a printer, then print."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setResolution(_DOTS_PER_INCH)  # more takes hundreds of megabytes a page
        printer.setDocName(file_name(sheet).removesuffix(".pdf"))
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            print_pdf(offer_pdf(sheet).data, printer)

    def save_pdf(self, sheet: OfferSheet) -> None:
        """Let the person choose a place, then write the file there."""
        kind = FileKind("offer", [("PDF", ["pdf"])])
        preferences = self._host.preferences
        target = ask_save(self, preferences, kind, _("Save the offer"), file_name(sheet))
        if target is not None:
            work = self._host.context.work(lambda _progress: _written(sheet, target))
            work.succeeded.connect(self._tell_written)

    def _tell_written(self, place: str) -> None:
        self._host.tell(_("Saved: {file}").format(file=place))


def _written(sheet: OfferSheet, target: Path) -> str:
    with whole_file(target) as draft:
        draft.write_bytes(offer_pdf(sheet).data)
    return str(target)
