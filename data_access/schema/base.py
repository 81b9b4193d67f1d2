"""Metadata, naming convention and the tables every other table leans on.

Portable types only (compliance.md: names of at most 30 lower-case characters, no JSON
operators, no arrays, no partial indexes), so that other databases stay possible.
Instants are city time without zone (Asia/Shanghai has no clock changes).
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

# One row, raised under lock by every writing transaction; stamps what it touched (data.md).
change_counter = Table(
    "change_counter",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("value", Integer, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("value", Text, nullable=False),
    Column("row_version", Integer, nullable=False, server_default="1"),
)

work_calendar_versions = Table(
    "work_calendar_versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("stored_at", DateTime, nullable=False),
    Column("source", Text, nullable=False),
    Column("first_year", Integer, nullable=False),
    Column("last_year", Integer, nullable=False),
)

# Exceptional days only (holidays and make-up days); weekends rest by themselves.
work_calendar_days = Table(
    "work_calendar_days",
    metadata,
    Column("version_id", ForeignKey("work_calendar_versions.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("is_working", Boolean, nullable=False),
    Column("name", String(60), nullable=False),
    Column("source", Text, nullable=False),
)

# Rows are only ever added, in the transaction of the change they tell of.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("actor", String(60), nullable=False),
    Column("act", String(40), nullable=False),
    Column("entity", String(30), nullable=False),
    Column("entity_id", Integer, nullable=True),
    Column("before", Text, nullable=True),
    Column("after", Text, nullable=True),
    Column("reason", Text, nullable=True),
    Column("batch_id", Integer, nullable=True),
    Column("change_number", Integer, nullable=False),
    # SHA-256 over the row before and this row: a changed or missing row shows.
    Column("chain", String(64), nullable=False),
    Index("ix_audit_entity", "entity", "entity_id"),
)

# How long the chain is and where it ends, so that rows missing at its end show too.
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("length", Integer, nullable=False),
    Column("chain", String(64), nullable=False),
)

# How far the text index has followed the changes; the index itself differs per database
# (FTS5 over bigrams, GIN over bigram arrays) and is made by the migration.
text_index_progress = Table(
    "text_index_progress",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("change_number", Integer, nullable=False),
    Column("item_id", Integer, nullable=False),
)
