"""How full the cards are: for each rule, whom it asks and what they answered."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session

from db.domain.contacts import is_email, is_inn, is_kpp, is_ogrn, is_phone
from db.domain.fields import Field
from db.domain.rules import Answer, FieldRule, is_filled
from db.domain.text import fold
from db.queries.cards import CONTACTS, card_values, custom_fields, fields_of_base, rules_of_base
from db.queries.lifecycle_sql import status_now
from db.schema import (
    Client,
    ClientContact,
    ClientFact,
    ClientGap,
    ClientTag,
    ContactPerson,
    CustomValue,
    FieldAnswer,
)
from db.schema import FieldRule as RuleRow

_BATCH = 2000
_TENTH = Decimal("0.1")
_CHECKS: Mapping[str, Callable[[str], bool]] = {
    "phone": is_phone, "email": is_email, "inn": is_inn, "kpp": is_kpp, "ogrn": is_ogrn,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RuleFill:
    """The answers to one rule. `applies` = filled + refused + none + gaps; junk is among the gaps,
    wrong among the filled. `percent` is filled of applies; None where the rule asks nobody.
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
    """`revenue_percent`: what clients with gaps brought, of all; None where nothing was sold."""

    rules: tuple[RuleFill, ...]
    clients: int
    with_gaps: int
    revenue_percent: Decimal | None


@dataclass(frozen=True, slots=True)
class FieldList:
    """What Settings show: every field of the base with its rules, archived own ones apart."""

    fields: tuple[Field, ...]
    archived: tuple[Field, ...]
    rules: tuple[FieldRule, ...]


def field_list(session: Session) -> FieldList:
    own = custom_fields(session, archived=True)
    used = fields_of_base(session)
    return FieldList(
        tuple(used.values()),
        tuple(field for field in own if field.key not in used),
        rules_of_base(session),
    )


def choice_counts(session: Session, field_id: int) -> dict[int, int]:
    """Return how many cards hold each value of a list, by the id of the value."""
    found = session.execute(
        select(CustomValue.choice_id, func.count())
        .where(CustomValue.field_id == field_id, CustomValue.choice_id.is_not(None))
        .group_by(CustomValue.choice_id)
    )
    return {choice_id: number for choice_id, number in found if choice_id is not None}


def fill_rate(session: Session, as_of: date) -> FillRate:
    """Return the fill rate of every rule, and how much money stands on cards with gaps."""
    status = status_now(session, as_of)
    fields = fields_of_base(session)
    rules = [rule for rule in rules_of_base(session) if rule.field_key in fields]
    filled = tuple(_rule_fill(session, rule, fields[rule.field_key], status) for rule in rules)
    lacking = _lacking(status)
    everybody = select(func.count()).where(Client.deleted_at.is_(None))
    return FillRate(
        filled,
        session.scalar(everybody) or 0,
        session.scalar(everybody.where(Client.id.in_(lacking))) or 0,
        _revenue_percent(session, lacking),
    )


def _lacking(status: ColumnElement[str]) -> Select[int]:
    """Return the clients with any gap, leaving out rules for another status than theirs."""
    return (
        select(ClientGap.client_id)
        .join(RuleRow, RuleRow.id == ClientGap.rule_id)
        .outerjoin(ClientFact, ClientFact.client_id == ClientGap.client_id)
        .where(or_(RuleRow.for_status.is_(None), RuleRow.for_status == status))
    )


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


def _rule_fill(
    session: Session, rule: FieldRule, field: Field, status: ColumnElement[str]
) -> RuleFill:
    scope = _scope(rule, status)
    applies = session.scalar(scope.with_only_columns(func.count())) or 0
    lacks = scope.where(
        exists().where(ClientGap.client_id == Client.id, ClientGap.rule_id == rule.id)
    )
    gaps = session.scalar(lacks.with_only_columns(func.count())) or 0
    junk = session.scalar(lacks.where(_has_any(field)).with_only_columns(func.count())) or 0
    answers = _answers(session, scope, field.key)
    refused, none = answers[Answer.REFUSED], answers[Answer.NONE]
    filled = applies - gaps - refused - none
    percent = (Decimal(filled * 100) / applies).quantize(_TENTH, ROUND_HALF_UP) if applies else None
    return RuleFill(
        rule, field.label, applies, filled, refused, none, gaps, junk,
        _wrong(session, scope, field.key), percent,
    )  # fmt: skip


def _scope(rule: FieldRule, status: ColumnElement[str]) -> Select[int]:
    """Return the clients in use whom a rule asks."""
    asked = (
        select(Client.id)
        .outerjoin(ClientFact, ClientFact.client_id == Client.id)
        .where(Client.deleted_at.is_(None))
    )
    if rule.for_kind is not None:
        asked = asked.where(Client.kind == rule.for_kind)
    if rule.for_status is not None:
        asked = asked.where(status == rule.for_status)
    if rule.for_tag is not None:
        tagged = exists().where(
            ClientTag.client_id == Client.id, ClientTag.key == fold(rule.for_tag)
        )
        asked = asked.where(tagged)
    return asked


def _has_any(field: Field) -> ColumnElement[bool]:
    """Say whether anything at all is written in a field; on a card with a gap that is junk."""
    if field.is_custom:
        own = CustomValue.client_id == Client.id, CustomValue.field_id == field.id
        return exists().where(*own)
    if field.key in CONTACTS:
        entry = ClientContact.client_id == Client.id, ClientContact.kind == field.key
        return exists().where(*entry)
    if field.key == "tags":
        return exists().where(ClientTag.client_id == Client.id)
    if field.key == "contact_person":
        return exists().where(ContactPerson.client_id == Client.id)
    held: ColumnElement[bool] = (
        Client.name != "" if field.key == "name" else getattr(Client, field.key).is_not(None)
    )
    return held


def _answers(session: Session, scope: Select[int], key: str) -> dict[Answer, int]:
    """Count "won't say" and "has none" of the cards whose field stands empty."""
    rows = session.execute(
        select(FieldAnswer.client_id, FieldAnswer.answer).where(
            FieldAnswer.field_key == key, FieldAnswer.client_id.in_(scope)
        )
    ).all()
    counted = dict.fromkeys(Answer, 0)
    for start in range(0, len(rows), _BATCH):
        part = rows[start : start + _BATCH]
        values = card_values(session, [row.client_id for row in part])
        for row in part:
            if not is_filled(values[row.client_id][0].get(key)):
                counted[row.answer] += 1
    return counted


def _wrong(session: Session, scope: Select[int], key: str) -> int:
    """Count the clients with a value that looks wrong; it is kept, and flagged here."""
    holds = _CHECKS.get(key)
    if holds is None:
        return 0
    return len({client_id for client_id, value in _texts(session, scope, key) if not holds(value)})


def _texts(session: Session, scope: Select[int], key: str) -> Iterator[tuple[int, str]]:
    """Give client and value of a text field, leaving out junk."""
    column: Any = ClientContact.value if key in CONTACTS else getattr(Client, key)
    owner: Any = ClientContact.client_id if key in CONTACTS else Client.id
    asked = select(owner, column).where(owner.in_(scope), column.is_not(None))
    if key in CONTACTS:
        asked = asked.where(ClientContact.kind == key)
    for client_id, value in session.execute(asked):
        if is_filled(value):
            yield client_id, value
