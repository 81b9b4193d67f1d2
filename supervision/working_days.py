"""Working days: weekends rest, holidays rest, make-up days (调休上班日) work, beyond the
horizon nobody knows.

The calendar is data from the State Council's yearly notices; the arithmetic only counts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from supervision.vocabulary import Worded

ONE_DAY = timedelta(days=1)
SATURDAY = 5
WEEKDAYS = "一二三四五六日"
MAKE_UP_DAY = "调休上班日"
WORKDAY = "工作日"


class Convention(Worded):
    """Which day is the first; the label is the footnote that a bulletin prints."""

    DAY_AFTER = "day_after", "交办次日起算第1个工作日，交办当日不计入"
    START_DAY = "start_day", "交办当日为工作日的，当日计为第1个工作日"
    NEXT_WORKDAY = "next_workday", "休息日交办的视为下一工作日交办，交办当日不计入"


class CalendarNotKnown(Exception):
    """A day lies outside the years whose holidays have been published; the text is Chinese."""

    def __init__(self, year: int) -> None:
        super().__init__(f"{year}年的放假调休安排尚未录入，无法推算工作日。")
        self.year = year


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """An exceptional day: a holiday that rests, or a weekend day that works."""

    is_working: bool
    name: str
    source: str
    """The notice that says so."""


class WorkCalendar:
    """How a city counts: whole years of working and resting days, and which day is the first.

    Every question costs O(1) or O(log n).

    `first` and `horizon` are the first and last known day. Weekends rest unless `days` says
    otherwise; an exceptional day outside the whole years is an error of the data (ValueError).
    """

    def __init__(
        self,
        days: Mapping[date, CalendarDay],
        *,
        years: range,
        version: str,
        convention: Convention = Convention.DAY_AFTER,
    ) -> None:
        self.version = version
        self.convention = convention
        self.years = years
        if strays := [day for day in days if day.year not in years]:
            raise ValueError(f"{min(strays)} lies outside the known years")
        self.days = dict(days)
        """Exceptional days only."""
        start = years.start if len(years) else 2000
        self.first = date(start, 1, 1)
        self.horizon = date(years.stop - 1, 12, 31) if len(years) else self.first - ONE_DAY
        self._working: list[date] = []
        self._counts: list[int] = []
        for n in range((self.horizon - self.first).days + 1):
            day = self.first + n * ONE_DAY
            if self._works(day):
                self._working.append(day)
            self._counts.append(len(self._working))

    @classmethod
    def from_rows(
        cls,
        rows: Iterable[tuple[date, bool, str, str]],
        *,
        years: range,
        version: str,
        convention: Convention = Convention.DAY_AFTER,
    ) -> WorkCalendar:
        """From (day, is_working, name, source) of the exceptional days of whole years."""
        return cls(
            {day: CalendarDay(bool(works), name, source) for day, works, name, source in rows},
            years=years,
            version=version,
            convention=convention,
        )

    def _works(self, day: date) -> bool:
        exception = self.days.get(day)
        return exception.is_working if exception else day.weekday() < SATURDAY

    def _count(self, day: date) -> int:
        """Working days from the first known day up to and including `day`."""
        if not self.first <= day <= self.horizon:
            raise CalendarNotKnown(day.year)
        return self._counts[(day - self.first).days]

    def knows(self, day: date) -> bool:
        """Whether the day's year has been published."""
        return self.first <= day <= self.horizon

    def is_working_day(self, day: date) -> bool:
        """Whether people work on the day; CalendarNotKnown outside the horizon."""
        self._count(day)
        return self._works(day)

    def why(self, day: date) -> str:
        """What the day is, in Chinese: 国庆节, 周六, 调休上班日, 工作日."""
        exception = self.days.get(day)
        if exception is not None:
            return exception.name if not exception.is_working else MAKE_UP_DAY
        return WORKDAY if day.weekday() < SATURDAY else f"周{WEEKDAYS[day.weekday()]}"

    def add_working_days(self, start: date, n: int) -> date:
        """The n-th working day after `start` (n ≥ 1; the start day is not counted).

        n = 0 gives `start` itself if it works, else the working day before it. Raises
        CalendarNotKnown with the first year that is missing.
        """
        place = self._count(start) + n
        if place > len(self._working):
            raise CalendarNotKnown(self.horizon.year + 1)
        if place < 1:
            raise CalendarNotKnown(self.first.year - 1)
        return self._working[place - 1]

    def working_days_between(self, after: date, upto: date) -> int:
        """Working days in (after, upto]; negative when `upto` lies before `after`."""
        return self._count(upto) - self._count(after)

    def known_between(self, after: date, upto: date) -> int | None:
        """The same, and None where a day lies outside the known years."""
        try:
            return self.working_days_between(after, upto)
        except CalendarNotKnown:
            return None

    def next_working_day(self, day: date) -> date:
        """The day itself if it works, else the first working day after it."""
        self._count(day)
        place = bisect_left(self._working, day)
        if place == len(self._working):
            raise CalendarNotKnown(self.horizon.year + 1)
        return self._working[place]

    def ordinals(self) -> tuple[date, Sequence[int]]:
        """The first known day and, day by day, how many working days there were so far."""
        return self.first, self._counts
