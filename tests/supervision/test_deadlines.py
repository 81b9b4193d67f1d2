"""Deadlines: the golden dates of metrics.md 2.10, their trace, natural limits, lateness."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.work_calendar import shipped_calendar
from supervision.deadline_trace import trace_sentences
from supervision.deadlines import (
    DUE_SOON_WORKING_DAYS,
    FEEDBACK_WORKING_DAYS,
    Limit,
    LimitUnit,
    effective_due,
    feedback_due,
    is_due_soon,
    is_overdue,
    working_days_overdue,
)
from supervision.vocabulary import AWAITING_FEEDBACK, DeadlineBasis, RoundState
from supervision.working_days import CalendarNotKnown, Convention, WorkCalendar
from tests.labelled_days import day

CALENDAR = shipped_calendar()
GOLDEN = [
    ("2023-11-16 周四", "2023-12-07 周四"),
    ("2025-09-24 周三", "2025-10-21 周二"),
    ("2026-01-30 周五", "2026-02-27 周五"),
    ("2026-09-18 周五", "2026-10-15 周四"),
    ("2026-11-16 周一", "2026-12-07 周一"),
]


@pytest.mark.parametrize(("assigned", "due"), GOLDEN)
def test_feedback_falls_due_after_fifteen_working_days(calendar, assigned, due):
    deadline = feedback_due(day(assigned), calendar)
    assert (deadline.due_on, deadline.basis) == (day(due), DeadlineBasis.COMPUTED)
    assert (deadline.counted, deadline.needed) == (15, FEEDBACK_WORKING_DAYS)


def test_a_deadline_beyond_the_published_years_is_provisional_and_no_date(calendar):
    deadline = feedback_due(day("2026-12-14 周一"), calendar)
    assert (deadline.due_on, deadline.basis) == (None, DeadlineBasis.PROVISIONAL)
    assert (deadline.counted, deadline.earliest_on) == (13, date(2027, 1, 1))
    assert trace_sentences(deadline)[-1] == (
        "已知日历内计到第13个工作日（共需15个）；期限暂定，不早于 2027-01-01，"
        "待国务院公布次年放假安排并录入后自动确定。"
    )


def test_a_provisional_deadline_becomes_a_day_when_the_year_is_published(calendar):
    # Made-up holidays: what matters is that the same question now has an answer.
    rows = [(on, d.is_working, d.name, d.source) for on, d in calendar.days.items()]
    rows.append((date(2027, 1, 1), False, "元旦", "试例"))
    longer = WorkCalendar.from_rows(rows, years=range(2021, 2028), version="longer")
    deadline = feedback_due(day("2026-12-14 周一"), longer)
    assert (deadline.due_on, deadline.basis) == (day("2027-01-05 周二"), DeadlineBasis.COMPUTED)


@pytest.mark.parametrize("assigned", [date(2026, 12, 31), date(2027, 6, 1), date(2040, 2, 29)])
def test_a_start_at_or_beyond_the_horizon_is_provisional_under_every_convention(calendar, assigned):
    for convention in Convention:
        deadline = feedback_due(assigned, calendar, convention=convention)
        assert (deadline.due_on, deadline.basis) == (None, DeadlineBasis.PROVISIONAL)
        assert deadline.earliest_on == assigned + timedelta(days=1)


@pytest.mark.parametrize("limit", [Limit(), Limit(30, LimitUnit.DAY)])
def test_a_start_before_the_first_known_year_has_no_deadline_to_wait_for(calendar, limit):
    deadline = feedback_due(date(2019, 5, 6), calendar, limit=limit)
    assert (deadline.due_on, deadline.basis) == (None, DeadlineBasis.NONE)
    assert deadline.earliest_on is None
    assert trace_sentences(deadline)[-1] == (
        "2019年的放假调休安排未录入，期限无法推算，请核对台账载明的期限。"
    )


@settings(deadline=None)
@given(
    assigned=st.dates(date(2021, 1, 1), date(2026, 11, 15)), convention=st.sampled_from(Convention)
)
def test_the_trace_accounts_for_every_day_to_the_due_day(assigned, convention):
    deadline = feedback_due(assigned, CALENDAR, convention=convention)
    days = [step.day for step in deadline.trace]
    first = days[0]
    # NEXT_WORKDAY leaves out the one day on which a receipt that worked was taken.
    gone = {first + timedelta(days=n) for n in range((deadline.due_on - first).days + 1)} - {*days}
    assert len(gone) == (convention is Convention.NEXT_WORKDAY and first == assigned)
    assert days == sorted(days)
    assert days[-1] == deadline.due_on
    assert [step.number for step in deadline.trace if step.number] == list(range(1, 16))
    for step in deadline.trace:
        assert bool(step.number) == CALENDAR.is_working_day(step.day)
        assert step.why == CALENDAR.why(step.day)


@pytest.mark.parametrize(
    ("assigned", "day_after", "start_day", "next_workday"),
    [
        ("2026-11-16 周一", "2026-12-07 周一", "2026-12-04 周五", "2026-12-07 周一"),
        ("2026-11-14 周六", "2026-12-04 周五", "2026-12-04 周五", "2026-12-07 周一"),
        ("2026-11-15 周日", "2026-12-04 周五", "2026-12-04 周五", "2026-12-07 周一"),
        ("2026-09-20 周日", "2026-10-16 周五", "2026-10-15 周四", "2026-10-16 周五"),
        ("2026-10-01 周四", "2026-10-27 周二", "2026-10-27 周二", "2026-10-28 周三"),
    ],
)
def test_the_three_conventions_part_on_workdays_and_on_rest_days(
    calendar, assigned, day_after, start_day, next_workday
):
    told = dict(zip(Convention, (day_after, start_day, next_workday), strict=True))
    due = {c: feedback_due(day(assigned), calendar, convention=c).due_on for c in Convention}
    assert due == {convention: day(on) for convention, on in told.items()}


@pytest.mark.parametrize(
    ("assigned", "limit", "due", "words"),
    [
        # 30 days later is Sunday 11 October: the last day rests and moves (民法典 203).
        ("2026-09-11 周五", Limit(30, LimitUnit.DAY), "2026-10-12 周一", "30日"),
        # The last day is in the holiday of 1-7 October.
        ("2026-09-18 周五", Limit(15, LimitUnit.DAY), "2026-10-08 周四", "15日"),
        # A make-up Sunday works: it stays.
        ("2026-09-10 周四", Limit(10, LimitUnit.DAY), "2026-09-20 周日", "10日"),
        ("2026-11-16 周一", Limit(2, LimitUnit.HOUR), "2026-11-17 周二", "2小时"),
        ("2026-11-20 周五", Limit(24, LimitUnit.HOUR), "2026-11-23 周一", "24小时"),
        ("2026-11-16 周一", Limit(25, LimitUnit.HOUR), "2026-11-18 周三", "25小时"),
        # Said as a day, so it stays although it rests.
        ("2026-10-12 周一", Limit(0, LimitUnit.MONTH_END), "2026-10-31 周六", "当月底前"),
        ("2026-11-16 周一", Limit(3, LimitUnit.MONTH_END), "2027-02-28 周日", "3个月后的月底前"),
        (
            "2026-11-16 周一",
            Limit(0, LimitUnit.FIXED_DATE, date(2026, 12, 26)),
            "2026-12-26 周六",
            "2026-12-26前",
        ),
        ("2026-11-16 周一", Limit(5), "2026-11-23 周一", "5个工作日"),
        ("2026-11-16 周一", Limit(0), "2026-11-16 周一", "0个工作日"),
    ],
)
def test_a_limit_has_its_unit_and_a_natural_last_day_does_not_rest(
    calendar, assigned, limit, due, words
):
    deadline = feedback_due(day(assigned), calendar, limit=limit)
    assert (deadline.due_on, deadline.basis) == (day(due), DeadlineBasis.COMPUTED)
    assert limit.words() == words
    assert f"期限{words}；" in trace_sentences(deadline)[0]


def test_a_natural_limit_into_an_unpublished_year_is_provisional(calendar):
    deadline = feedback_due(day("2026-12-14 周一"), calendar, limit=Limit(30, LimitUnit.DAY))
    assert (deadline.due_on, deadline.basis) == (None, DeadlineBasis.PROVISIONAL)
    assert deadline.earliest_on == date(2027, 1, 13)
    assert "期限末日是否为休息日尚不知道" in trace_sentences(deadline)[-1]


def test_a_plain_number_is_a_limit_in_working_days(calendar):
    start = day("2026-11-16 周一")
    assert feedback_due(start, calendar, limit=5) == feedback_due(start, calendar, limit=Limit(5))


@pytest.mark.parametrize(
    ("number", "unit", "on", "why"),
    [
        (-1, LimitUnit.WORKDAY, None, "backwards"),
        (0, LimitUnit.FIXED_DATE, None, "names its day"),
        (15, LimitUnit.WORKDAY, date(2026, 12, 1), "names its day"),
    ],
)
def test_a_limit_that_makes_no_sense_is_not_made(number, unit, on, why):
    with pytest.raises(ValueError, match=why):
        Limit(number, unit, on)


@pytest.mark.parametrize(
    ("extended", "approved", "counts"),
    [
        (date(2026, 11, 30), date(2026, 11, 9), date(2026, 11, 30)),
        (date(2026, 11, 30), date(2026, 11, 10), date(2026, 11, 30)),
        (date(2026, 11, 30), date(2026, 11, 11), date(2026, 11, 10)),
        (date(2026, 11, 30), None, date(2026, 11, 10)),
        (None, date(2026, 11, 9), date(2026, 11, 10)),
    ],
)
def test_an_extension_counts_only_when_approved_before_the_due_day_has_ended(
    extended, approved, counts
):
    assert effective_due(date(2026, 11, 10), extended, approved) == counts


def test_an_extension_of_no_due_day_gives_none():
    assert effective_due(None, date(2026, 11, 30), date(2026, 11, 1)) is None


@pytest.mark.parametrize("state", RoundState)
@pytest.mark.parametrize("offset", [-1, 0, 1, None])
def test_feedback_is_overdue_only_after_the_due_day_has_ended(state, offset):
    as_of = date(2026, 11, 25)
    due = None if offset is None else as_of + timedelta(days=offset)
    assert is_overdue(state, due, as_of=as_of) == (state in AWAITING_FEEDBACK and offset == -1)


def test_lateness_counts_working_days_and_knows_its_horizon(calendar):
    assert working_days_overdue(day("2026-11-20 周五"), day("2026-11-25 周三"), calendar) == 3
    assert working_days_overdue(day("2026-09-30 周三"), day("2026-10-08 周四"), calendar) == 1
    assert working_days_overdue(day("2026-11-25 周三"), day("2026-11-25 周三"), calendar) == 0
    assert working_days_overdue(day("2026-11-26 周四"), day("2026-11-25 周三"), calendar) == 0
    assert working_days_overdue(date(2026, 12, 30), date(2027, 1, 9), calendar) is None


def test_due_soon_reaches_three_working_days_ahead_over_a_weekend(calendar):
    as_of = day("2026-11-26 周四")
    soon = [
        is_due_soon(RoundState.RECEIVED, as_of + timedelta(days=n), calendar, as_of=as_of)
        for n in range(-1, 7)
    ]
    assert soon == [False, True, True, True, True, True, True, False]


@settings(deadline=None)
@given(
    as_of=st.dates(date(2021, 1, 1), date(2026, 12, 31)),
    days=st.integers(-30, 60),
    within=st.integers(0, 10),
)
def test_due_soon_is_what_a_count_of_working_days_says(as_of, days, within):
    due = as_of + timedelta(days=days)
    try:
        expected = days >= 0 and CALENDAR.working_days_between(as_of, due) <= within
    except CalendarNotKnown:
        expected = False
    found = is_due_soon(RoundState.ASSIGNED, due, CALENDAR, as_of=as_of, within=within)
    assert found == expected


def test_three_working_days_are_a_fifth_of_the_limit():
    assert DUE_SOON_WORKING_DAYS * 5 == FEEDBACK_WORKING_DAYS
