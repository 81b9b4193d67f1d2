"""The sample city as the store holds it after its ledgers went in: a city one can believe."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl
import pytest

from data_access import clock
from data_access.database import open_engine
from data_access.facts import Facts, facts
from data_access.measures import MEASURES, WORKLISTS
from data_access.moment import Moment, Period, moment
from data_access.sample import fill_with_sample
from data_access.store import prepare
from supervision.metrics import Rate
from supervision.scope import Scope
from supervision.vocabulary import Light
from supervision.worklists import Worklist

AS_OF = date(2026, 11, 25)
MONTHS = 24
ENOUGH_DUE = 20


@pytest.fixture(scope="module", params=[AS_OF, date(2026, 12, 10)], ids=str)
def told_on(request: pytest.FixtureRequest) -> date:
    day: date = request.param
    return day


@pytest.fixture(scope="module")
def city(told_on: date, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Facts]:
    """The usual sample city, filled on a day and asked about on that day."""
    clock.tell(told_on)
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('city') / 'store.sqlite3'}")
    prepare(engine)
    fill_with_sample(engine, as_of=told_on)
    yield facts(engine)
    clock.tell(None)
    engine.dispose()


def _at(city: Facts, as_of: date, period: Period | None = None) -> tuple[pl.DataFrame, Moment]:
    now = moment(city.calendar, as_of=as_of, period=period or Period(date(2000, 1, 1), as_of))
    return city.seen_by(Scope.whole_city(), now), now


def _count(frame: pl.DataFrame, condition: pl.Expr) -> int:
    counted: int = frame.select(condition.sum()).item()
    return counted


def _rate(frame: pl.DataFrame, now: Moment, slug: str) -> Rate:
    of = MEASURES[slug].of
    assert of is not None
    return Rate(_count(frame, MEASURES[slug].n(now)), _count(frame, of(now)))


def _share(rate: Rate) -> float:
    return rate.n / rate.of


def test_some_open_items_are_overdue_and_some_nearly_due(city: Facts, told_on: date) -> None:
    frame, now = _at(city, told_on)
    standing = _count(frame, MEASURES["open"].n(now))
    overdue = frame.filter(MEASURES["overdue_open"].n(now))
    assert 90 <= standing <= 180
    assert 0.06 <= overdue.height / standing <= 0.10
    assert 0.04 <= _count(frame, MEASURES["due_soon"].n(now)) / standing <= 0.08


def test_most_are_overdue_by_at_most_three_weeks_and_none_by_months(
    city: Facts, told_on: date
) -> None:
    frame, now = _at(city, told_on)
    days = frame.filter(MEASURES["overdue_open"].n(now))["days_overdue"].drop_nulls()
    assert days.len()
    assert 2 * (days <= 15).sum() >= days.len()
    assert (days >= 1).all()
    assert (days <= 80).all()


def test_a_few_items_wait_for_their_reassignment(city: Facts, told_on: date) -> None:
    frame, now = _at(city, told_on)
    assert 3 <= _count(frame, MEASURES["reassign_pending"].n(now)) <= 8
    assert 2 <= _count(frame, WORKLISTS[Worklist.REASSIGN_CANDIDATES](now)) <= 40


def test_every_light_of_the_city_is_to_be_seen(city: Facts, told_on: date) -> None:
    frame, _ = _at(city, told_on)
    lights = set(frame.filter(pl.col("is_current"))["light"])
    assert {Light.RED, Light.YELLOW, Light.GREEN, Light.AWAITING_CLOSURE} <= lights
    assert {Light.HANGING, Light.REASSIGN_PENDING, Light.GREY} <= lights


def test_the_year_is_answered_in_time_and_mostly_to_the_residents_content(
    city: Facts, told_on: date
) -> None:
    year = Period(told_on.replace(year=told_on.year - 1), told_on)
    frame, now = _at(city, told_on, year)
    assert 0.90 <= _share(_rate(frame, now, "on_time_feedback_rate")) <= 0.97
    content = _rate(frame, now, "satisfaction_rate")
    assert content.of > 300
    assert 0.85 <= _share(content) <= 0.93
    assert 0.04 <= _share(_rate(frame, now, "reassign_rate")) <= 0.12


def test_the_last_month_is_answered_in_time_too(city: Facts, told_on: date) -> None:
    month = Period(date.fromordinal(told_on.toordinal() - 30), told_on)
    frame, now = _at(city, told_on, month)
    in_time = _rate(frame, now, "on_time_feedback_rate")
    assert in_time.of > 50
    # Some ninety rounds: a share of them swings by some per cent.
    assert 0.85 <= _share(in_time) <= 0.97


def test_what_came_in_three_months_ago_and_earlier_is_nearly_all_closed(
    city: Facts, told_on: date
) -> None:
    earlier = Period(date(2000, 1, 1), date.fromordinal(told_on.toordinal() - 90))
    frame, now = _at(city, told_on, earlier)
    closed = _rate(frame, now, "closure_rate")
    assert closed.of > 1000
    assert _share(closed) > 0.90


def test_every_month_of_two_years_has_intake_and_closing(city: Facts, told_on: date) -> None:
    frame, now = _at(city, told_on)
    for slug, column in (("intake", "intake_on"), ("closed", "closed_on")):
        rows = frame.filter(MEASURES[slug].n(now))
        months = rows.group_by(pl.col(column).dt.strftime("%Y-%m")).len()
        assert months.height >= MONTHS, slug
        assert months["len"].min() >= 1, slug


def test_departments_and_counties_differ(city: Facts, told_on: date) -> None:
    frame, now = _at(city, told_on)
    rate = MEASURES["on_time_feedback_rate"]
    assert rate.of is not None
    counted = frame.group_by("department_id").agg(n=rate.n(now).sum(), of=rate.of(now).sum())
    shares = [n / of for _, n, of in counted.iter_rows() if of >= ENOUGH_DUE]
    assert len(shares) >= 15
    assert min(shares) < 0.88
    assert max(shares) > 0.97
    counties = frame.filter(MEASURES["intake"].n(now)).group_by("unit_id").len()
    assert counties.height >= 8
    assert counties["len"].max() > 2.5 * counties["len"].min()


@pytest.mark.parametrize("earlier", [date(2026, 10, 15), date(2026, 8, 31)], ids=str)
def test_the_city_was_believable_weeks_before_too(city: Facts, earlier: date) -> None:
    frame, now = _at(city, earlier)
    standing = _count(frame, MEASURES["open"].n(now))
    assert _count(frame, MEASURES["overdue_open"].n(now)) / standing <= 0.12
    assert _share(_rate(frame, now, "on_time_feedback_rate")) >= 0.90


def test_once_its_ledgers_end_only_what_was_already_assigned_falls_due(
    city: Facts, told_on: date
) -> None:
    """A store opened weeks later shows what nobody reported since: no more than was awaited."""
    frame, _ = _at(city, told_on)
    awaited = {Light.RED, Light.YELLOW, Light.GREEN}
    waiting = _count(frame, pl.col("light").is_in([str(light) for light in awaited]))
    later, then = _at(city, date.fromordinal(told_on.toordinal() + 25))
    overdue = _count(later, MEASURES["overdue_open"].n(then))
    assert 0 < overdue <= waiting
