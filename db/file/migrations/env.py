"""How alembic runs here: on the connection it is handed, never on one of its own."""

from alembic import context

from db.schema import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
