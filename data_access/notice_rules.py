"""What the city decided about 督办单: the ladder of cards and the time for a reply."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, Engine

from data_access import clock
from data_access.calendar_store import current_calendar
from data_access.city_rules import rule_book
from data_access.database import reading
from data_access.loop_rules import loop_rules
from supervision.deadlines import Deadline, Limit, LimitUnit, feedback_due
from supervision.escalation import Ladder


def ladder(connection: Connection) -> Ladder:
    """The steps from blue to red that are in force today."""
    book, today = rule_book(connection), clock.today()
    return Ladder(
        yellow_after_overdue=book.number("notice_yellow_after", today),
        red_after_overdue=book.number("notice_red_after", today),
        again_after=book.number("notice_again_after", today),
    )


def usual_reply_days(engine: Engine, *, issued_on: date) -> int:
    """The city's days for a reply, as working days after this day."""
    with reading(engine) as connection:
        calendar, rules = current_calendar(connection), loop_rules(connection)
    limit = Limit(rules.notice_reply_days, LimitUnit.DAY)
    last = feedback_due(issued_on, calendar, limit=limit).due_on
    days = calendar.known_between(issued_on, last) if last is not None else None
    return max(days or 1, 1)


def reply_deadline(engine: Engine, *, issued_on: date, working_days: int) -> Deadline:
    """The day for the reply of a notice that is issued on this day, with its trace."""
    with reading(engine) as connection:
        return feedback_due(issued_on, current_calendar(connection), limit=Limit(working_days))
