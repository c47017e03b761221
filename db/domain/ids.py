"""Names for identifiers, so that a client's id is never passed where an offer's is wanted."""

from typing import NewType

ClientId = NewType("ClientId", int)
FieldId = NewType("FieldId", int)
ProductId = NewType("ProductId", int)
PurchaseId = NewType("PurchaseId", int)
OfferId = NewType("OfferId", int)
ChangeId = NewType("ChangeId", int)
ImportId = NewType("ImportId", int)
