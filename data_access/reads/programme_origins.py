"""Where a programme's entries came from: its imports, and the cell of each value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Engine, select

from data_access.database import reading
from data_access.programmes.book import programme_book
from data_access.programmes.holders import holders
from data_access.programmes.values import entry_of, kinds_of
from data_access.reads.programmes import may_be_seen
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
    with reading(engine) as connection:
        if not scope.everything:
            told = (
                select(rows.c.batch_id)
                .join(programme_entries, programme_entries.c.id == rows.c.entry_id)
                .where(may_be_seen(holders(connection, scope, as_of)))
            )
            question = question.where(batches.c.id.in_(told))
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
        .where(entries.c.id == entry_id, batches.c.undone_at.is_(None))
        .where(batches.c.as_of <= as_of)
        .order_by(rows.c.id)
    )
    found: dict[str, CellOrigin] = {}
    with reading(engine) as connection:
        if not _is_seen(connection, scope, as_of, entry_id):
            return ()
        for row in connection.execute(question):
            for told in row.fields.split():
                name, _, cell = told.partition("=")
                found[name] = CellOrigin(name, cell, row.sheet, row.file_name, row.stored_at)
    return tuple(found.values())


def _is_seen(connection: Connection, scope: Scope, as_of: date, entry_id: int) -> bool:
    entries = programme_entries.c
    row = connection.execute(
        select(programme_entries).where(entries.id == entry_id)
    ).one_or_none()  # fmt: skip
    known = programme_book(connection).get(row.programme) if row is not None else None
    if known is None:
        return False
    who = holders(connection, scope, as_of)
    return who.sees(who.held(known.programme, entry_of(kinds_of(known.programme), row)))
