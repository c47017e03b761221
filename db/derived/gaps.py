"""Which mandatory fields each card lacks, for the list, the count and the fill rate."""

from collections.abc import Set as AbstractSet

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.derived import rule_gaps
from db.domain.ids import ClientId
from db.domain.rules import gaps
from db.progress import SILENT, Progress
from db.records.card_rows import table_of
from db.records.cards import COLUMNS, card_values, rules_of_base
from db.records.insert import insert_rows
from db.schema import ClientGap, FieldRule

_BATCH = 2000


def sources(session: Session) -> dict[str, frozenset[str]]:
    """Return what the gaps of a client are computed from, by table: the fields that have a rule."""
    rules = rules_of_base(session)
    keys = {rule.field_key for rule in rules} | {"kind"}
    tables = {
        "client": frozenset(keys & set(COLUMNS)),
        "client_contact": frozenset({"client_id", "kind", "value"}),
        "contact_person": frozenset({"client_id", "name"}),
        "client_tag": frozenset({"client_id", "key", "tag"}),
        "custom_value": frozenset({"client_id", "field_id", "text", "number", "day", "choice_id"}),
        "field_answer": frozenset({"client_id", "field_key", "answer"}),
    }
    return tables if rules else {}


def make(
    session: Session, client_ids: AbstractSet[ClientId] | None, progress: Progress = SILENT
) -> None:
    """Make the gaps of these clients again; of all of them when None."""
    if client_ids is None:
        session.execute(delete(ClientGap))
        rule_gaps.make(session, session.scalars(select(FieldRule.id)).all(), progress)
        return
    rules, ids = rules_of_base(session), sorted(client_ids)
    for start in range(0, len(ids), _BATCH):
        progress.step(start, len(ids))
        part = ids[start : start + _BATCH]
        session.execute(delete(ClientGap).where(ClientGap.client_id.in_(part)))
        rows = [
            (client_id, rule.id)
            for client_id, (values, answers) in card_values(session, part).items()
            for rule in gaps(rules, values, answers)
        ]
        insert_rows(session, table_of(ClientGap), ("client_id", "rule_id"), rows)
