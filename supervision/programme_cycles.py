"""Cycles of reporting: who has told something this week, month or quarter, and who has not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from supervision.metrics import Rate
from supervision.programme_figures import Entry, subject_of
from supervision.programmes import Cycle, Every, FieldKind, Programme
from supervision.spans import Span


@dataclass(frozen=True, slots=True)
class Reporter:
    """Somebody who has to report, what they told within the cycle, and when they did last."""

    key: object
    entries: tuple[Entry, ...]
    last_on: date | None

    @property
    def has_reported(self) -> bool:
        """Whether there is anything of this cycle."""
        return bool(self.entries)


@dataclass(frozen=True, slots=True)
class CycleSeen:
    """One cycle over one span: its reporters, those who are silent first."""

    cycle: Cycle
    span: Span
    reporters: tuple[Reporter, ...]

    @property
    def rate(self) -> Rate:
        """Who has reported out of who has to."""
        return Rate(sum(one.has_reported for one in self.reporters), len(self.reporters))

    @property
    def silent(self) -> tuple[Reporter, ...]:
        """Who has not."""
        return tuple(one for one in self.reporters if not one.has_reported)


def cycle_span(every: Every, day: date, *, back: int = 0, as_of: date | None = None) -> Span:
    """The week, month or quarter of a day, or the one so many before it; cut at `as_of`."""
    first = _first(every, day)
    for _ in range(back):
        first = _first(every, first - timedelta(days=1))
    end = _last(every, first)
    if as_of is not None and end > as_of:
        return Span(first, as_of, whole=False)
    return Span(first, end)


def span_told(every: Every, span: Span) -> str:
    """2026年11月23日起一周, 2026年11月, 2026年第4季度."""
    if every is Every.WEEK:
        return f"{span.first.year}年{span.first.month}月{span.first.day}日起一周"
    if every is Every.MONTH:
        return f"{span.first.year}年{span.first.month}月"
    return f"{span.first.year}年第{(span.first.month + 2) // 3}季度"


def reported(
    programme: Programme,
    cycle: Cycle,
    entries: Iterable[Entry],
    span: Span,
    *,
    expected: Sequence[object] = (),
) -> CycleSeen:
    """Who told something within the span.

    `expected` are the counties that have to; of all else, who has ever told something by then.
    """
    told: dict[object, list[Entry]] = {key: [] for key in expected}
    last: dict[object, date] = {}
    bound = programme.field(cycle.by).kind is FieldKind.COUNTY and bool(expected)
    for entry in entries:
        day, key = entry.day(cycle.day), subject_of(programme, cycle.by, entry)
        if day is None or key is None or day > span.last or (bound and key not in told):
            continue
        mine = told.setdefault(key, [])
        last[key] = max(day, last.get(key, day))
        if day >= span.first:
            mine.append(entry)
    reporters = [Reporter(key, tuple(mine), last.get(key)) for key, mine in told.items()]
    reporters.sort(key=lambda one: (one.has_reported, one.last_on or date.min))
    return CycleSeen(cycle, span, tuple(reporters))


def _first(every: Every, day: date) -> date:
    if every is Every.WEEK:
        return day - timedelta(days=day.weekday())
    month = day.month if every is Every.MONTH else (day.month - 1) // 3 * 3 + 1
    return day.replace(month=month, day=1)


def _last(every: Every, first: date) -> date:
    if every is Every.WEEK:
        return first + timedelta(days=6)
    later = first + timedelta(days=31 if every is Every.MONTH else 92)
    return _first(every, later) - timedelta(days=1)
