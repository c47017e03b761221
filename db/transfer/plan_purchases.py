"""What a file of purchases would add to the base, row by row, before anything is written."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.domain.contacts import split_several
from db.domain.days import parse_day
from db.domain.fields import STANDARD_BY_KEY, Fault
from db.domain.money import parse_money
from db.domain.text import fold, tidy
from db.domain.trade import cost_of
from db.outcome import Reading
from db.progress import SILENT, Progress
from db.schema import Product, Purchase
from db.transfer.columns import TableKind, Targets
from db.transfer.garbage import no_full_collections
from db.transfer.known import register
from db.transfer.matching import AmbiguousError, Identity, Register, identity_of
from db.transfer.plan import (
    CardDraft,
    Plan,
    ProductDraft,
    PurchaseDraft,
    RowProblem,
    RowReason,
    RowVerdict,
    Verdict,
)
from db.transfer.rows import Values, joined, unfit, with_kind
from db.transfer.sheet import Sheet

_STEP = 500
_TEXT_LENGTH = 500
_WHO = ("client", "inn", "phone", "email")
_TEXTS = ("product", "channel", "responsible", "note")
_LIMITED = frozenset((*_TEXTS, "client"))


# What a row says of its client: the cells of _WHO.
_ClientCells = tuple[str, str, str, str]


@dataclass(slots=True)
class _Row:
    line: int
    cells: dict[str, str]
    titles: Mapping[str, str]
    problems: tuple[RowProblem, ...] = ()
    day: date | None = None
    amount: Decimal = Decimal(0)
    cost: Decimal | None = None
    client_id: int = 0
    client_cells: _ClientCells = ("", "", "", "")

    def reject(self, target: str, code: RowReason | Fault) -> None:
        cell = self.cells.get(target, "")
        self.problems += (RowProblem(self.line, self.titles.get(target), code, cell),)


@no_full_collections()
def plan_purchases(
    reading: Reading,
    sheet: Sheet,
    chosen: Targets,
    create_clients: bool = False,  # noqa: FBT001, FBT002 - queries are asked with plain values
    progress: Progress = SILENT,
) -> Plan:
    """Say for each row whether it is a new purchase, one that is there already, or is rejected.

    The client is found as `db.transfer.matching` says of buyers. Without a match the row is
    rejected, or a card is made with `create_clients`. A negative amount is a refund, and its cost
    is negative too. A purchase is there already when this row was loaded before, or the client has
    one of the same day, amount and product: as many rows are skipped as there are such purchases.
    """
    titles = _titles(sheet, chosen)
    rows = [
        _read(sheet, place, chosen, titles, reading.as_of) for place in _places(sheet, progress, 0)
    ]
    readable = [row for row in rows if not row.problems]
    loaded = _Loaded(reading.session, readable)
    finder = _Finder(register(reading.session), create=create_clients)
    for row in readable:
        if not loaded.before(row):
            finder.find(row)
    loaded.look_at(reading.session, {row.client_id for row in readable if row.client_id > 0})
    verdicts = tuple(_verdict(rows[place], loaded) for place in _places(sheet, progress, len(rows)))
    drafts = tuple(verdict.purchase for verdict in verdicts if verdict.purchase is not None)
    return Plan(
        TableKind.PURCHASES,
        verdicts,
        tuple(sheet.title(n) for n, target in enumerate(chosen) if target is None),
        tuple(finder.made.values()),
        drafts,
        tuple(_new_products(drafts, loaded)),
        sum(draft.amount < 0 for draft in drafts),
    )


def _places(sheet: Sheet, progress: Progress, done: int) -> Iterator[int]:
    """Count the rows of one of the two rounds, and report now and then."""
    for place in range(len(sheet.rows)):
        if place % _STEP == 0:
            progress.step(done + place, 2 * len(sheet.rows))
        yield place


def _titles(sheet: Sheet, chosen: Targets) -> Callable[[int], Mapping[str, str]]:
    """Return the headings by target of a row with so many cells."""

    @cache
    def titles(width: int) -> Mapping[str, str]:
        return {
            target: sheet.title(column)
            for column, target in enumerate(chosen[:width])
            if target is not None
        }

    return titles


def _read(
    sheet: Sheet,
    place: int,
    chosen: Targets,
    titles: Callable[[int], Mapping[str, str]],
    today: date,
) -> _Row:
    cells: dict[str, str] = {}
    for target, cell in zip(chosen, sheet.rows[place], strict=False):
        if target is not None and (text := cell.strip()):
            old = cells.get(target)
            cells[target] = text if old is None else f"{old}, {text}"
    row = _Row(sheet.lines[place], cells, titles(len(sheet.rows[place])))
    if problem := unfit(sheet, place):
        row.problems = (problem,)
        return row
    row.client_cells = _client_cells(cells)
    if not any(row.client_cells):
        row.reject("client", RowReason.NO_CLIENT)
    _read_day(row, today)
    _read_money(row)
    for target, text in cells.items():
        if target in _LIMITED and len(text) > _TEXT_LENGTH:
            row.reject(target, Fault.TOO_LONG)
    return row


def _read_day(row: _Row, today: date) -> None:
    try:
        row.day = parse_day(row.cells.get("day", ""), today, in_full=True)
    except ValueError:
        row.reject("day", Fault.BAD_DATE)
        return
    if row.day is None:
        row.reject("day", RowReason.NO_DAY)


def _read_money(row: _Row) -> None:
    amount, cost = _money(row, "amount"), _money(row, "cost")
    if amount is None:
        row.reject("amount", RowReason.NO_AMOUNT)
        return
    row.amount, row.cost = amount, cost_of(amount, cost)


def _money(row: _Row, target: str) -> Decimal | None:
    try:
        return parse_money(row.cells[target]) if target in row.cells else None
    except ValueError:
        row.reject(target, Fault.BAD_NUMBER)
        return Decimal(0)


class _Finder:
    """Who bought. Cards that are made get negative numbers."""

    def __init__(self, known: Register, *, create: bool) -> None:
        self._known = known
        self._create = create
        self._met: dict[_ClientCells, int | RowReason] = {}
        self.made: dict[int, CardDraft] = {}

    def find(self, row: _Row) -> None:
        """Give a row its client, or the reason why it has none."""
        hit = self._met.get(row.client_cells)
        if hit is None:
            hit = self._met[row.client_cells] = self._look_up(*row.client_cells)
        if isinstance(hit, RowReason):
            row.reject("client" if row.cells.get("client") else "inn", hit)
        else:
            row.client_id = hit

    def _look_up(self, name: str, inn: str, phone: str, email: str) -> int | RowReason:
        values = _values_of(name, inn, phone, email)
        row = identity_of(-len(self.made) - 1, values)
        try:
            hit = self._known.buyer(row)
            if hit is None and not row.name:
                # Without a name the card is named by what the row has.
                values["name"] = tidy(phone or email or inn)
                row.call(str(values["name"]))
                hit = self._known.buyer(row)
        except AmbiguousError:
            return RowReason.AMBIGUOUS
        if hit is not None:
            self._learn(hit, row, values)
            return hit.id
        if not self._create:
            return RowReason.UNKNOWN_CLIENT
        self._known.add(row)
        self.made[row.id] = CardDraft(row.id, with_kind(values), {})
        return row.id

    def _learn(self, hit: Identity, row: Identity, values: Values) -> None:
        """Store the data of a row, so that a namesake is told from its client.

        A card of the base is not changed by a list of purchases; one that is just made takes it.
        """
        draft = self.made.get(hit.id)
        inn = row.inn if draft is not None else ""
        self._known.learn(hit.id, Identity(0, inn=inn, phones=row.phones, emails=row.emails))
        if draft is None:
            return
        for key in ("phone", "email"):
            if more := values.get(key):
                stored = draft.changed.get(key)
                draft.changed[key] = joined(STANDARD_BY_KEY[key].kind, stored, more)
        if inn:
            draft.changed.setdefault("inn", inn)
            draft.changed.update(with_kind({**draft.changed, "kind": None}))


def _client_cells(cells: Mapping[str, str]) -> _ClientCells:
    get = cells.get
    return get("client", ""), get("inn", ""), get("phone", ""), get("email", "")


def _values_of(name: str, inn: str, phone: str, email: str) -> Values:
    """Return what a row says of its client, as values of a card."""
    values: Values = {"name": tidy(name)}
    if bare := "".join(inn.split()):
        values["inn"] = bare[: STANDARD_BY_KEY["inn"].max_length]
    for key, text in (("phone", phone), ("email", email)):
        if text:
            values[key] = joined(STANDARD_BY_KEY[key].kind, (), split_several(text))
    return values


class _Loaded:
    """Which of the purchases of a file are in the base already."""

    def __init__(self, session: Session, rows: Sequence[_Row]) -> None:
        rows_of_products = session.execute(
            select(Product.id, Product.name_key)
            .where(Product.deleted_at.is_(None))
            .order_by(Product.id.desc())
        )
        self.products = {name_key: number for number, name_key in rows_of_products}
        self._ordinals: Counter[tuple[object, ...]] = Counter()
        self._folded: dict[_ClientCells, str] = {}
        self._counts: Counter[tuple[object, ...]] = Counter()
        for row in rows:
            row.cells["import_key"] = self._key(row)
        keys = [row.cells["import_key"] for row in rows]
        listed = func.json_each(json.dumps(keys)).table_valued("value")
        mine = select(Purchase.import_key, Purchase.client_id).where(
            Purchase.import_key.in_(select(listed.c.value))
        )
        self._owners: dict[str | None, int] = {row[0]: row[1] for row in session.execute(mine)}

    def before(self, row: _Row) -> bool:
        """Say whether this very row was loaded; then its client is the one it went to."""
        owner = self._owners.get(row.cells["import_key"])
        if owner is not None:
            row.client_id = owner
        return owner is not None

    def look_at(self, session: Session, client_ids: set[int]) -> None:
        """Count what these clients have bought, however it came into the base."""
        listed = func.json_each(json.dumps(sorted(client_ids))).table_valued("value")
        bought = session.execute(
            select(
                Purchase.client_id,
                Purchase.day,
                Purchase.amount,
                Purchase.product_id,
                Purchase.import_key,
            ).where(Purchase.client_id.in_(select(listed.c.value)))
        )
        # A purchase imported from this file matches its own row only.
        self._counts.update(tuple(row[:4]) for row in bought if row.import_key not in self._owners)

    def _key(self, row: _Row) -> str:
        """Return a name for a row that it keeps when the same file comes again.

        All that the file says of the client, day, amount and product, with the number of the row
        among equal ones.
        """
        cells = row.cells
        who = self._folded.get(row.client_cells)
        if who is None:
            who = self._folded[row.client_cells] = "\n".join(map(fold, row.client_cells))
        plain = (
            who,
            str(row.day),
            str(row.amount),
            fold(cells["product"]) if "product" in cells else "",
        )
        self._ordinals[plain] += 1
        text = "\n".join((*plain, str(self._ordinals[plain])))
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    def holds(self, row: _Row) -> bool:
        if row.cells["import_key"] in self._owners:
            return True
        product = row.cells.get("product")
        same = (
            row.client_id,
            row.day,
            row.amount,
            self.products.get(fold(product), -1) if product else None,
        )
        if not self._counts.get(same):
            return False
        self._counts[same] -= 1
        return True


def _verdict(row: _Row, loaded: _Loaded) -> RowVerdict:
    cells = row.cells
    who = tidy(cells.get("client") or cells.get("phone") or cells.get("inn") or "")
    if row.problems or row.day is None:
        return RowVerdict(row.line, Verdict.REJECT, who, problems=row.problems)
    client_id = row.client_id if row.client_id > 0 else None
    if loaded.holds(row):
        reason = RowReason.ALREADY_THERE
        return RowVerdict(row.line, Verdict.SKIP, who, client_id, reason=reason)
    product = channel = responsible = note = None
    if not cells.keys().isdisjoint(_TEXTS):
        product, channel, responsible, note = (tidy(cells.get(key, "")) or None for key in _TEXTS)
    draft = PurchaseDraft(
        row.client_id,
        row.day,
        row.amount,
        row.cost,
        product,
        channel,
        responsible,
        note,
        cells["import_key"],
    )
    return RowVerdict(row.line, Verdict.CREATE, who, client_id, purchase=draft)


def _new_products(drafts: Iterable[PurchaseDraft], loaded: _Loaded) -> Iterable[ProductDraft]:
    names = {
        fold(draft.product): draft.product for draft in reversed(list(drafts)) if draft.product
    }
    for key, name in names.items():
        if key not in loaded.products:
            yield ProductDraft(None, name, {})
