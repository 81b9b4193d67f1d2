"""The work calendar in force as people judge it: its years, how far it reaches, its sources."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine, select

from data_access.calendar_store import current_calendar, current_calendar_version
from data_access.city_rules import rule_book
from data_access.database import reading
from data_access.facts import facts
from data_access.schema.base import work_calendar_versions
from supervision.calendar_horizon import horizon_warning
from supervision.working_days import WorkCalendar


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """A known year: its days off and make-up days as listed, and the notice that says so."""

    year: int
    resting: int
    make_up: int
    source: str


@dataclass(frozen=True, slots=True)
class CalendarState:
    """The calendar in force; `warning` is said when it no longer reaches the longest limit."""

    years: tuple[CalendarYear, ...]
    horizon: date
    version: int
    source: str
    stored_at: datetime | None
    warning: str | None


def calendar_state(engine: Engine, *, as_of: date) -> CalendarState:
    """Its years, newest first, with version and sources."""
    with reading(engine) as connection:
        calendar, version = current_calendar(connection), current_calendar_version(connection)
        stored = connection.execute(
            select(work_calendar_versions).where(work_calendar_versions.c.id == version)
        ).one_or_none()
        warning = horizon_warning(calendar, rule_book(connection).limits(as_of), as_of)
    return CalendarState(
        years=tuple(_year(calendar, year) for year in reversed(calendar.years)),
        horizon=calendar.horizon,
        version=version,
        source=stored.source if stored else "",
        stored_at=stored.stored_at if stored else None,
        warning=warning,
    )


def calendar_warning(engine: Engine, *, as_of: date) -> str | None:
    """The sentence for the days when the calendar no longer reaches today's longest limit."""
    # The facts hold calendar and rules of the last change: pages ask at every rerun.
    known = facts(engine)
    return horizon_warning(known.calendar, known.rules.limits(as_of), as_of)


def _year(calendar: WorkCalendar, year: int) -> CalendarYear:
    own = {day: told for day, told in calendar.days.items() if day.year == year}
    sources = Counter(told.source for told in own.values() if told.source)
    return CalendarYear(
        year=year,
        resting=sum(not told.is_working for told in own.values()),
        make_up=sum(told.is_working for told in own.values()),
        source=sources.most_common(1)[0][0] if sources else "",
    )
