"""An undone import takes its items out of 承诺, which stand as they are; the trail tells of it."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import Connection, delete, select, update

from data_access.audit_trail import AuditRow
from data_access.database import Transaction
from data_access.schema.meetings import commitment_items, session_commitments
from data_access.writes.matter_rows import called
from data_access.writes.undoing.removing import added_items


def commitments_left(
    connection: Connection, batch_id: int, at: datetime, actor: str, why: str
) -> list[AuditRow]:
    """A row of the trail for each commitment that loses items; read before they go."""
    about, told = commitment_items.c, session_commitments.c
    question = (
        select(told.id, told.text, about.item_id)
        .join_from(commitment_items, session_commitments, told.id == about.commitment_id)
        .where(about.item_id.in_(added_items(batch_id)))
        .order_by(told.id, about.item_id)
    )
    texts: dict[int, str] = {}
    gone: dict[int, list[int]] = {}
    for key, text, item in connection.execute(question):
        texts[key] = text
        gone.setdefault(key, []).append(item)
    return [
        AuditRow(
            at, actor, "leave_commitment_undone", "commitment", key, None,
            msgspec.json.encode(
                {"called": texts[key], "numbers": called(connection, ids)}
            ).decode(),
            why, batch_id,
        )
        for key, ids in gone.items()
    ]  # fmt: skip


def leave_commitments(change: Transaction, batch_id: int) -> None:
    """Who read one of these commitments before is told."""
    about = commitment_items.c
    losing = select(about.commitment_id).where(about.item_id.in_(added_items(batch_id)))
    change.connection.execute(
        update(session_commitments)
        .where(session_commitments.c.id.in_(losing))
        .values(row_version=session_commitments.c.row_version + 1)
    )
    change.connection.execute(
        delete(commitment_items).where(about.item_id.in_(added_items(batch_id)))
    )
