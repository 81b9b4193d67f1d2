"""Alembic's entry: runs on the connection that data_access.migrate hands over."""

from __future__ import annotations

from alembic import context

from data_access.schema.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
context.run_migrations()
