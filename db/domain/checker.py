"""Checks of an offer before it is sent. The same offer and day give the same findings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from db.domain.offers import Block, Deadline, Offer, Tier
from db.domain.pricing import PricedOffer, price_offer


class FindingLevel(StrEnum):
    """An ERROR should be corrected before sending; a WARNING may stay."""

    ERROR = "error"
    WARNING = "warning"


class OfferRule(StrEnum):
    """What an offer is checked for. The words are in ui.words.offers."""

    NO_CLIENT = "no_client"
    CLIENT_NOT_IN_BASE = "client_not_in_base"
    NO_OFFER = "no_offer"
    NO_VALIDITY = "no_validity"
    VALIDITY_PAST = "validity_past"
    NO_DEADLINE = "no_deadline"
    DEADLINE_PAST = "deadline_past"
    DEADLINE_AFTER_VALIDITY = "deadline_after_validity"
    NO_CALL_TO_ACTION = "no_call_to_action"
    TIERS_NOT_RISING = "tiers_not_rising"
    BELOW_COST = "below_cost"
    FEW_TIERS = "few_tiers"


_WARNINGS = frozenset({OfferRule.CLIENT_NOT_IN_BASE, OfferRule.FEW_TIERS})


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule and where: `client`, `deadline`, `blocks.call_to_action`, `tiers.best`."""

    rule: OfferRule
    level: FindingLevel
    place: str


def check(offer: Offer, as_of: date) -> tuple[Finding, ...]:
    """Return what is wrong with an offer on a day, in the order of its form."""
    broken = [
        *_client(offer),
        *_validity(offer, as_of),
        *_prices(price_offer(offer)),
        *_deadline(offer.deadline, offer.valid_until, as_of),
    ]
    if not offer.block(Block.CALL_TO_ACTION):
        broken.append((OfferRule.NO_CALL_TO_ACTION, f"blocks.{Block.CALL_TO_ACTION}"))
    return tuple(
        Finding(rule, FindingLevel.WARNING if rule in _WARNINGS else FindingLevel.ERROR, place)
        for rule, place in broken
    )


_Found = Iterator[tuple[OfferRule, str]]


def _client(offer: Offer) -> _Found:
    if offer.client_id is None:
        named = bool(offer.client_name.strip())
        yield (OfferRule.CLIENT_NOT_IN_BASE if named else OfferRule.NO_CLIENT), "client"


def _validity(offer: Offer, as_of: date) -> _Found:
    if offer.valid_until is None:
        yield OfferRule.NO_VALIDITY, "valid_until"
    elif offer.valid_until < as_of:
        yield OfferRule.VALIDITY_PAST, "valid_until"


def _prices(priced: PricedOffer) -> _Found:
    if not priced.tiers:
        yield OfferRule.NO_OFFER, "lines"
    elif len(priced.tiers) < len(Tier):
        yield OfferRule.FEW_TIERS, "lines"
    for lower, higher in pairwise(priced.tiers):
        if higher.total <= lower.total:
            yield OfferRule.TIERS_NOT_RISING, f"tiers.{higher.tier}"
    for tier in priced.tiers:
        known = [line for line in tier.lines if line.cost is not None]
        cost = sum(line.cost for line in known if line.cost is not None)
        # The known costs alone may already be above the price.
        if cost > tier.net:
            yield OfferRule.BELOW_COST, f"tiers.{tier.tier}"


def _deadline(deadline: Deadline | None, valid_until: date | None, as_of: date) -> _Found:
    if deadline is None or not deadline.is_set:
        yield OfferRule.NO_DEADLINE, "deadline"
        return
    if deadline.until is None:
        return
    last = deadline.until.date()
    if last < as_of:
        yield OfferRule.DEADLINE_PAST, "deadline"
    if valid_until is not None and last > valid_until:
        yield OfferRule.DEADLINE_AFTER_VALIDITY, "deadline"
