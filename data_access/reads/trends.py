"""What 趋势 asks: intake, closing and two rates period by period, beside the year before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from sqlalchemy import Engine

from data_access.answers import answered_day
from data_access.facts import facts
from data_access.figure_columns import columns_asked, figure_columns, figure_names, told
from data_access.filters import Filters, narrowed
from data_access.moment import Moment, Period
from supervision.city_rules import SMALL_SAMPLE
from supervision.scope import Scope
from supervision.spans import (
    Span,
    Step,
    a_year_before,
    festival_of,
    just_before,
    spans,
    working_days_of,
)

NUMBER = {Step.MONTH: 13, Step.WEEK: 26}
"""How many periods are shown."""
DAY_OF = {
    "intake": pl.col("intake_on"),
    "closed": pl.col("closed_on"),
    "on_time_feedback_rate": pl.col("due_on"),
    "satisfaction_rate": answered_day(),
}
"""Figure → the day that puts a row into a period."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One period with its figures."""

    span: Span
    counts: dict[str, int]
    """`slug:n` and `slug:of` of DAY_OF."""
    working_days: int | None
    festival: str


@dataclass(frozen=True, slots=True)
class TrendLine:
    """A period, the one before it, and the one of last year, all cut alike."""

    now: Counted
    before: Counted
    a_year_before: Counted


@dataclass(frozen=True, slots=True)
class TrendsSeen:
    """Periods, the oldest first; the last may still be running."""

    lines: tuple[TrendLine, ...]
    small_sample: int


def trends(
    engine: Engine, *, scope: Scope, as_of: date, step: Step, filters: Filters | None = None
) -> TrendsSeen:
    """Every period of `step` with what it is compared with; a period of the filters is not asked.

    Each row counts on one day, so that one pass tells all days, and days add up to any period.
    """
    known = facts(engine)
    shown = spans(step, as_of, NUMBER[step])
    first = min(a_year_before(step, shown[0]).first, just_before(step, shown[0]).first)
    now = known.moment(as_of, Period(first, as_of))
    frame = narrowed(engine, known.seen_by(scope, now), filters or Filters())
    until = {
        name: running for slug in DAY_OF for name, running in _running(frame, slug, now).items()
    }

    def counted(span: Span) -> Counted:
        start, end = ((day - first).days for day in (span.first, span.last))
        return Counted(
            span,
            {name: int(running[end + 1] - running[start]) for name, running in until.items()},
            working_days_of(known.calendar, span),
            festival_of(known.calendar, span),
        )

    return TrendsSeen(
        lines=tuple(
            TrendLine(
                counted(span), counted(just_before(step, span)), counted(a_year_before(step, span))
            )
            for span in shown
        ),
        small_sample=known.rules.number(SMALL_SAMPLE, as_of),
    )


def _running(frame: pl.DataFrame, slug: str, now: Moment) -> dict[str, np.ndarray]:
    """Column of the figure → how many rows there were before each day of the moment's period."""
    names, period = figure_names((slug,)), now.period
    days = (period.last - period.first).days + 1
    asked = figure_columns((slug,), now)
    rows = frame.select(columns_asked((DAY_OF[slug], *asked)))
    rows = rows.filter(DAY_OF[slug].is_between(period.first, period.last))
    counted = told(rows, (DAY_OF[slug] - pl.lit(period.first)).dt.total_days().alias("day"), *asked)
    day = counted["day"].to_numpy()
    return {
        name: np.concatenate(
            ([0], np.cumsum(np.bincount(day[counted[name].to_numpy()], minlength=days)))
        )
        for name in names
    }
