"""趋势: every number of every period, and of those it is compared with, opens its rows."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from data_access.filters import Filters
from data_access.ledger_import.apply import store_import
from data_access.moment import Period
from data_access.reads.figures import figure_counts
from data_access.reads.items import item_page
from data_access.reads.trends import DAY_OF, Counted, trends
from supervision.scope import Scope
from supervision.spans import Step
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row

CITY = SUPERVISOR.scope


def _closed(row, begun, fed_back, closed, **said):
    return ledger_row(row=row, received_on=begun, assigned_on=begun, feedback_on=fed_back,
                      closed_on=closed, status="已办结", **said)  # fmt: skip


@pytest.fixture
def filled(town: Engine) -> Engine:
    """Items of this month, of last month, of this month a year ago after and before the day."""
    rows = [
        _closed(3, date(2025, 11, 5), date(2025, 11, 12), date(2025, 11, 14), satisfaction="满意"),
        _closed(4, date(2025, 11, 27), date(2025, 12, 4), date(2025, 12, 5)),
        _closed(5, date(2026, 10, 12), date(2026, 11, 9), date(2026, 11, 10),
                satisfaction="不满意"),
        _closed(6, date(2026, 9, 28), date(2026, 10, 14), date(2026, 10, 20), satisfaction="满意"),
        ledger_row(row=7, received_on=date(2026, 11, 2), assigned_on=date(2026, 11, 3)),
        ledger_row(row=8, received_on=date(2026, 11, 24), assigned_on=date(2026, 11, 24),
                   lead_departments=("市公安局",)),
    ]  # fmt: skip
    store_import(town, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY)
    return town


def _some(engine: Engine, step: Step) -> list[Counted]:
    """The newest periods, a middle one and the oldest, each with what it is compared with."""
    lines = trends(engine, scope=CITY, as_of=TODAY, step=step).lines
    chosen = (*lines[-2:], lines[len(lines) // 2], lines[0])
    return [one for line in chosen for one in (line.now, line.before, line.a_year_before)]


@pytest.mark.parametrize("step", list(Step))
def test_every_number_of_a_period_is_the_registered_one_and_opens_its_rows(filled, step):
    for one in _some(filled, step):
        period = Period(one.span.first, one.span.last)
        told = {
            row["slug"]: row
            for row in figure_counts(
                filled, scope=CITY, as_of=TODAY, filters=Filters(period=period)
            ).iter_rows(named=True)
        }
        for slug in DAY_OF:
            base = one.counts.get(f"{slug}:of", one.counts[f"{slug}:n"])
            assert one.counts[f"{slug}:n"] == told[slug]["n"], (slug, one.span)
            asked = Filters(figure=slug, period=period)
            assert base == item_page(filled, scope=CITY, as_of=TODAY, filters=asked).total


def test_a_running_month_is_compared_with_as_many_days(filled):
    november = trends(filled, scope=CITY, as_of=TODAY, step=Step.MONTH).lines[-1]
    counts = [
        one.counts["intake:n"] for one in (november.now, november.before, november.a_year_before)
    ]
    assert counts == [2, 1, 1]
    assert november.now.counts["closed:n"] == 1
    october = trends(filled, scope=CITY, as_of=TODAY, step=Step.MONTH).lines[-2].now
    assert october.festival == "国庆"


def test_months_add_up_to_the_year_and_a_scope_sees_its_own(filled):
    year = trends(filled, scope=CITY, as_of=TODAY, step=Step.MONTH).lines
    assert sum(line.now.counts["intake:n"] for line in year) == 6
    police = Scope(everything=False, departments=frozenset({"市公安局"}))
    own = trends(filled, scope=police, as_of=TODAY, step=Step.MONTH).lines
    assert sum(line.now.counts["intake:n"] for line in own) == 1
