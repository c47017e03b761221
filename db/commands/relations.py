"""Commands on agreements with a client, and on relationships between clients."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from db.commands.purchases import demand_client
from db.domain.fields import Fault, FieldError
from db.domain.ids import ClientId
from db.domain.text import tidy
from db.errors import InvalidError, Trouble, TroubleError
from db.outcome import Writing
from db.schema import Agreement, Relationship


@dataclass(frozen=True, slots=True)
class AddAgreement:
    """Write an agreement: a kind with at least one of percent, amount, days and text.

    Returns its id. Raises TroubleError NO_SUCH_CLIENT, and InvalidError when all are missing.
    """

    client_id: ClientId
    kind: str
    percent: Decimal | None = None
    amount: Decimal | None = None
    days: int | None = None
    text: str | None = None
    from_on: date | None = None
    until: date | None = None

    def run(self, writing: Writing) -> int:
        session = writing.session
        demand_client(session, self.client_id)
        text = tidy(self.text) if self.text else None
        if not text and all(value is None for value in (self.percent, self.amount, self.days)):
            raise InvalidError((FieldError("text", Fault.REQUIRED),))
        row = Agreement(
            client_id=self.client_id,
            kind=self.kind,
            percent=self.percent,
            amount=self.amount,
            days=self.days,
            text=text,
            from_on=self.from_on,
            until=self.until,
        )
        session.add(row)
        session.flush()
        return row.id


@dataclass(frozen=True, slots=True)
class DeleteAgreement:
    """Delete an agreement. Raises TroubleError GONE."""

    agreement_id: int

    def run(self, writing: Writing) -> None:
        row = writing.session.get(Agreement, self.agreement_id)
        if row is None:
            raise TroubleError(Trouble.GONE)
        writing.session.delete(row)


@dataclass(frozen=True, slots=True)
class AddRelationship:
    """Relate a client to another one, or to a person without a card, named in `text`.

    Returns its id. Raises TroubleError NO_SUCH_CLIENT, and InvalidError without another person.
    """

    client_id: ClientId
    kind: str
    other_id: ClientId | None = None
    text: str | None = None

    def run(self, writing: Writing) -> int:
        session = writing.session
        demand_client(session, self.client_id)
        text = tidy(self.text) if self.text else None
        if self.other_id is not None:
            demand_client(session, self.other_id)
        if (self.other_id is None and not text) or self.other_id == self.client_id:
            raise InvalidError((FieldError("text", Fault.REQUIRED),))
        row = Relationship(
            client_id=self.client_id, other_id=self.other_id, kind=self.kind, text=text
        )
        session.add(row)
        session.flush()
        return row.id


@dataclass(frozen=True, slots=True)
class DeleteRelationship:
    """Delete a relationship. Raises TroubleError GONE."""

    relationship_id: int

    def run(self, writing: Writing) -> None:
        row = writing.session.get(Relationship, self.relationship_id)
        if row is None:
            raise TroubleError(Trouble.GONE)
        writing.session.delete(row)
