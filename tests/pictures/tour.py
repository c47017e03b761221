"""Walk through the main job without a screen; leave pictures of every page and an offer as PDF.

`python3 dev.py run` starts it where there is no screen; `python -m tests.pictures.tour [OUT]`
anywhere. The pictures are in both languages and both themes.
"""

import csv
import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt, qInstallMessageHandler
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from db.client_base import ClientBase
from db.demo import make_demo
from db.domain.ids import ClientId
from db.domain.offers import OfferStatus
from db.file.whole_file import whole_file
from db.queries.lists.clients import ListSpec, client_ids, client_rows
from db.queries.offers.offers import offer_list, stored_offer
from desktop.app import Program, qt_application
from desktop.config import system_language
from desktop.crash import note_qt
from desktop.pages import page_specs
from ui.clients.dialogs import PurchaseDialog
from ui.clients.page import ClientsPage
from ui.documents.offer_pdf import offer_pdf
from ui.look import theme
from ui.offers.page import OffersPage
from ui.parts.attempt_dialog import AttemptDialog
from ui.preferences import Preferences
from ui.settings.looks_section import LooksSection
from ui.transfer.dialog import ImportDialog
from ui.winback.page import WinbackPage
from ui.words import i18n
from ui.words.offers import file_name

P = TypeVar("P", bound=QWidget)
D = TypeVar("D", bound=QDialog)

CLIENTS, SEED = 300, 1
WIDTH, HEIGHT = 1366, 768
_TABLE_ROWS = 12
_log = logging.getLogger(__name__)
_PATIENCE = 30.0  # seconds for one step
_QUIET = 0.3  # seconds without work after which a page is said to be settled


class StuckError(Exception):
    """A step of the tour did not end; the text says which."""


