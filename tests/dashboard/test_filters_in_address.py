"""The filters on the pages: set by a link, kept from page to page, told when they do not count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from supervision.scope import Role, Scope
from tests.acting import department_id, stored_item
from tests.app_store import store_of_the_app
from tests.dashboard.administering import Desk
from tests.looking import looks

IGNORED = "链接里有筛选条件不在您的可见范围内或已不存在，没有采用："


@pytest.fixture
def store(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as engine:
        stored_item(engine, number="A", session_theme="交通出行", origin="12345热线")
        stored_item(engine, number="B", lead_departments=("市水务局",), county="紫金县",
                    township="蓝塘镇")  # fmt: skip
        yield engine


@pytest.fixture
def leader(store: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    looks(monkeypatch, store, Role.LEADER)
    return store


def said(desk: Desk) -> str:
    """What the page says, without what keeps it from being read as Markdown."""
    return desk.said.replace("\\", "").replace("\u2060", "")


def shown(desk: Desk) -> list[str]:
    return sorted(desk.table("number", "title")["number"])


def test_a_link_by_ids_opens_its_rows_and_the_boxes_show_them(leader: Engine):
    desk = Desk("items.py", dept=str(department_id(leader, "市教育局")), theme="交通出行")
    assert shown(desk) == ["A"]
    assert "牵头单位：市教育局 主题：交通出行" in said(desk)
    assert IGNORED not in said(desk)
    box = next(one for one in desk.app.multiselect if one.label == "牵头单位")
    assert box.value == ["市教育局"]


@pytest.mark.usefixtures("leader")
def test_filters_stay_on_the_way_to_another_page_and_over_one_without_filters():
    desk = Desk("items.py").choose("来源渠道", "12345热线").run()
    assert shown(desk) == ["A"]
    desk.app.switch_page("app_pages/reassign.py")
    desk.run()
    assert not desk.app.multiselect
    desk.app.switch_page("app_pages/overview.py")
    desk.run()
    assert "来源渠道：12345热线" in said(desk)
    desk.press("清除筛选")
    desk.app.switch_page("app_pages/items.py")
    assert shown(desk.run()) == ["A", "B"]


@pytest.mark.usefixtures("leader")
def test_two_days_of_ones_own_make_the_period():
    desk = Desk("items.py").take("统计时段", "自定义日期").run()
    first, last = desk.app.date_input
    assert "时段：2026-11-01 至 2026-11-25" in said(desk)
    first.set_value("2026-10-30")
    last.set_value("2026-10-30")
    assert "时段：2026-10-30 至 2026-10-30" in said(desk.run())
    assert shown(desk) == ["A", "B"]
    assert "当前筛选" not in said(desk.take("统计时段", None).run())


def test_what_is_out_of_ones_rights_does_not_count_and_one_line_says_so(
    store: Engine, monkeypatch: pytest.MonkeyPatch
):
    education = str(department_id(store, "市教育局"))
    water = Scope(departments=frozenset({"市水务局"}))
    looks(monkeypatch, store, Role.LEAD_UNIT, scope=water)
    desk = Desk("items.py", dept=education, theme="交通出行", light="red")
    assert f"{IGNORED}牵头单位、面对面主题。" in said(desk)
    assert "交通出行" not in said(desk)
    assert "亮灯：逾期" in said(desk)
    desk.press("清除筛选")
    assert IGNORED not in said(desk)
    assert shown(desk) == ["B"]


@pytest.mark.usefixtures("leader")
@pytest.mark.parametrize(
    "page", ["units.py", "satisfaction.py", "common_problems.py", "programmes.py"]
)
def test_days_to_come_are_not_told_backwards(page: str):
    told = said(Desk(page, period="2098-03-01_2098-04-01"))
    spans = re.findall(r"(\d{4}-\d\d-\d\d) 至 (\d{4}-\d\d-\d\d)", told)
    assert ("2098-03-01", "2098-03-01") in spans
    assert all(first <= last for first, last in spans)
