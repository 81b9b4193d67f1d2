"""The page 镇街地图, through the whole app on a real store."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import Engine

from dashboard.townships import place
from data_access.ledger_import.apply import store_import
from data_access.reads.choices import choices
from supervision.scope import Role, Scope
from tests.dashboard.administering import Desk
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.looking import looks

PAGE = "townships.py"
LANTANG, CHUANTANG = "441621105", "441625103"


@pytest.fixture
def city(app_store: Engine) -> Engine:
    """Three overdue items in 船塘镇, one in 蓝塘镇, one nowhere; one that is not due yet."""
    late = {"assigned_on": date(2026, 10, 12)}
    rows = (
        ledger_row(row=3, village="某村", **late),
        ledger_row(row=4, **late),
        ledger_row(row=5, title="路灯![图](http://outside.example/a.png)<b>不亮</b>", **late),
        ledger_row(row=6, county="紫金县", township="蓝塘镇", **late),
        ledger_row(row=7, township=None, **late),
        ledger_row(row=8, assigned_on=date(2026, 11, 20)),
    )
    store_import(app_store, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY)
    return app_store


def _links(desk: Desk) -> list[tuple[str, str]]:
    links = [(one.proto.label, one.proto.query_string) for one in desk.app.get("page_link")]
    return [(label, query) for label, query in links if "figure=" in query]


def test_what_is_on_the_map_and_what_is_in_no_township_are_the_whole(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk(PAGE)
    whole, beside = (int(_number(label)) for label, _ in _links(desk)[:2])
    on_map = int(_number(next(w for w in desk.said.split("\n") if "图上" in w)))
    assert (whole, on_map, beside) == (5, 4, 1)
    assert "东源县船塘镇逾期未反馈 3 件，全市最多；101 个镇（街）中 2 个有逾期未反馈" in desk.said
    assert "示意图，不代表行政区域界线" in desk.said
    assert "一律按考核单位" in desk.said


def test_a_zone_without_a_township_of_its_own_has_its_items_beside_the_picture(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEADER)
    zone = next(
        key for key, name in choices(city, scope=Scope.whole_city(), as_of=TODAY).units.items()
        if name == "高新区"
    )  # fmt: skip
    desk = Desk(PAGE, county=str(zone))
    assert "高新区没有可以画的镇（街）" in desk.said
    assert next(label for label, _ in _links(desk)).startswith("高新区逾期未反馈 **0**")


def _number(words: str) -> str:
    found = re.search(r"\d+", words.replace("*", ""))
    assert found is not None
    return found.group()


def test_the_side_list_ranks_and_each_line_leads_to_its_rows(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEADER)
    lines = _links(Desk(PAGE))[2:4]
    assert "船塘镇" in lines[0][0]
    assert "**3 件**" in lines[0][0]
    assert f"place={CHUANTANG}" in lines[0][1]
    assert "figure=overdue_open" in lines[0][1]
    assert f"place={LANTANG}" in lines[1][1]


def test_the_measure_of_the_address_is_shown_and_an_unknown_one_is_overdue(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEADER)
    assert "东源县船塘镇在办 4 件，全市最多" in Desk(PAGE, measure="open").said
    assert "船塘镇逾期未反馈 3 件" in Desk(PAGE, measure="nonsense").said


def test_of_many_counties_one_is_chosen_from_a_box(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.LEADER)
    assert not [box for box in Desk(PAGE).app.selectbox if box.label == "县（区）"]
    monkeypatch.setattr(place, "MOST_PILLS", 3)
    desk = Desk(PAGE)
    box = next(box for box in desk.app.selectbox if box.label == "县（区）")
    box.select_index(box.options.index("东源县 3"))
    assert "›　东源县" in desk.run().said


def test_inside_a_township_its_villages_and_what_names_none_are_the_whole(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk(PAGE, town=CHUANTANG)
    assert "船塘镇在办 4 件，其中逾期 3 件" in desk.said
    assert "在办 4 件 ＝ 写明村（社区）1 件 ＋ 未写明 3 件" in desk.said
    assert desk.table("village", "open")["open"].tolist() == [1, 3]
    assert len(desk.app.get("vega_lite_chart")) == 1


def test_a_village_of_the_address_shows_its_rows(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk(PAGE, town=CHUANTANG, village="某村")
    assert desk.table("title", "light")["title"].tolist() == ["第3号路口路灯不亮"]


def test_a_township_shows_all_its_open_rows_until_a_village_is_chosen(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEADER)
    for address in ({}, {"village": "没有这个村"}):
        assert len(Desk(PAGE, town=CHUANTANG, **address).table("title", "light")) == 4


def test_each_figure_of_a_township_tells_what_it_counts(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEADER)
    drawn = Desk(PAGE, town=CHUANTANG).app.get("html")
    told = [block for block in drawn if "duban-about" in block.proto.body]
    assert len(told) == 4
    assert all("算式：" in block.proto.body for block in told)


def test_a_department_sees_villages_and_no_single_points(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEAD_UNIT)
    desk = Desk(PAGE, town=CHUANTANG)
    assert desk.table("village", "open")["open"].sum() == 4
    assert len(desk.app.get("vega_lite_chart")) == 0


def test_a_county_has_its_own_tiles_and_is_told_that_others_have_no_number(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.COUNTY_ADMIN, scope=Scope(reporting_units=frozenset({"紫金县"})))
    desk = Desk(PAGE)
    assert "紫金县蓝塘镇逾期未反馈 1 件，范围内最多" in desk.said
    assert "船塘" not in str(desk.table("name", "unit").to_dict())
