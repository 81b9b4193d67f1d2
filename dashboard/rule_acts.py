"""The door for deciding the city's rules and its work calendar: shown first, then kept.

Like `dashboard.acts`: each act requires its right, raises the change number and is audited.
"""

from __future__ import annotations

from datetime import date

from dashboard.engine import engine
from dashboard.identity import require
from dashboard.ledger_commands import file_limits
from data_access.calendar_file import CalendarFile, CalendarFinding
from data_access.calendar_workbook import read_calendar
from data_access.rule_effects import ListChange
from data_access.work_calendar import calendar_findings
from data_access.writes import calendar, city_rule
from data_access.writes.calendar import CalendarRefused, StoredCalendar
from data_access.writes.city_rule import RuleChange, RuleEffect, RuleRefused
from data_access.writes.open_deadlines import MovedDeadline, Movement
from supervision.rights import Right
from supervision.scope import Viewer

__all__ = [
    "CalendarFile", "CalendarFinding", "CalendarRefused", "ListChange", "MovedDeadline",
    "Movement", "RuleChange", "RuleEffect", "RuleRefused", "StoredCalendar",
]  # fmt: skip


def rehearse_rule(wanted: RuleChange, *, viewer: Viewer, as_of: date) -> RuleEffect:
    """What deciding a rule would move, or RuleRefused; stores nothing."""
    require(viewer, Right.MANAGE_RULES)
    return city_rule.rehearse_rule(engine(), wanted, viewer=viewer, as_of=as_of)


def decide_rule(wanted: RuleChange, *, viewer: Viewer, as_of: date) -> RuleEffect:
    """Decide a rule of the city, or RuleRefused."""
    require(viewer, Right.MANAGE_RULES)
    return city_rule.decide_rule(engine(), wanted, viewer=viewer, as_of=as_of)


def read_calendar_file(
    data: bytes, file_name: str, *, viewer: Viewer
) -> tuple[CalendarFile, list[CalendarFinding]]:
    """A calendar file as it was read, and everything wrong with it."""
    require(viewer, Right.MANAGE_RULES)
    file = read_calendar(data, file_name, limits=file_limits())
    return file, calendar_findings(file)


def rehearse_calendar(file: CalendarFile, *, viewer: Viewer, as_of: date) -> StoredCalendar:
    """What putting it in force would move, or CalendarRefused; stores nothing."""
    require(viewer, Right.MANAGE_RULES)
    return calendar.rehearse_calendar(engine(), file, viewer=viewer, as_of=as_of)


def import_calendar(
    file: CalendarFile, file_name: str, *, viewer: Viewer, as_of: date
) -> StoredCalendar:
    """Put a calendar file in force, or CalendarRefused with its faults."""
    require(viewer, Right.MANAGE_RULES)
    return calendar.import_calendar(engine(), file, file_name=file_name, viewer=viewer, as_of=as_of)
