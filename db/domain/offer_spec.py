"""An offer as a JSON document (SPEC.json) and back. Reading is strict: nothing is guessed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from db.domain.offers import (
    END_OF_DAY,
    MAX_BLOCK,
    MAX_CLIENT,
    MAX_LINE_TEXT,
    MAX_LINES,
    MAX_NAME,
    MAX_NOTE,
    MAX_PRICE,
    MAX_QUANTITY,
    MAX_TITLE,
    MAX_UNIT,
    ROUNDINGS,
    Block,
    Deadline,
    DeadlineKind,
    Offer,
    OfferLine,
    Tier,
    TierTerms,
    Vat,
)
from db.domain.settings import LANGUAGES
from db.domain.vat import VatMode, default_rate


class SpecFault(StrEnum):
    """Why a value of the document can't be read. The words are in ui.words.offers."""

    UNKNOWN_KEY = "unknown_key"
    WRONG_TYPE = "wrong_type"
    REQUIRED = "required"
    NOT_A_NUMBER = "not_a_number"
    NEGATIVE = "negative"
    TOO_BIG = "too_big"
    TOO_PRECISE = "too_precise"
    NOT_A_DATE = "not_a_date"
    NOT_A_CHOICE = "not_a_choice"
    TOO_LONG = "too_long"
    TWO_RECOMMENDED = "two_recommended"


@dataclass(frozen=True, slots=True)
class SpecProblem:
    """What is wrong and where: `lines[2].price`. `value` is what the document has there."""

    path: str
    fault: SpecFault
    value: str = ""


@dataclass(frozen=True, slots=True)
class ReadSpec:
    """An offer without its client, who is named by `client`: an id, or a name to look up."""

    offer: Offer
    client: int | str | None
    problems: tuple[SpecProblem, ...]


T = TypeVar("T", bound=StrEnum)
_HUNDRED = Decimal(100)
_LINE_KEYS = ("text", "unit", "cost", "price", "quantity", "discount_percent", "product_id")
_TIER_KEYS = ("name", "note", "discount_percent", "recommended")
_KEYS = (
    "client",
    "title",
    "valid_until",
    "vat",
    "rounding",
    "lines",
    "tiers",
    "blocks",
    "deadline",
    "language",
)


def read_spec(data: object, as_of: date) -> ReadSpec:
    """Read a parsed JSON document; every fault is reported, none raises."""
    reader = _Reader([])
    if isinstance(data, Mapping):
        data = {key: value for key, value in data.items() if key not in _COMPUTED}
    spec = reader.table(data, "", _KEYS)
    client = spec.get("client")
    if client is not None and (isinstance(client, bool) or not isinstance(client, int | str)):
        reader.fault("client", SpecFault.WRONG_TYPE, client)
        client = None
    if isinstance(client, str):
        client = reader.text(client, "client", MAX_CLIENT)
    offer = Offer(
        title=reader.text(spec.get("title"), "title", MAX_TITLE),
        valid_until=reader.day(spec.get("valid_until"), "valid_until"),
        vat=_vat(reader, spec.get("vat"), as_of),
        rounding=_rounding(reader, spec.get("rounding")),
        lines=tuple(
            _line(reader, line, f"lines[{index}]")
            for index, line in enumerate(reader.items(spec.get("lines"), "lines"))
        ),
        tiers=_tiers(reader, spec.get("tiers")),
        blocks=_blocks(reader, spec.get("blocks")),
        deadline=_deadline(reader, spec.get("deadline")),
        language=_language(reader, spec.get("language")),
    )
    return ReadSpec(offer, client or None, tuple(reader.problems))


def write_spec(offer: Offer) -> dict[str, object]:
    """Return the document that `read_spec` reads back into the same offer."""
    spec: dict[str, object] = {
        "client": offer.client_name or offer.client_id,
        "title": offer.title,
        "valid_until": None if offer.valid_until is None else offer.valid_until.isoformat(),
        "vat": {"mode": str(offer.vat.mode), "rate": _count(offer.vat.rate)},
        "rounding": offer.rounding,
        "lines": [_line_spec(line) for line in offer.lines],
        "tiers": {str(tier): _tier_spec(terms) for tier, terms in offer.tiers.items()},
        "blocks": {str(block): text for block, text in offer.blocks.items()},
        "language": offer.language,
    }
    if deadline := offer.deadline:
        until = deadline.until and deadline.until.isoformat(timespec="minutes")
        spec["deadline"] = {
            "kind": str(deadline.kind),
            **({"until": until} if until else {}),
            **({"quantity": deadline.quantity} if deadline.quantity is not None else {}),
        }
    return spec


