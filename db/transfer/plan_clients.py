"""The plan of an import of clients: a verdict for each row, before anything is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import select

from db.derived.status import statuses
from db.domain.card import CardValues, faults
from db.domain.field_rules import DatedAnswer, FieldRule, Level, gaps, is_filled, rule_row
from db.domain.fields import CardValue, Fault, Field
from db.domain.kinds import KINDS
from db.domain.lifecycle import Status
from db.outcome import Reading
from db.progress import SILENT, Progress, in_batches
from db.records.cards import card_values, fields_of_base, rules_of_base
from db.schema import Agreement
from db.transfer.columns import AGREEMENTS, TableKind, Targets, column_fields
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
_CALLED_BY = ("phone", "email", "messenger")


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


def plan_clients(
    reading: Reading,
    sheet: Sheet,
    chosen: Targets,
    key: MatchKey,
    progress: Progress = SILENT,
) -> Plan:
    """Say for each row whether it makes a card, changes one, brings nothing new, or is rejected.

    Rows are matched to cards, and to each other, as `db.transfer.matching` says; the second row of
    one client adds to what the first one said. An empty cell erases nothing. Several phones,
    e-mails, tags and persons are added to, everything else is replaced. The rules are those of the
    card: a value that can't be read, no name and no contact, and a blocking field reject the row.
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
    met = list(_met(register(reading.session), rows, key, progress))
    cards = _cards(reading, met)
    verdicts = []
    for place, (row, hit) in enumerate(zip(rows, met, strict=True)):
        if place % _STEP == 0:
            progress.step(2 * len(rows) + place, 3 * len(rows))
        verdicts.append(_verdict(row, hit, cards, rules))
    return Plan(
        TableKind.CLIENTS,
        tuple(verdicts),
        tuple(sheet.title(n) for n, target in enumerate(chosen) if target is None),
        tuple(_draft(card) for card in cards.values() if card.changed or card.changed_agreements),
    )


def _met(
    known: Register, rows: Sequence[ParsedClient], key: MatchKey, progress: Progress
) -> Iterator[int | None]:
    """Give the card of each row, a negative number for a new one, None where several fit."""
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
                # Nobody's name: then the card is called by what the row has, as it will be saved.
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


def _cards(reading: Reading, met: Sequence[int | None]) -> dict[int, _Card]:
    session = reading.session
    ids = sorted({number for number in met if number is not None and number > 0})
    cards: dict[int, _Card] = {}
    for part in in_batches(ids):
        known = statuses(reading, part)
        for client_id, (values, answers) in card_values(session, part).items():
            cards[client_id] = _Card(client_id, values, {}, answers, known[client_id])
        held = select(Agreement).where(
            Agreement.client_id.in_(part), Agreement.kind.in_(AGREEMENTS)
        )
        for row in session.scalars(held.order_by(Agreement.id.desc())):
            worth = {"discount": row.percent, "deferred": row.days, "credit": row.amount}[row.kind]
            if worth is not None:
                cards[row.client_id].agreements[row.kind] = Decimal(worth)
    for number in met:
        if number is not None and number < 0:
            cards.setdefault(number, _Card(number, {}, {}, made=False))
    return cards


def _verdict(
    row: ParsedClient, hit: int | None, cards: dict[int, _Card], rules: _Rules
) -> RowVerdict:
    who = str(row.values.get("name") or next(iter(_ways(row.values)), ""))
    if hit is None:
        row.problems.append(RowProblem(row.line, None, RowReason.AMBIGUOUS, who))
    if hit is None or row.problems:
        return RowVerdict(row.line, Verdict.REJECT, who, problems=tuple(row.problems))
    card = cards[hit]
    wanted = _named(with_kind(row.values)) if not card.made else row.values
    changes = dict(_changes(card, wanted, rules.fields))
    merged = {**card.values, **changes}
    client_id = card.id if card.id > 0 else None
    if problems := _forbidden(row, merged, card, rules):
        return RowVerdict(row.line, Verdict.REJECT, who, client_id, problems=problems)
    differences = [Difference(key, card.values.get(key), new) for key, new in changes.items()]
    agreed = {
        kind: worth
        for kind, worth in row.agreements.items()
        if card.agreements.get(kind, Decimal(0)) != worth
    }
    differences += [Difference(k, card.agreements.get(k), worth) for k, worth in agreed.items()]
    if not differences:
        return RowVerdict(row.line, Verdict.SKIP, who, client_id, reason=RowReason.NOTHING_NEW)
    verdict = Verdict.UPDATE if card.made else Verdict.CREATE
    card.values, card.made = merged, True
    card.agreements |= agreed
    card.changed |= changes.keys()
    card.changed_agreements |= agreed.keys()
    return RowVerdict(row.line, verdict, who, client_id, tuple(differences))


def _ways(values: CardValues) -> Iterator[str]:
    for key in _CALLED_BY:
        entries = values.get(key)
        if isinstance(entries, tuple):
            yield from filter(is_filled, entries)


def _named(values: Values) -> Values:
    """A card without a name is called by the way to reach him, so that lists show something."""
    if values.get("name"):
        return values
    way = next(_ways(values), None)
    return values if way is None else {**values, "name": way}


def _changes(
    card: _Card, wanted: CardValues, fields: Mapping[str, Field]
) -> Iterator[tuple[str, CardValue]]:
    for key, said in wanted.items():
        held, known = card.values.get(key), fields[key]
        value = joined(known.kind, held, said) if held and KINDS[known.kind].several else said
        if key == "name" and isinstance(value, str) and not _better_name(held, value):
            continue
        if key == "birthday" and _is_known_better(held, value):
            continue
        if value != held:
            yield key, value


def _is_known_better(held: CardValue, birthday: CardValue) -> bool:
    """Say whether a day without a year is the one of a birthday that has its year."""
    if not isinstance(held, str) or not isinstance(birthday, str):
        return False
    return birthday.startswith("--") and birthday[-5:] == held[-5:]


def _better_name(held: CardValue, name: str) -> bool:
    """Say whether a file tells a name better: fuller, or another one; not in other letters."""
    if not isinstance(held, str) or not held:
        return True
    one, other = Identity(0, held), Identity(0, name)
    return not names_agree(one, other) or len(other.name_key) > len(one.name_key)


def _forbidden(
    row: ParsedClient, values: CardValues, card: _Card, rules: _Rules
) -> tuple[RowProblem, ...]:
    found = [
        RowProblem(row.line, rules.titles.get(error.field_key), error.fault, error.value)
        for error in faults(rules.fields, values)
    ]
    named = {problem.code for problem in found}
    if rules.blocking and Fault.NO_NAME_OR_CONTACT not in named:
        found += [
            RowProblem(
                row.line,
                rules.titles.get(rule.field_key),
                Fault.REQUIRED,
                rules.fields[rule.field_key].label or rule.field_key,
            )
            for rule in gaps(rules.blocking, rule_row(values, card.status), card.answers)
            if rule.field_key in rules.fields
        ]
    return tuple(found)


def _draft(card: _Card) -> CardDraft:
    return CardDraft(
        card.id,
        {key: card.values[key] for key in card.values if key in card.changed},
        {kind: card.agreements[kind] for kind in sorted(card.changed_agreements)},
    )
