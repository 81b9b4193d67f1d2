"""专题: versions of the city's own definitions, the entries of their ledgers, and their origin."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from data_access.schema.base import metadata

# Rows are only ever added; the newest of a name is in force, before the one that ships.
programme_versions = Table(
    "programme_versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(40), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    # The file as it was imported; empty where the city does without the programme.
    Column("definition", Text, nullable=False),
    Column("in_use", Boolean, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("stored_by", String(60), nullable=False),
    Column("stored_at", DateTime, nullable=False),
    Column("change_number", Integer, nullable=False),
    UniqueConstraint("name", "version", name="uq_programme_versions_name"),
)

programme_batches = Table(
    "programme_batches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("programme", String(40), nullable=False, index=True),
    # 0: the definition that ships.
    Column("version", Integer, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("stored_by", String(60), nullable=False),
    Column("stored_at", DateTime, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("new", Integer, nullable=False),
    Column("updated", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("change_number", Integer, nullable=False),
    Column("undone_at", DateTime, nullable=True),
    Column("undone_by", String(60), nullable=True),
    Column("undone_reason", Text, nullable=True),
)

# `told` is JSON: column → day, whole number, name of a choice, or text with residents masked.
# `dues` is JSON: clock → day, counted when the line was stored.
programme_entries = Table(
    "programme_entries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("programme", String(40), nullable=False),
    Column("fingerprint", String(32), nullable=False),
    Column("reporting_unit_id", ForeignKey("reporting_units.id"), nullable=True),
    Column("township_code", ForeignKey("divisions.code"), nullable=True),
    Column("department_id", ForeignKey("departments.id"), nullable=True),
    Column("told", Text, nullable=False),
    Column("dues", Text, nullable=False),
    # The batch that changed it last.
    Column("batch_id", ForeignKey("programme_batches.id"), nullable=False, index=True),
    Column("change_number", Integer, nullable=False),
    UniqueConstraint("programme", "fingerprint", name="uq_programme_entries_programme"),
    Index("ix_programme_entries_unit", "programme", "reporting_unit_id"),
)

# Every line of a batch: its cells with residents masked, what became of it, which column came
# from which cell ("status=F5"), and what the entry was before (JSON; none where it was new).
programme_rows = Table(
    "programme_rows",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch_id", ForeignKey("programme_batches.id"), nullable=False, index=True),
    Column("sheet", Text, nullable=False),
    Column("row_no", Integer, nullable=False),
    Column("cells", Text, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("outcome_reason", Text, nullable=True),
    Column("fields", Text, nullable=False),
    Column("before", Text, nullable=True),
    # No foreign key: an entry goes when its batch is undone, the line stays.
    Column("entry_id", Integer, nullable=True, index=True),
)
