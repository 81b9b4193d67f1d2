"""部门: figures of every department are the registered ones, add up, and open their rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from sqlalchemy import Engine

from data_access.filters import Filters
from data_access.ledger_import.apply import store_import
from data_access.measures import MEASURES
from data_access.moment import Period
from data_access.reads.departments import (
    OF_ALL_TIME,
    OF_HELP,
    OF_PERIOD,
    OF_STOCK,
    department,
    departments,
)
from data_access.reads.figures import figure_counts, figure_values
from data_access.reads.items import item_page
from supervision.scope import Scope
from tests.deciding import decide
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

CITY = SUPERVISOR.scope
SLUGS = (*OF_STOCK, *OF_PERIOD, *OF_ALL_TIME)
YEAR = Period(date(2026, 1, 1), TODAY)


@pytest.fixture
def filled(town: Engine) -> Engine:
    """教育局 with late, silent, closed and answered items; 公安局 helps it and leads two; one
    item names nobody."""
    police, both = ("市公安局",), {"co_departments": ("市公安局",)}
    rows = [
        ledger_row(row=3, assigned_on=date(2026, 10, 12), **both),
        ledger_row(row=4, assigned_on=date(2026, 10, 14)),
        ledger_row(row=5, assigned_on=date(2026, 11, 5), **both),
        ledger_row(row=6, assigned_on=date(2026, 10, 20), feedback_on=date(2026, 11, 3)),
        ledger_row(row=7, assigned_on=date(2026, 10, 20), feedback_on=date(2026, 11, 24)),
        ledger_row(row=8, assigned_on=date(2026, 10, 20), feedback_on=date(2026, 11, 4),
                   closed_on=date(2026, 11, 6), status="已办结", satisfaction="满意", **both),
        ledger_row(row=9, assigned_on=date(2026, 10, 21), feedback_on=date(2026, 11, 5),
                   closed_on=date(2026, 11, 9), status="已办结", satisfaction="不满意"),
        ledger_row(row=10, assigned_on=date(2026, 3, 2), feedback_on=date(2026, 3, 9),
                   closed_on=date(2026, 3, 10), status="已办结", lead_departments=police),
        ledger_row(row=11, assigned_on=date(2026, 10, 15), lead_departments=police),
        ledger_row(row=12, assigned_on=date(2026, 11, 20), lead_departments=()),
    ]  # fmt: skip
    store_import(town, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY)
    return town


def _lines(engine: Engine, scope: Scope = CITY, **filters: object) -> dict[int | None, dict]:
    seen = departments(engine, scope=scope, as_of=TODAY, filters=Filters(**filters))
    return {line["department_id"]: line for line in seen.figures.iter_rows(named=True)}


def _total(engine: Engine, scope: Scope = CITY, **filters: object) -> int:
    return item_page(engine, scope=scope, as_of=TODAY, filters=Filters(**filters), size=1).total


@pytest.mark.parametrize("period", [None, YEAR])
def test_every_number_of_a_department_is_the_number_of_rows_behind_it(filled, period):
    for key, line in _lines(filled, period=period).items():
        lead = {"departments": (key,)} if key else {"without": ("department_id",)}
        for slug in SLUGS:
            base = line.get(f"{slug}:of", line[f"{slug}:n"])
            assert base == _total(filled, figure=slug, period=period, **lead), (key, slug)


@pytest.mark.parametrize("period", [None, YEAR])
def test_departments_add_up_to_the_whole(filled, period):
    lines = _lines(filled, period=period)
    whole = figure_counts(filled, scope=CITY, as_of=TODAY, filters=Filters(period=period))
    told = {line["slug"]: line for line in whole.iter_rows(named=True)}
    for slug in SLUGS:
        assert sum(line[f"{slug}:n"] for line in lines.values()) == told[slug]["n"], slug
        if MEASURES[slug].of is not None:
            assert sum(line[f"{slug}:of"] for line in lines.values()) == told[slug]["of"], slug


def test_lights_of_departments_add_up_to_what_is_open(filled):
    seen = departments(filled, scope=CITY, as_of=TODAY)
    opened = seen.by_light.group_by("department_id").agg(pl.col("n").sum())
    counted = seen.figures.filter(pl.col("open:n") > 0).select("department_id", n="open:n")
    assert sorted(opened.rows(), key=str) == sorted(counted.rows(), key=str)


def test_one_department_says_what_the_table_and_the_registry_say(filled):
    line = next(one for key, one in _lines(filled).items() if key and one["open:n"] > 1)
    key = line["department_id"]
    seen = department(filled, scope=CITY, as_of=TODAY, department_id=key)
    registered = figure_values(filled, scope=CITY, as_of=TODAY, filters=Filters(departments=(key,)))
    assert seen.values == {slug: registered[slug] for slug in seen.values}
    for slug in SLUGS:
        assert seen.values[slug] == (line[f"{slug}:n"], line.get(f"{slug}:of")), slug
    assert seen.values["median_handling"][0] == line["handling_median"]
    assert seen.values["p90_handling"][0] == line["handling_p90"]
    assert sum(seen.ages.values()) == line["overdue_open:n"] == len(seen.worst)


def test_months_of_a_department_are_the_registered_figures_of_those_months(filled):
    [key] = [key for key, line in _lines(filled).items() if key and line["open:n"] == 1]
    seen = department(filled, scope=CITY, as_of=TODAY, department_id=key)
    assert seen.by_month["month"].to_list()[::11] == [date(2025, 12, 1), date(2026, 11, 1)]
    for line in seen.by_month.iter_rows(named=True):
        month = Period(line["month"], _last(line["month"]))
        values = figure_values(filled, scope=CITY, as_of=TODAY,
                               filters=Filters(departments=(key,), period=month))  # fmt: skip
        assert (line["intake:n"], line["closed:n"]) == (values["intake"][0], values["closed"][0])
        rate = line["on_time_feedback_rate:n"], line["on_time_feedback_rate:of"]
        assert rate == values["on_time_feedback_rate"]


def _last(first: date) -> date:
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def test_duties_of_a_helper_stand_apart_and_open_their_rows(filled):
    seen = departments(filled, scope=CITY, as_of=TODAY)
    [line] = seen.helping.iter_rows(named=True)
    key = line["department_id"]
    assert (line["open:n"], line["overdue_open:n"]) == (2, 1)
    for slug in OF_HELP:
        assert line[f"{slug}:n"] == _total(filled, figure=slug, helper=key), slug
    one = department(filled, scope=CITY, as_of=TODAY, department_id=key)
    assert one.helping == {slug: line[f"{slug}:n"] for slug in OF_HELP}
    assert one.values["open"] == (1, None)


def test_a_department_sees_itself_and_what_it_helps_in(filled):
    police = Scope(departments=frozenset({"市公安局"}))
    [line] = _lines(filled, police).values()
    assert (line["open:n"], _total(filled, police, figure="open")) == (1, 1)
    helps = replace(police, co_departments=frozenset({"市公安局"}))
    assert sum(line["open:n"] for line in _lines(filled, helps).values()) == 3
    assert departments(filled, scope=police, as_of=TODAY).helping.is_empty()


def test_the_weights_are_those_of_the_periods_last_day(filled):
    def weights(period: Period | None) -> tuple[bool, int]:
        told = departments(filled, scope=CITY, as_of=TODAY, filters=Filters(period=period)).weights
        return told.is_example, told.of["on_time_feedback_rate"]

    assert weights(None) == (True, 30)
    decide(filled, "score_weights", "40/20/20/20", valid_from=date(2026, 11, 1), basis="甲")
    assert weights(None) == (False, 40)
    assert weights(Period(date(2026, 10, 1), date(2026, 10, 31))) == (True, 30)
