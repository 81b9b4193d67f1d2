"""Where a programme's entries came from: its imports, and the cell of each value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine, select

from data_access.database import reading
from data_access.reads.programmes import within_reach
from data_access.schema.accounts import accounts
from data_access.schema.programmes import (
    programme_batches,
    programme_entries,
    programme_rows,
)
from supervision.audit_words import actor_told
from supervision.scope import Scope


@dataclass(frozen=True, slots=True)
class ProgrammeBatch:
    """One import of a programme's ledger."""

    id: int
    file_name: str
    stored_by: str
    stored_at: datetime
    new: int
    updated: int
    unchanged: int
    refused: int
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class CellOrigin:
    """Where an entry's value stands: the newest line that told it."""

    field: str
    cell: str
    sheet: str
    file_name: str
    stored_at: datetime


def programme_batch_list(
    engine: Engine, *, scope: Scope, as_of: date, name: str
) -> tuple[ProgrammeBatch, ...]:
    """The imports of a programme, newest first; those of which something is within reach."""
    batches, rows = programme_batches, programme_rows
    question = (
        select(batches, accounts.c.name.label("person"))
        .outerjoin(accounts, accounts.c.login == batches.c.stored_by)
        .where(batches.c.programme == name, batches.c.as_of <= as_of)
        .order_by(batches.c.id.desc())
    )
    if not scope.everything:
        told = (
            select(rows.c.batch_id)
            .join(programme_entries, programme_entries.c.id == rows.c.entry_id)
            .where(within_reach(scope))
        )
        question = question.where(batches.c.id.in_(told))
    with reading(engine) as connection:
        return tuple(
            ProgrammeBatch(
                row.id, row.file_name, actor_told(row.stored_by, row.person), row.stored_at,
                row.new, row.updated, row.unchanged, row.refused, row.undone_at,
            )
            for row in connection.execute(question)
        )  # fmt: skip


def entry_origins(
    engine: Engine, *, scope: Scope, as_of: date, entry_id: int
) -> tuple[CellOrigin, ...]:
    """The cell from which each value of an entry came; nothing for an entry out of reach."""
    rows, batches, entries = programme_rows, programme_batches, programme_entries
    question = (
        select(rows.c.fields, rows.c.sheet, batches.c.file_name, batches.c.stored_at)
        .join(batches, batches.c.id == rows.c.batch_id)
        .join(entries, entries.c.id == rows.c.entry_id)
        .where(entries.c.id == entry_id, batches.c.undone_at.is_(None), within_reach(scope))
        .where(batches.c.as_of <= as_of)
        .order_by(rows.c.id)
    )
    found: dict[str, CellOrigin] = {}
    with reading(engine) as connection:
        for row in connection.execute(question):
            for told in row.fields.split():
                name, _, cell = told.partition("=")
                found[name] = CellOrigin(name, cell, row.sheet, row.file_name, row.stored_at)
    return tuple(found.values())
