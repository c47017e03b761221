"""What is said of an offer, on paper, on the screen and in the terminal alike."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal

from db.domain.checker import Finding, OfferRule
from db.domain.offer_spec import SpecFault, SpecProblem
from db.domain.offers import (
    END_OF_DAY,
    Block,
    Deadline,
    DeadlineKind,
    Offer,
    OfferFault,
    OfferSheet,
    OfferStatus,
    Tier,
)
from db.domain.pricing import PricedOffer, PricedTier
from db.domain.text import without_legal_form
from db.domain.vat import VatMode
from ui.words import formats
from ui.words.amount_words import LIMIT, roubles_in_words
from ui.words.i18n import _, language, ngettext, pgettext, speaking

_FILE_NAME_LENGTH = 90


def tier_name(tier: Tier, given: str = "") -> str:
    """Return the owner's name for a tier, else the usual one."""
    usual = {
        Tier.GOOD: pgettext("tier", "Good"),
        Tier.BETTER: pgettext("tier", "Better"),
        Tier.BEST: pgettext("tier", "Best"),
    }
    return given or usual[tier]


def status_word(status: OfferStatus) -> str:
    """Return the word of a badge for this state."""
    return {
        OfferStatus.DRAFT: pgettext("offer", "draft"),
        OfferStatus.SENT: pgettext("offer", "sent"),
        OfferStatus.ACCEPTED: pgettext("offer", "accepted"),
        OfferStatus.DECLINED: pgettext("offer", "declined"),
        OfferStatus.SUPERSEDED: pgettext("offer", "superseded"),
        OfferStatus.EXPIRED: pgettext("offer", "expired"),
    }[status]


def block_title(block: Block) -> str:
    """Return what a text is called in the form."""
    return {
        Block.TASK: _("The client’s task"),
        Block.OFFER: _("The offer"),
        Block.WHY_COMPANY: _("Why us: the company"),
        Block.WHY_PROPOSAL: _("Why us: the proposal"),
        Block.WHY_PERSON: _("Why us: your manager"),
        Block.FACTS: _("Facts with their source"),
        Block.BONUS: _("Bonus"),
        Block.GUARANTEE: _("Guarantees"),
        Block.TERMS: _("Terms of work"),
        Block.CALL_TO_ACTION: _("Call to action"),
    }[block]


def number_title(sheet: OfferSheet) -> str:
    """`№ 2026-041 от 22 ноября 2026 г.`, with the version from the second on."""
    day = formats.day_long(sheet.created_on)
    if sheet.version > 1:
        return _("No. {number}, version {version}, of {day}").format(
            number=sheet.number, version=sheet.version, day=day
        )
    return _("No. {number} of {day}").format(number=sheet.number, day=day)


def file_name(sheet: OfferSheet) -> str:
    """`КП-2026-041 Колорит-Алтай.pdf` in the language of the sheet: valid on every system."""
    with speaking(sheet.paper_language):
        number = _("Offer-{number}").format(number=sheet.number)
    if sheet.version > 1:
        number = f"{number}-{sheet.version}"
    name = re.sub(r"[<>:\"/\\|?*\x00-\x1f\x7f]", " ", without_legal_form(sheet.client_name))
    whole = " ".join(f"{number} {name}".split())
    return whole[:_FILE_NAME_LENGTH].rstrip(" .") + ".pdf"


def language_of_settings(sheet: OfferSheet) -> str:
    """Return the choice that leaves the language to the settings, with the language they say."""
    return {"ru": _("as in the settings (Russian)"), "en": _("as in the settings (English)")}[
        sheet.language or language()
    ]


def monogram(company: str) -> str:
    """Return one or two letters that stand for a company."""
    words = [
        word for word in re.split(r"[\s\-–—.]+", without_legal_form(company)) if word[:1].isalnum()
    ]
    return "".join(word[0] for word in words[:2]).upper()


def paper_money(amount: Decimal, priced: PricedOffer) -> str:
    """Show an amount with kopecks only where some price of the offer has them."""
    return formats.money(amount, decimals=2 if priced.has_kopecks else 0)


def in_words(amount: Decimal) -> str:
    """Return a sum in words; one beyond all words as a number."""
    if amount >= LIMIT:
        return formats.money(amount)
    return roubles_in_words(amount, language())


def vat_phrase(offer: Offer) -> str:
    """Return how tax is treated in this offer, in a few words."""
    if offer.vat.mode is VatMode.NONE:
        return _("Not subject to VAT.")
    rate = formats.number(offer.vat.rate, None)
    return _("Prices include VAT of {rate} %.").format(rate=rate).replace(" %", formats.NBSP + "%")


def vat_amount(tier: PricedTier, offer: Offer, priced: PricedOffer) -> str:
    """`в том числе НДС 22 % — 9 900 ₽`, or nothing where no tax is due."""
    if offer.vat.mode is VatMode.NONE:
        return ""
    whole = tier.vat == tier.vat.to_integral_value() and not priced.has_kopecks
    return _("including VAT {rate} % — {amount}").format(
        rate=formats.number(offer.vat.rate, None),
        amount=formats.money(tier.vat, decimals=0 if whole else 2),
    )


