"""${message}."""

from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Say what this step does; triggers, partial and expression indexes are made again by hand."""
    ${upgrades if upgrades else "pass"}
