"""The empty mandatory fields of each card, for lists, counts and the fill rate."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.derived import rule_gaps
from db.domain.condition import fields_of
from db.domain.field_rules import gaps, rule_row
from db.domain.ids import ClientId
from db.progress import SILENT, Progress, in_batches
from db.records.card_rows import table_of
from db.records.cards import COLUMNS, card_values, rules_of_base
from db.records.insert import insert_rows
from db.schema import ClientGap, FieldRuleRow

# What gaps may be computed from, by table.
SOURCES: Mapping[str, frozenset[str]] = {
    "client": frozenset(COLUMNS),
    "client_contact": frozenset({"client_id", "kind", "value"}),
    "contact_person": frozenset({"client_id", "name"}),
    "client_tag": frozenset({"client_id", "key", "tag"}),
    "custom_value": frozenset({"client_id", "field_id", "text", "number", "day", "choice_id"}),
    "field_answer": frozenset({"client_id", "field_key", "answer"}),
}


def narrowed(
    session: Session, sources: Mapping[str, frozenset[str]]
) -> Mapping[str, frozenset[str]]:
    """Leave the columns of cards whose fields have a rule or are named by a condition of one."""
    rules = rules_of_base(session)
    keys = {rule.field_key for rule in rules}.union(*(fields_of(rule.condition) for rule in rules))
    return {**sources, "client": sources["client"] & keys} if rules else {}


def make(
    session: Session, client_ids: AbstractSet[ClientId] | None, progress: Progress = SILENT
) -> None:
    """Make the gaps of these clients again; of all of them when None."""
    if client_ids is None:
        session.execute(delete(ClientGap))
        rule_gaps.make(session, session.scalars(select(FieldRuleRow.id)).all(), progress)
        return
    for part in in_batches(sorted(client_ids), progress):
        session.execute(delete(ClientGap).where(ClientGap.client_id.in_(part)))
        rows = [
            (client_id, rule_id)
            for client_id, rule_ids in computed(session, part)
            for rule_id in rule_ids
        ]
        insert_rows(session, table_of(ClientGap), ("client_id", "rule_id"), rows)


def computed(session: Session, ids: Sequence[int]) -> Iterator[tuple[int, set[int]]]:
    """Yield each of these clients with the ids of the rules that their card breaks on some day."""
    rules = [rule.on_some_day() for rule in rules_of_base(session)]
    for client_id, (values, answers) in card_values(session, ids).items():
        yield client_id, {rule.id for rule in gaps(rules, rule_row(values), answers)}
