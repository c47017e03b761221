"""Importing this package registers every table, for the engine and for alembic alike."""

from db.schema.base import Table
from db.schema.client import (
    Agreement,
    Client,
    ClientContact,
    ClientTag,
    ContactPerson,
    Relationship,
)
from db.schema.field import (
    ClientGap,
    CustomField,
    CustomValue,
    FieldAnswer,
    FieldChoice,
    FieldRule,
)
from db.schema.journal import (
    Change,
    ChangeRow,
    ChangeState,
    ClientFact,
    ImportRun,
    Segment,
    Setting,
)
from db.schema.offer import OfferBlock, OfferCounter, OfferLineRow, OfferRow, OfferTier
from db.schema.trade import (
    Interaction,
    LossAttempt,
    LossEpisode,
    Product,
    Purchase,
    PurchaseLine,
    Snooze,
    Task,
)

__all__ = [
    "Agreement",
    "Change",
    "ChangeRow",
    "ChangeState",
    "Client",
    "ClientContact",
    "ClientFact",
    "ClientGap",
    "ClientTag",
    "ContactPerson",
    "CustomField",
    "CustomValue",
    "FieldAnswer",
    "FieldChoice",
    "FieldRule",
    "ImportRun",
    "Interaction",
    "LossAttempt",
    "LossEpisode",
    "OfferBlock",
    "OfferCounter",
    "OfferLineRow",
    "OfferRow",
    "OfferTier",
    "Product",
    "Purchase",
    "PurchaseLine",
    "Relationship",
    "Segment",
    "Setting",
    "Snooze",
    "Table",
    "Task",
]
