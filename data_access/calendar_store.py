"""The work calendar in the store: versions are added, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import Connection, func, insert, select

from data_access.city_rules import deadline_convention
from data_access.database import Transaction
from data_access.schema.base import work_calendar_days, work_calendar_versions
from supervision.working_days import Convention, WorkCalendar

CalendarRow = tuple[date, bool, str, str]
"""day, is_working, name, source: exceptional days only."""


def store_calendar(
    transaction: Transaction,
    rows: Sequence[CalendarRow],
    *,
    years: range,
    source: str,
    stored_at: datetime,
) -> int:
    """Add a version of the calendar; returns its id, which rounds keep beside their deadline."""
    version = transaction.connection.execute(
        insert(work_calendar_versions)
        .values(
            stored_at=stored_at, source=source, first_year=years.start, last_year=years.stop - 1
        )
        .returning(work_calendar_versions.c.id)
    ).scalar_one()
    transaction.connection.execute(
        insert(work_calendar_days),
        [
            {"version_id": version, "day": day, "is_working": on, "name": name, "source": where}
            for day, on, name, where in rows
        ],
    )
    return int(version)


def current_calendar_version(connection: Connection) -> int:
    """Id of the calendar in force; 0 when there is none."""
    newest = connection.execute(select(func.max(work_calendar_versions.c.id))).scalar()
    return int(newest or 0)


def current_calendar(connection: Connection) -> WorkCalendar:
    """The calendar in force, counted by the city's convention; remembered by version."""
    return calendar_of(
        connection, current_calendar_version(connection), deadline_convention(connection)
    )


def calendar_of(connection: Connection, version: int, convention: Convention) -> WorkCalendar:
    """The calendar that a stored deadline was computed by; knows nothing where there is none."""
    row = connection.execute(
        select(work_calendar_versions.c.first_year, work_calendar_versions.c.last_year).where(
            work_calendar_versions.c.id == version
        )
    ).one_or_none()
    if row is None:
        return _calendar(0, (), range(0), convention)
    days = connection.execute(
        select(
            work_calendar_days.c.day,
            work_calendar_days.c.is_working,
            work_calendar_days.c.name,
            work_calendar_days.c.source,
        )
        .where(work_calendar_days.c.version_id == version)
        .order_by(work_calendar_days.c.day)
    )
    years = range(row.first_year, row.last_year + 1)
    return _calendar(version, tuple(tuple(day) for day in days), years, convention)


@lru_cache(maxsize=16)
def _calendar(
    version: int, rows: tuple[CalendarRow, ...], years: range, convention: Convention
) -> WorkCalendar:
    named = f"{version} {convention.value}"
    return WorkCalendar.from_rows(rows, years=years, version=named, convention=convention)
