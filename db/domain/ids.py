"""Types of ids: mypy refuses a client's id where an offer's is expected."""

from typing import NewType

ClientId = NewType("ClientId", int)
FieldId = NewType("FieldId", int)
ProductId = NewType("ProductId", int)
PurchaseId = NewType("PurchaseId", int)
OfferId = NewType("OfferId", int)
ChangeId = NewType("ChangeId", int)
ImportId = NewType("ImportId", int)
