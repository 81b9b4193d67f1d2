"""An undone import takes its items out of 类案 and 承诺, which stand; the trail tells each of it.

Who imports the file again has other items; people say anew what belongs to a 类案 or a 承诺. The
numbers stand in the trail, and 加入事项 takes a list of them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Column, Connection, Table, delete, select, update

from data_access.audit_trail import AuditRow
from data_access.database import Transaction
from data_access.schema.matters import class_matter_items, class_matters
from data_access.schema.meetings import commitment_items, session_commitments
from data_access.writes.matter_rows import called
from data_access.writes.undoing.removing import added_items


class _Gathering(NamedTuple):
    """Rows that items belong to, and the table that says so."""

    entity: str
    act: str
    table: Table
    name: Column[Any]
    items: Table
    held_by: Column[Any]


_GATHERINGS = (
    _Gathering(
        "class_matter", "leave_matter_undone", class_matters, class_matters.c.name,
        class_matter_items, class_matter_items.c.matter_id,
    ),
    _Gathering(
        "commitment", "leave_commitment_undone", session_commitments, session_commitments.c.text,
        commitment_items, commitment_items.c.commitment_id,
    ),
)  # fmt: skip


def gatherings_left(
    connection: Connection, batch_id: int, at: datetime, actor: str, why: str
) -> list[AuditRow]:
    """A row of the trail for each one that loses items; read before they go."""
    rows = []
    for kind in _GATHERINGS:
        item_id = kind.items.c.item_id
        question = (
            select(kind.table.c.id, kind.name, item_id)
            .join_from(kind.items, kind.table, kind.table.c.id == kind.held_by)
            .where(item_id.in_(added_items(batch_id)))
            .order_by(kind.table.c.id, item_id)
        )
        names: dict[int, str] = {}
        gone: dict[int, list[int]] = {}
        for key, name, item in connection.execute(question):
            names[key] = name
            gone.setdefault(key, []).append(item)
        for key, ids in gone.items():
            told = {"called": names[key], "numbers": called(connection, ids)}
            after = msgspec.json.encode(told).decode()
            rows.append(AuditRow(at, actor, kind.act, kind.entity, key, None, after, why, batch_id))
    return rows


def leave_gatherings(change: Transaction, batch_id: int) -> None:
    """The batch's items belong to none any more; who read such a one before is told."""
    for kind in _GATHERINGS:
        added = kind.items.c.item_id.in_(added_items(batch_id))
        change.connection.execute(
            update(kind.table)
            .where(kind.table.c.id.in_(select(kind.held_by).where(added)))
            .values(row_version=kind.table.c.row_version + 1)
        )
        change.connection.execute(delete(kind.items).where(added))
