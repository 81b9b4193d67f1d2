"""部门 and 时限 through the whole app on a real store: numbers, links, who sees whom."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine, select, update

from data_access import clock
from data_access.database import reading, recording
from data_access.ledger_import.apply import store_import
from data_access.schema.registers import departments
from data_access.writes.department_merge import merge_department
from supervision.scope import Role, Scope
from tests.dashboard.administering import Desk
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.looking import looks

POLICE = ("市公安局",)


@pytest.fixture
def city(app_store: Engine) -> Engine:
    """教育局 fed back 12 of 12, 公安局 11 of 12, owes one and helps; one item is nobody's."""
    rows = [
        ledger_row(row=row, assigned_on=date(2026, 10, 20), feedback_on=date(2026, 11, 3),
                   lead_departments=POLICE if row > 12 else ("市教育局",))
        for row in range(1, 24)
    ] + [
        ledger_row(row=24, assigned_on=date(2026, 10, 20), lead_departments=POLICE),
        ledger_row(row=25, assigned_on=date(2026, 11, 10), co_departments=POLICE),
        ledger_row(row=26, assigned_on=date(2026, 11, 6), lead_departments=()),
        ledger_row(row=27, assigned_on=date(2026, 11, 2), county="紫金县", township="蓝塘镇",
                   lead_departments=("市水务局",)),
    ]  # fmt: skip
    store_import(app_store, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY)
    return app_store


