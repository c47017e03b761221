"""The plan of an import of clients: a verdict for each row, before anything is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import select

from db.derived.status import statuses
from db.domain.card import CardValues, faults, name_from_contacts
from db.domain.field_rules import DatedAnswer, FieldRule, Level, gaps, rule_row
from db.domain.fields import CardValue, Fault, Field
from db.domain.kinds import KINDS
from db.domain.lifecycle import Status
from db.outcome import Reading
from db.progress import SILENT, Progress, in_batches
from db.records.cards import card_values, fields_of_base, rules_of_base
from db.schema import Agreement
from db.transfer.columns import AGREEMENTS, TableKind, Targets, column_fields
from db.transfer.garbage import no_full_collections
from db.transfer.known import register
from db.transfer.matching import AmbiguousError, Identity, Register, identity_of, names_agree
from db.transfer.plan import (
    CardDraft,
    Difference,
    MatchKey,
    Plan,
    RowProblem,
    RowReason,
    RowVerdict,
    Verdict,
)
from db.transfer.rows import ParsedClient, Values, joined, parse_client, with_kind
from db.transfer.sheet import Sheet

_STEP = 500


@dataclass(slots=True)
class _Card:
    """A card with the values of rows added to it."""

    id: int
    values: Values
    agreements: dict[str, Decimal]
    answers: Mapping[str, DatedAnswer] = field(default_factory=dict)
    status: str = Status.POTENTIAL
    made: bool = True
    changed: set[str] = field(default_factory=set)
    changed_agreements: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Rules:
    fields: Mapping[str, Field]
    blocking: tuple[FieldRule, ...]
    titles: Mapping[str, str]  # of the columns, by the field they hold


@no_full_collections()
def plan_clients(
    reading: Reading,
    sheet: Sheet,
    chosen: Targets,
    key: MatchKey,
    progress: Progress = SILENT,
) -> Plan:
    """Decide for each row whether it makes a card, changes one, adds nothing, or is rejected.

    Rows are matched to cards, and to each other, as `db.transfer.matching` says; the second row of
    one client adds to the first one. An empty cell erases nothing. Phones, e-mails, tags and
    persons are added, other values replaced. A row is rejected as a card would be: for a value that
    can't be read, without a name and a contact, and for a blocking rule.
    """
    columns = column_fields(sheet, chosen, fields_of_base(reading.session))
    fields = {**fields_of_base(reading.session), **{f.key: f for f in columns if f is not None}}
    titles = {f.key: sheet.title(place) for place, f in enumerate(columns) if f is not None}
    blocking = tuple(rule for rule in rules_of_base(reading.session) if rule.level is Level.BLOCK)
    rules = _Rules(fields, blocking, titles)
    rows = []
    for place in range(len(sheet.rows)):
        if place % _STEP == 0:
            progress.step(place, 3 * len(sheet.rows))
        rows.append(parse_client(sheet, place, chosen, columns, reading.as_of))
    card_ids = list(_matched(register(reading.session), rows, key, progress))
    cards = _cards(reading, card_ids)
    verdicts = []
    for place, (row, hit) in enumerate(zip(rows, card_ids, strict=True)):
        if place % _STEP == 0:
            progress.step(2 * len(rows) + place, 3 * len(rows))
        verdicts.append(_verdict(row, hit, cards, rules))
    return Plan(
        TableKind.CLIENTS,
        tuple(verdicts),
        tuple(sheet.title(n) for n, target in enumerate(chosen) if target is None),
        tuple(_draft(card) for card in cards.values() if card.changed or card.changed_agreements),
    )


def _matched(
    known: Register, rows: Sequence[ParsedClient], key: MatchKey, progress: Progress
) -> Iterator[int | None]:
    """Yield the card of each row, a negative number for a new one, None where several fit."""
    for place, row in enumerate(rows):
        if place % _STEP == 0:
            progress.step(len(rows) + place, 3 * len(rows))
        if row.problems:
            yield 0
            continue
        new = identity_of(-place - 1, row.values)
        try:
            hit = known.match(new, key)
            if hit is None and not new.name:
                # Without a name the card will be named by its first contact.
                new.call(str(_named(row.values).get("name") or ""))
                hit = known.match(new, key)
        except AmbiguousError:
            yield None
            continue
        if hit is None:
            known.add(new)
            yield new.id
        else:
            known.learn(hit.id, new)
            yield hit.id


def _cards(reading: Reading, card_ids: Sequence[int | None]) -> dict[int, _Card]:
    session = reading.session
    ids = sorted({number for number in card_ids if number is not None and number > 0})
    cards: dict[int, _Card] = {}
    for part in in_batches(ids):
        known = statuses(reading, part)
        for client_id, (values, answers) in card_values(session, part).items():
            cards[client_id] = _Card(client_id, values, {}, answers, known[client_id])
        query = select(Agreement).where(
            Agreement.client_id.in_(part), Agreement.kind.in_(AGREEMENTS)
        )
        for row in session.scalars(query.order_by(Agreement.id.desc())):
            worth = {"discount": row.percent, "deferred": row.days, "credit": row.amount}[row.kind]
            if worth is not None:
                cards[row.client_id].agreements[row.kind] = Decimal(worth)
    for number in card_ids:
        if number is not None and number < 0:
            cards.setdefault(number, _Card(number, {}, {}, made=False))
    return cards


def _verdict(
    row: ParsedClient, hit: int | None, cards: dict[int, _Card], rules: _Rules
) -> RowVerdict:
    who = str(row.values.get("name") or name_from_contacts(row.values) or "")
    if hit is None:
        row.problems.append(RowProblem(row.line, None, RowReason.AMBIGUOUS, who))
    if hit is None or row.problems:
        return RowVerdict(row.line, Verdict.REJECT, who, problems=tuple(row.problems))
    card = cards[hit]
    values = _named(with_kind(row.values)) if not card.made else row.values
    changes = dict(_changes(card, values, rules.fields))
    merged = {**card.values, **changes}
    client_id = card.id if card.id > 0 else None
    if problems := _forbidden(row, merged, card, rules):
        return RowVerdict(row.line, Verdict.REJECT, who, client_id, problems=problems)
    differences = [Difference(key, card.values.get(key), new) for key, new in changes.items()]
    agreements = {
        kind: worth
        for kind, worth in row.agreements.items()
        if card.agreements.get(kind, Decimal(0)) != worth
    }
    differences += [Difference(k, card.agreements.get(k), worth) for k, worth in agreements.items()]
    if not differences:
        return RowVerdict(row.line, Verdict.SKIP, who, client_id, reason=RowReason.NOTHING_NEW)
    verdict = Verdict.UPDATE if card.made else Verdict.CREATE
    card.values, card.made = merged, True
    card.agreements |= agreements
    card.changed |= changes.keys()
    card.changed_agreements |= agreements.keys()
    return RowVerdict(row.line, verdict, who, client_id, tuple(differences))


def _named(values: Values) -> Values:
    """Return values with a name: the first contact where there is none."""
    if values.get("name"):
        return values
    name = name_from_contacts(values)
    return values if name is None else {**values, "name": name}


def _changes(
    card: _Card, values: CardValues, fields: Mapping[str, Field]
) -> Iterator[tuple[str, CardValue]]:
    for key, new_value in values.items():
        stored, known = card.values.get(key), fields[key]
        value = (
            joined(known.kind, stored, new_value)
            if stored and KINDS[known.kind].several
            else new_value
        )
        if key == "name" and isinstance(value, str) and not _better_name(stored, value):
            continue
        if key == "birthday" and _is_known_better(stored, value):
            continue
        if value != stored:
            yield key, value


def _is_known_better(stored: CardValue, birthday: CardValue) -> bool:
    """Say whether a birthday without a year is the stored one, which has a year."""
    if not isinstance(stored, str) or not isinstance(birthday, str):
        return False
    return birthday.startswith("--") and birthday[-5:] == stored[-5:]


def _better_name(stored: CardValue, name: str) -> bool:
    """Say whether a name is fuller than the stored one, or another; case does not matter."""
    if not isinstance(stored, str) or not stored:
        return True
    one, other = Identity(0, stored), Identity(0, name)
    return not names_agree(one, other) or len(other.name_key) > len(one.name_key)


def _forbidden(
    row: ParsedClient, values: CardValues, card: _Card, rules: _Rules
) -> tuple[RowProblem, ...]:
    problems = [
        RowProblem(row.line, rules.titles.get(error.field_key), error.fault, error.value)
        for error in faults(rules.fields, values)
    ]
    named = {problem.code for problem in problems}
    if rules.blocking and Fault.NO_NAME_OR_CONTACT not in named:
        problems += [
            RowProblem(
                row.line,
                rules.titles.get(rule.field_key),
                Fault.REQUIRED,
                rules.fields[rule.field_key].label or rule.field_key,
            )
            for rule in gaps(rules.blocking, rule_row(values, card.status), card.answers)
            if rule.field_key in rules.fields
        ]
    return tuple(problems)


def _draft(card: _Card) -> CardDraft:
    return CardDraft(
        card.id,
        {key: card.values[key] for key in card.values if key in card.changed},
        {kind: card.agreements[kind] for kind in sorted(card.changed_agreements)},
    )
