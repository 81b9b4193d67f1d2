"""Saved views: a page with its filters under a name, of one person or for everybody."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from data_access.schema.base import metadata

# `query` is the address behind the question mark: codes, read with the rights of who opens it.
saved_views = Table(
    "saved_views",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner", String(60), nullable=False),
    Column("name", String(40), nullable=False),
    Column("page", String(40), nullable=False),
    Column("query", Text, nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("changed_at", DateTime, nullable=False),
    Column("row_version", Integer, nullable=False, server_default="1"),
    UniqueConstraint("owner", "name", name="uq_saved_views_owner"),
)
