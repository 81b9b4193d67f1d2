"""The lists of 时限 as conditions over the facts: ageing classes, provisional, extended, by day."""

from __future__ import annotations

from datetime import date

import polars as pl

from data_access.figures import Condition, awaiting_feedback, overdue
from data_access.moment import Moment
from supervision.vocabulary import DeadlineBasis
from supervision.worklists import AGES, DueList


def days_overdue(moment: Moment) -> pl.Expr:
    """Working days in (due, T]; null where the calendar does not reach."""
    return pl.lit(moment.working_day, dtype=pl.Int32) - pl.col("due_index")


def aged(first: int, last: int | None) -> Condition:
    """Overdue for so many working days; the first class takes those overdue over rest days only."""

    def condition(moment: Moment) -> pl.Expr:
        days = days_overdue(moment)
        old = days >= (first if first > 1 else 0)
        young = pl.lit(True) if last is None else days <= last
        return overdue(moment) & (old & young).fill_null(False)

    return condition


def _uncounted(moment: Moment) -> pl.Expr:
    return overdue(moment) & days_overdue(moment).is_null()


def _provisional(moment: Moment) -> pl.Expr:
    told = pl.col("due_basis") == DeadlineBasis.PROVISIONAL.value
    return awaiting_feedback(moment) & told.fill_null(False)


def _extended(moment: Moment) -> pl.Expr:
    return awaiting_feedback(moment) & pl.col("extended_due_on").is_not_null()


def awaited_on(day: date) -> Condition:
    """Written feedback still owed whose due day is this one."""
    return lambda moment: awaiting_feedback(moment) & (pl.col("due_on") == day).fill_null(False)


DUE_LISTS: dict[DueList, Condition] = {
    **{band: aged(first, last) for band, (first, last) in AGES.items()},
    DueList.OVERDUE_UNCOUNTED: _uncounted,
    DueList.PROVISIONAL: _provisional,
    DueList.EXTENDED: _extended,
}