def test_departments_are_ranked_among_their_peers(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk("units.py")
    table = desk.table("rank", "name")
    assert table[["rank", "name"]].to_numpy().tolist() == [["1", "市教育局"], ["2", "市公安局"]]
    assert table["on_time_feedback_rate"].tolist() == ["100.00%（12/12）", "91.67%（11/12）"]
    assert "示例权重，本市尚未规定" in desk.said
    assert "不排名 1 家：1 家按期反馈率不足 10 件次" in desk.said
    assert desk.table("name", "why")[["name", "why"]].to_numpy().tolist() == [
        ["市水务局", "样本不足"]
    ]


def test_who_alone_has_enough_cases_is_not_called_equal(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk("units.py", dept=str(_department(city, "市教育局")))
    assert "市直部门够 10 件次的只有市教育局（100.00 分）" in desk.said
    assert "并列" not in desk.said


def test_a_number_opens_its_rows_and_a_name_its_department(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk("units.py").click_row("units_ranking", 1, "overdue_open")
    assert desk.app.query_params["figure"] == "overdue_open"
    assert "共 **1** 件" in desk.said
    desk = Desk("units.py").click_row("units_ranking", 1, "name")
    assert "市公安局：在办 12 件，逾期未反馈 1 件" in desk.said
    assert "市直部门第 2 名（2 家参加排名）" in desk.said
    desk.click_row("unit_year", 11, "on_time_feedback_rate")
    assert "只看：按期反馈率，市公安局，" in desk.said
    assert "共 **12** 件" in desk.said


def test_duties_of_helpers_stand_apart(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk("units.py")
    assert "协办单列：1 家单位协办在办 1 件次，其中逾期 0 件次" in desk.said
    desk.click_row("units_helping_table", 0, "open")
    assert "市公安局协办" in desk.said
    assert "共 **1** 件" in desk.said


def test_a_department_sees_itself_alone_and_no_rank(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.LEAD_UNIT, scope=Scope(departments=frozenset(POLICE)))
    desk = Desk("units.py")
    assert "市公安局：在办 12 件，逾期未反馈 1 件" in desk.said
    assert "名次" not in desk.said
    assert "第 1 名" not in desk.said
    assert "教育局" not in desk.said
    assert "市公安局：" in Desk("units.py", unit="2").said


def test_a_helper_is_shown_no_figures_of_those_it_helps(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    police = frozenset(POLICE)
    scope = Scope(departments=police, co_departments=police)
    looks(monkeypatch, city, Role.LEAD_UNIT, Role.CO_UNIT, scope=scope)
    desk = Desk("units.py")
    assert "市公安局：在办 12 件" in desk.said
    assert [one for one in desk.app.selectbox if one.label == "换一家单位"] == []


def test_a_county_lists_its_departments_without_ranking_them(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    county = Scope(reporting_units=frozenset({"紫金县"}))
    looks(monkeypatch, city, Role.COUNTY_ADMIN, scope=county)
    desk = Desk("units.py")
    assert desk.table("name", "open")["name"].tolist() == ["市水务局"]
    assert "排名只在全市范围、同类单位之间进行" in desk.said


def test_deadlines_stand_by_department_county_and_session(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.SUPERVISOR)
    desk = Desk("deadlines.py")
    assert "逾期未反馈 2 件，最长 11 个、中位数 6.5 个工作日，3 个工作日内到期 1 件" in desk.said
    assert desk.table("name", "overdue_6_15")["overdue_open"].tolist() == [1, 1, 0]
    desk.app.query_params["by_whom"] = "session"
    desk.run()
    assert desk.table("name", "overdue_6_15")["name"].tolist() == ["不属于面对面场次"]
    desk.click_row("due_meeting", 0, "overdue_6_15")
    assert "逾期6–15个工作日，不属于面对面场次" in desk.said
    assert "共 **1** 件" in desk.said


def test_where_the_calendar_ends_nothing_is_told_that_it_cannot_count(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    clock.tell(date(2027, 1, 1))
    looks(monkeypatch, city, Role.LEADER)
    said = Desk("deadlines.py").said
    assert "哪些临期算不出：工作日历没有录到今天" in said
    assert "逾期 4 件，逾期天数待核" in said
    assert "没有逾期事项" not in said
    assert "逾期 1 件，逾期天数待核" in Desk("units.py", unit="2").said


def test_days_that_no_calendar_has_in_an_address_are_left_out_and_told(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk("deadlines.py", period="0001-01-01_9999-12-31")
    assert "统计时段" in desk.said
    assert "逾期未反馈 2 件" in desk.said


def test_an_older_link_to_a_merged_department_says_who_has_what_it_left_open(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    school, water = (_department(city, name) for name in ("市教育局", "市水务局"))
    merge_department(city, water, school, on=date(2026, 11, 24), as_of=TODAY, row_version=1,
                     viewer=SUPERVISOR)  # fmt: skip
    with recording(city) as change:
        # What the successor may be called from that day on: as short as the one that ended.
        alike = update(departments).where(departments.c.id == school)
        change.connection.execute(alike.values(short_name="市水务局"))
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk("units.py", unit=str(water))
    assert "市水务局：没有在办事项" in desk.said
    assert "已并入市教育局，没有办结的由其接办" in desk.said
    (others,) = (one for one in desk.app.selectbox if one.label == "换一家单位")
    assert others.value == "市水务局（市水务局）"
    assert "市水务局（市教育局）" in others.options
    assert "牵头单位：市水务局（已并入市教育局）" in Desk("deadlines.py", dept=str(water)).said


def _department(engine: Engine, name: str) -> int:
    with reading(engine) as connection:
        asked = select(departments.c.id).where(departments.c.name == name)
        return int(connection.execute(asked).scalar_one())


def test_an_address_of_nobody_shows_all_departments(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.LEADER)
    for asked in ("0", "999", "x", "９"):
        assert "在办 27 件" in Desk("units.py", unit=asked).said


def test_pages_of_an_empty_store_say_so_in_a_sentence(
    app_store: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, app_store, Role.LEADER)
    assert "还没有事项" in Desk("units.py").said
    desk = Desk("deadlines.py")
    assert "没有逾期未反馈，3 个工作日内没有到期的" in desk.said
    assert "没有逾期和临期的事项" in desk.said
    assert list(desk.app.dataframe) == []
    for script in ("trends.py", "satisfaction.py"):
        desk = Desk(script)
        assert "还没有事项" in desk.said
        assert list(desk.app.dataframe) == []
