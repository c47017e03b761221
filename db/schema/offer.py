"""Offers as they are stored: one row a version, with its tiers, lines and texts."""

import json
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.domain.offers import Block, DeadlineKind, OfferState, Tier
from db.domain.settings import LANGUAGES
from db.domain.vat import VatMode
from db.schema.base import COUNTER, STRICT, UNRECORDED, Stamped, Table
from db.schema.types import Checked, Code, Exact


class OfferRow(Stamped, Table):
    """One version of an offer; the newest version of a number is the current one."""

    __tablename__ = "offer"
    __table_args__ = (
        Index("uq_offer_number_version", "number", "version", unique=True),
        Index("ix_offer_client", "client_id"),
        Index("ix_offer_state", "state", "valid_until"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]  # 2026-041
    version: Mapped[int] = mapped_column(default=1)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("offer.id"))
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"))
    client_name: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    created_on: Mapped[date]
    valid_until: Mapped[date | None]
    state: Mapped[OfferState] = mapped_column(Code(OfferState), default=OfferState.DRAFT)
    state_on: Mapped[date]
    accepted_tier: Mapped[Tier | None] = mapped_column(Code(Tier))
    decline_reason: Mapped[str | None]
    vat_mode: Mapped[VatMode] = mapped_column(Code(VatMode))
    vat_rate: Mapped[Decimal] = mapped_column(Exact)
    rounding: Mapped[int] = mapped_column(default=0)
    deadline_kind: Mapped[DeadlineKind | None] = mapped_column(Code(DeadlineKind))
    # A local moment, YYYY-MM-DDTHH:MM.
    deadline_until: Mapped[str | None] = mapped_column(Checked("moment", datetime.fromisoformat))
    deadline_quantity: Mapped[int | None]
    # Our company and the addressee as they were when the offer was sent, as JSON.
    snapshot: Mapped[str | None] = mapped_column(Checked("json", json.loads))
    # The main price when the offer was saved, for lists.
    total: Mapped[Decimal | None]
    edition: Mapped[int] = mapped_column(default=1, info=COUNTER)
    # The language of the paper; NULL: the language that the settings of the base say.
    language: Mapped[str | None] = mapped_column(Checked("language", LANGUAGES.index))


class OfferTier(Table):
    """The terms of one of the prices."""

    __tablename__ = "offer_tier"
    __table_args__ = (Index("uq_offer_tier_offer_tier", "offer_id", "tier", unique=True), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"))
    tier: Mapped[Tier] = mapped_column(Code(Tier))
    name: Mapped[str]
    note: Mapped[str]
    discount_percent: Mapped[Decimal] = mapped_column(Exact)
    recommended: Mapped[bool]


class OfferLineRow(Table):
    """A line; a tier whose quantity is NULL does not include it."""

    __tablename__ = "offer_line"
    __table_args__ = (Index("ix_offer_line_offer", "offer_id", "position"), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"))
    position: Mapped[int]
    text: Mapped[str]
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"))
    unit: Mapped[str]
    cost: Mapped[Decimal | None]
    price: Mapped[Decimal]
    discount_percent: Mapped[Decimal] = mapped_column(Exact)
    quantity_good: Mapped[Decimal | None] = mapped_column(Exact)
    quantity_better: Mapped[Decimal | None] = mapped_column(Exact)
    quantity_best: Mapped[Decimal | None] = mapped_column(Exact)


class OfferBlock(Table):
    """One of the texts."""

    __tablename__ = "offer_block"
    __table_args__ = (Index("uq_offer_block_offer_key", "offer_id", "key", unique=True), STRICT)

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"))
    key: Mapped[Block] = mapped_column(Code(Block))
    text: Mapped[str]


class OfferCounter(Table):
    """The last number given in a year; unrecorded, so that undo never frees a number."""

    __tablename__ = "offer_counter"
    __table_args__ = (UNRECORDED,)

    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
