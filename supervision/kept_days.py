"""A day by which something was to be done, and the day on which it was done.

Where nobody works on that day it moves to the next working day (民法典 203); late is what is done,
or still open, once that day has ended, in working days like a round's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from supervision.working_days import CalendarNotKnown, WorkCalendar


@dataclass(frozen=True, slots=True)
class KeptDay:
    """How a day was kept, as far as it is known on the day asked about."""

    last: date
    """The day until whose end it may be done."""
    done_on: date | None
    """None where it was done only after the day asked about."""
    is_late: bool
    days_late: int | None
    """Working days; None where the calendar ends."""


def kept_day(calendar: WorkCalendar, due_on: date, done_on: date | None, *, as_of: date) -> KeptDay:
    """How the day `due_on` was kept."""
    done = done_on if done_on is not None and done_on <= as_of else None
    last, until = last_day(calendar, due_on), done or as_of
    is_late = until > last
    return KeptDay(last, done, is_late, calendar.known_between(last, until) if is_late else 0)


def last_day(calendar: WorkCalendar, due_on: date) -> date:
    """The next working day where nobody works on the day itself."""
    try:
        return calendar.next_working_day(due_on)
    except CalendarNotKnown:
        return due_on


def late_told(days: int | None) -> str:
    """How late, in words: working days, less than one over a weekend."""
    if days is None:
        return "工作日数待核"
    return f"{days} 个工作日" if days else "不足 1 个工作日"
