"""共性问题's cells: every number is the number of rows behind its link, and parts add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from data_access.filters import Filters
from data_access.ledger_import.apply import store_import
from data_access.moment import Period, period_before
from data_access.reads.common_problems import BEFORE, COUNTED, common_problems
from data_access.reads.figures import figure_counts
from data_access.reads.items import item_page
from supervision.scope import Scope
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

CITY = SUPERVISOR.scope


@pytest.fixture
def told(city: Engine) -> Engine:
    days = [date(2026, 11, 3), date(2026, 11, 20), date(2026, 10, 5), date(2026, 10, 30)]
    rows = [
        ledger_row(
            row=3 + 4 * place + number, received_on=day, assigned_on=day,
            category=(("供水",), ("道路",), ())[place],
            **({"county": "紫金县", "township": "蓝塘镇"} if number % 2 else {}),
        )
        for place in range(3)
        for number, day in enumerate(days)
    ]  # fmt: skip
    store_import(city, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY)
    return city


def test_every_cell_is_its_rows_and_cells_add_up(told: Engine):
    seen = common_problems(told, scope=CITY, as_of=TODAY)
    counts = dict(figure_counts(told, scope=CITY, as_of=TODAY).select("slug", "n").iter_rows())
    for slug in COUNTED:
        assert seen.cells[f"{slug}:n"].sum() == counts[slug]
    for row in seen.cells.iter_rows(named=True):
        asked = Filters(units=(row["unit_id"],))
        if row["category_id"] is None:
            asked = replace(asked, without=("category_id",))
        else:
            asked = replace(asked, categories=(row["category_id"],))
        for slug in COUNTED:
            page = item_page(told, scope=CITY, as_of=TODAY, filters=replace(asked, figure=slug))
            assert page.total == row[f"{slug}:n"], (slug, row)
        then = replace(asked, figure="intake", period=seen.before)
        page = item_page(told, scope=CITY, as_of=TODAY, filters=then)
        assert page.total == row[BEFORE]


def test_a_county_is_told_of_its_own(told: Engine):
    county = Scope(reporting_units=frozenset({"紫金县"}))
    assert common_problems(told, scope=county, as_of=TODAY).cells["unit_id"].n_unique() == 1


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ((date(2026, 11, 1), date(2026, 11, 25)), (date(2026, 10, 1), date(2026, 10, 25))),
        ((date(2026, 3, 1), date(2026, 3, 31)), (date(2026, 2, 1), date(2026, 2, 28))),
        ((date(2026, 1, 1), date(2026, 1, 31)), (date(2025, 12, 1), date(2025, 12, 31))),
        ((date(2026, 1, 1), date(2026, 11, 25)), (date(2025, 1, 1), date(2025, 11, 25))),
        ((date(2028, 1, 1), date(2028, 2, 29)), (date(2027, 1, 1), date(2027, 2, 28))),
        ((date(2026, 11, 9), date(2026, 11, 15)), (date(2026, 11, 2), date(2026, 11, 8))),
    ],
)
def test_a_period_is_compared_with_the_one_that_people_mean(
    period: tuple[date, date], before: tuple[date, date]
):
    assert period_before(Period(*period)) == Period(*before)
