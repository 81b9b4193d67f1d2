"""The audit row of somebody who asked for what is not his."""

from __future__ import annotations

from sqlalchemy import Engine, select

from data_access.database import reading, recording
from data_access.schema.items import items
from data_access.writes.record_audit import record_audit
from supervision.scope import Viewer

_WAIT_MS = 2_000
"""A refusal is said at once, also while a ledger is stored."""


def item_exists(engine: Engine, item_id: int) -> bool:
    """Whether there is such an item at all: a mistyped address is nobody's attempt."""
    with reading(engine) as connection:
        found = connection.execute(select(items.c.id).where(items.c.id == item_id))
        return found.first() is not None


def record_refused_access(
    engine: Engine, asked: str, *, viewer: Viewer, item_id: int | None = None, so_far: int
) -> None:
    """Who asked for what (a right or a page in words, or an item), how often in this hour."""
    with recording(engine, wait_ms=_WAIT_MS) as change:
        record_audit(
            change, viewer, act="access_refused", entity="access", entity_id=item_id,
            after={"words": asked, "so_far": so_far},
        )  # fmt: skip
