"""Everything a store holds but its trail and its batches, to compare before and after."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, select, text

from data_access.database import reading
from data_access.schema.tables import metadata
from data_access.text_index import catch_up

_OF_BATCHES = {
    "audit", "audit_head", "change_counter", "import_batches", "import_sections", "raw_rows",
    "import_flags", "items_before", "removed_items", "text_index_progress",
}  # fmt: skip
_STAMPS = {"items": {"change_number", "row_version"}}
"""What rises with every change and never goes back."""


def whole_store(engine: Engine) -> dict[str, list[Any]]:
    """Table → its rows in the order of their keys, and the text index."""
    catch_up(engine)
    found: dict[str, list[Any]] = {}
    with reading(engine) as connection:
        for table in metadata.sorted_tables:
            if table.name in _OF_BATCHES:
                continue
            columns = [c for c in table.columns if c.name not in _STAMPS.get(table.name, ())]
            rows = connection.execute(select(*columns).order_by(*table.primary_key))
            found[table.name] = [tuple(row) for row in rows]
        key = "rowid" if engine.dialect.name == "sqlite" else "item_id"
        grams = connection.execute(text(f"SELECT {key}, grams FROM item_grams ORDER BY {key}"))
        found["item_grams"] = [tuple(row) for row in grams]
    return found
