"""Commands on offers: save, send, note the answer, delete a draft."""

import json
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from db.commands.purchases import demand_client
from db.domain.ids import ClientId, OfferId
from db.domain.offers import (
    Offer,
    OfferFault,
    OfferRefusedError,
    OfferState,
    Tier,
    follow_up_on,
    number_text,
    why_not,
)
from db.domain.pricing import PricedTier, price_offer, share_out
from db.domain.settings import LANGUAGES
from db.errors import Trouble, TroubleError
from db.outcome import Writing
from db.queries.offers.offers import offer_of, sheet_of, state_before_superseded
from db.schema import (
    OfferBlock,
    OfferCounter,
    OfferLineRow,
    OfferRow,
    OfferTier,
    Purchase,
    PurchaseLine,
    Task,
)


@dataclass(frozen=True, slots=True)
class SavedOffer:
    """What names a stored offer; `edition` is compared when it is saved again."""

    id: OfferId
    number: str
    version: int
    edition: int


@dataclass(frozen=True, slots=True)
class SaveOffer:
    """Store an offer: a new one gets the next number of the year of `on`.

    A draft is written over. One that was sent stays as it is and is superseded by a new draft
    version under the same number. Raises OfferRefusedError for an accepted or superseded one,
    for sums that no price could be and for a language that no paper is written in, and
    TroubleError CHANGED_MEANWHILE when the draft is not the `edition` that was opened.
    """

    offer: Offer
    on: date
    offer_id: OfferId | None = None
    edition: int = 0

    def run(self, writing: Writing) -> SavedOffer:
        if price_offer(self.offer).is_beyond_prices:
            raise OfferRefusedError(OfferFault.TOO_BIG)
        if self.offer.language is not None and self.offer.language not in LANGUAGES:
            raise OfferRefusedError(OfferFault.NO_SUCH_LANGUAGE)
        row = self._row(writing.session)
        _write(writing.session, row, self.offer)
        return SavedOffer(OfferId(row.id), row.number, row.version, row.edition)

    def _row(self, session: Session) -> OfferRow:
        if self.offer_id is None:
            return self._new(_take_number(session, self.on.year))
        row = _opened(session, self.offer_id)
        if row.edition != self.edition:
            raise TroubleError(Trouble.CHANGED_MEANWHILE)
        if row.state is OfferState.DRAFT:
            row.edition += 1
            return row
        if row.state is OfferState.ACCEPTED:
            raise OfferRefusedError(OfferFault.ANSWERED)
        if row.state is OfferState.SUPERSEDED:
            raise OfferRefusedError(OfferFault.SUPERSEDED)
        # `state_on` keeps the day of sending or refusal, for the way back in DeleteOffer.
        row.state = OfferState.SUPERSEDED
        row.edition += 1
        return self._new(row.number, version=row.version + 1, replaces_id=row.id)

    def _new(self, number: str, version: int = 1, replaces_id: int | None = None) -> OfferRow:
        return OfferRow(
            number=number,
            version=version,
            replaces_id=replaces_id,
            created_on=self.on,
            state=OfferState.DRAFT,
            state_on=self.on,
            edition=1,
        )


@dataclass(frozen=True, slots=True)
class SetOfferState:
    """Mark an offer as sent, accepted (`tier`) or declined (`reason`).

    Sending freezes it with both parties as they are now and plans a task to ask for the answer;
    the answer removes the task. Acceptance writes the purchase. Raises OfferRefusedError where the
    state forbids it, TroubleError NO_SUCH_OFFER, and NO_SUCH_CLIENT when the card is in the bin.
    """

    offer_id: OfferId
    state: OfferState
    on: date
    tier: Tier | None = None
    reason: str = ""

    def run(self, writing: Writing) -> SavedOffer:
        session = writing.session
        row = _opened(session, self.offer_id)
        if fault := why_not(row.state, self.state):
            raise OfferRefusedError(fault)
        if self.state is OfferState.SENT:
            _freeze(writing, row)
            _plan_follow_up(session, row, self.on)
        elif self.state is OfferState.ACCEPTED:
            self._accept(session, row)
        else:
            _drop_follow_up(session, row)
            row.decline_reason = self.reason.strip()
        row.state, row.state_on = self.state, self.on
        row.edition += 1
        session.flush()
        return SavedOffer(OfferId(row.id), row.number, row.version, row.edition)

    def _accept(self, session: Session, row: OfferRow) -> None:
        if self.tier is None:
            raise OfferRefusedError(OfferFault.TIER_WANTED)
        priced = price_offer(offer_of(session, row)).tier(self.tier)
        if priced is None:
            raise OfferRefusedError(OfferFault.NO_SUCH_TIER)
        row.accepted_tier = self.tier
        _drop_follow_up(session, row)
        if row.client_id is not None:
            demand_client(session, ClientId(row.client_id))
            _write_purchase(session, row, row.client_id, priced, self.on)


