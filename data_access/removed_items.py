"""Items that went when their import was undone: who must be told, and that ids are not reused."""

from __future__ import annotations

import polars as pl
from sqlalchemy import Connection, func, select

from data_access.bulk import next_id
from data_access.schema.imports import import_batches, removed_items
from data_access.schema.items import items


def next_item_id(connection: Connection) -> int:
    """The first id that no item has or had: links and audit rows name items by it."""
    gone = connection.execute(select(func.max(removed_items.c.item_id))).scalar() or 0
    return max(next_id(connection, items), gone + 1)


def unused_item_id(connection: Connection) -> dict[str, int]:
    """`next_item_id` for a single row; PostgreSQL's sequence never goes back by itself."""
    return {"id": next_item_id(connection)} if connection.dialect.name == "sqlite" else {}


def removed_since(connection: Connection, change: int) -> pl.Series:
    """Ids of the items that were removed after this change number."""
    question = select(removed_items.c.item_id).where(removed_items.c.change_number > change)
    return pl.Series("item_id", list(connection.execute(question).scalars()), dtype=pl.Int64)


def undone_since(connection: Connection, change: int) -> bool:
    """Whether an import was undone after this change number."""
    question = select(import_batches.c.id).where(import_batches.c.undone_change > change).limit(1)
    return connection.execute(question).first() is not None
