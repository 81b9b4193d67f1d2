"""包案领导 as a filter: his items and no others, in lists, figures, the overview and the desk."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from data_access.filters import Filters
from data_access.reads.figures import figure_values
from data_access.reads.form_choices import case_leaders
from data_access.reads.items import item_rows
from data_access.reads.overview import overview
from data_access.reads.proposed_notices import proposed_notices
from supervision.scope import Scope
from tests.acting import stored_item
from tests.factories import TODAY

CITY = Scope.whole_city()
HIS = Filters(case_leader="王市长")


@pytest.fixture
def store(town: Engine) -> Engine:
    """An overdue item of 王市长 in 东源县, one of 李市长 in 紫金县, one of nobody."""
    stored_item(town, number="A", case_leader="王市长", due_on=date(2026, 11, 20))
    stored_item(town, number="B", case_leader="李市长", due_on=date(2026, 11, 20),
                county="紫金县", township="蓝塘镇")  # fmt: skip
    stored_item(town, number="C", due_on=date(2026, 11, 20))
    return town


def test_a_list_holds_his_items_and_no_others(store: Engine):
    rows = item_rows(store, scope=CITY, as_of=TODAY, filters=HIS)
    assert rows["number"].tolist() == ["A"]
    everybody = item_rows(store, scope=CITY, as_of=TODAY, filters=Filters())
    assert set(everybody["number"]) == {"A", "B", "C"}


def test_figures_and_the_overview_count_what_the_list_shows(store: Engine):
    values = figure_values(store, scope=CITY, as_of=TODAY, filters=HIS)
    assert values["open"][0] == 1
    assert values["collected"] == (None, None)
    whole = overview(store, scope=CITY, as_of=TODAY, filters=HIS)
    assert whole.worklists["no_lead"] == 0
    found = proposed_notices(store, scope=CITY, as_of=TODAY, filters=HIS)
    assert found.rows["number"].tolist() == ["A"]


def test_a_name_that_no_item_carries_leaves_nothing(store: Engine):
    rows = item_rows(store, scope=CITY, as_of=TODAY, filters=Filters(case_leader="赵"))
    assert rows.empty


def test_a_scope_is_offered_the_leaders_of_its_own_items(store: Engine):
    assert case_leaders(store, scope=CITY, as_of=TODAY) == ("李市长", "王市长")
    county = Scope(reporting_units=frozenset({"东源县"}))
    assert case_leaders(store, scope=county, as_of=TODAY) == ("王市长",)
    assert item_rows(store, scope=county, as_of=TODAY, filters=Filters(case_leader="李市长")).empty
