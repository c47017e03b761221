"""Gaps of whole rules, computed set-wise: a new rule on 100,000 cards must not delay saves.

The same meaning as db.domain.field_rules.gaps over every card; a test compares the two.
"""

import json
from collections.abc import Collection, Mapping

from sqlalchemy import delete, func, insert, literal, select
from sqlalchemy.orm import Session

from db.derived.conditions import meets
from db.domain.field_rules import FieldRule
from db.domain.fields import Field
from db.progress import SILENT, Progress
from db.records.cards import fields_of_base, rules_of_base
from db.records.field_values import filled_and_junk
from db.schema import Client, ClientGap, FieldAnswer


def make(session: Session, rule_ids: Collection[int], progress: Progress = SILENT) -> None:
    """Make the gaps of these rules again; those of a deleted rule are deleted."""
    session.execute(delete(ClientGap).where(ClientGap.rule_id.in_(rule_ids)))
    fields = fields_of_base(session)
    for place, rule in enumerate(rules_of_base(session)):
        progress.step(place, len(rule_ids))
        if rule.id in rule_ids:
            _make_one(session, rule.on_some_day(), fields)


def _make_one(session: Session, rule: FieldRule, fields: Mapping[str, Field]) -> None:
    field = fields.get(rule.field_key)
    filled = filled_and_junk(session, field)[0] if field is not None else set()
    answered = select(FieldAnswer.client_id).where(FieldAnswer.field_key == rule.field_key)
    listed = func.json_each(json.dumps(sorted(filled))).table_valued("value")
    clients = select(Client.id, literal(rule.id)).where(
        meets(rule.condition, Client.id, fields),
        Client.id.not_in(select(listed.c.value)),
        Client.id.not_in(answered),
    )
    session.execute(insert(ClientGap).from_select(["client_id", "rule_id"], clients))
