"""Periods and what they are compared with: whole against whole, cut against cut."""

from __future__ import annotations

from datetime import date

import pytest

from data_access.work_calendar import shipped_calendar
from supervision.metrics import (
    Rate,
    compared_to_last_year,
    per_working_day,
    rate_to_last_period,
    rate_to_last_year,
)
from supervision.spans import (
    Span,
    Step,
    a_year_before,
    festival_of,
    just_before,
    spans,
    working_days_of,
)

CALENDAR = shipped_calendar()
DAY = date(2026, 11, 25)


def test_months_end_with_the_running_one_cut_at_the_day():
    told = spans(Step.MONTH, DAY, 3)
    assert told == [
        Span(date(2026, 9, 1), date(2026, 9, 30)),
        Span(date(2026, 10, 1), date(2026, 10, 31)),
        Span(date(2026, 11, 1), DAY, whole=False),
    ]
    assert spans(Step.MONTH, date(2026, 11, 30), 1)[0].whole


def test_weeks_begin_on_monday():
    told = spans(Step.WEEK, DAY, 2)
    assert told == [
        Span(date(2026, 11, 16), date(2026, 11, 22)),
        Span(date(2026, 11, 23), DAY, whole=False),
    ]


@pytest.mark.parametrize(
    ("span", "before", "last_year"),
    [
        (Span(date(2026, 11, 1), DAY, False),
         Span(date(2026, 10, 1), date(2026, 10, 25), False),
         Span(date(2025, 11, 1), date(2025, 11, 25), False)),
        (Span(date(2026, 3, 1), date(2026, 3, 30), False),
         Span(date(2026, 2, 1), date(2026, 2, 28), True),
         Span(date(2025, 3, 1), date(2025, 3, 30), False)),
        (Span(date(2024, 2, 1), date(2024, 2, 29)),
         Span(date(2024, 1, 1), date(2024, 1, 31)),
         Span(date(2023, 2, 1), date(2023, 2, 28))),
        (Span(date(2026, 1, 1), date(2026, 1, 31)),
         Span(date(2025, 12, 1), date(2025, 12, 31)),
         Span(date(2025, 1, 1), date(2025, 1, 31))),
    ],
)  # fmt: skip
def test_a_month_is_compared_with_as_many_days(span, before, last_year):
    assert just_before(Step.MONTH, span) == before
    assert a_year_before(Step.MONTH, span) == last_year


def test_a_week_is_compared_with_the_same_weekdays():
    running = spans(Step.WEEK, DAY, 1)[0]
    assert just_before(Step.WEEK, running) == Span(date(2026, 11, 16), date(2026, 11, 18), False)
    assert a_year_before(Step.WEEK, running) == Span(date(2025, 11, 24), date(2025, 11, 26), False)


def test_months_with_long_holidays_are_told_with_their_working_days():
    october, february = (
        Span(date(2026, 10, 1), date(2026, 10, 31)), Span(date(2026, 2, 1), date(2026, 2, 28)),
    )  # fmt: skip
    assert (festival_of(CALENDAR, october), festival_of(CALENDAR, february)) == ("国庆", "春节")
    assert festival_of(CALENDAR, Span(date(2026, 11, 1), DAY)) == ""
    assert working_days_of(CALENDAR, Span(date(2026, 11, 23), DAY)) == 3
    assert working_days_of(CALENDAR, Span(date(2035, 1, 1), date(2035, 1, 31))) is None


def test_rates_are_compared_in_points_and_named_by_the_computation():
    assert rate_to_last_year(Rate(9, 10), Rate(8, 10)).text() == "同比上升10.00个百分点"
    assert rate_to_last_period(Rate(8, 10), Rate(9, 10)).text() == "环比下降10.00个百分点"
    assert rate_to_last_year(Rate(8, 10), Rate(16, 20)).text() == "同比持平"
    assert rate_to_last_year(Rate(1, 3), Rate(9, 10)).text() == (
        "同比由90.00%（9/10）变为33.33%（1/3）"
    )
    assert rate_to_last_year(Rate(2, 2), Rate(5, 5)).text() == "同比持平"
    assert rate_to_last_year(Rate(1, 3), Rate(0, 0)).text() == "—"


def test_counts_are_comparable_by_working_day_where_the_base_allows_it():
    told = per_working_day(compared_to_last_year(40, 40), 16, 20)
    assert told is not None
    assert told.text() == "同比上升25.00%"
    assert per_working_day(compared_to_last_year(40, 9), 16, 20) is None
    assert per_working_day(compared_to_last_year(40, 40), 0, 20) is None
