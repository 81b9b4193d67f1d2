"""面对面: what is due around a session, in working days.

The memo before and the follow-up after are law where CitiStat began (48 hours, 2 days:
anchors.md 3.3); here no source fixes them, so both are practice, told and never enforced.
"""

from __future__ import annotations

from datetime import date

from supervision.working_days import CalendarNotKnown, WorkCalendar

MEMO_WORKING_DAYS = 2
FOLLOW_UP_WORKING_DAYS = 2


def memo_due(calendar: WorkCalendar, held_on: date) -> date | None:
    """The second working day before the session; None where the calendar does not reach."""
    try:
        # Where nobody works on the day itself, its eve is the first working day before it.
        back = MEMO_WORKING_DAYS if calendar.is_working_day(held_on) else MEMO_WORKING_DAYS - 1
        return calendar.add_working_days(held_on, -back)
    except CalendarNotKnown:
        return None


def follow_up_due(calendar: WorkCalendar, held_on: date) -> date | None:
    """The second working day after the session; None where the calendar does not reach."""
    try:
        return calendar.add_working_days(held_on, FOLLOW_UP_WORKING_DAYS)
    except CalendarNotKnown:
        return None
