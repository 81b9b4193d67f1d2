"""The map's figures: registered ones, by township, each the number of rows behind its link."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from data_access.filters import Filters
from data_access.ledger_import.apply import store_import
from data_access.reads.figures import figure_values
from data_access.reads.items import item_page
from data_access.reads.townships import MAP_FIGURES, townships
from supervision.scope import Scope
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

CITY = SUPERVISOR.scope
LANTANG, DENGTA = 441621105, 441625101


@pytest.fixture
def filled(town):
    """Overdue, on time, late, unhappy and open items in three townships and in none."""
    closed = {"closed_on": date(2026, 11, 6), "status": "已办结"}
    rows = [
        ledger_row(row=3, assigned_on=date(2026, 10, 12)),
        ledger_row(row=4, assigned_on=date(2026, 10, 14), township="灯塔镇"),
        ledger_row(row=5, assigned_on=date(2026, 11, 5), township="灯塔镇"),
        ledger_row(row=6, assigned_on=date(2026, 10, 20), feedback_on=date(2026, 11, 3)),
        ledger_row(row=7, assigned_on=date(2026, 10, 20), township=None),
        ledger_row(row=8, assigned_on=date(2026, 10, 20), feedback_on=date(2026, 11, 4),
                   satisfaction="不满意", **closed),
        ledger_row(row=9, assigned_on=date(2026, 10, 20), feedback_on=date(2026, 11, 4),
                   satisfaction="满意", **closed),
        ledger_row(row=10, assigned_on=date(2026, 10, 21), county="紫金县", township="蓝塘镇"),
    ]  # fmt: skip
    store_import(town, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY)
    return town


@pytest.mark.parametrize("slug", MAP_FIGURES)
def test_every_number_of_the_map_is_the_number_of_rows_behind_its_link(filled, slug):
    found = townships(filled, scope=CITY, as_of=TODAY).of_figure(slug)
    assert not found.is_empty()
    for row in found.iter_rows(named=True):
        code = int(row["code"])
        where = {"townships": (code,)} if code else {"unlocated": True}
        page = item_page(filled, scope=CITY, as_of=TODAY, filters=Filters(figure=slug, **where))
        assert page.total == (row["n"] if row["of"] is None else row["of"]), row


@pytest.mark.parametrize("slug", MAP_FIGURES)
def test_all_townships_and_what_is_in_none_are_the_registered_figure(filled, slug):
    found = townships(filled, scope=CITY, as_of=TODAY).of_figure(slug)
    n, of = figure_values(filled, scope=CITY, as_of=TODAY)[slug]
    assert found["n"].sum() == n
    assert of is None or found["of"].sum() == of


def test_what_is_located_in_no_township_is_counted_as_such(filled):
    found = townships(filled, scope=CITY, as_of=TODAY).of_figure("overdue_open")
    assert found.filter(pl.col("code") == "0")["n"].to_list() == [1]


def test_a_county_is_told_of_its_own_townships_alone(filled):
    zijin = Scope(reporting_units=frozenset({"紫金县"}))
    found = townships(filled, scope=zijin, as_of=TODAY).of_figure("open")
    assert found["code"].to_list() == [str(LANTANG)]


def test_the_map_asks_within_the_shared_filters(filled):
    asked = Filters(townships=(DENGTA,), lights=("red",))
    found = townships(filled, scope=CITY, as_of=TODAY, filters=asked).of_figure("open")
    assert dict(found.select("code", "n").iter_rows()) == {str(DENGTA): 1}


def test_the_unhappy_are_the_answers_that_do_not_count_as_content(filled):
    found = figure_values(filled, scope=CITY, as_of=TODAY)
    content, answered = found["satisfaction_rate"]
    assert (found["dissatisfied"][0], content, answered) == (1, 1, 2)