def deadline_sentence(deadline: Deadline | None) -> str:
    """Return what makes the client decide, or nothing where no deadline is set."""
    if deadline is None or not deadline.is_set:
        return ""
    until = _until(deadline)
    count = deadline.quantity or 0
    amount = formats.number(Decimal(count))
    if deadline.kind is DeadlineKind.TIME:
        if not deadline.quantity:
            return _("The price holds until {until}").format(until=until)
        return _batch_until(until, amount)
    if deadline.kind is DeadlineKind.QUANTITY:
        if until:
            return _batch_until(until, amount)
        return _("This price is for a batch of {count}").format(count=amount)
    if count == 1:
        buyers = _("The price is for the first buyer only")
    else:
        buyers = ngettext(
            "The price is for the first {count} buyer",
            "The price is for the first {count} buyers",
            count,
        ).format(count=amount)
    return _("{sentence}, until {until}").format(sentence=buyers, until=until) if until else buyers


def _batch_until(until: str, amount: str) -> str:
    return _("The price holds until {until}, the batch is {count} pcs").format(
        until=until, count=amount
    )


def _until(deadline: Deadline) -> str:
    if deadline.until is None:
        return ""
    day, moment = formats.day_long(deadline.until.date()), deadline.until.time()
    if moment in (END_OF_DAY, time(0, 0)):
        return day
    return _("{time} on {day}").format(time=f"{moment:%H:%M}", day=day)


def validity_sentence(offer: Offer) -> str:
    """Say until when the offer holds, unless the deadline already says the same day."""
    if offer.valid_until is None:
        return ""
    deadline = offer.deadline
    if deadline and deadline.is_set and deadline.until:
        last: date = deadline.until.date()
        if last == offer.valid_until:
            return ""
    return _("The offer is valid until {day}").format(day=formats.day_long(offer.valid_until))


# Of these, findings about one tier name it as {tier}.
FINDINGS: Mapping[OfferRule, Callable[[], str]] = {
    OfferRule.NO_CLIENT: lambda: _("The client is not given"),
    OfferRule.CLIENT_NOT_IN_BASE: lambda: _(
        "The client has no card: acceptance will not add a purchase"
    ),
    OfferRule.NO_OFFER: lambda: _("The offer is empty: no line has a quantity"),
    OfferRule.NO_VALIDITY: lambda: _("The validity of the offer is not given"),
    OfferRule.VALIDITY_PAST: lambda: _("The validity has expired"),
    OfferRule.NO_DEADLINE: lambda: _("No limit is given: a date, a quantity or the first buyers"),
    OfferRule.DEADLINE_PAST: lambda: _("The deadline has passed"),
    OfferRule.DEADLINE_AFTER_VALIDITY: lambda: _(
        "The deadline is later than the validity of the offer"
    ),
    OfferRule.NO_CALL_TO_ACTION: lambda: _("There is no call to action"),
    OfferRule.TIERS_NOT_RISING: lambda: _("“{tier}” does not cost more than the tier before it"),
    OfferRule.BELOW_COST: lambda: _("“{tier}” is sold below cost"),
    OfferRule.FEW_TIERS: lambda: _("Fewer than three prices: a choice of three sells better"),
}


def finding_text(finding: Finding, offer: Offer) -> str:
    """Say what is wrong in one sentence."""
    text = FINDINGS[finding.rule]()
    place, _dot, tier = finding.place.partition(".")
    if place != "tiers":
        return text
    return text.format(tier=tier_name(Tier(tier), offer.tier(Tier(tier)).name))


def fault_text(fault: OfferFault) -> str:
    """Say why an offer can't do what was asked."""
    return {
        OfferFault.NOT_SENT: _("The offer has not been sent yet"),
        OfferFault.ALREADY_SENT: _("The offer has been sent already"),
        OfferFault.ANSWERED: _("The answer to this offer is already noted"),
        OfferFault.SUPERSEDED: _("A newer version of this offer counts"),
        OfferFault.NOT_A_DRAFT: _("Only a draft can be deleted"),
        OfferFault.TIER_WANTED: _("Choose the price that was accepted"),
        OfferFault.NO_SUCH_TIER: _("The offer has no such price"),
        OfferFault.TOO_BIG: _("The amount is too large"),
        OfferFault.NO_SUCH_LANGUAGE: _("Offers are written in Russian or English only"),
    }[fault]


def problem_text(problem: SpecProblem) -> str:
    """Say what is wrong with one place of a specification."""
    words = {
        SpecFault.UNKNOWN_KEY: _("there is no such key"),
        SpecFault.WRONG_TYPE: _("the value has a wrong type"),
        SpecFault.REQUIRED: _("this must be given"),
        SpecFault.NOT_A_NUMBER: _("not a number"),
        SpecFault.NEGATIVE: _("must not be negative"),
        SpecFault.TOO_BIG: _("too large"),
        SpecFault.TOO_PRECISE: _("too many decimals"),
        SpecFault.NOT_A_DATE: _("not a date like 2027-01-31"),
        SpecFault.NOT_A_CHOICE: _("not one of the allowed values"),
        SpecFault.TOO_LONG: _("too long"),
        SpecFault.TWO_RECOMMENDED: _("only one price can be recommended"),
    }[problem.fault]
    value = f" ({problem.value})" if problem.value else ""
    return f"{problem.path}: {words}{value}"
