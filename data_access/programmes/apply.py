"""Stores a programme's ledger: planned again under the writers' lock, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, func, insert, select, update
from sqlalchemy.exc import OperationalError

from data_access import clock
from data_access.audit_trail import AuditRow, add_audit_rows
from data_access.bulk import next_id
from data_access.database import Transaction, transaction
from data_access.programmes.judged import JudgedProgramme
from data_access.programmes.plan import PlannedLine, ProgrammePlan, plan_programme
from data_access.programmes.values import encoded
from data_access.schema.programmes import (
    programme_batches,
    programme_entries,
    programme_rows,
)
from data_access.writes.in_line import WAIT_MS, busy
from data_access.writes.record_audit import record_audit
from supervision.programmes import FieldKind
from supervision.scope import Viewer
from supervision.vocabulary import RowOutcome

_OF_TEXT = frozenset({FieldKind.TEXT, FieldKind.TITLE})
KEPT = ("told", "dues", "reporting_unit_id", "township_code", "department_id", "batch_id")
"""Columns of an entry that a batch changes, and that undoing gives back."""


@dataclass(frozen=True, slots=True)
class StoredProgramme:
    """What storing did."""

    batch_id: int
    plan: ProgrammePlan


def store_programme(
    engine: Engine, judged: JudgedProgramme, *, viewer: Viewer, as_of: date
) -> StoredProgramme:
    """Store every sound line in one transaction. Raises StoreBusy where others write."""
    try:
        with transaction(engine, wait_ms=WAIT_MS) as change:
            plan = plan_programme(change.connection, judged, scope=viewer.scope)
            return StoredProgramme(_store(change, plan, viewer, as_of), plan)
    except OperationalError as fault:
        raise busy(fault) from fault


def _store(change: Transaction, plan: ProgrammePlan, viewer: Viewer, as_of: date) -> int:
    connection, judged = change.connection, plan.judged
    batch = next_id(connection, programme_batches)
    counts = {
        name: plan.count(fate)
        for name, fate in (
            ("new", RowOutcome.NEW), ("updated", RowOutcome.UPDATED),
            ("unchanged", RowOutcome.UNCHANGED), ("refused", RowOutcome.REFUSED),
        )
    }  # fmt: skip
    connection.execute(
        insert(programme_batches).values(
            id=batch, programme=judged.programme.name, version=judged.version,
            file_name=judged.file_name, sha256=judged.sha256, stored_by=viewer.account,
            stored_at=clock.now(), as_of=as_of, change_number=change.change, **counts,
        )
    )  # fmt: skip
    first = _next_entry(connection)
    made = [line for line in plan.lines if line.fate is RowOutcome.NEW]
    ids = {id(line): first + n for n, line in enumerate(made)}
    if made:
        connection.execute(
            insert(programme_entries),
            [
                {"id": ids[id(line)], "programme": judged.programme.name,
                 "fingerprint": line.line.fingerprint, **_kept(line, batch, change)}
                for line in made
            ],
        )  # fmt: skip
    for line in plan.lines:
        if line.fate is RowOutcome.UPDATED:
            connection.execute(
                update(programme_entries)
                .where(programme_entries.c.id == line.entry_id)
                .values(**_kept(line, batch, change))
            )
    _keep_rows(change, plan, batch, ids)
    record_audit(
        change, viewer, act="import_programme", entity="programme_batch", entity_id=batch,
        after={"programme": judged.programme.label, "file": judged.file_name,
               "sha256": judged.sha256, "rows": len(plan.lines), **counts},
    )  # fmt: skip
    _audit_entries(change, plan, viewer, ids)
    return batch


def _next_entry(connection: Connection) -> int:
    """Ids of entries that went with their batch are never given to others."""
    gone = connection.execute(select(func.max(programme_rows.c.entry_id))).scalar() or 0
    return max(next_id(connection, programme_entries), gone + 1)


def _kept(line: PlannedLine, batch: int, change: Transaction) -> dict[str, Any]:
    return {
        "told": encoded(line.values or {}),
        "dues": encoded(line.dues or {}),
        "reporting_unit_id": line.place.unit,
        "township_code": line.place.township,
        "department_id": line.place.department,
        "batch_id": batch,
        "change_number": change.change,
    }


def _keep_rows(change: Transaction, plan: ProgrammePlan, batch: int, ids: dict[int, int]) -> None:
    change.connection.execute(
        insert(programme_rows),
        [
            {
                "batch_id": batch,
                "sheet": planned.line.sheet,
                "row_no": planned.line.row,
                "cells": encoded(planned.line.raw),
                "outcome": planned.fate.value,
                "outcome_reason": planned.why or None,
                "fields": " ".join(
                    f"{name}={cell}"
                    for name, cell in planned.line.cells.items()
                    if name in planned.line.values
                ),
                "before": _before(planned),
                "entry_id": ids.get(id(planned), planned.entry_id),
            }
            for planned in plan.lines
        ],
    )


def _before(planned: PlannedLine) -> str | None:
    if planned.fate is not RowOutcome.UPDATED or planned.before is None:
        return None
    row = planned.before._mapping
    return msgspec.json.encode({name: row[name] for name in KEPT}).decode()


def _audit_entries(
    change: Transaction, plan: ProgrammePlan, viewer: Viewer, ids: dict[int, int]
) -> None:
    at, programme = clock.now(), plan.judged.programme
    texts = {one.label for one in programme.fields if one.kind in _OF_TEXT}
    rows = []
    for line in plan.lines:
        if line.fate is RowOutcome.NEW:
            told = _json({"programme": programme.label, "number": line.line.number})
            rows.append(AuditRow(at, viewer.account, "register_programme_entry",
                                 "programme_entry", ids[id(line)], None, told))  # fmt: skip
        elif line.fate is RowOutcome.UPDATED:
            # Whoever audits does not read what residents said: of a text only that it changed.
            told = _json({
                "programme": programme.label, "number": line.line.number,
                "changed": [label if label in texts else f"{label}：{before} → {after}"
                            for label, before, after in line.changes],
            })  # fmt: skip
            rows.append(AuditRow(at, viewer.account, "update_programme_entry",
                                 "programme_entry", line.entry_id, None, told))  # fmt: skip
    add_audit_rows(change, rows)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
