"""What the figures of a programme count, and out of what."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.work_calendar import shipped_calendar
from supervision.metrics import Rate
from supervision.programme_cycles import cycle_span, reported, span_told
from supervision.programme_figures import Entry, counted, dues_of
from supervision.programme_lights import Lamps
from supervision.programmes import Every, Measure
from supervision.vocabulary import Light
from tests.factories import TODAY
from tests.programmes import small

YEAR = {"as_of": TODAY, "first": date(2026, 1, 1), "last": TODAY}
CALENDAR = shipped_calendar()


def entry(key: int, *, unit: int = 1, **values: object) -> Entry:
    """An entry of the small programme with its limits counted."""
    told = {"begun_on": date(2026, 11, 2), "status": "open", **values}
    told = {name: value for name, value in told.items() if value is not None}
    return Entry(key, told, dues_of(small(), told, CALENDAR), unit)


IN_TIME = entry(1, status="done", done_on=date(2026, 11, 9), people=3)
LATE = entry(2, status="done", done_on=date(2026, 11, 10), people=5)
SILENT = entry(3)
NEW = entry(4, begun_on=date(2026, 11, 24), people=8)
VOID = entry(5, status="void", people=100)
ALL = (IN_TIME, LATE, SILENT, NEW, VOID)


def of(name: str, *entries: Entry, **when: date):
    figure = small().figure(name)
    return counted(small(), figure, entries or ALL, **{**YEAR, **when})


def test_a_rate_is_counted_out_of_its_cohort_and_leaves_the_void_out():
    assert of("done_rate").rate == Rate(2, 4)
    assert of("done_rate", last=date(2026, 11, 23)).rate == Rate(2, 3)


def test_on_time_is_asked_of_those_whose_due_day_has_ended():
    # Five working days from 2 November: 9 November, and 1 December for what began on the 24th.
    assert IN_TIME.dues == {"closing": date(2026, 11, 9)}
    assert of("on_time_rate").rate == Rate(1, 3)
    assert of("on_time_rate", as_of=date(2026, 11, 9), last=date(2026, 11, 9)).rate == Rate(0, 0)
    assert of("on_time_rate", as_of=date(2026, 11, 10), last=date(2026, 11, 10)).rate == Rate(1, 3)


def test_settled_is_what_is_done_and_what_is_due_but_undone():
    early = entry(6, begun_on=date(2026, 11, 24), status="done", done_on=date(2026, 11, 25))
    assert of("settled_rate", *ALL, early).rate == Rate(2, 4)


def test_counts_stocks_sums_and_middles_are_their_rows():
    assert of("begun").number == 4
    assert of("open").number == 2
    assert (of("people").number, len(of("people").hits)) == (16, 3)
    assert of("middle").number == 5
    assert of("middle", SILENT).text() == "—"


def test_lights_belong_to_the_clock_that_runs():
    lamps = Lamps(small(), CALENDAR, as_of=TODAY, within=3)
    lights = [lamps.light(one) for one in (*ALL, entry(7, begun_on=date(2026, 11, 19)))]
    assert lights == [
        Light.GREY, Light.GREY, Light.RED, Light.GREEN, Light.OUT, Light.YELLOW,
    ]  # fmt: skip
    assert (lamps.days_late(SILENT), lamps.days_late(LATE)) == (12, None)


def test_counties_that_tell_nothing_in_a_week_are_silent():
    cycle = small().cycle("weekly")
    span = cycle_span(Every.WEEK, TODAY, as_of=TODAY)
    told = reported(small(), cycle, (NEW, SILENT), span, expected=(1, 2, 3))
    assert (told.rate, [one.key for one in told.silent]) == (Rate(1, 3), [2, 3])
    before = reported(
        small(), cycle, (NEW, SILENT), cycle_span(Every.WEEK, TODAY, back=1), expected=(1, 2, 3)
    )
    assert before.rate == Rate(0, 3)
    assert before.reporters[-1].last_on == date(2026, 11, 2)


def test_cycles_are_whole_weeks_months_and_quarters():
    quarter = cycle_span(Every.QUARTER, TODAY, as_of=TODAY)
    assert (quarter.first, quarter.last, quarter.whole) == (date(2026, 10, 1), TODAY, False)
    assert span_told(Every.QUARTER, quarter) == "2026年第4季度"
    before = cycle_span(Every.QUARTER, TODAY, back=4, as_of=TODAY)
    assert (before.first, before.last) == (date(2025, 10, 1), date(2025, 12, 31))
    month = cycle_span(Every.MONTH, date(2026, 3, 31), back=1)
    assert (month.first, month.last) == (date(2026, 2, 1), date(2026, 2, 28))


days = st.dates(date(2026, 1, 5), TODAY)
entries = st.lists(
    st.builds(
        lambda begun, done, status, people: entry(
            0, begun_on=begun, status=status, people=people,
            done_on=begun + timedelta(days=done) if done is not None else None,
        ),
        days, st.none() | st.integers(0, 30), st.sampled_from(["open", "done", "void"]),
        st.none() | st.integers(0, 99),
    ),
    max_size=25,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(entries, days)
def test_every_part_is_within_its_whole_and_parts_add_up(some: list[Entry], cut: date):
    """n ≤ N; of disjoint periods N and n add up, whatever the ledger says."""
    for figure in small().figures:
        if figure.measure is Measure.COVERED_RATE:
            continue
        whole = counted(small(), figure, some, **YEAR)
        assert {id(one) for one in whole.hits} <= {id(one) for one in whole.whole}
        if figure.measure is Measure.STOCK:
            continue
        first = counted(small(), figure, some, **{**YEAR, "last": cut})
        after = counted(small(), figure, some, **{**YEAR, "first": cut + timedelta(days=1)})
        assert Rate.pooled([first.rate, after.rate]) == whole.rate
