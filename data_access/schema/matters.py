"""类案: a kind of problem that was made a matter of its own; and what the hotline counted."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from data_access.schema.base import metadata

class_matters = Table(
    "class_matters",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(60), nullable=False),
    Column("lead_department_id", ForeignKey("departments.id"), nullable=True),
    Column("measures", Text, nullable=True),
    Column("state", String(10), nullable=False),
    Column("stands_since", Date, nullable=False),
    Column("closed_on", Date, nullable=True),
    Column("result", Text, nullable=True),
    Column("made_by", String(60), nullable=False),
    # What the form was given when it was opened: the same press twice makes one matter.
    Column("token", String(40), nullable=False, unique=True),
    Column("row_version", Integer, nullable=False, server_default="1"),
)

# An item belongs to one matter at most; it keeps its own rounds and deadlines.
class_matter_items = Table(
    "class_matter_items",
    metadata,
    Column("item_id", ForeignKey("items.id"), primary_key=True),
    Column("matter_id", ForeignKey("class_matters.id"), nullable=False, index=True),
    Column("added_on", Date, nullable=False),
    Column("added_by", String(60), nullable=False),
)

hotline_imports = Table(
    "hotline_imports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file_name", String(200), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("stored_at", DateTime, nullable=False),
    Column("stored_by", String(60), nullable=False),
    Column("undone_at", DateTime, nullable=True),
    Column("undone_by", String(60), nullable=True),
)

# Of a month that was told again the earlier rows stay, so that the later import can be undone.
hotline_counts = Table(
    "hotline_counts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("import_id", ForeignKey("hotline_imports.id"), nullable=False, index=True),
    Column("replaced_by", ForeignKey("hotline_imports.id"), nullable=True, index=True),
    Column("month", Date, nullable=False),
    Column("theme", String(40), nullable=False),
    Column("reporting_unit_id", ForeignKey("reporting_units.id"), nullable=True),
    Column("received", Integer, nullable=False),
    Column("closed", Integer, nullable=True),
    Column("satisfied", Integer, nullable=True),
    Index("ix_hotline_counts_month", "month"),
)
