"""What the leaders' first page asks: small frames with declared columns, n and of, no rates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import polars as pl
from sqlalchemy import Engine

from data_access.facts import Facts, facts
from data_access.figures import is_open
from data_access.filters import Filters, narrowed
from data_access.measures import MEASURES, WORKLISTS
from data_access.moment import Moment, Period, moment, month_before, month_of
from supervision.scope import Scope
from supervision.vocabulary import Light

WEEK = timedelta(days=7)
TILES_OF_STOCK = ("open", "overdue_open", "due_soon", "reassign_pending")
TILES_OF_MONTH = ("on_time_feedback_rate", "closure_rate", "satisfaction_rate")


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page in one moment. Frames are pandas-free (polars), ids throughout."""

    as_of: date
    period: Period
    tiles: pl.DataFrame
    """slug, n, of, n_before, of_before; stock against a week ago, rates against last month."""
    by_department: pl.DataFrame
    """department_id, light, n: open items of each lead department."""
    worst: pl.DataFrame
    """item_id, department_id, due_on, days_overdue: the longest overdue first."""
    by_township: pl.DataFrame
    """township_code (null: unlocated), open, overdue."""
    by_month: pl.DataFrame
    """month (its first day), came_in, closed."""
    worklists: dict[str, int]
    """Worklist → how many rows stand behind it."""


def overview(
    engine: Engine, *, scope: Scope, as_of: date, filters: Filters | None = None, worst: int = 10
) -> Overview:
    """All reads of 总览 over one moment of the facts."""
    asked = filters or Filters()
    known = facts(engine)
    now = moment(known.calendar, as_of=as_of, period=asked.period or month_of(as_of))
    frame = narrowed(known.seen_by(scope, now), asked)
    alive = frame.filter(is_open(now) & pl.col("is_current"))
    return Overview(
        as_of=as_of,
        period=now.period,
        tiles=_tiles(frame, known, now),
        by_department=alive.group_by("department_id", "light").agg(n=pl.len().cast(pl.Int64)),
        worst=alive.filter(pl.col("light") == Light.RED.value)
        .select("item_id", "department_id", "due_on", "days_overdue")
        .sort("due_on", "item_id")
        .head(worst),
        by_township=alive.group_by("township_code").agg(
            open=pl.len().cast(pl.Int64),
            overdue=(pl.col("light") == Light.RED.value).sum().cast(pl.Int64),
        ),
        by_month=_by_month(frame, as_of),
        worklists=frame.select(
            condition(now).sum().alias(name) for name, condition in WORKLISTS.items()
        ).row(0, named=True),
    )


def _tiles(frame: pl.DataFrame, known: Facts, now: Moment) -> pl.DataFrame:
    week_ago = moment(known.calendar, as_of=now.as_of - WEEK, period=now.period)
    before = month_before(now.period)
    # The earlier month is judged by what was known on its own last day.
    month_ago = replace(
        moment(known.calendar, as_of=before.last + timedelta(days=1), period=before), period=before
    )
    asked = []
    for slug in (*TILES_OF_STOCK, *TILES_OF_MONTH):
        earlier = week_ago if slug in TILES_OF_STOCK else month_ago
        for suffix, then in (("", now), ("_before", earlier)):
            measure = MEASURES[slug]
            asked.append(measure.n(then).sum().alias(f"{slug}:n{suffix}"))
            if measure.of is not None:
                asked.append(measure.of(then).sum().alias(f"{slug}:of{suffix}"))
    counted = frame.lazy().select(asked).collect().row(0, named=True)
    return pl.DataFrame(
        [
            {
                "slug": slug,
                "n": counted[f"{slug}:n"],
                "of": counted.get(f"{slug}:of"),
                "n_before": counted[f"{slug}:n_before"],
                "of_before": counted.get(f"{slug}:of_before"),
            }
            for slug in (*TILES_OF_STOCK, *TILES_OF_MONTH)
        ],
        schema={
            "slug": pl.String,
            "n": pl.Int64,
            "of": pl.Int64,
            "n_before": pl.Int64,
            "of_before": pl.Int64,
        },
    )


def _by_month(frame: pl.DataFrame, as_of: date, months: int = 12) -> pl.DataFrame:
    first = month_of(as_of).first
    for _ in range(months - 1):
        first = month_before(month_of(first)).first
    counted = [
        frame.filter(pl.col("is_current") & pl.col(column).is_between(first, as_of))
        .group_by(pl.col(column).dt.truncate("1mo").alias("month"))
        .agg(pl.len().cast(pl.Int64).alias(name))
        for column, name in (("intake_on", "came_in"), ("closed_on", "closed"))
    ]
    every = pl.DataFrame({"month": pl.date_range(first, month_of(as_of).first, "1mo", eager=True)})
    return (
        every.join(counted[0], on="month", how="left")
        .join(counted[1], on="month", how="left")
        .with_columns(pl.col("came_in", "closed").fill_null(0))
        .sort("month")
    )
