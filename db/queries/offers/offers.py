"""Offers: the list, one whole offer, and the client that a name or an id means."""

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from db.domain.ids import ClientId, OfferId
from db.domain.offers import (
    Deadline,
    Offer,
    OfferLine,
    OfferSheet,
    OfferState,
    OfferStatus,
    Tier,
    TierTerms,
    Vat,
    number_text,
    status,
)
from db.domain.settings import Company
from db.domain.text import fold
from db.domain.vat import VatMode, default_rate
from db.errors import Trouble, TroubleError
from db.outcome import Reading
from db.records.settings import settings
from db.schema import (
    Client,
    ContactPerson,
    OfferBlock,
    OfferCounter,
    OfferLineRow,
    OfferRow,
    OfferTier,
)


@dataclass(frozen=True, slots=True)
class OfferListRow:
    """A row of the list; `total` is the main price in roubles."""

    id: OfferId
    number: str
    version: int
    client_id: ClientId | None
    client_name: str
    title: str
    status: OfferStatus
    state_on: date
    created_on: date
    valid_until: date | None
    total: Decimal | None


@dataclass(frozen=True, slots=True)
class StoredOffer:
    """One version of an offer as it is stored."""

    id: OfferId
    edition: int
    sheet: OfferSheet
    state: OfferState
    status: OfferStatus
    state_on: date
    accepted_tier: Tier | None
    decline_reason: str | None


def offer_list(reading: Reading, client_id: ClientId | None = None) -> tuple[OfferListRow, ...]:
    """Return offers up to the day, newest first, without versions that a newer one supersedes."""
    newer = aliased(OfferRow)
    superseded_later = select(newer.replaces_id).where(~reading.covers(newer.created_on))
    query = (
        select(OfferRow, Client.name)
        .outerjoin(Client, Client.id == OfferRow.client_id)
        .where(
            reading.covers(OfferRow.created_on),
            or_(OfferRow.state != OfferState.SUPERSEDED, OfferRow.id.in_(superseded_later)),
        )
        .order_by(OfferRow.created_on.desc(), OfferRow.id.desc())
    )
    if client_id is not None:
        query = query.where(OfferRow.client_id == client_id)
    return tuple(
        _list_row(row, name, reading.as_of) for row, name in reading.session.execute(query)
    )


def _list_row(row: OfferRow, name: str | None, as_of: date) -> OfferListRow:
    live = name if row.state is OfferState.DRAFT else None
    return OfferListRow(
        OfferId(row.id),
        row.number,
        row.version,
        None if row.client_id is None else ClientId(row.client_id),
        live or row.client_name,
        row.title,
        status(_state(row), row.valid_until, as_of),
        row.state_on,
        row.created_on,
        row.valid_until,
        row.total,
    )


def _state(row: OfferRow) -> OfferState:
    """Return the state of an offer in the list: a superseded one has the state it had before."""
    return state_before_superseded(row) if row.state is OfferState.SUPERSEDED else row.state


def state_before_superseded(row: OfferRow) -> OfferState:
    """Return the state that a superseded offer had before."""
    return OfferState.SENT if row.decline_reason is None else OfferState.DECLINED


def open_offers(reading: Reading) -> int:
    """Return how many offers wait for the owner or for an answer."""
    return sum(row.status in (OfferStatus.DRAFT, OfferStatus.SENT) for row in offer_list(reading))


def stored_offer(reading: Reading, offer_id: OfferId) -> StoredOffer:
    """Return one version whole. Raises TroubleError NO_SUCH_OFFER."""
    row = reading.session.get(OfferRow, offer_id)
    if row is None:
        raise TroubleError(Trouble.NO_SUCH_OFFER, str(offer_id))
    return StoredOffer(
        OfferId(row.id),
        row.edition,
        sheet_of(reading, row),
        row.state,
        status(row.state, row.valid_until, reading.as_of),
        row.state_on,
        row.accepted_tier,
        row.decline_reason,
    )


def sheet_of(reading: Reading, row: OfferRow) -> OfferSheet:
    """Return what a paper shows: the parties as they are for a draft, else as they were."""
    offer = offer_of(reading.session, row)
    if row.snapshot is not None:
        snapshot = json.loads(row.snapshot)
        ours, contact = Company(**snapshot["ours"]), str(snapshot["contact"])
        language = str(snapshot.get("language", ""))  # not kept by the first version
    else:
        base = settings(reading.session)
        ours, language = base.company, base.paper_language
        contact = contact_name(reading, offer.client_id)
    return OfferSheet(
        offer, row.number, row.version, row.created_on, ours, offer.client_name, contact, language
    )


def contact_name(reading: Reading, client_id: int | None) -> str:
    """Return the first contact person of a client, or nothing."""
    query = select(ContactPerson.name).where(ContactPerson.client_id == client_id)
    return reading.session.scalar(query.order_by(ContactPerson.id).limit(1)) or ""


