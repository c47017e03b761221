"""A card with its head, rules and gaps, for the card page and the command line."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.domain.field_rules import FieldRule, gaps, rule_row
from db.domain.fields import Field
from db.domain.ids import ClientId
from db.outcome import Reading
from db.queries.cards.head import ClientHead, client_head, client_heads
from db.records.cards import (
    ClientCard,
    client_card,
    client_cards,
    fields_of_base,
    rules_of_base,
)


@dataclass(frozen=True, slots=True)
class FullCard:
    """`rules` are those that apply to the card on the day, `gaps` those whose field is empty."""

    card: ClientCard
    head: ClientHead
    fields: dict[str, Field]
    rules: tuple[FieldRule, ...]
    gaps: tuple[FieldRule, ...]

    @property
    def fill_percent(self) -> int | None:
        """Return the share of filled mandatory fields; None where no rule applies."""
        if not self.rules:
            return None
        return round(100 * (len(self.rules) - len(self.gaps)) / len(self.rules))


def full_card(reading: Reading, client_id: ClientId) -> FullCard:
    """Return one card, also one in the bin. Raises TroubleError NO_SUCH_CLIENT."""
    card, head = client_card(reading.session, client_id), client_head(reading, client_id)
    return _full(card, head, fields_of_base(reading.session), rules_of_base(reading.session))


def full_cards(reading: Reading, ids: Sequence[ClientId]) -> list[FullCard]:
    """Return cards in this order with a fixed number of statements; unknown ids are left out.

    Meant for a page of cards, not for a whole base.
    """
    cards, heads = client_cards(reading.session, ids), client_heads(reading, ids)
    fields, rules = fields_of_base(reading.session), rules_of_base(reading.session)
    return [
        _full(cards[client_id], heads[client_id], fields, rules)
        for client_id in ids
        if client_id in cards and client_id in heads
    ]


def _full(
    card: ClientCard, head: ClientHead, fields: dict[str, Field], every: Sequence[FieldRule]
) -> FullCard:
    row = rule_row(card.values, head.status)
    rules = tuple(rule for rule in every if rule.applies(row))
    return FullCard(card, head, fields, rules, gaps(rules, row, card.answers))
