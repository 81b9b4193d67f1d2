"""What a batch added goes: its items with all that stands below them, its rows beside others."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, delete, insert, literal, select, update

from data_access.database import Transaction
from data_access.privacy.erasure import blank_raw_cells
from data_access.schema.accounts import personal_data
from data_access.schema.imports import import_flags, provenance, raw_rows, removed_items
from data_access.schema.items import (
    callbacks,
    extensions,
    feedback,
    item_texts,
    items,
    leader_instructions,
    look_backs,
    round_co_departments,
    rounds,
)
from data_access.text_index import forget_items_of

_TOLD = (feedback, callbacks, extensions, look_backs, leader_instructions)
"""Tables whose rows name the batch that told them."""


def added_items(batch_id: int) -> Select[Any]:
    """Ids of the items that the batch told of first."""
    return select(items.c.id).where(items.c.created_batch_id == batch_id)


def let_rows_go(change: Transaction, batch_id: int) -> None:
    """The batch's rows as received stay, but belong to no item and tell nothing of residents."""
    connection = change.connection
    blank_raw_cells(connection, raw_rows.c.batch_id == batch_id)
    of_batch = select(raw_rows.c.id).where(raw_rows.c.batch_id == batch_id)
    connection.execute(delete(provenance).where(provenance.c.raw_row_id.in_(of_batch)))
    for table in (raw_rows, import_flags):
        connection.execute(
            update(table)
            .where(table.c.batch_id == batch_id, table.c.item_id.is_not(None))
            .values(item_id=None)
        )


def remove_told(change: Transaction, batch_id: int) -> None:
    """Feedback, callbacks, residents' data and the like that came with the batch."""
    connection = change.connection
    for table in _TOLD:
        connection.execute(delete(table).where(table.c.batch_id == batch_id))
    connection.execute(delete(personal_data).where(personal_data.c.batch_id == batch_id))
    connection.execute(
        update(personal_data)
        .where(personal_data.c.replaced_by_batch == batch_id)
        .values(replaced_by_batch=None)
    )


def remove_items(change: Transaction, batch_id: int) -> None:
    """The items that the batch added; after `remove_told`, `let_rows_go`, `leave_gatherings`."""
    connection, added = change.connection, added_items(batch_id)
    connection.execute(
        insert(removed_items).from_select(
            ["item_id", "batch_id", "change_number"],
            select(items.c.id, literal(batch_id), literal(change.change)).where(
                items.c.created_batch_id == batch_id
            ),
        )
    )
    forget_items_of(connection, batch_id)
    of_added = select(rounds.c.id).where(rounds.c.item_id.in_(added))
    connection.execute(
        delete(round_co_departments).where(round_co_departments.c.round_id.in_(of_added))
    )
    connection.execute(delete(rounds).where(rounds.c.item_id.in_(added)))
    connection.execute(delete(item_texts).where(item_texts.c.item_id.in_(added)))
    connection.execute(delete(items).where(items.c.created_batch_id == batch_id))