def walk(out: Path) -> int:
    """Make a demonstration in `out`, walk the main job, write pictures and the offer there."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    out.mkdir(parents=True, exist_ok=True)
    today = date.today()
    base = _fresh(out / "demo.kartoteka")
    made = make_demo(base, as_of=today, clients=CLIENTS, seed=SEED, language=i18n.language())
    _say(f"Demonstration: {base}, clients: {made.clients}")
    logging.getLogger("kartoteka.qt").addFilter(_is_of_use)
    qInstallMessageHandler(note_qt)
    app = qt_application(sys.argv[:1])
    theme.prepare(app)
    with tempfile.TemporaryDirectory() as folder:
        kept = QSettings(str(Path(folder) / "tour.ini"), QSettings.Format.IniFormat)
        preferences = Preferences(kept)
        preferences.language = i18n.language()
        theme.follow(app, preferences)
        tour = Tour(app, Program(preferences, today), preferences, out)
        try:
            tour.walk(base)
        except StuckError as error:
            _log.exception("the tour is stuck")
            print(f"The tour could not go on: {error}", file=sys.stderr)
            return 1
        finally:
            tour.leave()
            qInstallMessageHandler(None)
    return 0


def _is_of_use(record: logging.LogRecord) -> bool:
    """Drop what Qt says of every window that has no screen."""
    return "propagateSizeHints" not in record.getMessage()


class Tour:
    """One walk. Every step does what the owner would do, through the window's own pages."""

    def __init__(
        self, app: QApplication, program: Program, preferences: Preferences, out: Path
    ) -> None:
        self._app, self._program = app, program
        self._preferences, self._out = preferences, out
        self._window = program.window
        self._window.resize(WIDTH, HEIGHT)

    def walk(self, base: Path) -> None:
        self._window.show_welcome()
        self._window.show()
        self._picture_welcome()
        self._program.open_base(base)
        self._until(lambda: self._window.host is not None)
        self._fill_a_gap()
        self._see_the_segments()
        self._call_a_lost_client()
        self._print_an_offer()
        self._pictures()

    def leave(self) -> None:
        self._window.close()
        self._program.close()

    def _fill_a_gap(self) -> None:
        page = self._page("clients", ClientsPage)
        ids = self._base().ask(client_ids, ListSpec(with_gaps=True))
        client_id = ClientId(ids[0])
        page.focus_item(client_id)
        self._settle()
        form = page.panel.form
        for key, text in (("phone", "8 913 123-45-67"), ("birthday", "8.3.1980")):
            editor = form.slot(key).editor
            if not editor.value():
                editor.setFocus()
                _type(editor, text)
        page.card.save()
        self._settle()
        _say(f"A gap is filled on card {client_id}")

    def _see_the_segments(self) -> None:
        self._page("segments", QWidget)
        _say("Segments are counted")

    def _call_a_lost_client(self) -> None:
        page = self._page("winback", WinbackPage)
        self._until(lambda: page.panel.card is not None)
        page.log_attempt()
        dialog = self._dialog(AttemptDialog)
        _type(dialog.note.editor, "придёт в субботу")
        self._picture("winback-call")
        dialog.accept()
        self._settle()
        card = page.panel.card
        name = card.row.name if card else ""
        _say(f"A call is written down: {name}")

    def _print_an_offer(self) -> None:
        base = self._base()
        offers = base.ask(offer_list)
        draft = next(row for row in offers if row.status is OfferStatus.DRAFT)
        page = self._page("offers", OffersPage)
        page.focus_item(draft.id)
        self._settle()
        sheet = base.ask(stored_offer, draft.id).sheet
        target = self._out / file_name(sheet)
        with whole_file(target) as written:
            written.write_bytes(offer_pdf(sheet).data)
        _say(f"The offer is printed: {target}")

    def _picture_welcome(self) -> None:
        for ending in self._looks():
            self._picture("welcome" + ending)
            dialog = self._program.questions.ask_new_base()
            self._settle()
            self._picture("new-base" + ending)
            dialog.reject()

    def _pictures(self) -> None:
        """Picture every page, and the dialogs of the clients."""
        for ending in self._looks():
            for name in (spec.key for spec in page_specs()):
                page = self._page(name, QWidget)
                if isinstance(page, OffersPage):
                    page.editor.leave()
                    self._settle()
                    self._picture("offers-list" + ending)
                    self._open_first_offer(page)
                self._picture(name + ending)
                if isinstance(page, ClientsPage):
                    self._picture_purchase(page, ending)
                    self._picture_import(ending)

    def _looks(self) -> Iterator[str]:
        """Bring every language and theme in turn; say how names of pictures end then.

        A theme is put on once for all pages: that is what takes most time.
        """
        first = self._preferences.language
        for language in i18n.LANGUAGES:
            self._preferences.language = language
            self._settle()
            for look in ("light", "dark"):
                self._preferences.theme = look
                for section in self._window.findChildren(LooksSection):
                    section.theme.set_value(look)
                self._window.notice.hide()
                self._settle()
                yield f"-{language}-{look}"
        self._preferences.language = first
        self._settle()

    def _picture_purchase(self, page: ClientsPage, ending: str) -> None:
        page.doings.purchase()
        dialog = self._dialog(PurchaseDialog)
        self._picture("purchase" + ending)
        dialog.reject()

    def _picture_import(self, ending: str) -> None:
        """Show a table that some other program might have written."""
        base = self._base()
        ids = base.ask(client_ids, ListSpec())[:_TABLE_ROWS]
        rows = base.ask(client_rows, ids).values()
        with tempfile.TemporaryDirectory() as folder:
            table = Path(folder) / "clients.csv"
            with table.open("w", encoding="utf-8", newline="") as target:
                writer = csv.writer(target, delimiter=";")
                writer.writerow(("Имя", "Телефон"))
                writer.writerows((row.name, row.phone or "") for row in rows)
            self._window.import_wanted.emit(str(table))
            dialog = self._dialog(ImportDialog)
            self._picture("import" + ending)
            dialog.reject()
            self._settle()

    def _open_first_offer(self, page: OffersPage) -> None:
        rows = self._base().ask(offer_list)
        page.focus_item(next(row.id for row in rows if row.status is OfferStatus.DRAFT))
        self._settle()

    def _picture(self, name: str) -> None:
        place = self._out / f"{name}.png"
        shown = self._app.activeModalWidget() or self._window
        if not shown.grab().save(str(place)):
            raise StuckError(name)

    # Waiting -------------------------------------------------------------------------------------

    def _base(self) -> ClientBase:
        assert self._window.host is not None
        return self._window.host.context.base

    def _page(self, key: str, kind: type[P]) -> P:
        self._window.go(key)
        self._settle()
        page = self._window.page()
        if not isinstance(page, kind):
            raise StuckError(key)
        return page

    def _dialog(self, kind: type[D]) -> D:
        def shown() -> list[D]:
            return [held for held in self._window.findChildren(kind) if held.isVisible()]

        self._until(lambda: bool(shown()))
        return shown()[-1]

    def _settle(self) -> None:
        """Let every pause run out and every question be answered."""
        quiet_since = time.monotonic()
        deadline = quiet_since + _PATIENCE
        while time.monotonic() - quiet_since < _QUIET:
            self._app.processEvents()
            if self._program.jobs.busy():
                quiet_since = time.monotonic()
            if time.monotonic() > deadline:
                raise StuckError("busy")
            time.sleep(0.005)

    def _until(self, holds: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _PATIENCE
        while not holds():
            self._app.processEvents()
            if time.monotonic() > deadline:
                raise StuckError("waiting")
            time.sleep(0.005)
        self._settle()


def _type(widget: QWidget, text: str) -> None:
    for sign in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, sign)
            QCoreApplication.sendEvent(widget, event)


def _fresh(base: Path) -> Path:
    """Take away the demonstration of an earlier walk."""
    for ending in ("", "-wal", "-shm"):
        base.with_name(base.name + ending).unlink(missing_ok=True)
    return base


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    i18n.use(system_language())
    sys.exit(walk(Path(sys.argv[1] if len(sys.argv) > 1 else "out")))
