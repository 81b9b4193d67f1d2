"""The work calendar that the rules are tried on."""

from __future__ import annotations

import pytest

from data_access.work_calendar import shipped_calendar
from supervision.working_days import WorkCalendar


@pytest.fixture(scope="session")
def calendar() -> WorkCalendar:
    """The published calendar 2021-2026; test_work_calendar compares it with chinesecalendar."""
    return shipped_calendar()
