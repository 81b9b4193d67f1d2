"""What is due around a session is counted in working days."""

from __future__ import annotations

from datetime import date

import pytest

from data_access.work_calendar import shipped_calendar
from supervision.face_to_face import follow_up_due, memo_due

CALENDAR = shipped_calendar()


@pytest.mark.parametrize(
    ("held_on", "memo", "follow_up"),
    [
        (date(2026, 11, 25), date(2026, 11, 23), date(2026, 11, 27)),
        (date(2026, 11, 23), date(2026, 11, 19), date(2026, 11, 25)),
        # A session on a Saturday: Friday is the first working day before it, Thursday the second.
        (date(2026, 11, 28), date(2026, 11, 26), date(2026, 12, 1)),
        # Over the holidays of October.
        (date(2026, 9, 30), date(2026, 9, 28), date(2026, 10, 9)),
    ],
)
def test_memo_and_follow_up_are_two_working_days_from_the_session(held_on, memo, follow_up):
    assert (memo_due(CALENDAR, held_on), follow_up_due(CALENDAR, held_on)) == (memo, follow_up)


def test_beyond_the_known_years_nothing_is_due():
    assert memo_due(CALENDAR, date(2031, 3, 3)) is None
    assert follow_up_due(CALENDAR, date(2026, 12, 31)) is None
