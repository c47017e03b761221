"""Dialogs of a card: a purchase, a contact, an agreement, a relationship."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from db.commands.interactions import AddInteraction
from db.commands.purchases import AddPurchase
from db.commands.relations import AddAgreement
from db.domain.ids import ClientId
from db.domain.text import fold, tidy
from db.domain.trade import InteractionKind
from db.queries.cards.purchases import ProductRow
from ui.parts.form_dialog import FormDialog
from ui.widgets.choices import CheckLine, ChoiceBox
from ui.widgets.editor import Editor
from ui.widgets.editors import DateLine, MoneyLine, NumberLine, TextArea, TextLine, Today
from ui.widgets.field import LabelledField
from ui.words import labels
from ui.words.i18n import _

AGREEMENTS = ("discount", "credit", "deferred", "instalments", "fixed_price", "exclusive")


class ProductBox(QComboBox):
    """A line with the known products below it; a new name makes a new product."""

    edited = Signal()
    left = Signal()

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMinimumContentsLength(12)
        self.addItems(list(names))
        self.setCurrentIndex(-1)
        completer = QCompleter(list(names), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        self.editTextChanged.connect(lambda _text: self.edited.emit())

    def value(self) -> str:
        return tidy(self.currentText())

    def set_value(self, value: str | None) -> None:
        self.setEditText(value or "")

    def problem(self) -> str | None:
        return None

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class PurchaseDialog(FormDialog):
    """A new purchase: today, the amount, and what else is known."""

    def __init__(
        self, name: str, products: Sequence[ProductRow], today: Today, parent: QWidget | None = None
    ) -> None:
        title = _("Purchase: {name}").format(name=name)
        super().__init__(title, _("Write it"), parent, columns=2)
        self._products = {fold(product.name): product for product in products}
        self.day = self.add(_("&Date"), DateLine(today(), today=today), required=True)
        self.amount = self.add(
            _("&Amount"), MoneyLine(), required=True, hint=_("A refund: with a minus")
        )
        self.product = self.add(
            _("&Product or service"), ProductBox([product.name for product in products])
        )
        self.cost = self.add(_("&Cost"), MoneyLine(), hint=_("Your cost"))
        self.note = self.add(_("&Note"), TextLine(), wide=True)
        self.product.editor.edited.connect(self._propose)
        self.amount.focus()

    def command(self, client_id: ClientId) -> AddPurchase:
        """Return what to write; only after the dialog was accepted."""
        return AddPurchase(
            client_id,
            self.day.filled(),
            self.amount.filled(),
            self.cost.value(),
            self.product.value() or None,
            note=self.note.value() or None,
        )

    def _propose(self) -> None:
        """A known product brings its price and cost where nothing was typed."""
        product = self._products.get(fold(self.product.value()))
        if product is None:
            return
        for field, known in ((self.amount, product.price), (self.cost, product.cost)):
            if known is not None and not field.editor.text():
                field.set_value(known)


class TalkDialog(FormDialog):
    """A contact of any kind; a complaint may stay open, a survey has a score."""

    def __init__(self, name: str, today: Today, parent: QWidget | None = None) -> None:
        title = _("Contact: {name}").format(name=name)
        super().__init__(title, _("Write it"), parent, columns=2)
        first = (InteractionKind.CALL, *InteractionKind)
        kinds = [(kind, labels.interaction(kind)) for kind in dict.fromkeys(first)]
        self.kind = self.add(_("&What"), ChoiceBox(kinds))
        self.kind.set_value(InteractionKind.CALL)
        self.day = self.add(_("&Date"), DateLine(today(), today=today), required=True)
        self.text = self.add(_("What was &said"), TextArea(lines=4), wide=True)
        self.nps = self.add(
            _("Sc&ore, 0 to 10"),
            NumberLine(whole=True, least=0, most=10),
            hint=_("Would recommend us"),
        )
        self.unsettled = CheckLine(_("The complaint is &not settled yet"), checked=True)
        self.column.insertWidget(self.column.count(), self.unsettled)
        self.kind.editor.edited.connect(self._show_open)
        self._show_open()
        self.kind.focus()

    def command(self, client_id: ClientId) -> AddInteraction:
        """Return what to write; only after the dialog was accepted."""
        kind, nps = self.kind.filled(), self.nps.value()
        return AddInteraction(
            client_id,
            kind,
            self.day.filled(),
            self.text.value() or None,
            None if nps is None else int(nps),
            is_open=kind is InteractionKind.COMPLAINT and self.unsettled.value(),
        )

    def _show_open(self) -> None:
        self.unsettled.setVisible(self.kind.value() is InteractionKind.COMPLAINT)
        self.grow()


class AgreementDialog(FormDialog):
    """What was agreed: a kind and its numbers or words."""

    def __init__(self, name: str, today: Today, parent: QWidget | None = None) -> None:
        title = _("Agreement: {name}").format(name=name)
        super().__init__(title, _("Keep it"), parent, columns=2)
        kinds = [(kind, labels.agreement(kind)) for kind in AGREEMENTS]
        self.kind = self.add(_("&What"), ChoiceBox(kinds))
        self.kind.set_value(AGREEMENTS[0])
        self.until = self.add(_("&Until"), DateLine(today=today))
        self.percent = self.add(_("&Percent"), NumberLine(least=0, most=100))
        self.days = self.add(_("&Days"), NumberLine(whole=True, least=0, most=3650))
        self.amount = self.add(_("&Amount"), MoneyLine())
        self.text = self.add(_("&In words"), TextLine(), wide=True)
        self.percent.focus()

    def command(self, client_id: ClientId) -> AddAgreement:
        """Return what to write; only after the dialog was accepted."""
        days = self.days.value()
        return AddAgreement(
            client_id,
            self.kind.filled(),
            self.percent.value(),
            self.amount.value(),
            None if days is None else int(days),
            self.text.value() or None,
            until=self.until.value(),
        )

    def check_together(self) -> list[LabelledField[Editor]]:
        numbers = (self.percent, self.days, self.amount)
        if self.text.value() or any(field.value() is not None for field in numbers):
            return []
        self.text.set_error(_("Enter a percentage, days, an amount or a description"))
        return [self.percent]
