"""A limit in the place of a day: 5个工作日, 3日内 in the column of a clock's last day.

The judge tells it at its cell; it becomes a day by the work calendar of the store.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from data_access.ledger_import.date_reading import Reading
from data_access.programmes.judged import JudgedLine
from supervision.deadlines import Limit, LimitUnit, feedback_due
from supervision.programmes import Programme
from supervision.vocabulary import Severity
from supervision.working_days import WorkCalendar

LONGEST_DAYS = 1_000
_UNITS = {
    "working_days": (1, LimitUnit.WORKDAY), "days": (1, LimitUnit.DAY), "weeks": (7, LimitUnit.DAY),
}  # fmt: skip


def limit_said(reading: Reading) -> Limit | None:
    """The limit that a cell tells; None where it names a day of its own or counts otherwise."""
    times, unit = _UNITS.get(reading.unit, (0, LimitUnit.DAY))
    count = (reading.count or 0) * times
    if reading.on is not None or reading.start is not None or not 0 < count <= LONGEST_DAYS:
        return None
    return Limit(count, unit)


def tell_limits(
    programme: Programme, line: JudgedLine,
    fault: Callable[[JudgedLine, str, str, str, Severity], None],
) -> None:  # fmt: skip
    """Say from which day each limit of the line counts; without that day it is of no use."""
    for name, limit in tuple(line.limits.items()):
        starts = programme.field(_starts_of(programme, name))
        start = line.values.get(starts.name)
        if isinstance(start, date):
            say = f"写的是时限，按{starts.label}{start:%Y-%m-%d}起 {limit.words()}算出期限，请核对"
            fault(line, name, "limit-counted", say, Severity.WARNING)
        else:
            del line.limits[name]
            say = f"写的是时限，没有{starts.label}，算不出是哪一天"
            fault(line, name, "date-unreadable", say, Severity.ERROR)


def days_counted(programme: Programme, line: JudgedLine, calendar: WorkCalendar) -> dict[str, date]:
    """The day of each limit of the line, as far as the calendar knows it."""
    found = {}
    for name, limit in line.limits.items():
        start = line.values[_starts_of(programme, name)]
        assert isinstance(start, date)
        due = feedback_due(start, calendar, limit=limit).due_on
        if due is not None:
            found[name] = due
    return found


def _starts_of(programme: Programme, due: str) -> str:
    return next(clock.starts for clock in programme.clocks if clock.due == due)
