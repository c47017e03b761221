"""The answer to an offer: which price was accepted, or why it was declined."""

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from db.domain.offers import OfferRefusedError, OfferStatus, Tier
from db.domain.pricing import PricedOffer
from db.queries.offers.offers import StoredOffer
from ui.parts.form_dialog import FormDialog
from ui.widgets.editors import TextArea
from ui.widgets.labels import note
from ui.words import formats
from ui.words.i18n import _
from ui.words.offers import fault_text, tier_name


class AnswerDialog(FormDialog):
    """What an offer refuses is said in the dialog."""

    def refusal_words(self, error: object) -> str:
        if isinstance(error, OfferRefusedError):
            return fault_text(error.fault)
        return super().refusal_words(error)


class AcceptDialog(AnswerDialog):
    """Asks which of the prices was accepted."""

    def __init__(self, priced: PricedOffer, parent: QWidget | None = None) -> None:
        super().__init__(_("The offer is accepted"), _("Accepted"), parent)
        self._group = QButtonGroup(self)
        self._tiers: list[Tier] = []
        self.column.addWidget(note(_("Which price did the client choose?")))
        for tier in priced.tiers:
            name = tier_name(tier.tier, tier.name).replace("&", "&&")
            choice = QRadioButton(f"{name} — {formats.money(tier.total)}")
            choice.setChecked(tier is priced.main)
            self._group.addButton(choice, len(self._tiers))
            self._tiers.append(tier.tier)
            self.column.addWidget(choice)
        self.column.addWidget(note(_purchase_words(priced)))
        self._group.button(0).setFocus()

    def tier(self) -> Tier:
        return self._tiers[max(self._group.checkedId(), 0)]


def _purchase_words(priced: PricedOffer) -> str:
    if any(tier.vat for tier in priced.tiers):
        return _("A purchase of this amount without VAT will be added to the client’s card.")
    return _("A purchase of this amount will be added to the client’s card.")


class DeclineDialog(AnswerDialog):
    """Asks why; no reason is an answer too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("The offer is declined"), _("Declined"), parent)
        self._reason = TextArea(lines=3, example=_("too expensive, bought elsewhere, not now…"))
        self.add(_("&Why"), self._reason).focus()

    def reason(self) -> str:
        return self._reason.value()


def frozen_words(stored: StoredOffer) -> str:
    """Say what became of an offer that can't be changed any more; nothing of a draft."""
    day = formats.day(stored.state_on)
    if stored.status in (OfferStatus.SENT, OfferStatus.EXPIRED):
        return _("Sent on {day}. It can't be changed any more; a new version can.").format(day=day)
    if stored.status is OfferStatus.ACCEPTED and stored.accepted_tier is not None:
        terms = stored.sheet.offer.tier(stored.accepted_tier)
        name = tier_name(stored.accepted_tier, terms.name)
        return _("Accepted on {day}: {tier}.").format(day=day, tier=name)
    if stored.status is OfferStatus.DECLINED:
        reason = stored.decline_reason or _("no reason given")
        return _("Declined on {day}: {reason}.").format(day=day, reason=reason)
    superseded = stored.status is OfferStatus.SUPERSEDED
    return _("A newer version of this offer counts") if superseded else ""
