"""Whether the work calendar still reaches as far as today's longest limit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from supervision.deadlines import Limit, feedback_due
from supervision.vocabulary import DeadlineBasis
from supervision.working_days import WorkCalendar

_FAR = timedelta(days=4_000)


def horizon_warning(calendar: WorkCalendar, limits: Iterable[Limit], today: date) -> str | None:
    """The sentence for the day when an assignment of today cannot be given its deadline.

    None as long as the calendar knows enough.
    """
    told = [feedback_due(today, calendar, limit=limit) for limit in limits]
    unknown = [one for one in told if one.basis is not DeadlineBasis.COMPUTED]
    if not unknown:
        return None
    longest = max(unknown, key=lambda one: _reach(one.limit))
    year = max(calendar.horizon.year + 1, today.year)
    return (
        f"工作日历只录到 {calendar.horizon:%Y-%m-%d}：今天交办、期限{longest.limit.words()}的事项"
        f"算不出反馈期限，只能暂定。请导入{year}年的放假安排。"
    )


def _reach(limit: Limit) -> timedelta:
    return min(timedelta(days=limit.number), _FAR)
