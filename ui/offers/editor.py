"""The editor of one offer. A draft is saved on a pause in typing, on leaving, and on Ctrl+S."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.commands.offers import DeleteOffer, SavedOffer, SaveOffer, SetOfferState
from db.domain.checker import FindingLevel, check
from db.domain.ids import ClientId, OfferId
from db.domain.offers import Offer, OfferFault, OfferSheet, OfferState, OfferStatus, Tier
from db.domain.pricing import price_offer
from db.outcome import Command, Outcome
from db.queries.offers.offers import StoredOffer, contact_name, new_sheet, stored_offer
from ui.jobs.latest import Latest
from ui.look.palette import Tone
from ui.offers.answer_dialog import AcceptDialog, AnswerDialog, DeclineDialog, frozen_words
from ui.offers.editor_head import EditorHead
from ui.offers.findings_panel import verdict
from ui.offers.form import OfferForm
from ui.offers.keeping import DraftKeeper, Kept, tell
from ui.offers.paper_pane import PaperPane
from ui.parts.page import PageHost
from ui.widgets.dialog import confirm
from ui.widgets.splitter import RememberingSplitter
from ui.words.i18n import _
from ui.words.offers import fault_text

_KEEP_MS = 8000


class OfferEditor(QWidget):
    """Form on the left, paper on the right. Nothing typed is lost by leaving it."""

    closed = Signal()

    def __init__(self, host: PageHost, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._host, self._context = host, host.context
        self._stored: StoredOffer | None = None
        self._sheet: OfferSheet | None = None
        self._kept = Offer()  # as the base has it
        self._keeper = DraftKeeper(self._context, self)
        self._keeper.kept.connect(self._take_kept)
        self._keeper.failed.connect(self._not_kept)
        self._then: Callable[[], object] | None = None
        self._loading, self._contact = Latest(self), Latest(self)
        self.head = EditorHead(
            {"revise": self.revise, "copy": self.copy, "delete": self.delete,
             "decline": self.decline, "accept": self.accept, "send": self.send,
             "print": self.print_paper, "pdf": self.save_pdf}
        )  # fmt: skip
        self.form = OfferForm(self._context)
        self.paper = PaperPane(host, self._now)
        self._keep_timer = QTimer(self)
        self._keep_timer.setSingleShot(True)
        self._keep_timer.setInterval(_KEEP_MS)
        self._keep_timer.timeout.connect(self.save)
        self._lay_out()
        self.head.back_wanted.connect(self.leave)
        self.head.check_wanted.connect(self._show_check)
        self.form.edited.connect(self._changed)
        self.form.client.edited.connect(self._ask_contact)

    def _lay_out(self) -> None:
        self._splitter = RememberingSplitter(
            self._host.preferences,
            "offers/editor",
            (self.form, self.paper),
            sizes=(50, 24),
            stretch=(3, 2),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._splitter, 1)
        for keys, do in (("Ctrl+S", self.save_loudly), ("Ctrl+Shift+S", self.save_pdf),
                         ("Esc", self.leave)):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    # Showing ------------------------------------------------------------------------------------

    def open_offer(self, offer_id: OfferId) -> None:
        self._loading.take(self._context.ask(stored_offer, offer_id), self._show_stored, self._gone)

    def start(self, client_id: ClientId | None = None) -> None:
        """Begin a new offer; it gets its number when something is kept."""
        self._loading.take(self._context.ask(new_sheet, client_id), self._show_new)

    def look_again(self) -> None:
        """Look at the base again: settings, the client or the offer may have changed."""
        if self._stored is not None and not self._keeper.is_busy():
            self._loading.take(
                self._context.ask(stored_offer, self._stored.id),
                self._take_again,
                self._gone_meanwhile,
            )

    def offer_id(self) -> OfferId | None:
        return None if self._stored is None else self._stored.id

    @property
    def is_frozen(self) -> bool:
        return self._stored is not None and self._stored.state is not OfferState.DRAFT

    def _show_new(self, sheet: OfferSheet) -> None:
        self._stored = None
        self._show(sheet, OfferStatus.DRAFT)
        self.form.client.setFocus()

    def _show_stored(self, stored: StoredOffer) -> None:
        self._stored = stored
        self._show(stored.sheet, stored.status)

    def _show(self, sheet: OfferSheet, status: OfferStatus) -> None:
        self._sheet = sheet
        self.form.show_sheet(sheet, frozen=self.is_frozen)
        self.form.tell(frozen_words(self._stored) if self._stored else "")
        self.form.verticalScrollBar().setValue(0)
        # As the form reads it back: otherwise default names of tiers would count as typed.
        self._kept = self.form.offer()
        self._keeper.begin(self._stored)
        self.head.show_sheet(sheet, status)
        self._keep_timer.stop()
        self._show_result()
        self.paper.make()

    def _take_again(self, stored: StoredOffer) -> None:
        before = self._stored
        if before is None or before.id != stored.id:
            return
        if stored.edition == before.edition and stored.state is before.state:
            self._stored = stored
            self._sheet = replace(
                self._now(), ours=stored.sheet.ours, language=stored.sheet.language
            )
            self.form.show_language_of_settings(self._sheet)
            self.paper.make_soon()
        elif not self.is_changed():
            self._show_stored(stored)

    def _gone(self, error: object) -> None:
        self._host.trouble(error)
        self._close()

    def _gone_meanwhile(self, error: object) -> None:
        if self.is_changed():
            self.save()  # as a new offer
        else:
            self._gone(error)

    def is_changed(self) -> bool:
        return self._sheet is not None and not self.is_frozen and self.form.offer() != self._kept

    def _now(self) -> OfferSheet:
        """Return the sheet with the offer as it stands in the form."""
        assert self._sheet is not None  # noqa: S101 - something is shown
        if self.is_frozen:
            return self._sheet
        offer = self.form.offer()
        return replace(self._sheet, offer=offer, client_name=offer.client_name)

    def _changed(self) -> None:
        if self._sheet is None:
            return
        self._show_result()
        self.paper.make_soon()
        self._keep_timer.start()

    def _show_result(self) -> None:
        """Show totals while typing: one pure computation, far shorter than a frame."""
        offer = self._now().offer
        findings = check(offer, self._context.today())
        self.form.show_result(price_offer(offer), findings, offer)
        self.head.show_verdict(verdict(findings)[0])
        self._show_saved()

    def _show_saved(self) -> None:
        if self.is_changed():
            self.head.show_saved(_("not saved yet"), Tone.WARNING)
        else:
            self.head.show_saved(_("saved") if self._stored else "", Tone.MUTED)

    def _show_check(self) -> None:
        self.form.ensureWidgetVisible(self.form.findings)

    def _ask_contact(self) -> None:
        client_id = self.form.client.value()[0]
        if client_id is None:
            self._take_contact("")
        else:
            self._contact.take(
                self._context.ask(contact_name, ClientId(client_id)), self._take_contact
            )

    def _take_contact(self, name: str) -> None:
        if self._sheet is not None and self._sheet.contact_name != name:
            self._sheet = replace(self._sheet, contact_name=name)
            self.paper.make_soon()

    # Paper --------------------------------------------------------------------------------------

    def print_paper(self) -> None:
        self._after_saving(lambda: self.paper.print_sheet(self._now()))

    def save_pdf(self) -> None:
        self._after_saving(lambda: self.paper.save_pdf(self._now()))

    # Saving -------------------------------------------------------------------------------------

    def save_loudly(self) -> None:
        """Save on request, and show what can't be read."""
        problems = [] if self.is_frozen else self.form.problems()
        self.save()
        if problems:
            self._host.warn(_("Marked values can't be read; all the rest is saved."))
            self.form.go_to(problems[0])

    def save(self) -> None:
        """Keep the draft in the base, if it has changed; the answer comes later."""
        self._keep_timer.stop()
        if self.is_changed() and self.form.offer() != self._keeper.in_queue():
            self._keeper.keep(self.form.offer())

    def _take_kept(self, kept: Kept) -> None:
        if self._sheet is None:
            return
        self._kept, saved = kept.offer, kept.saved
        self._sheet = replace(self._now(), number=saved.number, version=saved.version)
        self._stored = StoredOffer(
            saved.id, saved.edition, self._sheet, OfferState.DRAFT, OfferStatus.DRAFT,
            self._sheet.created_on, None, None,
        )  # fmt: skip
        self.head.show_sheet(self._sheet, OfferStatus.DRAFT)
        self._show_saved()
        if kept.as_new:
            text = _("The offer was changed elsewhere. What you typed is kept as {number}.")
            self._host.warn(text.format(number=saved.number))
        if self._then is not None:
            self._go_on()
        elif self.is_changed():
            self._keep_timer.start()

    def _not_kept(self, error: object) -> None:
        self._then = None
        if self._sheet is not None:
            self._show_saved()
        tell(self._host, error)

    def _after_saving(self, then: Callable[[], object]) -> None:
        if self._sheet is not None:
            self._then = then
            self._go_on()

    def _go_on(self) -> None:
        """Do what waited until everything typed was saved."""
        self.save()
        if self._then is not None and not self._keeper.is_busy():
            then, self._then = self._then, None
            then()

    def may_leave(self) -> bool:
        """Keep what was typed; ask only about what can't be read.

        The base has it a little later: the save is in the queue, which closing carries out.
        """
        if not self._may_be_kept():
            return False
        self.save()
        return True

    def _may_be_kept(self) -> bool:
        if self._sheet is None or self.is_frozen:
            return True
        problems = self.form.problems()
        if problems and not confirm(
            self,
            _("Some values can't be read"),
            _("The marked values can't be read and would be lost. All the rest is saved."),
            _("Leave without them"),
        ):
            self.form.go_to(problems[0])
            return False
        if self.is_changed() and price_offer(self.form.offer()).is_beyond_prices:
            self._host.warn(fault_text(OfferFault.TOO_BIG))
            self.form.go_to("lines")
            return False
        return True

    def leave_for(self, then: Callable[[], object]) -> None:
        """Go on to something else in this editor's place, once the base has what was typed."""
        if self._sheet is None:
            then()
        elif self._may_be_kept():
            self._after_saving(then)

    def leave(self) -> None:
        self.leave_for(self._close)

    def _close(self) -> None:
        self._stored = self._sheet = None
        self._keep_timer.stop()
        self.paper.forget()
        self.closed.emit()

    # States -------------------------------------------------------------------------------------

    def send(self) -> None:
        self._after_saving(self._send)

    def _send(self) -> None:
        findings = check(self._now().offer, self._context.today())
        errors = [finding for finding in findings if finding.level is FindingLevel.ERROR]
        if errors and not confirm(
            self,
            _("The offer is not ready"),
            _("{verdict}. A sent offer can't be changed: a change makes version 2.").format(
                verdict=verdict(findings)[0]
            ),
            _("Mark as sent all the same"),
        ):
            self._show_check()
            return
        if (command := self._become(OfferState.SENT)) is not None:
            self._do(command)

    def accept(self) -> None:
        dialog = AcceptDialog(price_offer(self._now().offer), self)
        self._ask(dialog, lambda: self._become(OfferState.ACCEPTED, dialog.tier()))

    def decline(self) -> None:
        dialog = DeclineDialog(self)
        self._ask(dialog, lambda: self._become(OfferState.DECLINED, None, dialog.reason()))

    def _ask(self, dialog: AnswerDialog, command: Callable[[], SetOfferState | None]) -> None:
        dialog.run(self._host, command, "", lambda saved: self.open_offer(saved.id))

    def _become(
        self, state: OfferState, tier: Tier | None = None, reason: str = ""
    ) -> SetOfferState | None:
        if self._stored is None:
            return None
        return SetOfferState(self._stored.id, state, self._context.today(), tier, reason)

    def revise(self) -> None:
        """Make the next version of a sent offer and go on with it."""
        if self._stored is not None:
            stored, day = self._stored, self._context.today()
            self._do(SaveOffer(stored.sheet.offer, day, stored.id, stored.edition))

    def copy(self) -> None:
        """Make a new offer like this one and go on with it."""
        self._after_saving(self._copy)

    def _copy(self) -> None:
        self._do(SaveOffer(self._now().offer, self._context.today()))

    def _do(self, command: Command[SavedOffer]) -> None:
        job = self._context.do(command, self)
        job.succeeded.connect(self._open_result)
        job.failed.connect(partial(tell, self._host))

    def _open_result(self, outcome: Outcome[SavedOffer]) -> None:
        self.open_offer(outcome.value.id)

    def delete(self) -> None:
        if self._keeper.is_busy():
            self._then = self.delete  # it may be getting its number just now
            return
        if self._stored is None:
            self._close()
            return
        job = self._context.do(DeleteOffer(self._stored.id), self)
        job.succeeded.connect(self._tell_deleted)
        job.failed.connect(partial(tell, self._host))

    def _tell_deleted(self, outcome: Outcome[None]) -> None:
        number = self._sheet.number if self._sheet else ""
        self._close()
        self._host.tell(
            _("The draft {number} is deleted").format(number=number), undo=outcome.change_id
        )
