"""The tables; importing this package registers them all."""

from db.schema.agreement import Agreement
from db.schema.base import Table
from db.schema.client import (
    Client,
    ClientContact,
    ClientTag,
    ContactPerson,
    Relationship,
)
from db.schema.fact import ClientFact, FactDay
from db.schema.field import (
    ClientGap,
    CustomField,
    CustomValue,
    FieldAnswer,
    FieldChoice,
    FieldRuleRow,
)
from db.schema.interaction import Interaction
from db.schema.journal import (
    Change,
    ChangeClient,
    ChangeRow,
    ChangeState,
    ImportRun,
    RecordedTable,
)
from db.schema.loss import LossAttempt, LossEpisode
from db.schema.offer import OfferBlock, OfferCounter, OfferLineRow, OfferRow, OfferTier
from db.schema.purchase import Product, Purchase, PurchaseLine
from db.schema.setting import Setting
from db.schema.task import Snooze, Task

__all__ = [
    "Agreement",
    "Change",
    "ChangeClient",
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
    "FactDay",
    "FieldAnswer",
    "FieldChoice",
    "FieldRuleRow",
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
    "RecordedTable",
    "Relationship",
    "Setting",
    "Snooze",
    "Table",
    "Task",
]
