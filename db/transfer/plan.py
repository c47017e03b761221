"""What becomes of the rows of a file: the verdicts of an import, before and after it is done."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from db.domain.fields import CardValue, Fault
from db.domain.ids import ImportId
from db.transfer.columns import TableKind

Held = CardValue | int


class Verdict(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    SKIP = "skip"
    REJECT = "reject"


class RowReason(StrEnum):
    """Why a row is skipped or rejected, beside the faults of a value. Words: ui.words.transfer."""

    # Skipped
    NOTHING_NEW = "nothing_new"
    ALREADY_THERE = "already_there"
    # Rejected
    AMBIGUOUS = "ambiguous"
    TOO_MANY_CELLS = "too_many_cells"
    TOTAL_LINE = "total_line"
    NO_CLIENT = "no_client"
    UNKNOWN_CLIENT = "unknown_client"
    NO_DAY = "no_day"
    NO_AMOUNT = "no_amount"
    NO_NAME = "no_name"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row, by its line in the file, is not loaded. `column` is the heading of the column."""

    row: int
    column: str | None
    code: RowReason | Fault
    value: str = ""


class Difference(NamedTuple):
    """A field, or an agreement, that a row changes."""

    key: str
    old: Held
    new: Held


class PurchaseDraft(NamedTuple):
    client_id: int  # negative: of a card made by the same import
    day: date
    amount: Decimal
    cost: Decimal | None
    product: str | None
    channel: str | None
    responsible: str | None
    note: str | None
    import_key: str


# The fields of a draft that a verdict shows, in their order behind the client.
_SHOWN = PurchaseDraft._fields[1:-1]


class RowVerdict(NamedTuple):
    """`who` is the client or product the row is about, `client_id` the card where there is one.

    `differences` are what the row changes of a card or product; of a purchase that it adds,
    `shown_differences` makes them: a file has a million, a window shows some.
    """

    line: int
    verdict: Verdict
    who: str = ""
    client_id: int | None = None
    differences: tuple[Difference, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    reason: RowReason | None = None
    purchase: PurchaseDraft | None = None

    def shown_differences(self) -> tuple[Difference, ...]:
        """Return what the row changes, or what it says of the purchase it adds."""
        if self.purchase is None:
            return self.differences
        values = zip(_SHOWN, self.purchase[1:-1], strict=True)
        return tuple(Difference(key, None, value) for key, value in values if value is not None)


class MatchKey(StrEnum):
    AUTO = "auto"
    INN = "inn"
    PHONE = "phone"
    EMAIL = "email"
    NAME_BIRTHDAY = "name_birthday"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class CardDraft:
    """A card as an import will leave it; a negative id is one not made yet.

    `changed` holds whole new values of the fields that change, `agreements` of those that do.
    """

    id: int
    changed: dict[str, CardValue]
    agreements: dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """A product of the base, or a new one where `id` is None."""

    id: int | None
    name: str
    values: Mapping[str, str | Decimal | int | None]


@dataclass(frozen=True, slots=True)
class Plan:
    """The verdict of every row, and what has to be written to make it true."""

    kind: TableKind
    rows: tuple[RowVerdict, ...]
    ignored: tuple[str, ...] = ()  # headings of columns that are left aside
    cards: tuple[CardDraft, ...] = ()
    purchases: tuple[PurchaseDraft, ...] = ()
    products: tuple[ProductDraft, ...] = ()
    refunds: int = 0

    def count(self, verdict: Verdict) -> int:
        return sum(row.verdict is verdict for row in self.rows)

    @property
    def problems(self) -> tuple[RowProblem, ...]:
        return tuple(problem for row in self.rows for problem in row.problems)

    @property
    def clients_created(self) -> int:
        return sum(card.id < 0 for card in self.cards)

    @property
    def total(self) -> Decimal:
        """The sum of the purchases that will be added."""
        return sum((purchase.amount for purchase in self.purchases), Decimal(0))


@dataclass(frozen=True, slots=True)
class Summary:
    """created + updated + skipped + rejected = rows. For purchases `created` counts purchases."""

    kind: TableKind
    rows: int
    created: int
    updated: int
    skipped: int
    rejected: int
    clients_created: int = 0
    products_created: int = 0
    refunds: int = 0
    total: Decimal = Decimal(0)
    problems: tuple[RowProblem, ...] = ()
    ignored: tuple[str, ...] = ()
    import_id: ImportId | None = None


def summary(plan: Plan, import_id: ImportId | None = None) -> Summary:
    counts = Counter(row.verdict for row in plan.rows)
    return Summary(
        plan.kind,
        len(plan.rows),
        counts[Verdict.CREATE],
        counts[Verdict.UPDATE],
        counts[Verdict.SKIP],
        counts[Verdict.REJECT],
        plan.clients_created,
        sum(product.id is None for product in plan.products),
        plan.refunds,
        plan.total,
        plan.problems,
        plan.ignored,
        import_id,
    )
