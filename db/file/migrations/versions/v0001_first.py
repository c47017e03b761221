"""The first schema, frozen: the statements beside this file, one a blank line."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table and index of the first version."""
    statements = Path(__file__).with_name("v0001_first.sql").read_text(encoding="utf-8")
    for statement in statements.split("\n\n"):
        if statement.strip():
            op.execute(statement)
