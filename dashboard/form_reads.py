"""The door for what forms ask before an act: choices, deadlines to come, items that are alike."""

from __future__ import annotations

from datetime import date, timedelta

from dashboard.engine import engine
from data_access.calendar_store import current_calendar
from data_access.database import reading
from data_access.loop_rules import LoopRules
from data_access.loop_rules import loop_rules as _loop_rules
from data_access.reads.form_choices import FormChoices
from data_access.reads.form_choices import form_choices as _form_choices
from data_access.similar_items import SimilarItem
from data_access.similar_items import similar_items as _similar_items
from supervision.deadlines import Deadline, Limit, feedback_due
from supervision.scope import Scope
from supervision.working_days import CalendarNotKnown

__all__ = ["FormChoices", "LoopRules", "SimilarItem"]


def form_choices(scope: Scope, as_of: date) -> FormChoices:
    """Origins, and departments that an item may be given to."""
    return _form_choices(engine(), scope=scope, as_of=as_of)


def loop_rules() -> LoopRules:
    """The city's limits of the supervision loop."""
    with reading(engine()) as connection:
        return _loop_rules(connection)


def deadline_of(limit: Limit, as_of: date) -> Deadline:
    """The deadline that a limit gives when it begins today, with its trace."""
    with reading(engine()) as connection:
        return feedback_due(as_of, current_calendar(connection), limit=limit)


def working_days_between(after: date, upto: date) -> int | None:
    """Working days in (after, upto]; None beyond the calendar."""
    with reading(engine()) as connection:
        try:
            return current_calendar(connection).working_days_between(after, upto)
        except CalendarNotKnown:
            return None


def rest_days_between(after: date, upto: date) -> list[tuple[date, str]]:
    """The days in (after, upto] that rest, each with its reason; none beyond the calendar."""
    with reading(engine()) as connection:
        calendar = current_calendar(connection)
    days = (after + timedelta(days=n) for n in range(1, (upto - after).days + 1))
    return [
        (day, calendar.why(day))
        for day in days
        if calendar.knows(day) and not calendar.is_working_day(day)
    ]


def similar_items(
    scope: Scope, unit_id: int, township_code: str | None, title: str | None, content: str | None
) -> tuple[SimilarItem, ...]:
    """Open items of the place that read like what is being typed."""
    return _similar_items(
        engine(), scope=scope, unit_id=unit_id, township_code=township_code, title=title,
        content=content,
    )  # fmt: skip
