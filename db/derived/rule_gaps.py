"""Gaps of whole rules, set by set: a new rule on 100,000 cards must not hold up the next save.

The same meaning as db.domain.rules.gaps over every card; a test holds the two together.
"""

from collections.abc import Collection

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from db.domain.fields import Field
from db.domain.rules import FieldRule
from db.records.cards import fields_of_base, rules_of_base
from db.records.field_values import asked_by, filled_and_junk
from db.schema import ClientGap, FieldAnswer

_BATCH = 20_000


def make(session: Session, rule_ids: Collection[int]) -> None:
    """Make the gaps of these rules again; those of a rule that is gone went with it."""
    session.execute(delete(ClientGap).where(ClientGap.rule_id.in_(rule_ids)))
    fields = fields_of_base(session)
    for rule in rules_of_base(session):
        if rule.id in rule_ids:
            _make_one(session, rule, fields.get(rule.field_key))


def _make_one(session: Session, rule: FieldRule, field: Field | None) -> None:
    filled = filled_and_junk(session, field)[0] if field is not None else set()
    answered = select(FieldAnswer.client_id).where(FieldAnswer.field_key == rule.field_key)
    closed = filled.union(session.scalars(answered))
    rows = [
        {"client_id": client_id, "rule_id": rule.id}
        for client_id in session.scalars(asked_by(rule))
        if client_id not in closed
    ]
    for start in range(0, len(rows), _BATCH):
        session.execute(insert(ClientGap), rows[start : start + _BATCH])
