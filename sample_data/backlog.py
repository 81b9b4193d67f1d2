"""The backlog of the day shown: as much overdue and nearly due as a city can have, on any day.

What chance leaves of either swings with the day; a demonstration should not.
"""

from __future__ import annotations

from datetime import date, timedelta

from sample_data.city import PUNCTUALITY, USUAL_PUNCTUALITY
from sample_data.story import Item, Round
from sample_data.workdays import Workdays

OVERDUE_SHARE, DUE_SOON_SHARE = 0.068, 0.06
"""Of open items."""
SOON_WORKING_DAYS, RECENT_WORKING_DAYS = 3, 16
JUST_IN_TIME_WORKING_DAYS = 5


def settle_backlog(items: list[Item], workdays: Workdays, as_of: date) -> None:
    """Let some departments answer a day ago, or others still not, until both shares are right."""
    backlog = _Backlog(items, workdays, as_of)
    soon = workdays.after(as_of, SOON_WORKING_DAYS)
    recent = workdays.after(as_of, -RECENT_WORKING_DAYS)
    backlog.settle(DUE_SOON_SHARE, since=as_of, until=soon, newly_since=as_of)
    backlog.settle(
        OVERDUE_SHARE, since=date.min, until=as_of - timedelta(days=1), newly_since=recent
    )


class _Backlog:
    def __init__(self, items: list[Item], workdays: Workdays, as_of: date) -> None:
        self._workdays, self._as_of = workdays, as_of
        self._shown = [(item, item.rounds[item.latest_on(as_of) - 1]) for item in items]
        self._open = sum(told.open_on(as_of) for _, told in self._shown)

    def settle(self, share: float, *, since: date, until: date, newly_since: date) -> None:
        """So many of the open items await feedback with limits from `since` to `until`.

        Those that are lacking come from limits of `newly_since` on.
        """
        waiting = [
            told
            for _, told in self._shown
            if since <= told.limit_on <= until and not told.answered_by(self._as_of)
        ]
        lacking = round(share * self._open) - len(waiting)
        for told in _spread(waiting, -lacking):
            told.feedback_on = self._workdays.after(self._as_of, -1)
            told.closed_on = told.call = None
        answered = [
            told
            for item, told in self._shown
            if newly_since <= told.limit_on <= until and self._just_in_time(item, told)
        ]
        for told in _spread(answered, lacking):
            told.feedback_on = told.closed_on = told.call = None

    def _just_in_time(self, item: Item, told: Round) -> bool:
        """Answered in the last days of the limit, by any but the most punctual, and let be."""
        last_days = self._workdays.after(told.due_on, -JUST_IN_TIME_WORKING_DAYS)
        return (
            told is item.rounds[-1]
            and PUNCTUALITY.get(item.lead, USUAL_PUNCTUALITY) <= USUAL_PUNCTUALITY
            and told.answered_by(self._as_of)
            and told.extended_due_on is None
            and told.feedback_on is not None
            and last_days <= told.feedback_on <= told.due_on
        )


def _spread(rounds: list[Round], count: int) -> list[Round]:
    """So many of the rounds, evenly over all of them; none for a negative count."""
    ordered = sorted(rounds, key=lambda told: told.limit_on)
    count = min(max(count, 0), len(ordered))
    return [ordered[(2 * n + 1) * len(ordered) // (2 * count)] for n in range(count)]
