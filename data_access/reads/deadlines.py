"""What 时限 asks: what is owed and since when, what falls due, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import polars as pl
from sqlalchemy import Engine

from data_access.facts import facts
from data_access.figures import Condition, awaiting_feedback, is_open
from data_access.filters import Filters, narrowed
from data_access.measures import LISTS, MEASURES
from data_access.moment import Moment
from supervision.city_rules import DUE_SOON
from supervision.scope import Scope
from supervision.vocabulary import Light
from supervision.working_days import ONE_DAY, WorkCalendar
from supervision.worklists import AGES, DueList, Worklist

WEEKS = 6
KEYS = ("department_id", "unit_id", "session_id")
OVERDUE, SOON = "overdue_open", "due_soon"
AWAITED = (
    OVERDUE, SOON, Worklist.DUE_TODAY.value, *(age.value for age in AGES),
    DueList.OVERDUE_UNCOUNTED.value,
)  # fmt: skip
"""Figures and lists that stand in every line of the tables."""
BESIDE = (
    Worklist.LONG_OVERDUE.value, Worklist.NO_DEADLINE.value, DueList.PROVISIONAL.value,
    DueList.EXTENDED.value,
)  # fmt: skip
NEEDED = (
    "item_id", "is_current", "round_id", "counted", "closed_state", "off_the_clock",
    "round_awaits", "item_state", "intake_on", "assigned_on", "due_on", "due_index", "due_basis",
    "extended_due_on", "feedback_on", "closed_from", "flagged_on", "light", "days_overdue", *KEYS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DeadlinesSeen:
    """The clock of written feedback in one moment."""

    counts: dict[str, int]
    """slug of AWAITED and BESIDE → n."""
    longest: float | None
    median: float | None
    """Working days overdue."""
    by_day: pl.DataFrame
    """due_on, n: feedback still owed, from this week's Monday for WEEKS weeks."""
    tables: dict[str, pl.DataFrame]
    """Column of KEYS → that column (null: told by nobody) and each slug of AWAITED."""
    worst: tuple[int, ...]
    """The longest overdue items first."""
    rests: dict[date, str]
    """Days of those weeks on which nobody works → why: 国庆节, 周六."""
    works: dict[date, str]
    """Weekend days of those weeks on which people work."""
    due_soon_working_days: int
    long_overdue: int


def deadlines(
    engine: Engine, *, scope: Scope, as_of: date, filters: Filters | None = None, worst: int = 10
) -> DeadlinesSeen:
    """All reads of 时限 over the open items of one moment."""
    asked = filters or Filters()
    known = facts(engine)
    now = known.moment(as_of, asked.period)
    frame = narrowed(engine, known.seen_by(scope, now), asked)
    alive = frame.select(NEEDED).filter(is_open(now))
    told = alive.select(*KEYS, *_conditions(now))
    sums = told.select(pl.exclude(KEYS).sum()).row(0, named=True)
    late = alive.filter(pl.col("light") == Light.RED.value)
    days = late["days_overdue"].drop_nulls()
    monday = as_of - timedelta(days=as_of.weekday())
    week_days = [monday + n * ONE_DAY for n in range(7 * WEEKS)]
    rests, works = _told_days(known.calendar, week_days)
    return DeadlinesSeen(
        counts={slug: int(n) for slug, n in sums.items()},
        longest=_number(days.max()),
        median=_number(days.median()),
        by_day=alive.filter(
            awaiting_feedback(now) & pl.col("due_on").is_between(week_days[0], week_days[-1])
        )
        .group_by("due_on")
        .agg(n=pl.len().cast(pl.Int64))
        .sort("due_on"),
        tables={
            key: told.filter(pl.any_horizontal(OVERDUE, SOON))
            .group_by(key)
            .agg(pl.col(AWAITED).sum().cast(pl.Int64))
            .sort([OVERDUE, SOON, key], descending=[True, True, False], nulls_last=True)
            for key in KEYS
        },
        worst=tuple(late.bottom_k(worst, by=["due_on", "item_id"]).sort("due_on", "item_id")
                    ["item_id"].to_list()),
        rests=rests,
        works=works,
        due_soon_working_days=known.rules.number(DUE_SOON, as_of),
        long_overdue=now.long_overdue,
    )  # fmt: skip


@lru_cache(maxsize=16)
def _conditions(now: Moment) -> tuple[pl.Expr, ...]:
    return tuple(_such(slug)(now).alias(slug) for slug in (*AWAITED, *BESIDE))


def _such(slug: str) -> Condition:
    return LISTS[slug] if slug in LISTS else MEASURES[slug].n


def _told_days(calendar: WorkCalendar, days: list[date]) -> tuple[dict[date, str], dict[date, str]]:
    """Rest days and make-up days; beyond the known years weekends rest."""
    known = [day for day in days if calendar.knows(day)]
    rests = {day: calendar.why(day) for day in known if not calendar.is_working_day(day)}
    rests |= {day: calendar.why(day) for day in days if day not in known and day.weekday() > 4}
    works = {day: calendar.why(day) for day in known if day.weekday() > 4 and day not in rests}
    return rests, works


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
