"""Working-day arithmetic agrees with a naive walk, day by day, and knows where it ends."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.work_calendar import shipped_calendar
from supervision.working_days import ONE_DAY, CalendarNotKnown, WorkCalendar
from tests.labelled_days import day

CALENDAR = shipped_calendar()
KNOWN = st.dates(CALENDAR.first, CALENDAR.horizon)
FAR_FROM_THE_END = st.dates(CALENDAR.first, CALENDAR.horizon - timedelta(days=400))


def walked(start: date, n: int) -> date:
    """The n-th working day after `start`, found by asking chinesecalendar about each day."""
    while n:
        start += ONE_DAY
        n -= chinese_calendar.is_workday(start)
    return start


@settings(deadline=None)
@given(start=FAR_FROM_THE_END, n=st.integers(1, 200))
def test_the_nth_working_day_is_the_one_a_walk_arrives_at(start, n):
    assert CALENDAR.add_working_days(start, n) == walked(start, n)


@settings(deadline=None)
@given(after=KNOWN, upto=KNOWN)
def test_working_days_between_are_those_a_walk_meets(after, upto):
    first, last = min(after, upto), max(after, upto)
    met = sum(
        chinese_calendar.is_workday(first + timedelta(days=n))
        for n in range(1, (last - first).days + 1)
    )
    assert CALENDAR.working_days_between(after, upto) == (met if after <= upto else -met)


@settings(deadline=None)
@given(start=FAR_FROM_THE_END, n=st.integers(1, 200))
def test_adding_days_and_counting_them_are_inverse(start, n):
    assert CALENDAR.working_days_between(start, CALENDAR.add_working_days(start, n)) == n


@settings(deadline=None)
@given(start=FAR_FROM_THE_END)
def test_the_next_working_day_is_the_day_itself_or_the_first_after_rest(start):
    found = CALENDAR.next_working_day(start)
    assert found == (start if chinese_calendar.is_workday(start) else walked(start, 1))


@settings(deadline=None)
@given(start=FAR_FROM_THE_END)
def test_no_working_days_later_is_the_last_one_that_began(start):
    found = start
    while not chinese_calendar.is_workday(found):
        found -= ONE_DAY
    if found >= CALENDAR.first:
        assert CALENDAR.add_working_days(start, 0) == found
    else:
        with pytest.raises(CalendarNotKnown, match="2020年"):
            CALENDAR.add_working_days(start, 0)


@settings(deadline=None)
@given(asked=KNOWN)
def test_the_running_count_is_what_facts_compare_days_by(asked):
    first, counts = CALENDAR.ordinals()
    assert first == CALENDAR.first
    place = (asked - first).days
    grew = counts[place] - (counts[place - 1] if place else 0)
    assert grew == CALENDAR.is_working_day(asked)


@pytest.mark.parametrize(
    ("told", "works", "why"),
    [
        ("2026-09-18 周五", True, "工作日"),
        ("2026-09-19 周六", False, "周六"),
        ("2026-09-20 周日", True, "调休上班日"),
        ("2026-09-25 周五", False, "中秋节"),
        ("2026-10-01 周四", False, "国庆节"),
        ("2026-10-10 周六", True, "调休上班日"),
        ("2026-10-11 周日", False, "周日"),
    ],
)
def test_a_day_says_whether_it_works_and_why(told, works, why):
    asked = day(told)
    assert (CALENDAR.is_working_day(asked), CALENDAR.why(asked)) == (works, why)


@pytest.mark.parametrize("outside", [date(2020, 12, 31), date(2027, 1, 1)])
def test_a_day_outside_the_published_years_is_refused_by_its_year(outside):
    assert not CALENDAR.knows(outside)
    for question in (CALENDAR.is_working_day, CALENDAR.next_working_day):
        with pytest.raises(CalendarNotKnown, match=f"^{outside.year}年的放假调休安排尚未录入"):
            question(outside)
    with pytest.raises(CalendarNotKnown, match=f"{outside.year}年"):
        CALENDAR.working_days_between(date(2026, 1, 5), outside)


def test_a_count_that_runs_past_the_horizon_asks_for_the_missing_year():
    with pytest.raises(CalendarNotKnown, match="2027年") as unknown:
        CALENDAR.add_working_days(day("2026-12-14 周一"), 15)
    assert unknown.value.year == 2027


def test_a_year_that_ends_at_rest_has_no_next_working_day():
    rest = WorkCalendar.from_rows(
        [(date(2026, 12, 31), False, "试行假日", "试例")], years=range(2026, 2027), version="t"
    )
    with pytest.raises(CalendarNotKnown, match="2027年"):
        rest.next_working_day(date(2026, 12, 31))


def test_an_exceptional_day_outside_the_whole_years_is_a_fault_of_the_data():
    with pytest.raises(ValueError, match="2027-01-01 lies outside"):
        WorkCalendar.from_rows(
            [(date(2027, 1, 1), False, "元旦", "试例")], years=range(2026, 2027), version="t"
        )


def test_a_calendar_without_years_knows_no_day():
    empty = WorkCalendar.from_rows([], years=range(0), version="t")
    assert not empty.knows(date(2026, 11, 25))
    with pytest.raises(CalendarNotKnown, match="2026年"):
        empty.add_working_days(date(2026, 11, 25), 1)
