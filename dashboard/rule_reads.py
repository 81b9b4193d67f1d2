"""The door for asking about the city's rules and its work calendar; nothing is remembered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.engine import engine
from dashboard.identity import require
from data_access import calendar_state as _calendar
from data_access import city_rules as _rules
from data_access.calendar_state import CalendarState, CalendarYear
from data_access.city_rules import DecidedRule, RuleLine
from supervision.deadlines import Limit
from supervision.rights import Right
from supervision.scope import Viewer
from supervision.vocabulary import ReassignReason

__all__ = ["CalendarState", "CalendarYear", "DecidedRule", "RuleLine"]


def city_rules(viewer: Viewer, as_of: date) -> list[RuleLine]:
    """Every rule as it stands, for those who decide them."""
    require(viewer, Right.MANAGE_RULES)
    return _rules.city_rules(engine(), on=as_of)


def city_rule(viewer: Viewer, as_of: date, name: str, subject: str) -> RuleLine:
    """One rule as it stands."""
    require(viewer, Right.MANAGE_RULES)
    return _rules.city_rule(engine(), name, subject, on=as_of)


def decided_rules(viewer: Viewer, name: str | None = None) -> tuple[DecidedRule, ...]:
    """What was ever decided, about one rule or all, the newest first."""
    require(viewer, Right.MANAGE_RULES)
    return _rules.decided_rules(engine(), name=name)


def kinds(viewer: Viewer) -> dict[str, str]:
    """Categories and origins that a rule may be made for: subject → its name."""
    require(viewer, Right.MANAGE_RULES)
    return _rules.kinds_in_use(engine())


def calendar_state(viewer: Viewer, as_of: date) -> CalendarState:
    """The work calendar in force, for those who enter it."""
    require(viewer, Right.MANAGE_RULES)
    return _calendar.calendar_state(engine(), as_of=as_of)


def calendar_warning(as_of: date) -> str | None:
    """The line for supervisors when the calendar no longer reaches today's longest limit."""
    return _calendar.calendar_warning(engine(), as_of=as_of)


def limit_of_items(as_of: date, item_ids: Sequence[int]) -> Limit:
    """The limit that assigning these items today is filled with."""
    return _rules.limit_of_items(engine(), item_ids, on=as_of)


def reassign_reasons(as_of: date) -> tuple[ReassignReason, ...]:
    """The reason codes of 重新交办 that are offered."""
    return _rules.known_rules(engine()).reasons(as_of)
