"""What Alembic runs: our connection, our tables, one transaction."""

from __future__ import annotations

from alembic import context

from storage.migrations import is_ours
from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_object=is_ours,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
