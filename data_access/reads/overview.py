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
from data_access.moment import Moment, Period, period_before
from supervision.city_rules import DUE_SOON, SMALL_SAMPLE
from supervision.figures import FIGURES
from supervision.scope import Scope
from supervision.vocabulary import Light
from supervision.worklists import Worklist

WEEK = timedelta(days=7)
EPOCH = date(1970, 1, 1)
MONTHS = 12
DUE_DAYS = 20
"""Working days of 到期日历: four weeks of five."""
LONGEST_SINCE = timedelta(days=183)
"""A session further back is no yardstick for what has changed."""
OF_STOCK = (
    "item_id", "round_id", "is_current", "counted", "closed_state", "off_the_clock",
    "round_awaits", "item_state", "current_round", "department_id", "township_code", "intake_on",
    "assigned_on", "due_on", "due_index", "feedback_on", "closed_from", "flagged_on", "light",
    "days_overdue", "open_then", "awaits_then",
)  # fmt: skip
OF_MONTHS = (
    "round_id", "round_no", "is_current", "counted", "in_rates", "sound", "closed_state",
    "closed_from", "intake_on", "closed_on", "round_closed_on", "due_on", "stated_due_on",
    "feedback_on", "called_on", "reached", "result", "process",
)  # fmt: skip
TILES_OF_STOCK = ("open", "overdue_open", "due_soon", "reassign_pending")
SINCE_SESSION = ("open", "overdue_open")
TILES_OF_MONTH = ("on_time_feedback_rate", "closure_rate", "satisfaction_rate")
BESIDE_STOCK = tuple(dict.fromkeys(s for t in TILES_OF_STOCK for s in FIGURES[t].beside))
BESIDE_MONTH = tuple(dict.fromkeys(s for t in TILES_OF_MONTH for s in FIGURES[t].beside))
DAYS_OF_MONTH_TILES = ("due_on", "intake_on", "closed_on")
"""What puts a row into a period of those tiles: other rows need not be asked."""


