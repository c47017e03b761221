"""What happens between the owner and a client: kinds of contacts, and what a refund does."""

from decimal import Decimal
from enum import StrEnum


class InteractionKind(StrEnum):
    ENQUIRY = "enquiry"
    CALL = "call"
    MEETING = "meeting"
    MESSAGE = "message"
    COMPLAINT = "complaint"
    SURVEY = "survey"


def cost_of(amount: Decimal, cost: Decimal | None) -> Decimal | None:
    """Return the cost as it counts: a refund (a negative amount) brings back what it had cost.

    The sign a refund's cost was written with says nothing: lists give either.
    """
    return -abs(cost) if cost is not None and amount < 0 else cost