@dataclass(frozen=True, slots=True)
class DeleteOffer:
    """Remove a draft. Its number stays used; the version it would have replaced counts again.

    Raises OfferRefusedError for an offer that was sent, TroubleError NO_SUCH_OFFER.
    """

    offer_id: OfferId

    def run(self, writing: Writing) -> None:
        session = writing.session
        row = _opened(session, self.offer_id)
        if row.state is not OfferState.DRAFT:
            raise OfferRefusedError(OfferFault.NOT_A_DRAFT)
        if row.replaces_id is not None:
            before = _opened(session, OfferId(row.replaces_id))
            before.state = state_before_superseded(before)
            before.edition += 1
        for part in (OfferTier, OfferLineRow, OfferBlock):
            session.execute(delete(part).where(part.offer_id == row.id))
        session.delete(row)


def _opened(session: Session, offer_id: OfferId) -> OfferRow:
    row = session.get(OfferRow, offer_id)
    if row is None:
        raise TroubleError(Trouble.NO_SUCH_OFFER, str(offer_id))
    return row


def _take_number(session: Session, year: int) -> str:
    last = (
        insert(OfferCounter)
        .values(year=year, last=1)
        .on_conflict_do_update(index_elements=["year"], set_={"last": OfferCounter.last + 1})
        .returning(OfferCounter.last)
    )
    return number_text(year, session.execute(last).scalar_one())


def _write(session: Session, row: OfferRow, offer: Offer) -> None:
    deadline, main = offer.deadline, price_offer(offer).main
    until = None if deadline is None else deadline.until
    row.client_id, row.client_name = offer.client_id, offer.client_name
    row.title, row.valid_until = offer.title, offer.valid_until
    row.vat_mode, row.vat_rate = offer.vat.mode, offer.vat.rate
    row.rounding, row.language = offer.rounding, offer.language
    row.deadline_kind = None if deadline is None else deadline.kind
    row.deadline_until = until.isoformat(timespec="minutes") if until else None
    row.deadline_quantity = None if deadline is None else deadline.quantity
    row.total = None if main is None else main.total
    session.add(row)
    session.flush()
    for part in (OfferTier, OfferLineRow, OfferBlock):
        session.execute(delete(part).where(part.offer_id == row.id))
    session.add_all(_parts(row.id, offer))
    session.flush()


def _parts(offer_id: int, offer: Offer) -> list[OfferTier | OfferLineRow | OfferBlock]:
    tiers = [
        OfferTier(
            offer_id=offer_id,
            tier=tier,
            name=terms.name,
            note=terms.note,
            discount_percent=terms.discount_percent,
            recommended=terms.recommended,
        )
        for tier, terms in offer.tiers.items()
    ]
    lines = [
        OfferLineRow(
            offer_id=offer_id,
            position=position,
            text=line.text,
            product_id=line.product_id,
            unit=line.unit,
            cost=line.cost,
            price=line.price,
            discount_percent=line.discount_percent,
            quantity_good=line.quantities.get(Tier.GOOD),
            quantity_better=line.quantities.get(Tier.BETTER),
            quantity_best=line.quantities.get(Tier.BEST),
        )
        for position, line in enumerate(offer.lines)
    ]
    blocks = [
        OfferBlock(offer_id=offer_id, key=key, text=text)
        for key, text in offer.blocks.items()
        if text
    ]
    return [*tiers, *lines, *blocks]


def _freeze(writing: Writing, row: OfferRow) -> None:
    sheet = sheet_of(writing.reading, row)
    row.client_name = sheet.client_name
    snapshot = {"ours": asdict(sheet.ours), "contact": sheet.contact_name}
    if sheet.paper_language:
        snapshot["language"] = sheet.paper_language
    row.snapshot = json.dumps(snapshot, ensure_ascii=False)


def _plan_follow_up(session: Session, row: OfferRow, sent_on: date) -> None:
    """Plan a task to ask for the answer; it replaces those of older versions."""
    _drop_follow_up(session, row)
    # The text names the client only where there is no card; the interface words the task.
    who = "" if row.client_id is not None else row.client_name or row.title or row.number
    due_on = follow_up_on(sent_on)
    session.add(Task(client_id=row.client_id, offer_id=row.id, text=who, due_on=due_on))


def _drop_follow_up(session: Session, row: OfferRow) -> None:
    versions = select(OfferRow.id).where(OfferRow.number == row.number)
    session.execute(delete(Task).where(Task.offer_id.in_(versions), Task.done_on.is_(None)))


def _write_purchase(
    session: Session, row: OfferRow, client_id: int, tier: PricedTier, on: date
) -> None:
    """Write the purchase without the tax: costs are without it too."""
    purchase = Purchase(
        client_id=client_id, day=on, amount=tier.net, cost=tier.cost, note=row.number
    )
    session.add(purchase)
    session.flush()
    shares = share_out(tier.net, [line.amount for line in tier.lines])
    session.add_all(
        PurchaseLine(
            purchase_id=purchase.id,
            client_id=client_id,
            product_id=priced.line.product_id,
            text=priced.line.text,
            quantity=priced.quantity,
            amount=amount,
            cost=priced.cost,
        )
        for priced, amount in zip(tier.lines, shares, strict=True)
    )
