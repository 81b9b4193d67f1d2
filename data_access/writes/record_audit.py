"""The audit row of an act, in the transaction of the act."""

from __future__ import annotations

import msgspec
from sqlalchemy import insert

from data_access import clock
from data_access.database import Transaction
from data_access.schema.base import audit
from supervision.scope import Viewer


def record_audit(
    change: Transaction,
    viewer: Viewer,
    *,
    act: str,
    entity: str,
    entity_id: int,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
    reason: str | None = None,
) -> None:
    """Who did what to which row, when, why, from which values to which."""
    change.connection.execute(
        insert(audit).values(
            at=clock.now(),
            actor=viewer.account,
            act=act,
            entity=entity,
            entity_id=entity_id,
            before=msgspec.json.encode(before).decode() if before is not None else None,
            after=msgspec.json.encode(after).decode() if after is not None else None,
            reason=reason,
            change_number=change.change,
        )
    )
