"""The audit row of an act, in the transaction of the act."""

from __future__ import annotations

from collections.abc import Iterable

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
    batch_id: int | None = None,
) -> None:
    """Who did what to which row, when, why, from which values to which."""
    record_for_each(
        change, viewer, act=act, entity=entity, entity_ids=[entity_id],
        before=before, after=after, reason=reason, batch_id=batch_id,
    )  # fmt: skip


def record_for_each(
    change: Transaction,
    viewer: Viewer,
    *,
    act: str,
    entity: str,
    entity_ids: Iterable[int | None],
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
    reason: str | None = None,
    batch_id: int | None = None,
) -> None:
    """The same act on many rows, a row of the audit for each."""
    at, told_before, told_after = clock.now(), _told(before), _told(after)
    add_audit_rows(
        change,
        (
            AuditRow(
                at=at,
                actor=viewer.account,
                act=act,
                entity=entity,
                entity_id=entity_id,
                before=told_before,
                after=told_after,
                reason=reason,
                batch_id=batch_id,
            )
            for entity_id in entity_ids
        ),
    )


def _told(values: dict[str, object] | None) -> str | None:
    return None if values is None else msgspec.json.encode(values).decode()
