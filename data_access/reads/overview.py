"""What the leaders' first page asks: small frames with declared columns, n and of, no rates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import polars as pl
from sqlalchemy import Engine

from data_access.facts import Facts, facts
from data_access.figures import AN_ITEM, CLOSED_STATE, COUNTED, is_open
from data_access.filters import Filters, narrowed
from data_access.measures import MEASURES, OF_OPEN_ITEMS, WORKLISTS
from data_access.moment import Moment, Period, month_before
from supervision.city_rules import DUE_SOON, SMALL_SAMPLE
from supervision.scope import Scope
from supervision.vocabulary import Light
from supervision.worklists import Worklist

WEEK = timedelta(days=7)
MONTHS = 12
OF_STOCK = (
    "item_id", "round_id", "is_current", "counted", "closed_state", "off_the_clock",
    "round_awaits", "item_state", "current_round", "department_id", "township_code", "intake_on",
    "assigned_on", "due_on", "due_index", "feedback_on", "closed_from", "flagged_on", "light",
    "days_overdue",
)  # fmt: skip
TILES_OF_STOCK = ("open", "overdue_open", "due_soon", "reassign_pending")
TILES_OF_MONTH = ("on_time_feedback_rate", "closure_rate", "satisfaction_rate")
DAYS_OF_MONTH_TILES = ("due_on", "intake_on", "closed_on")
"""What puts a row into a period of those tiles: other rows need not be asked."""


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
    due_soon_working_days: int
    """How far 临期 reaches in this city."""
    small_sample: int
    """Below so many cases a rate is not called better or worse."""
    worklists: dict[str, int]
    """Worklist → how many rows stand behind it."""


def overview(
    engine: Engine, *, scope: Scope, as_of: date, filters: Filters | None = None, worst: int = 10
) -> Overview:
    """All reads of 总览 over one moment of the facts."""
    asked = filters or Filters()
    known = facts(engine)
    now = known.moment(as_of, asked.period)
    frame = narrowed(engine, known.seen_by(scope, now), asked)
    week_ago = known.moment(as_of - WEEK, now.period)
    # Stock and its lists are open at their moment: few rows, and of those few columns.
    stock = frame.select(OF_STOCK).filter(is_open(now) | is_open(week_ago))
    alive = stock.filter(is_open(now))
    red = pl.col("light") == Light.RED.value
    counted: dict[str, int] = {}
    before = _month_before(known, now)
    for rows, wanted in (
        (stock, _counts(TILES_OF_STOCK, now, week_ago)),
        (alive, _list_counts(OF_OPEN_ITEMS, now)),
        (_recent(frame, before, now), _counts(TILES_OF_MONTH, now, before)),
        (frame, _list_counts(frozenset(WORKLISTS) - OF_OPEN_ITEMS, now)),
    ):
        counted |= rows.select(wanted).row(0, named=True)
    return Overview(
        as_of=as_of,
        period=now.period,
        tiles=_tiles(counted),
        by_department=alive.group_by("department_id", "light").agg(n=pl.len().cast(pl.Int64)),
        worst=alive.filter(red)
        .select("item_id", "department_id", "due_on", "days_overdue")
        .bottom_k(worst, by=["due_on", "item_id"])
        .sort("due_on", "item_id"),
        by_township=alive.group_by("township_code").agg(
            open=pl.len().cast(pl.Int64), overdue=red.sum().cast(pl.Int64)
        ),
        by_month=_by_month(frame, as_of),
        due_soon_working_days=known.rules.number(DUE_SOON, as_of),
        small_sample=known.rules.number(SMALL_SAMPLE, as_of),
        worklists={str(name): counted[name] for name in WORKLISTS},
    )


def _recent(frame: pl.DataFrame, before: Moment, now: Moment) -> pl.DataFrame:
    """The rows that either month can count: few of many, so that the rates are cheap."""
    first, last = before.period.first, now.period.last
    return frame.filter(
        pl.any_horizontal(pl.col(*DAYS_OF_MONTH_TILES).is_between(first, last)).fill_null(False)
    )


def _month_before(known: Facts, now: Moment) -> Moment:
    """The month before, judged by what was known on its own last day."""
    before = month_before(now.period)
    then = known.moment(before.last + timedelta(days=1), before)
    return replace(then, period=before)


def _tiles(counted: dict[str, int]) -> pl.DataFrame:
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


@lru_cache(maxsize=32)
def _counts(slugs: tuple[str, ...], now: Moment, earlier: Moment) -> tuple[pl.Expr, ...]:
    # Remembered: building the questions of a moment costs as much as answering some of them.
    asked = []
    for slug in slugs:
        for suffix, then in (("", now), ("_before", earlier)):
            measure = MEASURES[slug]
            asked.append(measure.n(then).sum().alias(f"{slug}:n{suffix}"))
            if measure.of is not None:
                asked.append(measure.of(then).sum().alias(f"{slug}:of{suffix}"))
    return tuple(asked)


@lru_cache(maxsize=32)
def _list_counts(names: frozenset[Worklist], now: Moment) -> tuple[pl.Expr, ...]:
    return tuple(WORKLISTS[name](now).sum().alias(name) for name in sorted(names))


def _by_month(frame: pl.DataFrame, as_of: date) -> pl.DataFrame:
    last = as_of.year * 12 + as_of.month - 1
    number = last - MONTHS + 1
    first = date(number // 12, number % 12 + 1, 1)
    counts = {}
    for name, of, such in (("came_in", "intake", COUNTED), ("closed", "closed", CLOSED_STATE)):
        inside = AN_ITEM & such & pl.col(f"{of}_on").is_between(first, as_of)
        months = frame.select(pl.col(f"{of}_month").filter(inside)).to_series().to_numpy()
        counts[name] = np.bincount(months - number, minlength=MONTHS)
    return pl.DataFrame(
        {"month": pl.date_range(first, as_of, "1mo", eager=True), **counts},
        schema={"month": pl.Date, "came_in": pl.Int64, "closed": pl.Int64},
    )
