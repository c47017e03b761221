"""Contacts with a client, and the cost of a refund."""

from decimal import Decimal
from enum import StrEnum


class InteractionKind(StrEnum):
    """The kind of a contact with a client."""

    ENQUIRY = "enquiry"
    CALL = "call"
    MEETING = "meeting"
    MESSAGE = "message"
    COMPLAINT = "complaint"
    SURVEY = "survey"


def cost_of(amount: Decimal, cost: Decimal | None) -> Decimal | None:
    """Return the cost with its sign: negative for a refund (a negative amount).

    Files give the cost of a refund with either sign.
    """
    return -abs(cost) if cost is not None and amount < 0 else cost
