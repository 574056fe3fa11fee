"""Alembic's entry: it is given an open connection by `Records`."""

from alembic import context

from masarat.records.models import Record

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Record.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
