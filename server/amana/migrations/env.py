"""Runs the migrations in one transaction, on the connection that `amana.store.upgrade` made."""

from alembic import context

from amana.store.database import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
