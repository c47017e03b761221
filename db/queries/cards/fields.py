"""How full the cards are: the fill rate of each field rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from db.derived.conditions import meets
from db.derived.gaps_of_day import counts_now
from db.derived.status import status_now
from db.domain.card import entry_doubt
from db.domain.field_rules import FieldRule, GapAnswer
from db.domain.fields import Field
from db.outcome import Reading
from db.records.cards import custom_fields, fields_of_base, rules_of_base
from db.records.field_values import entries, filled_and_junk
from db.schema import Client, ClientFact, ClientGap, CustomValue, FieldAnswer

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class RuleFill:
    """The cards of one rule. `applies` = filled + refused + none + gaps; junk is among the gaps,
    wrong among the filled. `percent` is filled of applies; None where it applies to no card.
    """

    rule: FieldRule
    label: str  # of an own field; empty for a standard one
    applies: int
    filled: int
    refused: int
    none: int
    gaps: int
    junk: int
    wrong: int
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class FillRate:
    """`revenue_percent`: revenue of clients with gaps, of all; None where there is no revenue."""

    rules: tuple[RuleFill, ...]
    clients: int
    with_gaps: int
    revenue_percent: Decimal | None


@dataclass(frozen=True, slots=True)
class FieldList:
    """What Settings show: the fields in use, the archived custom ones, and the rules."""

    fields: tuple[Field, ...]
    archived: tuple[Field, ...]
    rules: tuple[FieldRule, ...]


def field_list(reading: Reading) -> FieldList:
    """Return all fields of the base with the rules."""
    own = custom_fields(reading.session, archived=True)
    used = fields_of_base(reading.session)
    return FieldList(
        tuple(used.values()),
        tuple(field for field in own if field.key not in used),
        rules_of_base(reading.session),
    )


def choice_counts(reading: Reading, field_id: int) -> dict[int, int]:
    """Return how many cards hold each value of a list, by the id of the value."""
    rows = reading.session.execute(
        select(CustomValue.choice_id, func.count())
        .where(CustomValue.field_id == field_id, CustomValue.choice_id.is_not(None))
        .group_by(CustomValue.choice_id)
    )
    return {choice_id: number for choice_id, number in rows if choice_id is not None}


def fill_rate(reading: Reading) -> FillRate:
    """Return the fill rate of every rule, and how much money stands on cards with gaps.

    Measured: some seconds at 100,000 clients; ask for it away from the screen.
    """
    fields = fields_of_base(reading.session)
    rules = [rule for rule in rules_of_base(reading.session) if rule.field_key in fields]
    of_field = {
        key: _FieldState(reading.session, fields[key])
        for key in dict.fromkeys(rule.field_key for rule in rules)
    }
    filled = tuple(
        _rule_fill(rule, of_field[rule.field_key], _scope(reading, rule, fields)) for rule in rules
    )
    lacking = select(ClientGap.client_id).where(counts_now(reading))
    everybody = select(func.count()).where(Client.deleted_at.is_(None))
    return FillRate(
        filled,
        reading.session.scalar(everybody) or 0,
        reading.session.scalar(everybody.where(Client.id.in_(lacking))) or 0,
        _revenue_percent(reading.session, lacking),
    )


class _FieldState:
    """What all cards hold in one field, asked for once however many rules want it."""

    def __init__(self, session: Session, field: Field) -> None:
        self.label = field.label
        self.filled, self.junk = filled_and_junk(session, field)
        answers = select(FieldAnswer.client_id, FieldAnswer.answer).where(
            FieldAnswer.field_key == field.key
        )
        self.answers = {row.client_id: row.answer for row in session.execute(answers)}
        self.wrong = {
            client_id
            for client_id, entry in entries(session, field)
            if entry_doubt(field, entry) is not None
        }


def _rule_fill(rule: FieldRule, state: _FieldState, scope: set[int]) -> RuleFill:
    applies = len(scope)
    filled = len(scope & state.filled)
    counts = dict.fromkeys(GapAnswer, 0)
    for client_id, answer in state.answers.items():
        if client_id in scope and client_id not in state.filled:
            counts[answer] += 1
    refused, none = counts[GapAnswer.REFUSED], counts[GapAnswer.NONE]
    percent = (Decimal(filled * 100) / applies).quantize(_TENTH, ROUND_HALF_UP) if applies else None
    return RuleFill(
        rule,
        state.label,
        applies,
        filled,
        refused,
        none,
        applies - filled - refused - none,
        len((scope & state.junk) - state.answers.keys()),
        len(scope & state.wrong),
        percent,
    )


def _scope(reading: Reading, rule: FieldRule, fields: Mapping[str, Field]) -> set[int]:
    """Return the clients in use that a rule applies to."""
    in_use = select(ClientFact.client_id).where(ClientFact.sort_key.is_not(None))
    matching = meets(rule.condition, ClientFact.client_id, fields, status_now(reading))
    return set(reading.session.scalars(in_use.where(matching)))


def _revenue_percent(session: Session, lacking: Select[int]) -> Decimal | None:
    revenue = (
        select(func.sum(ClientFact.revenue))
        .join(Client, Client.id == ClientFact.client_id)
        .where(Client.deleted_at.is_(None))
    )
    whole = session.scalar(revenue)
    if not whole or whole <= 0:
        return None
    part = session.scalar(revenue.where(Client.id.in_(lacking))) or Decimal(0)
    return (part * 100 / whole).quantize(_TENTH, ROUND_HALF_UP)