@dataclass(frozen=True, slots=True)
class SinceSession:
    """What has changed since the last 面对面 was held."""

    held_on: date
    theme: str
    stock: dict[str, int]
    """slug of SINCE_SESSION → how many there were on that day."""
    came_in: int
    closed: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page in one moment. Frames are pandas-free (polars), ids throughout."""

    as_of: date
    period: Period
    before: Period
    """The days that the rates of `period` are compared with."""
    tiles: pl.DataFrame
    """slug, n, of, n_before, of_before; stock against a week ago, rates against `before`."""
    by_department: pl.DataFrame
    """department_id, light, n: open items of each lead department."""
    worst: pl.DataFrame
    """item_id, department_id, due_on, days_overdue: the longest overdue first."""
    by_township: pl.DataFrame
    """township_code (null: unlocated), open, overdue."""
    by_month: pl.DataFrame
    """month (its first day), came_in, closed, and both of the month a year before."""
    due: pl.DataFrame
    """due_on, n: open items that owe feedback on each of the next working days, 0 included."""
    since_session: SinceSession | None
    """None where none was held lately, or a period was asked for."""
    due_soon_working_days: int
    """How far 临期 reaches in this city."""
    small_sample: int
    """Below so many cases a rate is not called better or worse."""
    worklists: dict[str, int]
    """Worklist → how many rows stand behind it."""
    beside: dict[str, int]
    """slug → n of the figures that are counted beside the tiles."""


def overview(
    engine: Engine, *, scope: Scope, as_of: date, filters: Filters | None = None, worst: int = 5
) -> Overview:
    """All reads of 总览 over one moment of the facts."""
    asked = filters or Filters()
    known = facts(engine)
    now = known.moment(as_of, asked.period)
    frame = narrowed(engine, known.seen_by(scope, now), asked)
    week_ago = known.moment(as_of - WEEK, now.period)
    session = _last_session(known, as_of) if asked.period is None else None
    earliest = min(session[0], week_ago.as_of) if session else week_ago.as_of
    stock = _open_since(frame, earliest)
    lit = replace(now, lit=True)
    alive = stock.filter(is_open(lit))
    red = pl.col("light") == Light.RED.value
    counted: dict[str, int] = {}
    before = _what_it_is_compared_with(known, now)
    recent = _recent(frame, min(before.period.first, earliest), now.period.last)
    then = known.moment(session[0], now.period) if session else None
    since = (_stock_since(then), _moved_since(then, as_of)) if then else ((), ())
    for rows, wanted in (
        (
            stock,
            (*_counts(TILES_OF_STOCK, lit, week_ago), *_plain_counts(BESIDE_STOCK, lit), *since[0]),
        ),
        (alive, _list_counts(OF_OPEN_ITEMS, lit)),
        (
            recent,
            (*_counts(TILES_OF_MONTH, now, before), *_plain_counts(BESIDE_MONTH, now), *since[1]),
        ),
        (frame, _list_counts(frozenset(WORKLISTS) - OF_OPEN_ITEMS, lit)),
    ):
        counted |= rows.select(wanted).row(0, named=True)
    return Overview(
        as_of=as_of,
        period=now.period,
        before=before.period,
        tiles=_tiles(counted),
        by_department=alive.group_by("department_id", "light").agg(n=pl.len().cast(pl.Int64)),
        worst=alive.select("item_id", "department_id", "due_on", "days_overdue", "light")
        .filter(red)
        .drop("light")
        .bottom_k(worst, by=["due_on", "item_id"])
        .sort("due_on", "item_id"),
        by_township=alive.group_by("township_code").agg(
            open=pl.len().cast(pl.Int64), overdue=red.sum().cast(pl.Int64)
        ),
        by_month=_by_month(frame, as_of),
        due=_due(alive, known, as_of),
        since_session=_since(session, counted),
        due_soon_working_days=known.rules.number(DUE_SOON, as_of),
        small_sample=known.rules.number(SMALL_SAMPLE, as_of),
        worklists={str(name): counted[name] for name in WORKLISTS},
        beside={slug: counted[slug] for slug in (*BESIDE_STOCK, *BESIDE_MONTH)},
    )


def _open_since(frame: pl.DataFrame, day: date) -> pl.DataFrame:
    """Items that were open on this day or later: few rows, and of those few columns."""
    closed_later = CLOSED_STATE & (pl.col("closed_from") > day).fill_null(False)
    return frame.select(OF_STOCK).filter(AN_ITEM & COUNTED & (~CLOSED_STATE | closed_later))


def _last_session(known: Facts, as_of: date) -> tuple[date, str] | None:
    held = (one for one in known.sessions if as_of - LONGEST_SINCE <= one[0] < as_of)
    return next(held, None)


@lru_cache(maxsize=32)
def _stock_since(then: Moment) -> tuple[pl.Expr, ...]:
    return tuple(MEASURES[slug].n(then).sum().alias(f"{slug}:since") for slug in SINCE_SESSION)


@lru_cache(maxsize=32)
def _moved_since(then: Moment, as_of: date) -> tuple[pl.Expr, ...]:
    after = pl.lit(then.as_of, dtype=pl.Date)
    return tuple(
        (AN_ITEM & such & (pl.col(day) > after) & (pl.col(day) <= as_of)).sum().alias(name)
        for name, such, day in (
            ("came_in:since", COUNTED, "intake_on"),
            ("closed:since", CLOSED_STATE, "closed_on"),
        )
    )


def _since(session: tuple[date, str] | None, counted: dict[str, int]) -> SinceSession | None:
    if session is None:
        return None
    stock = {slug: counted[f"{slug}:since"] for slug in SINCE_SESSION}
    return SinceSession(*session, stock, counted["came_in:since"], counted["closed:since"])


def _due(alive: pl.DataFrame, known: Facts, as_of: date) -> pl.DataFrame:
    days = _next_working_days(known, as_of)
    # Yellow and green are what owes feedback and is not late; a provisional one may have no day.
    owed = pl.col("light").is_in([Light.YELLOW.value, Light.GREEN.value])
    dated = pl.col("due_on").filter(owed & pl.col("due_on").is_not_null())
    due = alive.select(dated.to_physical()).to_series().to_numpy()
    ahead = due - (as_of - EPOCH).days
    reach = (days[-1] - as_of).days + 1 if days else 0
    counts = np.bincount(ahead[(ahead >= 0) & (ahead < reach)], minlength=reach)
    return pl.DataFrame(
        {"due_on": days, "n": [int(counts[(day - as_of).days]) for day in days]},
        schema={"due_on": pl.Date, "n": pl.Int64},
    )


def _next_working_days(known: Facts, day: date) -> list[date]:
    """Today, where it is one, and those after it as far as the calendar knows."""
    days: list[date] = []
    while len(days) < DUE_DAYS and known.calendar.knows(day):
        if known.calendar.is_working_day(day):
            days.append(day)
        day += timedelta(days=1)
    return days


def _recent(frame: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """The rows that these days can count: few of many, so that the rates are cheap."""
    return frame.select(OF_MONTHS).filter(
        pl.any_horizontal(pl.col(*DAYS_OF_MONTH_TILES).is_between(first, last)).fill_null(False)
    )


def _what_it_is_compared_with(known: Facts, now: Moment) -> Moment:
    """The days before, judged by what was known on their own last day."""
    before = period_before(now.period)
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
def _plain_counts(slugs: tuple[str, ...], now: Moment) -> tuple[pl.Expr, ...]:
    return tuple(MEASURES[slug].n(now).sum().alias(slug) for slug in slugs)


@lru_cache(maxsize=32)
def _list_counts(names: frozenset[Worklist], now: Moment) -> tuple[pl.Expr, ...]:
    return tuple(WORKLISTS[name](now).sum().alias(name) for name in sorted(names))


def _by_month(frame: pl.DataFrame, as_of: date) -> pl.DataFrame:
    last = as_of.year * 12 + as_of.month - 1
    number = last - 2 * MONTHS + 1
    first = date(number // 12, number % 12 + 1, 1)
    counts = {}
    for name, of, such in (("came_in", "intake", COUNTED), ("closed", "closed", CLOSED_STATE)):
        inside = AN_ITEM & such & pl.col(f"{of}_on").is_between(first, as_of)
        months = frame.select(pl.col(f"{of}_month").filter(inside)).to_series().to_numpy()
        counted = np.bincount(months - number, minlength=2 * MONTHS)
        counts[name], counts[f"{name}_before"] = counted[MONTHS:], counted[:MONTHS]
    shown = date(first.year + 1, first.month, 1)
    return pl.DataFrame(
        {"month": pl.date_range(shown, as_of, "1mo", eager=True), **counts},
        schema={"month": pl.Date, **dict.fromkeys(counts, pl.Int64)},
    )
