"""Import batches: every raw row kept, what became of it, and where each value came from."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    false,
)

from data_access.schema.base import metadata

import_batches = Table(
    "import_batches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file_name", Text, nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("kind", String(10), nullable=False),
    Column("sender", Text, nullable=False),
    Column("title", Text, nullable=True),
    Column("stored_by", String(60), nullable=False),
    Column("stored_at", DateTime, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("new", Integer, nullable=False),
    Column("updated", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("left_out", Integer, nullable=False),
    Column("vanished", Integer, nullable=False),
    Column("change_number", Integer, nullable=False, index=True),
    # Whether items_before holds what it changed: batches of older versions cannot be undone.
    Column("keeps_before", Boolean, nullable=False, server_default=false()),
    Column("undone_at", DateTime, nullable=True),
    Column("undone_by", String(60), nullable=True),
    Column("undone_reason", Text, nullable=True),
    Column("undone_change", Integer, nullable=True),
)

# What a batch found before it changed an item that was known: `stored` is JSON, changed columns
# only. New items have none. Kept for a while, and as long as the batch told of the item last.
items_before = Table(
    "items_before",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch_id", ForeignKey("import_batches.id"), nullable=False, index=True),
    Column("item_id", ForeignKey("items.id"), nullable=False, index=True),
    Column("stored", Text, nullable=False),
)

# Items that went with the undoing of their batch: the facts frame drops them by change number,
# and their ids are never given to others.
removed_items = Table(
    "removed_items",
    metadata,
    Column("item_id", Integer, primary_key=True, autoincrement=False),
    Column("batch_id", ForeignKey("import_batches.id"), nullable=False, index=True),
    Column("change_number", Integer, nullable=False, index=True),
)

# A header with the rows below it; `mapping` is JSON: column letter → [heading, field].
import_sections = Table(
    "import_sections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch_id", ForeignKey("import_batches.id"), nullable=False, index=True),
    Column("sheet", Text, nullable=False),
    Column("first_row", Integer, nullable=False),
    Column("last_row", Integer, nullable=False),
    Column("mapping", Text, nullable=False),
)

# `cells` is JSON: column letter → text as printed, residents' personal data masked.
raw_rows = Table(
    "raw_rows",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch_id", ForeignKey("import_batches.id"), nullable=False, index=True),
    Column("sheet", Text, nullable=False),
    Column("row_no", Integer, nullable=False),
    Column("cells", Text, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("outcome_reason", Text, nullable=True),
    Column("item_id", ForeignKey("items.id"), nullable=True, index=True),
)

import_flags = Table(
    "import_flags",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch_id", ForeignKey("import_batches.id"), nullable=False, index=True),
    Column("sheet", Text, nullable=False),
    Column("row_no", Integer, nullable=True),
    Column("cell", String(12), nullable=True),
    Column("number", String(80), nullable=True),
    Column("field", String(40), nullable=True),
    Column("severity", String(10), nullable=False),
    Column("code", String(60), nullable=False),
    Column("message", Text, nullable=False),
    Column("candidates", Text, nullable=False),
    Column("item_id", ForeignKey("items.id"), nullable=True, index=True),
)

# One row per item and raw row: which fields were set from which cells,
# "due_on=F5 title=C5"; for each field the row with the highest id is where it stands now.
provenance = Table(
    "provenance",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", ForeignKey("items.id"), nullable=False, index=True),
    Column("round_no", Integer, nullable=True),
    Column("raw_row_id", ForeignKey("raw_rows.id"), nullable=False),
    Column("fields", Text, nullable=False),
)
