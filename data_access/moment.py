"""A question's day and period, with the thresholds that turn day arithmetic into comparisons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import cast

import polars as pl

from supervision.city_rules import AS_SHIPPED, CALLBACK_WITHIN, DUE_SOON, LONG_OVERDUE, RuleBook
from supervision.satisfaction import Points, in_force
from supervision.working_days import CalendarNotKnown, WorkCalendar


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def cut_at(self, day: date) -> Period:
        """The part of the period that has begun by `day` (metrics.md 2.0: cut at T).

        Of one that begins later it is its first day, on which nothing has happened yet.
        """
        return Period(self.first, max(self.first, min(self.last, day)))


@dataclass(frozen=True, slots=True)
class Moment:
    """The snapshot day T (截至), the period asked about, and how far 临期 reaches."""

    as_of: date
    period: Period
    soon_until: date | None
    """Last calendar day that is at most k working days after T; None beyond the horizon."""
    horizon: date
    working_day: int | None
    """Working-day index of T, to be compared with the facts' *_index columns."""
    points: Points
    """满意度得分: the set in force on the period's last day."""
    long_overdue: int
    """Working days after which an overdue item is 长期逾期."""
    callbacks_from: date
    """What was closed before this day is called back no more."""
    lit: bool = False
    """Whether the rows asked carry this day's light: then what is open on it stands in them."""


def month_of(day: date) -> Period:
    """The calendar month of a day."""
    first = day.replace(day=1)
    return Period(first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1))


def month_before(period: Period) -> Period:
    """The month before a period's first day, cut to the same number of days (同期可比)."""
    before = month_of(period.first - timedelta(days=1))
    length = (period.last - period.first).days
    whole = period == month_of(period.first)
    return (
        before
        if whole
        else Period(before.first, min(before.last, before.first + timedelta(days=length)))
    )


def from_new_year(period: Period) -> bool:
    """Whether it runs from 1 January beyond that month: it is compared with last year's (同比)."""
    return (period.first.month, period.first.day) == (1, 1) and period.last > month_of(
        period.first
    ).last


def period_before(period: Period) -> Period:
    """What a period is compared with: of a year the same days of the year before, of a month the
    month before, else as many days before."""
    if from_new_year(period):
        return Period(_a_year_before(period.first), _a_year_before(period.last))
    if period.first.day == 1 and period.last <= month_of(period.first).last:
        return month_before(period)
    length = period.last - period.first
    last = period.first - timedelta(days=1)
    return Period(last - length, last)


def _a_year_before(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)


def moment(
    calendar: WorkCalendar,
    *,
    as_of: date,
    period: Period | None = None,
    rules: RuleBook = AS_SHIPPED,
) -> Moment:
    """The moment of a question, by the rules in force on its day.

    The period defaults to the month of `as_of`.
    """
    asked = (period or month_of(as_of)).cut_at(as_of)
    return Moment(
        as_of=as_of,
        period=asked,
        soon_until=_soon_until(calendar, as_of, rules.number(DUE_SOON, as_of)),
        horizon=calendar.horizon,
        working_day=_index(calendar, as_of),
        points=in_force(rules.points(), asked.last),
        long_overdue=rules.number(LONG_OVERDUE, as_of),
        callbacks_from=_callbacks_from(as_of, rules.number(CALLBACK_WITHIN, as_of)),
    )


def of_each_row(now: Moment, day: str) -> Moment:
    """The moment of each row: its day, and the end of its period, are that row's `day` column.

    Only for figures that compare days with T and the period: thresholds that the calendar tells
    (临期, working days) stay those of `now`.
    """
    # A question of a moment is an expression: what it compares with may be a column as well.
    column = cast(date, pl.col(day))
    return replace(now, as_of=column, period=Period(now.period.first, column))


def _callbacks_from(as_of: date, within: int) -> date:
    return as_of - timedelta(days=within) if within else date.min


def _soon_until(calendar: WorkCalendar, as_of: date, working_days: int) -> date | None:
    """The day before the (k+1)-th working day after T."""
    try:
        return calendar.add_working_days(as_of, working_days + 1) - timedelta(days=1)
    except CalendarNotKnown:
        return calendar.horizon if calendar.knows(as_of) else None


def _index(calendar: WorkCalendar, day: date) -> int | None:
    first, counts = calendar.ordinals()
    place = (day - first).days
    return counts[place] if 0 <= place < len(counts) else None
