"""What the hotline counted, theme by month, as far as a scope reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from sqlalchemy import Connection, Engine, func, select

from data_access.database import reading
from data_access.filters import Filters
from data_access.schema.accounts import accounts
from data_access.schema.matters import hotline_counts, hotline_imports
from data_access.schema.registers import reporting_units
from supervision.scope import Scope

MOST_IMPORTS = 20


@dataclass(frozen=True, slots=True)
class HotlineImport:
    """One import: by whom, of which months, and whether it was undone."""

    id: int
    file_name: str
    stored_at: datetime
    by: str
    rows: int
    first_month: date | None
    last_month: date | None
    undone: bool


@dataclass(frozen=True, slots=True)
class HotlineSeen:
    """Counts of months up to the day."""

    counts: pl.DataFrame
    """theme, month (its first day), received; closed and satisfied (null: not told), closed_of
    and satisfied_of: what came in, respectively was closed, where it was told."""
    by_county: bool
    """Only rows of some counties are counted: those told for the city as a whole are not."""
    imports: tuple[HotlineImport, ...]
    """The newest first; for who sees the whole city."""


def hotline(
    engine: Engine, *, scope: Scope, as_of: date, filters: Filters | None = None
) -> HotlineSeen:
    """The counts in force. A department sees none: the hotline counts no departments."""
    units = (filters or Filters()).units
    counts = hotline_counts.c
    question = select(
        counts.theme, counts.month, counts.received, counts.closed, counts.satisfied
    ).where(counts.replaced_by.is_(None), counts.month <= as_of)
    if not scope.everything:
        named = select(reporting_units.c.id).where(
            reporting_units.c.name.in_(sorted(scope.reporting_units))
        )
        question = question.where(counts.reporting_unit_id.in_(named))
    if units:
        question = question.where(counts.reporting_unit_id.in_(units))
    with reading(engine) as connection:
        rows = connection.execute(question).all()
        imports = _imports(connection) if scope.everything else ()
    frame = pl.DataFrame(
        [tuple(row) for row in rows],
        schema={"theme": pl.String, "month": pl.Date, "received": pl.Int64, "closed": pl.Int64,
                "satisfied": pl.Int64},
        orient="row",
    )  # fmt: skip
    told = pl.col("closed").is_not_null()
    both = told & pl.col("satisfied").is_not_null()
    return HotlineSeen(
        frame.group_by("theme", "month")
        .agg(
            received=pl.col("received").sum(),
            closed=pl.col("closed").sum(),
            closed_of=pl.col("received").filter(told).sum(),
            satisfied=pl.col("satisfied").filter(both).sum(),
            satisfied_of=pl.col("closed").filter(both).sum(),
        )
        .sort("theme", "month"),
        by_county=bool(units) or not scope.everything,
        imports=imports,
    )


def _imports(connection: Connection) -> tuple[HotlineImport, ...]:
    counts = hotline_counts.c
    found = connection.execute(
        select(
            hotline_imports,
            accounts.c.name,
            func.count(counts.id).label("rows"),
            func.min(counts.month).label("first_month"),
            func.max(counts.month).label("last_month"),
        )
        .select_from(hotline_imports)
        .outerjoin(accounts, accounts.c.login == hotline_imports.c.stored_by)
        .outerjoin(hotline_counts, counts.import_id == hotline_imports.c.id)
        .group_by(*hotline_imports.c, accounts.c.name)
        .order_by(hotline_imports.c.id.desc())
        .limit(MOST_IMPORTS)
    ).all()
    return tuple(
        HotlineImport(
            row.id, row.file_name, row.stored_at, row.name or row.stored_by, row.rows,
            row.first_month, row.last_month, row.undone_at is not None,
        )
        for row in found
    )  # fmt: skip
