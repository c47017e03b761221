"""Commands on purchases and products."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from db.domain.days import EARLIEST, LATEST
from db.domain.fields import Fault, FieldError
from db.domain.ids import ClientId, ProductId, PurchaseId
from db.domain.money import LIMIT
from db.domain.text import tidy
from db.domain.trade import cost_of
from db.driver import driver_of
from db.errors import InvalidError, Trouble, TroubleError
from db.outcome import Writing
from db.queries.cards.purchases import product_by_name
from db.records.card_rows import table_of
from db.records.insert import insert_row
from db.schema import Product, Purchase


@dataclass(frozen=True, slots=True)
class AddPurchase:
    """Write a purchase; return its id. A negative amount is a refund, its cost is negative too.

    An unknown product is made. Raises TroubleError NO_SUCH_CLIENT, and InvalidError for an amount
    or a day out of range.
    """

    client_id: ClientId
    day: date
    amount: Decimal
    cost: Decimal | None = None
    product: str | None = None
    channel: str | None = None
    responsible: str | None = None
    note: str | None = None

    def run(self, writing: Writing) -> PurchaseId:
        session = writing.session
        demand_client(session, self.client_id)
        _demand_sane(self.day, self.amount, self.cost)
        purchase = {
            "client_id": self.client_id,
            "day": self.day,
            "amount": self.amount,
            "cost": cost_of(self.amount, self.cost),
            "product_id": _product_id(session, self.product),
            "channel": self.channel,
            "responsible": self.responsible,
            "note": self.note,
        }
        return PurchaseId(insert_row(session, table_of(Purchase), purchase))


@dataclass(frozen=True, slots=True)
class DeletePurchase:
    """Delete a purchase. Raises TroubleError GONE."""

    purchase_id: PurchaseId

    def run(self, writing: Writing) -> None:
        purchase = writing.session.get(Purchase, self.purchase_id)
        if purchase is None:
            raise TroubleError(Trouble.GONE)
        writing.session.delete(purchase)


@dataclass(frozen=True, slots=True)
class SaveProduct:
    """Make a product or service, or change the one of this name; return its id.

    Money in roubles. Raises InvalidError without a name.
    """

    name: str
    unit: str | None = None
    price: Decimal | None = None
    cost: Decimal | None = None
    usual_cycle_days: int | None = None

    def run(self, writing: Writing) -> ProductId:
        session = writing.session
        name = tidy(self.name)
        if not name:
            raise InvalidError((FieldError("product", Fault.REQUIRED),))
        product = product_by_name(session, name) or Product(name=name)
        product.unit, product.price, product.cost = self.unit, self.price, self.cost
        product.usual_cycle_days = self.usual_cycle_days
        session.add(product)
        session.flush()
        return ProductId(product.id)


def demand_client(session: Session, client_id: ClientId) -> None:
    """Raise TroubleError NO_SUCH_CLIENT unless this is a client in use."""
    in_use = "select 1 from client where id = ? and deleted_at is null"
    if driver_of(session).execute(in_use, (client_id,)).fetchone() is None:
        raise TroubleError(Trouble.NO_SUCH_CLIENT, str(client_id))


def _demand_sane(day: date, amount: Decimal, cost: Decimal | None) -> None:
    errors = []
    if not EARLIEST <= day <= LATEST:
        errors.append(FieldError("day", Fault.BAD_DATE, day.isoformat()))
    for key, money in (("amount", amount), ("cost", cost)):
        if money is not None and (not money.is_finite() or abs(money) > LIMIT):
            errors.append(FieldError(key, Fault.BAD_NUMBER, str(money)))
    if errors:
        raise InvalidError(tuple(errors))


def _product_id(session: Session, name: str | None) -> int | None:
    plain = tidy(name or "")
    if not plain:
        return None
    product = product_by_name(session, plain)
    if product is None:
        product = Product(name=plain)
        session.add(product)
        session.flush()
    return product.id
