"""Working days for the sample's story, also past the horizon of the calendar."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, timedelta

from data_access.work_calendar import shipped_calendar
from supervision.working_days import CalendarNotKnown

SATURDAY = 5
BEFORE, AFTER = timedelta(days=1100), timedelta(days=1000)


class Workdays:
    """Working days around a day; a year that is not known yet works Monday to Friday.

    The program itself never guesses a deadline; the sample's ledgers state theirs, so that a
    demonstration stays alive when the next year's notice is still missing.
    """

    def __init__(self, around: date) -> None:
        days = (around - BEFORE + timedelta(days=n) for n in range((BEFORE + AFTER).days))
        self._days = [day for day in days if _works(day)]

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; negative counts go back, 0 is day or next."""
        if count > 0:
            return self._days[bisect_right(self._days, day) + count - 1]
        return self._days[bisect_left(self._days, day) + count]


def _works(day: date) -> bool:
    try:
        return shipped_calendar().is_working_day(day)
    except CalendarNotKnown:
        return day.weekday() < SATURDAY
