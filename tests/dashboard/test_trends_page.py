"""趋势 through the whole app on a real store, and its charts by themselves."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from dashboard.parts.trend_charts import RateOfSpan, Volume, rates, span_told, volumes
from data_access.ledger_import.apply import store_import
from supervision.metrics import Rate
from supervision.scope import Role, Scope
from supervision.spans import Span, Step
from tests.dashboard.administering import Desk
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.looking import looks

OCTOBER = Span(date(2026, 10, 1), date(2026, 10, 31))
NOVEMBER = Span(date(2026, 11, 1), TODAY, whole=False)


@pytest.fixture
def city(app_store: Engine) -> Engine:
    """Twelve items of this month, ten of the same days a year ago, one after them."""
    days = [*[date(2026, 11, 3)] * 12, *[date(2025, 11, 4)] * 10, date(2025, 11, 28)]
    rows = [
        ledger_row(row=row, received_on=day, assigned_on=day) for row, day in enumerate(days, 3)
    ]
    store_import(app_store, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY)
    return app_store


def test_the_running_month_is_compared_with_as_many_days_and_opens_its_rows(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk("trends.py")
    assert "新增 12 件，同比上升20.00%，环比—（上期为0），办结 0 件，净增 12 件" in desk.said
    desk.click_row("trends_month", 0, "intake")
    assert "共 **12** 件" in desk.said


def test_weeks_stand_beside_months(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk("trends.py")
    desk.app.query_params["step"] = Step.WEEK
    desk.run()
    assert "11月23日起一周（至25日）新增 0 件" in desk.said
    assert len(desk.table("span", "net")) == 26
    desk.click_row("trends_week", 3, "intake")
    assert "共 **12** 件" in desk.said


def test_who_sees_nothing_is_told_of_nothing(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.COUNTY_ADMIN, scope=Scope(reporting_units=frozenset({"紫金县"})))
    assert "新增 0 件，同比—（上年同期为0）" in Desk("trends.py").said


def test_a_running_period_is_hollow_and_never_the_headline():
    chart = volumes(
        [Volume(OCTOBER, 40, 30, 20, 50), Volume(NOVEMBER, 90, 3, 30, 10)],
        step=Step.MONTH, dark=False,
    )  # fmt: skip
    assert chart.headline == "2026年10月新增 40 件，同比下降20.00%，环比上升100.00%"
    assert set(chart.frame[chart.frame["quiet"]]["period"]) == {"2026-11"}
    assert chart.frame["value"].tolist() == [40, 30, 50, 90, 3, 10]
    assert set(chart.frame["days"]) == {"2026-10-01_2026-10-31", "2026-11-01_2026-11-25"}
    named = chart.frame[chart.frame["label"] != ""]
    assert named[["period", "label", "above"]].to_numpy().tolist() == [
        ["2026-10", "40", True],
        ["2026-10", "30", False],
    ]


def test_a_rate_with_too_few_cases_is_hollow():
    few = RateOfSpan(OCTOBER, Rate(4, 5), Rate(0, 0), Rate(19, 20))
    chart = rates([few], name="满意率", step=Step.MONTH, dark=False, small_sample=10)
    assert chart.frame["quiet"].tolist() == [True, False]
    assert chart.headline == (
        "2026年10月满意率 80.00%（4/5），同比由95.00%（19/20）变为80.00%（4/5）"
    )


def test_a_week_that_runs_into_another_month_says_which():
    over_the_year = Span(date(2026, 12, 28), date(2027, 1, 1), whole=False)
    assert span_told(over_the_year, Step.WEEK) == "12月28日起一周（至1月1日）"


def test_nothing_gives_a_sentence_and_no_axes():
    chart = rates([], name="满意率", step=Step.WEEK, dark=False, small_sample=10)
    assert (chart.headline, chart.is_empty) == ("还没有满一期的满意率", True)
