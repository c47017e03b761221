"""Offers of the demonstration, in every state."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from sqlalchemy import text

from db.commands.offers import SaveOffer, SetOfferState
from db.demo.dice import Dice
from db.demo.words import words_of
from db.domain.offers import (
    Block,
    Deadline,
    DeadlineKind,
    Offer,
    OfferLine,
    OfferState,
    Tier,
    TierTerms,
    Vat,
)
from db.domain.vat import VatMode, default_rate
from db.outcome import Writing

_CLIENTS_AN_OFFER = 40
_LEAST, _MOST = 9, 300
_CLOSING = time(18, 0)
# Days since the offer was made, and its later states. The nine show every state.
_STORIES: tuple[tuple[int, tuple[OfferState, ...]], ...] = (
    (1, ()),
    (3, (OfferState.SENT,)),
    (9, (OfferState.SENT, OfferState.ACCEPTED)),
    (12, (OfferState.SENT, OfferState.DECLINED)),
    (60, (OfferState.SENT,)),  # no answer: it expired
    (8, (OfferState.SENT, OfferState.SUPERSEDED)),
    (20, (OfferState.SENT, OfferState.ACCEPTED)),
    (2, (OfferState.SENT,)),
    (0, ()),
)


class OfferWriter:
    """Writes offers with the commands of the program, so that they are consistent."""

    def __init__(self, writing: Writing, dice: Dice) -> None:
        self._writing, self._dice = writing, dice

    def write(self, clients: int, firms: list[int]) -> None:
        """Make offers for some of these clients; the oldest gets the first number."""
        count = min(max(_LEAST, clients // _CLIENTS_AN_OFFER), _MOST)
        stories = [_STORIES[place % len(_STORIES)] for place in range(count)]
        order = sorted(range(count), key=lambda place: (-stories[place][0], place))
        for place in order:
            client = firms[place % len(firms)] if firms else place % clients + 1
            self._write(client, place, *stories[place])
        session = self._writing.session
        session.flush()
        # The commands wrote the present moment; replace it by the day of the offer.
        session.execute(
            text(
                "update offer set created_at = created_on || 'T03:00:00.000000+00:00',"
                " modified_at = state_on || 'T09:00:00.000000+00:00'"
            )
        )
        session.execute(
            text(
                "update task set created_at = offer.modified_at, modified_at = offer.modified_at"
                " from offer where offer.id = task.offer_id"
            )
        )

    def _write(
        self, client_id: int, place: int, days_ago: int, states: tuple[OfferState, ...]
    ) -> None:
        samples = words_of("shop")["offers"]
        created_on = self._writing.today - timedelta(days=days_ago)
        offer = _offer(samples[place % len(samples)], client_id, created_on)
        saved = SaveOffer(offer, created_on).run(self._writing)
        for step, state in enumerate(states):
            on = created_on + timedelta(days=min(step * 3, days_ago))
            if state is OfferState.SUPERSEDED:
                SaveOffer(offer, on, saved.id, saved.edition).run(self._writing)
                continue
            tier = self._dice.weighed(((Tier.BETTER, 5.0), (Tier.GOOD, 3.0), (Tier.BEST, 2.0)))
            reason = self._dice.pick(words_of("shop")["declines"])
            saved = SetOfferState(saved.id, state, on, tier, reason).run(self._writing)


def _offer(sample: Mapping[str, Any], client_id: int, created_on: date) -> Offer:
    until = created_on + timedelta(days=sample["valid_days"])
    return Offer(
        client_id=client_id,
        title=sample["title"],
        valid_until=until,
        vat=Vat(VatMode.NONE, default_rate(created_on)),
        rounding=sample["rounding"],
        lines=tuple(_line(*line) for line in sample["lines"]),
        tiers=MappingProxyType(
            {
                tier: TierTerms(note=note, recommended=tier is Tier.BETTER)
                for tier, note in zip(Tier, sample["notes"], strict=True)
            }
        ),
        blocks=MappingProxyType({Block(key): text for key, text in sample["blocks"].items()}),
        deadline=Deadline(DeadlineKind.TIME, datetime.combine(until, _CLOSING)),
    )


def _line(words: str, unit: str, cost: int, price: int, quantities: list[int | None]) -> OfferLine:
    return OfferLine(
        words,
        Decimal(price),
        MappingProxyType(
            {
                tier: Decimal(quantity)
                for tier, quantity in zip(Tier, quantities, strict=True)
                if quantity is not None
            }
        ),
        unit=unit,
        cost=Decimal(cost),
    )
