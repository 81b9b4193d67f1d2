"""Periods one after another, and the ones they are compared with (metrics.md 2.8).

A period that is still running is cut at the day, and so is what it is compared with: 同期可比.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from supervision.vocabulary import Worded
from supervision.working_days import WorkCalendar

WEEK, YEAR_OF_WEEKS = timedelta(days=7), timedelta(days=364)
FESTIVALS = ("春节", "国庆")
"""Long holidays that move working days from one month to another."""


class Step(Worded):
    """How long one period is."""

    MONTH = "month", "按月"
    WEEK = "week", "按周"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`; `whole` unless it was cut at the day that is asked about."""

    first: date
    last: date
    whole: bool = True

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


def spans(step: Step, as_of: date, number: int) -> list[Span]:
    """The newest `number` periods, oldest first; the last one ends on `as_of`."""
    firsts = []
    first = as_of.replace(day=1) if step is Step.MONTH else as_of - timedelta(as_of.weekday())
    for _ in range(number):
        firsts.append(first)
        first = _first_before(step, first)
    ends = [(first, _end(step, first)) for first in reversed(firsts)]
    return [Span(first, min(end, as_of), end <= as_of) for first, end in ends]


def just_before(step: Step, span: Span) -> Span:
    """The period before it, cut to the same number of days."""
    return _cut_alike(step, span, _first_before(step, span.first))


def a_year_before(step: Step, span: Span) -> Span:
    """The same month of the year before, or the week 52 weeks before; cut to as many days."""
    if step is Step.WEEK:
        return _cut_alike(step, span, span.first - YEAR_OF_WEEKS)
    return _cut_alike(step, span, span.first.replace(year=span.first.year - 1))


def working_days_of(calendar: WorkCalendar, span: Span) -> int | None:
    """Its working days; None where the calendar does not reach."""
    known = calendar.known_between(span.first, span.last)
    return None if known is None else known + calendar.is_working_day(span.first)


def festival_of(calendar: WorkCalendar, span: Span) -> str:
    """The long holiday of which days lie in it; empty for none."""
    names = {
        calendar.days[day].name
        for day in (span.first + timedelta(n) for n in range(span.days))
        if day in calendar.days and not calendar.days[day].is_working
    }
    return "、".join(word for word in FESTIVALS if any(word in name for name in names))


def _first_before(step: Step, first: date) -> date:
    return first - WEEK if step is Step.WEEK else (first - timedelta(days=1)).replace(day=1)


def _end(step: Step, first: date) -> date:
    if step is Step.WEEK:
        return first + WEEK - timedelta(days=1)
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _cut_alike(step: Step, span: Span, first: date) -> Span:
    end = _end(step, first)
    if span.whole:
        return Span(first, end)
    last = first + timedelta(days=span.days - 1)
    return Span(first, min(last, end), whole=last >= end)
