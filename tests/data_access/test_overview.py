"""总览 beyond its tiles: since the last session, days due, last year, what stands beside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, update

from dashboard.parts import overview_frames
from data_access.facts import facts
from data_access.filters import Filters
from data_access.measures import LISTS, MEASURES
from data_access.moment import Period
from data_access.reads.items import item_rows
from data_access.reads.overview import BESIDE_MONTH, BESIDE_STOCK, Overview, SinceSession, overview
from data_access.schema.registers import face_to_face_sessions
from supervision.scope import Scope
from tests.acting import stored_item
from tests.factories import TODAY

CITY = Scope.whole_city()
HELD = date(2026, 11, 9)


@pytest.fixture
def store(engine: Engine) -> Engine:
    """Open before the session and late since (A), closed since (B), come in since (C, D)."""
    stored_item(engine, number="A", session_theme="交通出行", due_on=date(2026, 11, 20))
    stored_item(engine, number="B", due_on=date(2026, 11, 6), feedback_on=date(2026, 11, 12),
                closed_on=date(2026, 11, 13), status="已办结", satisfaction="满意")  # fmt: skip
    for number, due in (("C", date(2026, 11, 26)), ("D", date(2026, 12, 1))):
        stored_item(engine, number=number, received_on=date(2026, 11, 10),
                    assigned_on=date(2026, 11, 10), due_on=due)  # fmt: skip
    stored_item(engine, number="E", received_on=date(2025, 10, 8), assigned_on=date(2025, 10, 9),
                due_on=date(2025, 10, 30), feedback_on=date(2025, 10, 20),
                closed_on=date(2025, 10, 21), status="已办结")  # fmt: skip
    with engine.begin() as connection:
        connection.execute(update(face_to_face_sessions).values(held_on=HELD))
    return engine


def seen(engine: Engine, filters: Filters | None = None, as_of: date = TODAY) -> Overview:
    return overview(engine, scope=CITY, as_of=as_of, filters=filters)


def test_what_changed_since_the_last_session_is_counted_as_it_stood_on_that_day(store: Engine):
    # On 11-09: A open, B open and late; C and D not there yet.
    assert seen(store).since_session == SinceSession(
        HELD, "交通出行", {"open": 2, "overdue_open": 1}, came_in=2, closed=1
    )
    november = Filters(period=Period(date(2026, 11, 1), date(2026, 11, 30)))
    assert seen(store, november).since_session is None
    assert seen(store, as_of=HELD).since_session is None, "the day itself is no past"
    assert seen(store, as_of=date(2027, 6, 1)).since_session is None, "too long ago"


def test_each_day_due_has_as_many_rows_behind_it(store: Engine):
    due = dict(seen(store).due.iter_rows())
    assert len(due) == 20
    assert (min(due), max(due)) == (TODAY, date(2026, 12, 22))
    assert {day: n for day, n in due.items() if n} == {date(2026, 11, 26): 1, date(2026, 12, 1): 1}
    period = Period(date(2025, 1, 1), date(2025, 1, 31))
    for day, n in {**due, date(2026, 11, 20): 1}.items():
        for filters in (Filters(due_on=day), Filters(due_on=day, period=period)):
            rows = item_rows(store, scope=CITY, as_of=TODAY, filters=filters)
            assert len(rows) == n, day


def test_beyond_the_calendar_no_day_is_shown_as_due(store: Engine):
    assert seen(store, as_of=date(2031, 1, 6)).due.height == 0


def test_each_month_stands_beside_the_same_month_of_last_year(store: Engine):
    months = {row["month"]: row for row in seen(store).by_month.iter_rows(named=True)}
    assert len(months) == 12
    october = months[date(2026, 10, 1)]
    assert (october["came_in"], october["closed"]) == (2, 0)
    assert (october["came_in_before"], october["closed_before"]) == (1, 1)
    november = months[date(2026, 11, 1)]
    assert (november["came_in"], november["came_in_before"]) == (2, 0)


def test_what_the_rates_leave_out_is_counted_beside_them(store: Engine):
    stored_item(store, number="F", due_on=date(2026, 11, 6), excluded=True)
    beside = seen(store).beside
    assert set(beside) == {*BESIDE_STOCK, *BESIDE_MONTH}
    assert beside["due_left_out"] == 1, "left out of appraisal, and told"
    assert beside["hanging"] == 0


def test_a_year_is_compared_with_the_year_before_and_other_days_with_as_many(store: Engine):
    stored_item(store, number="G", received_on=date(2025, 12, 8), assigned_on=date(2025, 12, 8),
                due_on=date(2025, 12, 29), feedback_on=date(2025, 12, 31))  # fmt: skip
    told = {
        period: (overview_frames.compared_with(found), _rate_before(found))
        for period in (
            None,
            Period(date(2026, 1, 1), TODAY),
            Period(date(2026, 11, 16), date(2026, 11, 25)),
        )
        for found in [seen(store, Filters(period=period))]
    }
    assert list(told.values()) == [("较上月", (0, 0)), ("较上年同期", (1, 1)), ("较上期", (0, 1))]


def _rate_before(found: Overview) -> tuple[int, int]:
    tiles = {row["slug"]: row for row in found.tiles.iter_rows(named=True)}
    rate = tiles["on_time_feedback_rate"]
    return rate["n_before"], rate["of_before"]


@pytest.mark.parametrize("as_of", [TODAY, HELD, date(2025, 10, 15)])
def test_what_stands_in_rows_lit_for_a_day_is_what_would_be_computed(store: Engine, as_of: date):
    known = facts(store)
    now = known.moment(as_of)
    rows = known.seen_by(CITY, now)
    conditions = {slug: measure.n for slug, measure in MEASURES.items()} | LISTS
    for slug, condition in conditions.items():
        told = rows.select(condition(replace(now, lit=True))).to_series()
        assert told.to_list() == rows.select(condition(now)).to_series().to_list(), slug
    assert rows["open_then"].any()
