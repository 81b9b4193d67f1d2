"""An import that is undone takes its items out of their 类案: told of each 类案 in the trail.

Who imports the file again has other items; people say anew what belongs to a 类案. The numbers
stand in the trail, and 加入事项 takes a list of them.
"""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import Connection, delete, select, update

from data_access.audit_trail import AuditRow
from data_access.database import Transaction
from data_access.schema.matters import class_matter_items, class_matters
from data_access.writes.matter_rows import called
from data_access.writes.undoing.removing import added_items


def matters_left(
    connection: Connection, batch_id: int, at: datetime, actor: str, why: str
) -> list[AuditRow]:
    """A row of the trail for each 类案 that loses items; read before they go."""
    held, matters = class_matter_items.c, class_matters.c
    question = (
        select(held.matter_id, matters.name, held.item_id)
        .join_from(class_matter_items, class_matters, matters.id == held.matter_id)
        .where(held.item_id.in_(added_items(batch_id)))
        .order_by(held.matter_id, held.item_id)
    )
    names: dict[int, str] = {}
    gone: dict[int, list[int]] = {}
    for matter, name, item in connection.execute(question):
        names[matter] = name
        gone.setdefault(matter, []).append(item)
    return [
        AuditRow(
            at, actor, "leave_matter_undone", "class_matter", matter, None,
            msgspec.json.encode(
                {"called": names[matter], "numbers": called(connection, ids)}
            ).decode(),
            why, batch_id,
        )
        for matter, ids in gone.items()
    ]  # fmt: skip


def leave_matters(change: Transaction, batch_id: int) -> None:
    """Who read one of these 类案 before is told."""
    held = class_matter_items
    changed = select(held.c.matter_id).where(held.c.item_id.in_(added_items(batch_id)))
    change.connection.execute(
        update(class_matters)
        .where(class_matters.c.id.in_(changed))
        .values(row_version=class_matters.c.row_version + 1)
    )
    change.connection.execute(delete(held).where(held.c.item_id.in_(added_items(batch_id))))
