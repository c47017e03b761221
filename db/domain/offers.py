"""An offer as the owner writes it: lines, three prices, texts and a deadline."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from db.domain.settings import Company
from db.domain.vat import VatMode


class Tier(StrEnum):
    """One of the three prices, from the lowest."""

    GOOD = "good"
    BETTER = "better"
    BEST = "best"


class OfferState(StrEnum):
    """The stored state; SUPERSEDED: a newer version of the number exists."""

    DRAFT = "draft"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SUPERSEDED = "superseded"


class OfferStatus(StrEnum):
    """The state as shown: a sent offer whose last day has passed is expired."""

    DRAFT = "draft"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"


class DeadlineKind(StrEnum):
    """What an offer is limited by."""

    TIME = "time"
    QUANTITY = "quantity"
    FIRST_BUYERS = "first_buyers"


class Block(StrEnum):
    """The texts of an offer, in the order in which a client reads them."""

    TASK = "task"
    OFFER = "offer"
    WHY_COMPANY = "why_company"
    WHY_PROPOSAL = "why_proposal"
    WHY_PERSON = "why_person"
    FACTS = "facts"
    BONUS = "bonus"
    GUARANTEE = "guarantee"
    TERMS = "terms"
    CALL_TO_ACTION = "call_to_action"


# 900 stands for "ends with 900"; 0 leaves the sum as it is.
ROUNDINGS = (0, 1, 10, 50, 100, 500, 1000, 900)

MAX_LINES = 300
MAX_NAME, MAX_NOTE, MAX_UNIT = 60, 200, 20
MAX_TITLE, MAX_CLIENT, MAX_LINE_TEXT, MAX_BLOCK = 300, 300, 2_000, 10_000
MAX_TOTAL = Decimal("999999999999.99")
MAX_PRICE, MAX_QUANTITY = Decimal("999999999.99"), Decimal("999999.9999")

# Working days after which the owner asks for the answer to a sent offer.
FOLLOW_UP_DAYS = 3
_SATURDAY = 5

_NOTHING: Mapping[Tier, Decimal] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One line of the offer. A tier that is not among the quantities does not include it."""

    text: str
    price: Decimal
    quantities: Mapping[Tier, Decimal] = field(default_factory=lambda: _NOTHING)
    unit: str = ""
    cost: Decimal | None = None
    discount_percent: Decimal = Decimal(0)
    product_id: int | None = None

    def quantity(self, tier: Tier) -> Decimal:
        """Return the quantity in a tier; 0 where the line is not included."""
        return self.quantities.get(tier, Decimal(0))


@dataclass(frozen=True, slots=True)
class TierTerms:
    """An empty name means the usual one in the language of the reader."""

    name: str = ""
    note: str = ""
    discount_percent: Decimal = Decimal(0)
    recommended: bool = False


@dataclass(frozen=True, slots=True)
class Vat:
    """How prices are taxed; `rate` in percent."""

    mode: VatMode = VatMode.NONE
    rate: Decimal = Decimal(22)


# The time of a deadline that was given as a day alone.
END_OF_DAY = time(23, 59)


@dataclass(frozen=True, slots=True)
class Deadline:
    """The limit of an offer: a moment, a number of pieces, or the first buyers."""

    kind: DeadlineKind
    until: datetime | None = None
    quantity: int | None = None

    @property
    def is_set(self) -> bool:
        return (self.until if self.kind is DeadlineKind.TIME else self.quantity) is not None


@dataclass(frozen=True, slots=True)
class Offer:
    """What the owner enters. The amounts are computed by `db.domain.pricing`."""

    client_id: int | None = None
    client_name: str = ""
    title: str = ""
    valid_until: date | None = None
    vat: Vat = Vat()
    rounding: int = 0
    lines: tuple[OfferLine, ...] = ()
    tiers: Mapping[Tier, TierTerms] = field(default_factory=lambda: MappingProxyType({}))
    blocks: Mapping[Block, str] = field(default_factory=lambda: MappingProxyType({}))
    deadline: Deadline | None = None
    language: str | None = None  # of the paper; None: the one of the base's settings

    def tier(self, tier: Tier) -> TierTerms:
        """Return the terms of a tier; the default ones where none are set."""
        return self.tiers.get(tier, TierTerms())

    def block(self, block: Block) -> str:
        """Return a text without outer blanks; empty where there is none."""
        return self.blocks.get(block, "").strip()


@dataclass(frozen=True, slots=True)
class OfferSheet:
    """An offer with its number and both parties: everything a paper shows."""

    offer: Offer
    number: str  # 2026-041
    version: int
    created_on: date
    ours: Company
    client_name: str
    contact_name: str = ""  # the person at a company it is for
    language: str = ""  # of the base's papers; empty: that of the program

    @property
    def paper_language(self) -> str:
        """The language of this paper: of the offer, else of the base; empty: of the program."""
        return self.offer.language or self.language


class OfferFault(StrEnum):
    """Why an offer can't be changed in this way. The words are in ui.words.offers."""

    NOT_SENT = "not_sent"
    ALREADY_SENT = "already_sent"
    ANSWERED = "answered"
    SUPERSEDED = "superseded"
    NOT_A_DRAFT = "not_a_draft"
    TIER_WANTED = "tier_wanted"
    NO_SUCH_TIER = "no_such_tier"
    TOO_BIG = "too_big"
    NO_SUCH_LANGUAGE = "no_such_language"


class OfferRefusedError(Exception):
    """The state of an offer forbids the command; nothing was written."""

    def __init__(self, fault: OfferFault) -> None:
        super().__init__(fault)
        self.fault = fault


_WAYS: Mapping[OfferState, tuple[OfferState, ...]] = {
    OfferState.DRAFT: (OfferState.SENT,),
    OfferState.SENT: (OfferState.ACCEPTED, OfferState.DECLINED),
}


def may_become(now: OfferState, after: OfferState) -> bool:
    """Say whether an offer may go from one state to another. An answer is final."""
    return after in _WAYS.get(now, ())


def why_not(now: OfferState, after: OfferState) -> OfferFault | None:
    """Return why an offer can't get another state; None when it can."""
    if may_become(now, after):
        return None
    if now is OfferState.DRAFT:
        return OfferFault.NOT_SENT
    if now is OfferState.SUPERSEDED:
        return OfferFault.SUPERSEDED
    return OfferFault.ALREADY_SENT if now is OfferState.SENT else OfferFault.ANSWERED


def status(state: OfferState, valid_until: date | None, as_of: date) -> OfferStatus:
    """Return the state on a day. The last day counts to its end; an outcome never expires."""
    if state is OfferState.SENT and valid_until is not None and valid_until < as_of:
        return OfferStatus.EXPIRED
    return OfferStatus(state)


def follow_up_on(sent_on: date) -> date:
    """Return the day to ask for the answer: three working days later, Monday to Friday."""
    day, working_days = sent_on, FOLLOW_UP_DAYS
    while working_days:
        day += timedelta(days=1)
        working_days -= day.weekday() < _SATURDAY
    return day


def number_text(year: int, serial: int) -> str:
    """Return the number of an offer: 2026-041."""
    return f"{year:04d}-{serial:03d}"
