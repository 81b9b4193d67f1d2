"""Deadlines with the days that led to them, and lateness.

Sources: 民法典 201 (the start day is not counted) and 203 (a last day that rests moves to the
next working day; until 24:00); metrics.md 2.3, 2.9, 2.10.
"""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass
from datetime import date, timedelta

from supervision.vocabulary import (
    AWAITING_FEEDBACK,
    DeadlineBasis,
    RoundState,
    Worded,
)
from supervision.working_days import ONE_DAY, CalendarNotKnown, Convention, WorkCalendar

FEEDBACK_WORKING_DAYS = 15
DUE_SOON_WORKING_DAYS = 3


class LimitUnit(Worded):
    """What a limit is counted in."""

    WORKDAY = "workday", "个工作日"
    DAY = "day", "日"
    HOUR = "hour", "小时"
    MONTH_END = "month_end", "月底前"
    FIXED_DATE = "fixed_date", "指定日期"


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of `number` units; FIXED_DATE needs `on`, MONTH_END counts months ahead (0: this).

    Days and hours that end on a rest day move to the next working day (民法典 203); a month's
    end and a fixed date were said as days and stay.
    """

    number: int = FEEDBACK_WORKING_DAYS
    unit: LimitUnit = LimitUnit.WORKDAY
    on: date | None = None

    def __post_init__(self) -> None:
        if self.number < 0:
            raise ValueError("a limit does not run backwards")
        if (self.unit is LimitUnit.FIXED_DATE) != (self.on is not None):
            raise ValueError("a fixed limit, and only that, names its day")

    @property
    def days(self) -> int:
        """A limit of days or hours in days; a day that has begun counts whole."""
        return self.number if self.unit is LimitUnit.DAY else -(-self.number // 24)

    def words(self) -> str:
        """The limit in Chinese: 15个工作日, 30日, 当月底前."""
        if self.on is not None:
            return f"{self.on:%Y-%m-%d}前"
        if self.unit is LimitUnit.MONTH_END:
            return "当月底前" if not self.number else f"{self.number}个月后的月底前"
        return f"{self.number}{self.unit.label}"


FEEDBACK_LIMIT = Limit()
MOVED_BY_REST = frozenset({LimitUnit.DAY, LimitUnit.HOUR})


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One day of the count: `number` is its place among the counted days, 0 when skipped."""

    day: date
    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline and how it came about.

    PROVISIONAL has no day, only the earliest possible: next year's holidays are awaited. NONE has
    nothing: the start lies before the first known year, so waiting will not help.
    """

    start_on: date
    due_on: date | None
    basis: DeadlineBasis
    trace: tuple[TraceStep, ...]
    counted: int
    needed: int
    earliest_on: date | None = None
    convention: Convention = Convention.DAY_AFTER
    limit: Limit = FEEDBACK_LIMIT


def feedback_due(
    assigned_on: date,
    calendar: WorkCalendar,
    *,
    limit: Limit | int = FEEDBACK_LIMIT,
    convention: Convention | None = None,
) -> Deadline:
    """The due day of written feedback and its trace; never a guess beyond the horizon.

    A plain number is a limit in working days; the convention is the calendar's unless told.
    """
    convention = convention or calendar.convention
    if isinstance(limit, int):
        limit = Limit(limit)
    if limit.unit is LimitUnit.WORKDAY:
        return _by_working_days(assigned_on, calendar, limit, convention)
    last = _last_natural_day(assigned_on, limit)
    due: date = last
    if limit.unit in MOVED_BY_REST:
        try:
            due = calendar.next_working_day(last)
        except CalendarNotKnown as unknown:
            return _without_a_day(
                assigned_on, calendar, unknown, earliest=last, needed=1, limit=limit
            )
    trace = _resting(calendar, last, due)
    if calendar.knows(due):
        trace += (TraceStep(due, 1, calendar.why(due)),)
    return Deadline(assigned_on, due, DeadlineBasis.COMPUTED, trace, 1, 1, limit=limit)


def _last_natural_day(start: date, limit: Limit) -> date:
    if limit.on is not None:
        return limit.on
    if limit.unit is LimitUnit.MONTH_END:
        year, month = divmod(start.year * 12 + start.month - 1 + limit.number, 12)
        return date(year, month + 1, months.monthrange(year, month + 1)[1])
    return start + timedelta(days=limit.days)


def _by_working_days(
    start: date, calendar: WorkCalendar, limit: Limit, convention: Convention
) -> Deadline:
    steps: list[TraceStep] = []
    day = start if convention is Convention.START_DAY else start + ONE_DAY
    counted, needed = 0, limit.number
    try:
        if convention is Convention.NEXT_WORKDAY:
            begins = calendar.next_working_day(start)
            steps += _resting(calendar, start, begins)
            day = begins + ONE_DAY
        while counted < needed:
            works = calendar.is_working_day(day)
            counted += works
            steps.append(TraceStep(day, counted if works else 0, calendar.why(day)))
            day += ONE_DAY
    except CalendarNotKnown as unknown:
        return _without_a_day(
            start, calendar, unknown, earliest=max(calendar.horizon, start) + ONE_DAY,
            needed=needed, limit=limit, convention=convention, trace=tuple(steps), counted=counted,
        )  # fmt: skip
    return Deadline(
        start, max(start, day - ONE_DAY), DeadlineBasis.COMPUTED, tuple(steps), counted, needed,
        convention=convention, limit=limit,
    )  # fmt: skip


def _without_a_day(
    start: date,
    calendar: WorkCalendar,
    unknown: CalendarNotKnown,
    *,
    earliest: date,
    needed: int,
    limit: Limit,
    convention: Convention = Convention.DAY_AFTER,
    trace: tuple[TraceStep, ...] = (),
    counted: int = 0,
) -> Deadline:
    """Provisional beyond the horizon; nothing at all before the first known year."""
    past = unknown.year < calendar.first.year
    basis = DeadlineBasis.NONE if past else DeadlineBasis.PROVISIONAL
    return Deadline(
        start, None, basis, trace, counted, needed, None if past else earliest, convention, limit
    )


def _resting(calendar: WorkCalendar, first: date, until: date) -> tuple[TraceStep, ...]:
    """The days from `first` to the day before `until`, all at rest."""
    days = (first + n * ONE_DAY for n in range((until - first).days))
    return tuple(TraceStep(day, 0, calendar.why(day)) for day in days)


def effective_due(
    due_on: date | None, extended_due_on: date | None, approved_on: date | None
) -> date | None:
    """The day that counts: an extension counts only if approved by the original due day."""
    if extended_due_on is None or approved_on is None or due_on is None or approved_on > due_on:
        return due_on
    return extended_due_on


def is_overdue(state: RoundState, due_on: date | None, *, as_of: date) -> bool:
    """逾期未反馈: feedback is still owed after its due day has ended (metrics.md 2.3)."""
    return state in AWAITING_FEEDBACK and due_on is not None and due_on < as_of


def working_days_overdue(due_on: date, as_of: date, calendar: WorkCalendar) -> int | None:
    """Working days in (due, T]; 0 when not overdue, None beyond the known calendar."""
    if due_on >= as_of:
        return 0
    try:
        return calendar.working_days_between(due_on, as_of)
    except CalendarNotKnown:
        return None


def is_due_soon(
    state: RoundState,
    due_on: date | None,
    calendar: WorkCalendar,
    *,
    as_of: date,
    within: int = DUE_SOON_WORKING_DAYS,
) -> bool:
    """临期: 0 ≤ working days in (T, due] ≤ k; a due day beyond the known calendar is not near."""
    if state not in AWAITING_FEEDBACK or due_on is None or due_on < as_of:
        return False
    try:
        return calendar.working_days_between(as_of, due_on) <= within
    except CalendarNotKnown:
        return False
