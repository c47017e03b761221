"""A card with its head and its gaps, as one answer: what the card page and the terminal show."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from db.domain.fields import Field
from db.domain.ids import ClientId
from db.domain.rules import FieldRule, gaps
from db.queries.cards import ClientCard, client_card, fields_of_base, rules_of_base
from db.queries.head import ClientHead, client_head


@dataclass(frozen=True, slots=True)
class FullCard:
    """`rules` are those that ask something of this card now, `gaps` those it does not answer."""

    card: ClientCard
    head: ClientHead
    fields: dict[str, Field]
    rules: tuple[FieldRule, ...]
    gaps: tuple[FieldRule, ...]

    @property
    def fill_percent(self) -> int | None:
        """Return how full the card is; None where no rule asks anything of it."""
        if not self.rules:
            return None
        return round(100 * (len(self.rules) - len(self.gaps)) / len(self.rules))


def full_card(session: Session, client_id: ClientId, as_of: date) -> FullCard:
    """Return one card, also one in the bin. Raises TroubleError NO_SUCH_CLIENT."""
    card = client_card(session, client_id)
    head = client_head(session, client_id, as_of)
    every = rules_of_base(session)
    kind, tags = str(card.values.get("kind") or "person"), card.values.get("tags")
    held = tags if isinstance(tags, tuple) else ()
    rules = tuple(rule for rule in every if rule.applies(kind, held, head.status))
    return FullCard(
        card,
        head,
        fields_of_base(session),
        rules,
        gaps(rules, card.values, card.answers, status=head.status),
    )
