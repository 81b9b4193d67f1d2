"""Import batches: the list of them, and one with its rows and faults."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
import pandas as pd
from sqlalchemy import Engine, select

from data_access.database import reading
from data_access.reads.batches_seen import seen_batches
from data_access.reads.people import person_of
from data_access.schema.imports import import_batches, import_flags, raw_rows
from supervision.scope import Scope

BATCH_COLUMNS = (
    "id", "file_name", "title", "stored_at", "stored_by", "new", "updated", "unchanged",
    "refused", "left_out", "vanished", "undone_at",
)  # fmt: skip
FLAG_COLUMNS = (
    "sheet", "row_no", "cell", "number", "field", "severity", "code", "message", "candidates",
    "item_id",
)  # fmt: skip
_BY = person_of(import_batches.c.stored_by)
_UNDONE_BY = person_of(import_batches.c.undone_by)


@dataclass(frozen=True, slots=True)
class BatchRead:
    """One batch: its own row, its faults (FLAG_COLUMNS) and its raw rows with their fate."""

    batch: dict[str, Any]
    flags: pd.DataFrame
    rows: pd.DataFrame
    """sheet, row_no, outcome, outcome_reason, item_id, cells (column letter → text)."""


def import_batch_list(
    engine: Engine, *, scope: Scope, as_of: date, limit: int = 50
) -> pd.DataFrame:
    """The newest batches that the scope may look at, BATCH_COLUMNS."""
    with reading(engine) as connection:
        rows = connection.execute(
            select(
                *(_BY if name == "stored_by" else import_batches.c[name] for name in BATCH_COLUMNS)
            )
            .where(import_batches.c.as_of <= as_of, seen_batches(scope))
            .order_by(import_batches.c.id.desc())
            .limit(limit)
        ).all()
    return pd.DataFrame([tuple(row) for row in rows], columns=list(BATCH_COLUMNS))


def import_batch(engine: Engine, *, scope: Scope, as_of: date, batch_id: int) -> BatchRead | None:
    """One batch whole; None when there is none or it lies outside the scope."""
    with reading(engine) as connection:
        batch = (
            connection.execute(
                select(
                    *(c for c in import_batches.c if c.name not in ("stored_by", "undone_by")),
                    _BY,
                    _UNDONE_BY,
                ).where(
                    import_batches.c.id == batch_id,
                    import_batches.c.as_of <= as_of,
                    seen_batches(scope),
                )
            )
            .mappings()
            .first()
        )
        if batch is None:
            return None
        flags = connection.execute(
            select(*(import_flags.c[name] for name in FLAG_COLUMNS))
            .where(import_flags.c.batch_id == batch_id)
            .order_by(import_flags.c.id)
        ).all()
        rows = connection.execute(
            select(
                raw_rows.c.sheet,
                raw_rows.c.row_no,
                raw_rows.c.outcome,
                raw_rows.c.outcome_reason,
                raw_rows.c.item_id,
                raw_rows.c.cells,
            )
            .where(raw_rows.c.batch_id == batch_id)
            .order_by(raw_rows.c.id)
        ).all()
    told = pd.DataFrame([tuple(row) for row in flags], columns=list(FLAG_COLUMNS))
    told["candidates"] = ["、".join(msgspec.json.decode(text)) for text in told["candidates"]]
    kept = pd.DataFrame(
        [(*row[:-1], msgspec.json.decode(row.cells)) for row in rows],
        columns=["sheet", "row_no", "outcome", "outcome_reason", "item_id", "cells"],
    )
    return BatchRead(dict(batch), told, kept)
