"""Columns of the facts that the calendar tells of a day, counted once when facts are read."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from supervision.city_rules import SIGNING, RuleBook
from supervision.working_days import WorkCalendar


def month_number(day: pl.Expr) -> pl.Expr:
    """Months since the year 0: taking a date apart costs more than counting it."""
    return day.dt.year() * 12 + day.dt.month() - 1


def signing_limit_on(calendar: WorkCalendar, rules: RuleBook) -> pl.Expr:
    """The last day on which signing for the round is in time; null where the calendar ends.

    By the rule in force on the day of the assignment.
    """
    first, counts = calendar.ordinals()
    days = [first + timedelta(days=n) for n in range(len(counts))]
    day_of = {count: day for day, count in zip(reversed(days), reversed(counts), strict=True)}
    limits = [
        day_of.get(count + rules.number(SIGNING, day))
        for day, count in zip(days, counts, strict=True)
    ]
    return pl.col("assigned_on").replace_strict(
        pl.Series(days, dtype=pl.Date), pl.Series(limits, dtype=pl.Date), default=None
    )


def working_day_index(calendar: WorkCalendar, column: str) -> pl.Expr:
    """How many working days the calendar counts up to and including the column's day.

    Differences of two indexes are working days between two days; null outside the horizon.
    """
    first, counts = calendar.ordinals()
    days = pl.Series([first + timedelta(days=n) for n in range(len(counts))], dtype=pl.Date)
    return pl.col(column).replace_strict(
        days, pl.Series(counts, dtype=pl.Int32), default=None, return_dtype=pl.Int32
    )
