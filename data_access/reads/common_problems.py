"""What 共性问题 asks: how much of what came in where, category by county, against before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl
from sqlalchemy import Engine

from data_access.facts import facts
from data_access.figure_columns import columns_asked, figure_columns, told
from data_access.filters import Filters, narrowed
from data_access.measures import MEASURES, WORKLISTS
from data_access.moment import Moment, Period, from_new_year, period_before
from supervision.scope import Scope
from supervision.worklists import Worklist

COUNTED = ("intake", "open", "overdue_open", "dissatisfied")
"""Registered figures that a cell can show."""
BEFORE = "intake:before"
TAKEN_UP_AGAIN = Worklist.TAKEN_UP_AGAIN.value
CELL = ("category_id", "unit_id")


@dataclass(frozen=True, slots=True)
class ProblemsSeen:
    """Counts by category and county within a period, and what came in the period before."""

    as_of: date
    period: Period
    before: Period
    """Cut to as many days where the period still runs."""
    on_year: bool
    """Compared with the year before (同比), not with the period just before (环比)."""
    cells: pl.DataFrame
    """category_id, unit_id (null: told by nobody), `slug:n` of COUNTED, BEFORE; only what is not
    nothing. Figures of rounds count rounds."""
    taken_up_again: int
    """Open items that are in their second round or a later one."""


def common_problems(
    engine: Engine, *, scope: Scope, as_of: date, filters: Filters | None = None
) -> ProblemsSeen:
    """All reads of the first part of 共性问题 in one moment."""
    asked = filters or Filters()
    known = facts(engine)
    now = known.moment(as_of, asked.period)
    before = known.moment(as_of, period_before(now.period))
    questions = _questions(now, before)
    frame = narrowed(engine, known.seen_by(scope, now), asked).select(
        {*columns_asked(questions), *CELL}
    )
    counted = told(frame, *CELL, *questions)
    names = [name for name in counted.columns if name not in CELL]
    cells = counted.group_by(CELL).agg(pl.col(names).sum().cast(pl.Int64))
    return ProblemsSeen(
        as_of=as_of,
        period=now.period,
        before=before.period,
        on_year=from_new_year(now.period),
        cells=cells.filter(pl.any_horizontal(pl.col(names) > 0))
        .drop(TAKEN_UP_AGAIN)
        .sort(CELL, nulls_last=True),
        taken_up_again=int(cells[TAKEN_UP_AGAIN].sum()),
    )


@lru_cache(maxsize=32)
def _questions(now: Moment, before: Moment) -> tuple[pl.Expr, ...]:
    return (
        *figure_columns(COUNTED, now),
        MEASURES["intake"].n(before).alias(BEFORE),
        WORKLISTS[Worklist.TAKEN_UP_AGAIN](now).alias(TAKEN_UP_AGAIN),
    )
