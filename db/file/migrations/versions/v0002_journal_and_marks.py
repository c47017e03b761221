# ruff: noqa: S608 - every name put into SQL here is ours
"""A journal of changed columns, marks in the facts, several values of an own field, conditions.

Changes made before are sealed: their images are of the first schema. The unused table `segment`
goes. The new tables are frozen in the .sql files beside this one, one statement a blank line.
"""

import json
from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"

# Tables whose rows this revision may change or remove; all others must be as they were.
CHANGES = frozenset({"change", "change_row", "field_rule", "loss_episode", "segment"})

# By table made again, the columns that it had before.
_KEPT = {
    "change": "id, command, who, at, state, undone_at",
    "custom_value": "id, client_id, field_id, text, text_key, number, day, choice_id",
    "offer": (
        "id, number, version, replaces_id, client_id, client_name, title, created_on, valid_until,"
        " state, state_on, accepted_tier, decline_reason, vat_mode, vat_rate, rounding,"
        " deadline_kind, deadline_until, deadline_quantity, snapshot, total, edition, created_at,"
        " modified_at"
    ),
}
_MADE_AGAIN = (
    "change_row",
    "change",
    "client_fact",
    "client_gap",
    "custom_value",
    "field_rule",
    "offer",
)
_ADDED = {"change": ("schema_version", "1"), "custom_value": ("position", "0"), "offer": None}
# As they were named in the first version; the order gives their numbers.
_RECORDED = [
    "client",
    "custom_field",
    "field_rule",
    "product",
    "setting",
    "agreement",
    "client_contact",
    "client_tag",
    "contact_person",
    "field_answer",
    "field_choice",
    "interaction",
    "loss_episode",
    "offer",
    "purchase",
    "relationship",
    "snooze",
    "custom_value",
    "loss_attempt",
    "offer_block",
    "offer_line",
    "offer_tier",
    "purchase_line",
    "task",
]


def upgrade() -> None:
    """Make the tables of the second version and move their rows."""
    _run("v0002_tables.sql")
    for name in _RECORDED:
        op.execute(f"insert into recorded_table (name) values ('{name}')")
    for table, columns in _KEPT.items():
        extra = _ADDED[table]
        names = columns if extra is None else f"{columns}, {extra[0]}"
        values = columns if extra is None else f"{columns}, {extra[1]}"
        op.execute(f"insert into new_{table} ({names}) select {values} from {table}")
    op.execute(
        "insert into new_change_row (change_id, table_id, row_id, client_id, image)"
        " select r.change_id, t.id, r.row_id, r.client_id, r.image from change_row r"
        " join recorded_table t on t.name = r.table_name"
    )
    op.execute(
        "update new_change set state = case state when 'done' then 'sealed'"
        " when 'undone' then 'dropped' else state end"
    )
    _move_rules()
    # An id is never given twice, also where the row with the greatest one is gone.
    op.execute(
        "update sqlite_sequence set seq ="
        " (select o.seq from sqlite_sequence o where 'new_' || o.name = sqlite_sequence.name)"
        " where name in (select 'new_' || name from sqlite_sequence)"
    )
    for table in _MADE_AGAIN:
        op.execute(f"drop table {table}")
        op.execute(f"alter table new_{table} rename to {table}")
    op.execute("alter table loss_episode rename column by_himself to without_attempt")
    op.execute("drop table segment")
    _run("v0002_indexes.sql")


def _move_rules() -> None:
    """Write the kind, status and tag that a field rule was for as one condition."""
    connection = op.get_bind()
    rules = connection.exec_driver_sql(
        "select id, field_key, level, purpose, for_kind, for_status, for_tag, position"
        " from field_rule"
    )
    for rule_id, field_key, level, purpose, *whom, position in rules.all():
        parts = [
            {"field": field, "is": "equals", "value": value}
            for field, value in zip(("kind", "status", "tags"), whom, strict=True)
            if value
        ]
        condition = json.dumps({"all": parts}, ensure_ascii=False, separators=(",", ":"))
        connection.exec_driver_sql(
            "insert into new_field_rule values (?, ?, ?, ?, ?, ?)",
            (rule_id, field_key, level, purpose, condition, position),
        )


def _run(name: str) -> None:
    statements = Path(__file__).with_name(name).read_text(encoding="utf-8")
    for statement in statements.split("\n\n"):
        op.execute(statement)
