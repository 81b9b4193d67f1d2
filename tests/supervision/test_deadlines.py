"""Deadlines: the golden dates of metrics.md 2.10, their trace, lateness and lights."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from supervision.deadlines import (
    Convention,
    effective_due,
    feedback_due,
    is_due_soon,
    is_overdue,
    trace_sentences,
    working_days_overdue,
)
from supervision.lights import light
from supervision.rounds import counted_feedback_on
from supervision.vocabulary import (
    AWAITING_FEEDBACK,
    DeadlineBasis,
    ItemState,
    Light,
    RoundState,
)
from supervision.working_days import CalendarNotKnown, WorkCalendar

WEEKDAYS = "一二三四五六日"


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    """The real calendar of 2023-2026 as the dev library knows it."""
    first, last = date(2023, 1, 1), date(2026, 12, 31)
    rows = []
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        works = chinese_calendar.is_workday(day)
        if works != (day.weekday() < 5):
            rows.append((day, works, "调休" if works else "节日", "国务院办公厅通知"))
    return WorkCalendar.from_rows(rows, years=range(2023, 2027), version="test")


def day(told: str) -> date:
    """2026-01-30 周五 as a date; the weekday must be true."""
    iso, weekday = told.split()
    found = date.fromisoformat(iso)
    assert weekday == f"周{WEEKDAYS[found.weekday()]}", told
    return found


@pytest.mark.parametrize(
    ("assigned", "due"),
    [
        ("2023-11-16 周四", "2023-12-07 周四"),
        ("2025-09-24 周三", "2025-10-21 周二"),
        ("2026-01-30 周五", "2026-02-27 周五"),
        ("2026-09-18 周五", "2026-10-15 周四"),
        ("2026-11-16 周一", "2026-12-07 周一"),
    ],
)
def test_feedback_falls_due_after_fifteen_working_days(calendar, assigned, due):
    deadline = feedback_due(day(assigned), calendar)
    assert (deadline.due_on, deadline.basis) == (day(due), DeadlineBasis.COMPUTED)
    assert calendar.working_days_between(day(assigned), day(due)) == 15


def test_a_deadline_beyond_the_published_years_is_provisional_and_no_date(calendar):
    deadline = feedback_due(day("2026-12-14 周一"), calendar)
    assert (deadline.due_on, deadline.basis) == (None, DeadlineBasis.PROVISIONAL)
    assert deadline.earliest_on == date(2027, 1, 1)
    assert deadline.counted == 13
    assert "暂定" in trace_sentences(deadline)[-1]


def test_the_trace_names_every_skipped_day_and_every_make_up_day(calendar):
    deadline = feedback_due(date(2026, 9, 18), calendar)
    told = "\n".join(trace_sentences(deadline))
    skipped = [
        date(2026, 9, 18) + timedelta(days=n)
        for n in range(1, 28)
        if not calendar.is_working_day(date(2026, 9, 18) + timedelta(days=n))
    ]
    assert skipped
    assert all(f"{one:%Y-%m-%d}" in told for one in skipped)
    assert "调休上班日" in told


def test_the_three_conventions_start_on_different_days(calendar):
    workday, sunday = day("2026-11-16 周一"), day("2026-11-15 周日")
    due = {c: feedback_due(workday, calendar, convention=c).due_on for c in Convention}
    assert due[Convention.START_DAY] < due[Convention.DAY_AFTER] == due[Convention.NEXT_WORKDAY]
    late = {c: feedback_due(sunday, calendar, convention=c).due_on for c in Convention}
    assert late[Convention.DAY_AFTER] < late[Convention.NEXT_WORKDAY]


def test_a_count_by_hand_agrees_with_the_table(calendar):
    start = date(2025, 1, 1)
    for n in range(0, 600, 7):
        begin, left, walk = start + timedelta(days=n), 15, start + timedelta(days=n)
        while left:
            walk += timedelta(days=1)
            left -= chinese_calendar.is_workday(walk)
        assert calendar.add_working_days(begin, 15) == walk


def test_a_day_outside_the_calendar_is_refused_by_year(calendar):
    with pytest.raises(CalendarNotKnown, match="2027年"):
        calendar.is_working_day(date(2027, 1, 4))


def test_an_extension_counts_only_when_approved_in_time():
    due, later = date(2026, 11, 10), date(2026, 11, 30)
    assert effective_due(due, later, date(2026, 11, 10)) == later
    assert effective_due(due, later, date(2026, 11, 11)) == due
    assert effective_due(due, None, None) == due


@pytest.mark.parametrize("state", list(RoundState))
@pytest.mark.parametrize("offset", [-1, 0, 1])
def test_feedback_is_overdue_only_after_the_due_day_has_ended(state, offset):
    as_of = date(2026, 11, 25)
    late = is_overdue(state, as_of + timedelta(days=offset), as_of=as_of)
    assert late == (state in AWAITING_FEEDBACK and offset < 0)


def test_lateness_counts_working_days_and_knows_its_horizon(calendar):
    assert working_days_overdue(date(2026, 11, 20), date(2026, 11, 25), calendar) == 3
    assert working_days_overdue(date(2026, 11, 25), date(2026, 11, 25), calendar) == 0
    assert working_days_overdue(date(2026, 12, 30), date(2027, 1, 9), calendar) is None


def test_due_soon_reaches_three_working_days_ahead(calendar):
    as_of = day("2026-11-26 周四")
    soon = [
        is_due_soon(RoundState.RECEIVED, as_of + timedelta(days=n), calendar, as_of=as_of)
        for n in range(-1, 7)
    ]
    assert soon == [False, True, True, True, True, True, True, False]


@pytest.mark.parametrize(
    ("item", "round_state", "due", "expected"),
    [
        (ItemState.INVALID, None, None, Light.OUT),
        (ItemState.CLOSED, RoundState.ACCEPTED, date(2026, 1, 5), Light.GREY),
        (ItemState.HANGING, RoundState.RECEIVED, date(2026, 1, 5), Light.HANGING),
        (ItemState.REASSIGN_PENDING, RoundState.ACCEPTED, None, Light.REASSIGN_PENDING),
        (ItemState.REGISTERED, None, None, Light.UNASSIGNED),
        (ItemState.IN_ROUND, RoundState.SUBMITTED, date(2026, 1, 5), Light.AWAITING_CLOSURE),
        (ItemState.IN_ROUND, RoundState.RECEIVED, None, Light.NO_DEADLINE),
        (ItemState.IN_ROUND, RoundState.RECEIVED, date(2026, 11, 24), Light.RED),
        (ItemState.IN_ROUND, RoundState.ASSIGNED, date(2026, 11, 25), Light.YELLOW),
        (ItemState.IN_ROUND, RoundState.RETURNED_FOR_FIX, date(2026, 12, 15), Light.GREEN),
    ],
)
def test_the_light_belongs_to_the_clock_that_is_running(calendar, item, round_state, due, expected):
    basis = DeadlineBasis.STATED if due else DeadlineBasis.NONE
    assert light(item, round_state, due, basis, calendar, as_of=date(2026, 11, 25)) == expected


def test_a_returned_feedback_keeps_its_day_only_when_it_comes_back_in_time(calendar):
    first, returned = date(2026, 11, 9), date(2026, 11, 10)
    assert counted_feedback_on(first, None, None, calendar) == first
    assert counted_feedback_on(first, returned, date(2026, 11, 13), calendar) == first
    late = date(2026, 11, 16)
    assert counted_feedback_on(first, returned, late, calendar) == late
    assert counted_feedback_on(first, returned, None, calendar) is None
