"""The amounts of an offer, computed once for screen, paper, words and command line.

Money is rounded half up to kopecks once, at the line. A tier is the sum of its lines, less its
discount, rounded as the offer says. Costs are without tax, so margins are of the net price.
"""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from db.domain.money import to_kopecks
from db.domain.offers import MAX_TOTAL, Offer, OfferLine, Tier
from db.domain.vat import VatMode, vat_within, with_vat

_ZERO = Decimal("0.00")
_TENTH = Decimal("0.1")
ENDS_900 = 900


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line within one tier. `cost` is None when it is not known."""

    line: OfferLine
    quantity: Decimal
    amount: Decimal
    cost: Decimal | None


@dataclass(frozen=True, slots=True)
class PricedTier:
    """One price. `total` is what the client pays, `vat` included; `net` is without it."""

    tier: Tier
    name: str
    note: str
    recommended: bool
    lines: tuple[PricedLine, ...]
    separate: Decimal  # the lines one by one, without the discount of the tier
    total: Decimal
    vat: Decimal
    cost: Decimal | None

    @property
    def net(self) -> Decimal:
        return self.total - self.vat

    @property
    def saving(self) -> Decimal:
        """Return what the client saves against the lines one by one; never below zero."""
        return max(self.separate - self.total, _ZERO)

    @property
    def margin(self) -> Decimal | None:
        return None if self.cost is None else self.net - self.cost

    @property
    def margin_percent(self) -> Decimal | None:
        """Return (price − cost) / price in percent, to a tenth; None when a cost is unknown."""
        if self.margin is None or not self.net:
            return None
        return (self.margin / self.net * 100).quantize(_TENTH, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class PricedOffer:
    """The tiers with at least one line, in the order of Tier."""

    tiers: tuple[PricedTier, ...]

    def tier(self, tier: Tier) -> PricedTier | None:
        """Return a tier; None where it has no line."""
        return next((priced for priced in self.tiers if priced.tier is tier), None)

    @property
    def main(self) -> PricedTier | None:
        """Return the recommended tier, else the first one."""
        first = self.tiers[0] if self.tiers else None
        return next((priced for priced in self.tiers if priced.recommended), first)

    @property
    def is_beyond_prices(self) -> bool:
        """Say whether a sum is beyond MAX_TOTAL."""
        return any(tier.separate > MAX_TOTAL for tier in self.tiers)

    @property
    def has_kopecks(self) -> bool:
        """Say whether any price has kopecks."""
        shown = (amount for tier in self.tiers for amount in (tier.total, tier.separate))
        return any(amount != amount.to_integral_value() for amount in shown)


def price_offer(offer: Offer) -> PricedOffer:
    """Compute every amount of an offer."""
    filled = [tier for tier in Tier if any(line.quantity(tier) > 0 for line in offer.lines)]
    recommended = recommended_tier(offer, filled)
    return PricedOffer(tuple(_tier(offer, tier, tier is recommended) for tier in filled))


def recommended_tier(offer: Offer, filled: list[Tier]) -> Tier | None:
    """Return the tier marked as recommended; of three unmarked ones the middle one."""
    chosen = next((tier for tier in filled if offer.tier(tier).recommended), None)
    return chosen or (Tier.BETTER if len(filled) == len(Tier) else None)


def _tier(offer: Offer, tier: Tier, recommended: bool) -> PricedTier:  # noqa: FBT001
    terms = offer.tier(tier)
    lines = tuple(_line(line, line.quantity(tier)) for line in offer.lines if line.quantity(tier))
    separate = sum((line.amount for line in lines), _ZERO)
    discounted = to_kopecks(separate * (100 - terms.discount_percent) / 100)
    if offer.vat.mode is VatMode.ON_TOP:
        separate, discounted = (with_vat(net, offer.vat.rate) for net in (separate, discounted))
    total = round_total(discounted, offer.rounding)
    taxed = offer.vat.mode is not VatMode.NONE
    return PricedTier(
        tier=tier,
        name=terms.name,
        note=terms.note,
        recommended=recommended,
        lines=lines,
        separate=separate,
        total=total,
        vat=vat_within(total, offer.vat.rate) if taxed else _ZERO,
        cost=_sum_known([line.cost for line in lines]),
    )


def _line(line: OfferLine, quantity: Decimal) -> PricedLine:
    amount = to_kopecks(quantity * line.price * (100 - line.discount_percent) / 100)
    cost = None if line.cost is None else to_kopecks(quantity * line.cost)
    return PricedLine(line, quantity, amount, cost)


def _sum_known(costs: list[Decimal | None]) -> Decimal | None:
    known = [cost for cost in costs if cost is not None]
    return sum(known, _ZERO) if len(known) == len(costs) else None


def round_total(amount: Decimal, rounding: int) -> Decimal:
    """Round to the nearest multiple, or to the nearest sum that ends with 900; halves go up.

    A sum that would be rounded to zero stays as it is.
    """
    if rounding == 0:
        return amount
    step, end = (1000, ENDS_900) if rounding == ENDS_900 else (rounding, 0)
    steps = ((amount - end) / step + Decimal("0.5")).to_integral_value(ROUND_FLOOR)
    rounded = to_kopecks(steps * step + end)
    return rounded if rounded > 0 else amount


def share_out(total: Decimal, weights: list[Decimal]) -> list[Decimal]:
    """Share a total in roubles by weights in whole kopecks; the parts add up to it exactly.

    Where the weights add up to nothing, the parts are equal.
    """
    whole = sum(weights, Decimal(0))
    shares: list[Decimal] = []
    weighed = shared = Decimal(0)
    for index, weight in enumerate(weights):
        weighed += weight
        part = weighed / whole if whole else Decimal(index + 1) / len(weights)
        until_here = to_kopecks(total * part)
        shares.append(until_here - shared)
        shared = until_here
    return shares
