"""Reading a row of a file into values of a card, as the same text typed into a form."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from db.domain.contacts import is_inn
from db.domain.field_rules import is_junk
from db.domain.fields import CardValue, ClientKind, Fault, Field, FieldKind
from db.domain.kinds import KINDS, ValueFault, parse_value
from db.domain.money import parse_money, parse_number
from db.domain.text import fold, tidy, words
from db.preset_words import preset_words
from db.transfer.column_words import KIND_WORDS, LEGAL_FORMS, SURE_TOTALS, TOTALS, WARMTH_WORDS
from db.transfer.columns import AGREEMENTS, NAME_PARTS, Targets
from db.transfer.plan import RowProblem, RowReason
from db.transfer.sheet import Sheet

Values = dict[str, CardValue]

_CODES = {"kind": KIND_WORDS, "warmth": WARMTH_WORDS}
_KPP_LENGTH = 9
_MOST_DAYS = 3660
_INITIALS = "".join(sorted({word[0] for word in TOTALS | SURE_TOTALS}))
_TOTAL_INITIAL = re.compile(rf"[ \t\"'*]*[{_INITIALS}]", re.IGNORECASE)


@dataclass(slots=True)
class ParsedClient:
    """A client as a row of a file gives it: values by field key, agreements by kind, problems."""

    line: int
    values: Values = field(default_factory=dict)
    agreements: dict[str, Decimal] = field(default_factory=dict)
    problems: list[RowProblem] = field(default_factory=list)


def parse_client(
    sheet: Sheet, place: int, chosen: Targets, fields: Sequence[Field | None], today: date
) -> ParsedClient:
    """Read one row of a file of clients; each value that can't be read gives a problem."""
    cells, row = sheet.rows[place], ParsedClient(sheet.lines[place])
    if problem := unfit(sheet, place):
        row.problems.append(problem)
        return row
    parts: dict[str, str] = {}
    for column, (target, known, cell) in enumerate(zip(chosen, fields, cells, strict=False)):
        if target is None or not cell.strip():
            continue
        try:
            if target in NAME_PARTS:
                parts[target] = tidy(cell)
            else:
                _take(row, target, known, cell, today)
        except ValueFault as error:
            row.problems.append(
                RowProblem(row.line, sheet.title(column), error.fault, cell.strip())
            )
    if parts:
        whole = " ".join(parts[part] for part in NAME_PARTS if part in parts)
        row.values.setdefault("name", whole)
    return row


def _take(row: ParsedClient, target: str, known: Field | None, cell: str, today: date) -> None:
    if target in AGREEMENTS:
        row.agreements[target] = _agreement(target, cell)
    elif known is not None:
        _add(row.values, known, _read(known, cell, today))


def unfit(sheet: Sheet, place: int) -> RowProblem | None:
    """Return why a row can't be read at all: a line of totals, or more cells than headings."""
    cells, line = sheet.rows[place], sheet.lines[place]
    if extra := [cell for cell in cells[len(sheet.header) :] if cell.strip()]:
        return RowProblem(line, None, RowReason.TOO_MANY_CELLS, extra[0].strip())
    if not any(map(_TOTAL_INITIAL.match, cells)):
        return None  # a shortcut for nearly every row
    for column, cell in enumerate(cells):
        if _names_a_total(cell) and all(
            other is cell or not other.strip() or _is_number(other) for other in cells
        ):
            return RowProblem(line, sheet.title(column), RowReason.TOTAL_LINE, cell.strip())
    return None


def _names_a_total(cell: str) -> bool:
    cell_words = words(cell)
    return bool(cell_words) and (cell_words[0] in SURE_TOTALS or " ".join(cell_words) in TOTALS)


def _is_number(cell: str) -> bool:
    try:
        return parse_money(cell) is not None
    except ValueError:
        return False


def _read(known: Field, cell: str, today: date) -> CardValue:
    codes = _CODES.get(known.key)
    if codes is not None:
        cell = codes.get(" ".join(words(cell)), cell)
    elif known.key == "inn":
        cell = _restored(re.sub(r"[\s-]", "", cell))
    elif known.key == "kpp" and cell.strip().isdecimal():
        cell = cell.strip().zfill(_KPP_LENGTH)
    elif known.key in ("full_name", "name"):
        cell = tidy(cell)
    elif known.is_custom and known.kind is FieldKind.CHOICE:
        cell = preset_words().stored_choice(known, cell)
    return parse_value(known, cell, today, in_full=True)


def _restored(inn: str) -> str:
    """Restore the leading zero that spreadsheets remove from a number."""
    longer = "0" + inn
    return longer if inn.isdecimal() and not is_inn(inn) and is_inn(longer) else inn


def _agreement(kind: str, cell: str) -> Decimal:
    try:
        if kind == "credit":
            number = parse_money(cell)
        else:
            number = parse_number(re.sub(r"[^\W\d]+\.?\s*$", "", cell.strip()))
    except ValueError:
        raise ValueFault(Fault.BAD_NUMBER) from None
    most = {"discount": Decimal(100), "deferred": Decimal(_MOST_DAYS)}.get(kind)
    if number is None or number < 0 or (most is not None and number > most):
        raise ValueFault(Fault.BAD_NUMBER)
    if kind == "deferred" and number != int(number):
        raise ValueFault(Fault.BAD_NUMBER)
    return round(number, 4)


def _add(values: Values, known: Field, value: CardValue) -> None:
    if value is None or value in ("", ()):
        return
    if KINDS[known.kind].several:
        value = joined(known.kind, values.get(known.key), value)
    values[known.key] = value


def entry_key(kind: FieldKind, entry: str) -> str:
    """Return the form in which two phones, e-mails, tags or names are equal."""
    return KINDS[kind].key(entry) or fold(entry)


def joined(kind: FieldKind, value: CardValue, more: CardValue) -> tuple[str, ...]:
    """Return the entries of both values, each once. Junk is added only to an empty value."""
    entries = list(value) if isinstance(value, tuple) else []
    known = {entry_key(kind, entry) for entry in entries}
    for entry in more if isinstance(more, tuple) else ():
        key = entry_key(kind, entry)
        if key not in known and not (entries and is_junk(entry)):
            entries.append(entry)
            known.add(key)
    return tuple(entries)


def with_kind(values: Mapping[str, CardValue]) -> Values:
    """Return values with the kind of client, guessed where the file does not give it."""
    if values.get("kind"):
        return dict(values)
    name = words(str(values.get("name") or ""))
    company = bool(
        values.get("inn")
        or values.get("kpp")
        or values.get("full_name")
        or values.get("contact_person")
        or (name and (name[0] in LEGAL_FORMS or name[-1] in LEGAL_FORMS))
    )
    return {**values, "kind": str(ClientKind.COMPANY if company else ClientKind.PERSON)}