def offer_of(session: Session, row: OfferRow) -> Offer:
    """Return the offer of a row; a draft has the present name of the client."""
    name = row.client_name
    if row.state is OfferState.DRAFT and row.client_id is not None:
        name = session.scalar(select(Client.name).where(Client.id == row.client_id)) or name
    tiers = session.scalars(select(OfferTier).where(OfferTier.offer_id == row.id))
    lines = session.scalars(
        select(OfferLineRow).where(OfferLineRow.offer_id == row.id).order_by(OfferLineRow.position)
    )
    blocks = session.scalars(
        select(OfferBlock).where(OfferBlock.offer_id == row.id).order_by(OfferBlock.id)
    )
    return Offer(
        client_id=row.client_id,
        client_name=name,
        title=row.title,
        valid_until=row.valid_until,
        vat=Vat(row.vat_mode, row.vat_rate),
        rounding=row.rounding,
        lines=tuple(map(_line, lines)),
        tiers={
            t.tier: TierTerms(t.name, t.note, t.discount_percent, t.recommended)
            for t in sorted(tiers, key=lambda terms: list(Tier).index(terms.tier))
        },
        blocks={block.key: block.text for block in blocks},
        deadline=_deadline(row),
        language=row.language,
    )


def _line(row: OfferLineRow) -> OfferLine:
    quantities = zip(Tier, (row.quantity_good, row.quantity_better, row.quantity_best), strict=True)
    return OfferLine(
        row.text,
        row.price,
        {tier: quantity for tier, quantity in quantities if quantity is not None},
        row.unit,
        row.cost,
        row.discount_percent,
        row.product_id,
    )


def _deadline(row: OfferRow) -> Deadline | None:
    if row.deadline_kind is None:
        return None
    until = row.deadline_until and datetime.fromisoformat(row.deadline_until)
    return Deadline(row.deadline_kind, until or None, row.deadline_quantity)


def next_number(reading: Reading) -> str:
    """Return the number a new offer would get; it is given only when the offer is saved."""
    last = reading.session.scalar(
        select(OfferCounter.last).where(OfferCounter.year == reading.as_of.year)
    )
    return number_text(reading.as_of.year, (last or 0) + 1)


def find_offer(reading: Reading, written: str) -> OfferId:
    """Return the newest version of a number written as 41, 2026-041 or КП-2026-041.

    Without a year it is the year of the day; versions made later are not there yet. Raises
    TroubleError NO_SUCH_OFFER.
    """
    match = re.fullmatch(r"\D*(?:(\d{4})\s*[-/]\s*)?0*(\d{1,6})\s*", written)
    if match:
        number = number_text(int(match[1] or reading.as_of.year), int(match[2]))
        newest = select(func.max(OfferRow.id)).where(
            OfferRow.number == number, reading.covers(OfferRow.created_on)
        )
        if (offer_id := reading.session.scalar(newest)) is not None:
            return OfferId(offer_id)
    raise TroubleError(Trouble.NO_SUCH_OFFER, written)


def client_for_offer(reading: Reading, who: int | str) -> tuple[ClientId, str] | None:
    """Return the client meant by an id or a name; None when no card has this name.

    Raises TroubleError NO_SUCH_CLIENT for an id that is not in use, SEVERAL_CLIENTS (with the ids)
    for a name of several cards.
    """
    in_use = select(Client.id, Client.name).where(Client.deleted_at.is_(None))
    if isinstance(who, str):
        by_name = reading.session.execute(
            in_use.where(Client.name_key == fold(who)).limit(10)
        ).all()
        if len(by_name) > 1:
            raise TroubleError(Trouble.SEVERAL_CLIENTS, ", ".join(str(row.id) for row in by_name))
        if by_name:
            return ClientId(by_name[0].id), by_name[0].name
        if not who.strip().isdecimal():
            return None
    number = int(who)
    # The driver refuses numbers beyond 63 bits.
    row = (
        reading.session.execute(in_use.where(Client.id == number)).first()
        if number < 2**63
        else None
    )
    if row is None:
        raise TroubleError(Trouble.NO_SUCH_CLIENT, str(who))
    return ClientId(row.id), row.name


def new_sheet(reading: Reading, client_id: ClientId | None = None) -> OfferSheet:
    """Return an empty offer: our company, the default tax, and the number it would get."""
    base = settings(reading.session)
    mode = VatMode(base.vat_mode) if base.vat_mode in list(VatMode) else VatMode.NONE
    name, contact = "", ""
    if client_id is not None:
        name = reading.session.scalar(select(Client.name).where(Client.id == client_id)) or ""
        contact = contact_name(reading, client_id)
    offer = Offer(client_id, name, vat=Vat(mode, default_rate(reading.as_of)))
    number = next_number(reading)
    return OfferSheet(
        offer, number, 1, reading.as_of, base.company, name, contact, base.paper_language
    )
