"""Which stored gaps count on a day: conditions on the status are compared when gaps are read."""

from sqlalchemy import ColumnElement, and_, or_, select, true

from db.derived.conditions import meets
from db.derived.status import status_now
from db.domain.condition import OF_THE_DAY, fields_of
from db.outcome import Reading
from db.records.cards import fields_of_base, rules_of_base
from db.schema import ClientFact, ClientGap


def counts_now(reading: Reading) -> ColumnElement[bool]:
    """Return the condition that the rule of a client_gap row applies on the day of the reading."""
    rules = [r for r in rules_of_base(reading.session) if fields_of(r.condition) & OF_THE_DAY]
    if not rules:
        return true()
    fields = fields_of_base(reading.session)
    conditions = (
        and_(
            ClientGap.rule_id == rule.id,
            ClientGap.client_id.in_(
                select(ClientFact.client_id).where(
                    meets(rule.condition, ClientFact.client_id, fields, status_now(reading))
                )
            ),
        )
        for rule in rules
    )
    return or_(ClientGap.rule_id.not_in([rule.id for rule in rules]), *conditions)