def _line_spec(line: OfferLine) -> dict[str, object]:
    spec: dict[str, object] = {"text": line.text}
    if line.unit:
        spec["unit"] = line.unit
    if line.cost is not None:
        spec["cost"] = f"{line.cost:.2f}"
    spec["price"] = f"{line.price:.2f}"
    if line.discount_percent:
        spec["discount_percent"] = _plain(line.discount_percent)
    spec["quantity"] = {str(tier): _count(quantity) for tier, quantity in line.quantities.items()}
    if line.product_id is not None:
        spec["product_id"] = line.product_id
    return spec


def _tier_spec(terms: TierTerms) -> dict[str, object]:
    return {
        "name": terms.name,
        "note": terms.note,
        "discount_percent": _plain(terms.discount_percent),
        **({"recommended": True} if terms.recommended else {}),
    }


def _count(number: Decimal) -> int | str:
    """Return a whole number as int, any other exactly, as text."""
    return int(number) if number == number.to_integral_value() else _plain(number)


def _plain(number: Decimal) -> str:
    """Return a decimal without trailing zeros: 22, 1.5."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _vat(reader: "_Reader", value: object, as_of: date) -> Vat:
    table = reader.table(value, "vat", ("mode", "rate"))
    mode = reader.choice(VatMode, table.get("mode", VatMode.NONE), "vat.mode", VatMode.NONE)
    rate = reader.number(table.get("rate"), "vat.rate", _HUNDRED, 4)
    return Vat(mode, default_rate(as_of) if rate is None else rate)


def _language(reader: "_Reader", value: object) -> str | None:
    if value is None or value in LANGUAGES:
        return None if value is None else str(value)
    reader.fault("language", SpecFault.NOT_A_CHOICE, value)
    return None


def _rounding(reader: "_Reader", value: object) -> int:
    rounding = reader.number(value, "rounding", Decimal(1000), 0)
    if rounding is not None and int(rounding) not in ROUNDINGS:
        reader.fault("rounding", SpecFault.NOT_A_CHOICE, value)
        return 0
    return int(rounding or 0)


def _line(reader: "_Reader", value: object, path: str) -> OfferLine:
    table = reader.table(value, path, _LINE_KEYS)
    text = reader.text(table.get("text"), f"{path}.text", MAX_LINE_TEXT)
    price = reader.number(table.get("price"), f"{path}.price", MAX_PRICE, 2)
    for key, missing in (("text", not text), ("price", table.get("price") is None)):
        if missing and isinstance(value, Mapping):
            reader.fault(f"{path}.{key}", SpecFault.REQUIRED)
    quantities = reader.table(table.get("quantity"), f"{path}.quantity", tuple(Tier))
    numbers = {
        tier: reader.number(quantities.get(tier), f"{path}.quantity.{tier}", MAX_QUANTITY, 4)
        for tier in Tier
    }
    product = reader.number(table.get("product_id"), f"{path}.product_id", Decimal(2**53), 0)
    return OfferLine(
        text=text,
        price=price or Decimal(0),
        quantities={tier: number for tier, number in numbers.items() if number},
        unit=reader.text(table.get("unit"), f"{path}.unit", MAX_UNIT),
        cost=reader.number(table.get("cost"), f"{path}.cost", MAX_PRICE, 2),
        discount_percent=reader.percent(table, path),
        product_id=None if product is None else int(product),
    )


def _tiers(reader: "_Reader", value: object) -> dict[Tier, TierTerms]:
    table = reader.table(value, "tiers", tuple(Tier))
    tiers: dict[Tier, TierTerms] = {}
    for tier in Tier:
        if tier not in table:
            continue
        path = f"tiers.{tier}"
        terms = reader.table(table[tier], path, _TIER_KEYS)
        tiers[tier] = TierTerms(
            name=reader.text(terms.get("name"), f"{path}.name", MAX_NAME),
            note=reader.text(terms.get("note"), f"{path}.note", MAX_NOTE),
            discount_percent=reader.percent(terms, path),
            recommended=reader.flag(terms.get("recommended"), f"{path}.recommended"),
        )
    chosen = [tier for tier, terms in tiers.items() if terms.recommended]
    if len(chosen) > 1:
        reader.fault("tiers", SpecFault.TWO_RECOMMENDED, ", ".join(chosen))
        tiers.update({tier: replace(tiers[tier], recommended=False) for tier in chosen[1:]})
    return tiers


def _blocks(reader: "_Reader", value: object) -> dict[Block, str]:
    table = reader.table(value, "blocks", tuple(Block))
    texts = {
        block: reader.text(table.get(block), f"blocks.{block}", MAX_BLOCK, lines=True)
        for block in Block
    }
    return {block: text for block, text in texts.items() if text}


def _deadline(reader: "_Reader", value: object) -> Deadline | None:
    if value is None:
        return None
    table = reader.table(value, "deadline", ("kind", "until", "quantity"))
    if "kind" not in table and isinstance(value, Mapping):
        reader.fault("deadline.kind", SpecFault.REQUIRED)
    kind = reader.choice(
        DeadlineKind, table.get("kind", DeadlineKind.TIME), "deadline.kind", DeadlineKind.TIME
    )
    quantity = reader.number(table.get("quantity"), "deadline.quantity", Decimal(1_000_000), 0)
    until = reader.moment(table.get("until"), "deadline.until")
    return Deadline(kind, until, None if quantity is None else int(quantity))


# Keys that `offer show` prints besides the spec; they are ignored when read.
_COMPUTED = frozenset(
    ("number", "version", "state", "status", "client_id", "created_on", "state_on", "accepted_tier",
     "decline_reason", "paper_language", "totals", "findings")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Reader:
    problems: list[SpecProblem]

    def fault(self, path: str, fault: SpecFault, value: object = "") -> None:
        self.problems.append(SpecProblem(path, fault, str(value)[:80]))

    def table(self, value: object, path: str, keys: tuple[str, ...]) -> Mapping[str, object]:
        if value is None and path:
            return {}
        if not isinstance(value, Mapping):
            self.fault(path or "$", SpecFault.WRONG_TYPE, value)
            return {}
        for key in value:
            if key not in keys:
                self.fault(f"{path}.{key}".lstrip("."), SpecFault.UNKNOWN_KEY, key)
        return {str(key): entry for key, entry in value.items() if key in keys}

    def items(self, value: object, path: str) -> list[object]:
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(path, SpecFault.WRONG_TYPE, value)
            return []
        if len(value) > MAX_LINES:
            self.fault(path, SpecFault.TOO_LONG, len(value))
        return value[:MAX_LINES]

    def text(self, value: object, path: str, limit: int, *, lines: bool = False) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            self.fault(path, SpecFault.WRONG_TYPE, value)
            return ""
        if len(value) > limit:
            self.fault(path, SpecFault.TOO_LONG, f"{len(value)} > {limit}")
        # A lone surrogate is legal in JSON, but neither in SQLite nor in a paper.
        whole = value.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
        return whole.strip() if lines else " ".join(whole.split())

    def flag(self, value: object, path: str) -> bool:
        if value is not None and not isinstance(value, bool):
            self.fault(path, SpecFault.WRONG_TYPE, value)
        return value is True

    def percent(self, table: Mapping[str, object], path: str) -> Decimal:
        percent = self.number(
            table.get("discount_percent"), f"{path}.discount_percent", _HUNDRED, 4
        )
        return percent or Decimal(0)

    def number(self, value: object, path: str, limit: Decimal, places: int) -> Decimal | None:
        if value is None or value == "":
            return None
        fault, number = _number(value, limit, places)
        if fault:
            self.fault(path, fault, value)
        return number

    def choice(self, kind: type[T], value: object, path: str, usual: T) -> T:
        try:
            return kind(str(value))
        except ValueError:
            self.fault(path, SpecFault.NOT_A_CHOICE, value)
            return usual

    def day(self, value: object, path: str) -> date | None:
        moment = self.moment(value, path)
        return None if moment is None else moment.date()

    def moment(self, value: object, path: str) -> datetime | None:
        """Read a day or a local moment; a day counts to its end, 23:59."""
        if value is None or value == "":
            return None
        try:
            if not isinstance(value, str):
                raise ValueError  # noqa: TRY301, TRY004 - one way out for every fault
            if len(value) == len("2027-01-31"):
                return datetime.combine(date.fromisoformat(value), END_OF_DAY)
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is not None:
                raise ValueError  # noqa: TRY301
        except ValueError:
            self.fault(path, SpecFault.NOT_A_DATE, value)
            return None
        return moment.replace(second=0, microsecond=0)


def _number(value: object, limit: Decimal, places: int) -> tuple[SpecFault | None, Decimal | None]:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return SpecFault.WRONG_TYPE, None
    try:
        number = Decimal(str(value).strip())
    except (InvalidOperation, ValueError):
        return SpecFault.NOT_A_NUMBER, None
    if not number.is_finite():
        return SpecFault.NOT_A_NUMBER, None
    if number < 0:
        return SpecFault.NEGATIVE, None
    if number > limit:
        return SpecFault.TOO_BIG, None
    if not number:
        return None, Decimal(0)
    if number != round(number, places):
        return SpecFault.TOO_PRECISE, None
    return None, number
