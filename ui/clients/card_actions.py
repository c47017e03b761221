"""What is done from a card: purchases, contacts, agreements, relationships; each can be undone."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QWidget

from db.commands.interactions import CloseComplaint, DeleteInteraction
from db.commands.purchases import DeletePurchase
from db.commands.relations import DeleteAgreement, DeleteRelationship
from db.domain.ids import ClientId, PurchaseId
from db.outcome import Command
from db.queries.cards.purchases import ProductRow, products
from ui.clients.controller import CardController
from ui.clients.dialogs import AgreementDialog, PurchaseDialog, TalkDialog
from ui.clients.panel import CardPanel
from ui.clients.relation_dialog import RelationDialog
from ui.jobs.latest import Latest
from ui.parts.page import PageHost, do_and_tell
from ui.words import formats
from ui.words.i18n import _


class CardActions(QObject):
    """Opens the dialogs of the card and carries out what they say."""

    def __init__(
        self, host: PageHost, card: CardController, panel: CardPanel, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._host, self._card, self._panel, self._window = host, card, panel, parent
        self._ask = Latest(self)
        panel.head.purchase_wanted.connect(self.purchase)
        panel.head.talk_wanted.connect(self.talk)
        panel.head.copy_wanted.connect(self.copy_phone)
        panel.purchases.add_wanted.connect(self.purchase)
        panel.purchases.delete_wanted.connect(self._delete_purchase)
        panel.agreements.add_wanted.connect(self.agreement)
        panel.agreements.delete_wanted.connect(self._delete_agreement)
        panel.relations.add_wanted.connect(self.relation)
        panel.relations.delete_wanted.connect(self._delete_relation)
        self._add_history_menu()

    def purchase(self) -> None:
        """Ask for a purchase of the client shown."""
        if self._usable() is not None:
            self._ask.take(self._host.context.ask(products), self._ask_purchase)

    def copy_phone(self) -> None:
        """Put the first phone on the clipboard."""
        full = self._card.full
        phones = full.card.values.get("phone") if full is not None else ()
        if isinstance(phones, tuple) and phones:
            QGuiApplication.clipboard().setText(phones[0])
            self._host.tell(_("Copied: {phone}").format(phone=formats.phone(phones[0])))

    def talk(self) -> None:
        client_id = self._usable()
        if client_id is None:
            return
        dialog = TalkDialog(self._card.name(), self._host.context.today, self._window)
        dialog.run(self._host, lambda: dialog.command(client_id), _("The contact is written"))

    def agreement(self) -> None:
        client_id = self._usable()
        if client_id is None:
            return
        dialog = AgreementDialog(self._card.name(), self._host.context.today, self._window)
        dialog.run(self._host, lambda: dialog.command(client_id), _("The agreement is kept"))

    def relation(self) -> None:
        client_id = self._usable()
        if client_id is None:
            return
        name = self._card.name()
        dialog = RelationDialog(client_id, name, self._host.context, self._window)
        dialog.run(self._host, dialog.command, _("The relationship is kept"))

    def _ask_purchase(self, known: list[ProductRow]) -> None:
        client_id = self._usable()
        if client_id is None:
            return
        dialog = PurchaseDialog(self._card.name(), known, self._host.context.today, self._window)
        dialog.run(self._host, lambda: dialog.command(client_id), _("The purchase is written"))

    def _delete_purchase(self, number: int) -> None:
        self._do(DeletePurchase(PurchaseId(number)), _("The purchase is deleted"))

    def _delete_agreement(self, number: int) -> None:
        self._do(DeleteAgreement(number), _("The agreement is deleted"))

    def _delete_relation(self, number: int) -> None:
        self._do(DeleteRelationship(number), _("The relationship is deleted"))

    # The history -------------------------------------------------------------------------------

    def _add_history_menu(self) -> None:
        history = self._panel.history
        self._settle = QAction(_("The complaint is settled"), history)
        self._settle.triggered.connect(self._settle_complaint)
        self._remove = QAction(_("Delete the contact"), history)
        self._remove.triggered.connect(self._delete_talk)
        history.set_menu([self._settle, self._remove])
        history.current_changed.connect(self._fit_history_menu)

    def _fit_history_menu(self, number: int | None) -> None:
        row = None if number is None else self._panel.happening(number)
        self._settle.setEnabled(row is not None and row.is_open)
        self._remove.setEnabled(row is not None and row.source == "interaction")

    def _settle_complaint(self) -> None:
        self._with_talk(
            lambda number: self._do(
                CloseComplaint(number, self._host.context.today()), _("The complaint is settled")
            )
        )

    def _delete_talk(self) -> None:
        self._with_talk(
            lambda number: self._do(DeleteInteraction(number), _("The contact is deleted"))
        )

    def _with_talk(self, do: Callable[[int], object]) -> None:
        number = self._panel.history.table.current_id()
        row = None if number is None else self._panel.happening(number)
        if row is not None and row.source == "interaction":
            do(row.source_id)

    # Doing -------------------------------------------------------------------------------------

    def _usable(self) -> ClientId | None:
        """Return the client shown, unless the card is in the bin or not saved yet."""
        full = self._card.full
        return None if full is None or full.card.deleted_at is not None else full.card.id

    def _do(self, command: Command[object], done: str) -> None:
        do_and_tell(self, self._host, command, done)
