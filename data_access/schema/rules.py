"""Rules of the city: every value that was ever decided, from which day on, by what basis."""

from __future__ import annotations

from sqlalchemy import Column, Date, DateTime, Index, Integer, String, Table, Text

from data_access.schema.base import metadata

# Rows are only ever added: what was in force on an earlier day stays known.
rule_versions = Table(
    "rule_versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(60), nullable=False),
    # Empty for all items, else category:ID or origin:ID (terms).
    Column("subject", String(40), nullable=False),
    Column("value", Text, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("basis", Text, nullable=False),
    Column("decided_by", String(60), nullable=False),
    Column("decided_at", DateTime, nullable=False),
    Column("change_number", Integer, nullable=False),
    Index("ix_rule_versions_name", "name", "subject", "valid_from"),
)
