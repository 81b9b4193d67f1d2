"""Undoing a batch of a programme: as if it had never been stored, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, Engine, Row, delete, func, select, update
from sqlalchemy.exc import OperationalError

from data_access import clock
from data_access.database import Transaction, transaction
from data_access.ledger_import.cell_text import clean
from data_access.ledger_import.personal import masked
from data_access.schema.programmes import (
    programme_batches,
    programme_entries,
    programme_rows,
)
from data_access.schema.registers import departments, reporting_units
from data_access.writes.in_line import WAIT_MS, busy
from data_access.writes.record_audit import record_audit
from supervision.scope import Scope, Viewer
from supervision.undoing_imports import NOT_SEEN, UNDONE_BEFORE, reason_refused
from supervision.vocabulary import RowOutcome

CHANGED_SINCE = "入库以后有 {count} 条又被后来的台账更新，整批不能撤销；请先撤销后来的那一批。"
PARTLY_OUTSIDE = "这一批里有您可见范围以外的内容，不能由您撤销。"


class ProgrammeNotUndone(Exception):
    """Nothing was done; the text says why in Chinese."""


@dataclass(frozen=True, slots=True)
class ProgrammeUndone:
    """What undoing did."""

    removed: int
    restored: int


def undo_programme(
    engine: Engine, batch_id: int, reason: str, *, viewer: Viewer
) -> ProgrammeUndone:
    """Take a batch back. Raises ProgrammeNotUndone, or StoreBusy where others write."""
    why = masked(clean(reason))
    if (refusal := reason_refused(why)) is not None:
        raise ProgrammeNotUndone(refusal)
    try:
        with transaction(engine, wait_ms=WAIT_MS) as change:
            return _undo(change, batch_id, why, viewer)
    except OperationalError as fault:
        raise busy(fault) from fault


def _undo(change: Transaction, batch_id: int, why: str, viewer: Viewer) -> ProgrammeUndone:
    connection = change.connection
    batch = connection.execute(
        select(programme_batches).where(programme_batches.c.id == batch_id)
    ).one_or_none()
    if batch is None:
        raise ProgrammeNotUndone(NOT_SEEN)
    if batch.undone_at is not None:
        at = f"{batch.undone_at:%Y-%m-%d %H:%M}"
        raise ProgrammeNotUndone(UNDONE_BEFORE.format(at=at, who=batch.undone_by))
    rows = connection.execute(
        select(programme_rows).where(
            programme_rows.c.batch_id == batch_id,
            programme_rows.c.outcome.in_([RowOutcome.NEW, RowOutcome.UPDATED]),
        )
    ).all()
    _refuse(connection, batch_id, len(rows), viewer.scope)
    restored = [row for row in rows if row.outcome == RowOutcome.UPDATED]
    for row in restored:
        connection.execute(
            update(programme_entries)
            .where(programme_entries.c.id == row.entry_id)
            .values(**_before(row), change_number=change.change)
        )
    connection.execute(delete(programme_entries).where(programme_entries.c.batch_id == batch_id))
    connection.execute(
        update(programme_batches)
        .where(programme_batches.c.id == batch_id)
        .values(undone_at=clock.now(), undone_by=viewer.account, undone_reason=why)
    )
    counts = {"removed": len(rows) - len(restored), "restored": len(restored)}
    record_audit(
        change, viewer, act="undo_programme", entity="programme_batch", entity_id=batch_id,
        after=dict(counts), reason=why,
    )  # fmt: skip
    return ProgrammeUndone(**counts)


def _refuse(connection: Connection, batch_id: int, changed: int, scope: Scope) -> None:
    entries = programme_entries
    untouched = connection.execute(
        select(func.count()).select_from(entries).where(entries.c.batch_id == batch_id)
    ).scalar_one()
    if untouched < changed:
        raise ProgrammeNotUndone(CHANGED_SINCE.format(count=changed - untouched))
    if scope.everything:
        return
    places = connection.execute(
        select(reporting_units.c.name, departments.c.name)
        .select_from(entries)
        .outerjoin(reporting_units, reporting_units.c.id == entries.c.reporting_unit_id)
        .outerjoin(departments, departments.c.id == entries.c.department_id)
        .where(entries.c.batch_id == batch_id)
        .distinct()
    )
    if not all(scope.sees(unit, department) for unit, department in places):
        raise ProgrammeNotUndone(PARTLY_OUTSIDE)


def _before(row: Row) -> dict[str, object]:  # type: ignore[type-arg]
    found: dict[str, object] = msgspec.json.decode(row.before)
    return found
