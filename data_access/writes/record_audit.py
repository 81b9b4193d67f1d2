"""The audit row of an act, in the transaction of the act."""

from __future__ import annotations

import msgspec

from data_access import clock
from data_access.audit_trail import AuditRow, add_audit_rows
from data_access.database import Transaction
from supervision.scope import Viewer


def record_audit(
    change: Transaction,
    viewer: Viewer,
    *,
    act: str,
    entity: str,
    entity_id: int | None,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
    reason: str | None = None,
) -> None:
    """Who did what to which row, when, why, from which values to which."""
    add_audit_rows(
        change,
        [
            AuditRow(
                at=clock.now(),
                actor=viewer.account,
                act=act,
                entity=entity,
                entity_id=entity_id,
                before=_told(before),
                after=_told(after),
                reason=reason,
            )
        ],
    )


def _told(values: dict[str, object] | None) -> str | None:
    return None if values is None else msgspec.json.encode(values).decode()
