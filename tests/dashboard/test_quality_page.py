"""The page 数据质量, through the whole app on a real store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.ledger_import.apply import store_import
from supervision.quality import QualityList
from supervision.scope import Role, Scope
from tests.app_store import store_of_the_app
from tests.dashboard.administering import Desk
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.looking import looks

PAGE = "quality.py"
HOSTILE = "路灯![图](http://outside.example/a.png)<b>不亮</b>"


@pytest.fixture
def city(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """Item 1 was fed back before it was assigned, item 2 of another county has no township; one
    row was not stored."""
    rows = (
        ledger_row(row=3, title=HOSTILE, feedback_on=date(2026, 10, 30)),
        ledger_row(row=4, county="紫金县", township=None),
        ledger_row(row=5, storable=False),
    )
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as opened:
        store_import(opened, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY)
        yield opened


def test_lists_with_rows_are_offered_and_the_others_are_told_in_one_line(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk(PAGE)
    assert "3 类、3 处需要看一看" in desk.said
    assert [one.label for one in desk.app.button if one.label.startswith("**")] == [
        "**1**　反馈早于交办", "**1**　没有落到镇（街）", "**1**　台账里没有入库的行",
    ]  # fmt: skip
    assert "没有发现：已办结，没有办结日期；" in desk.said.replace("\u2060", "")


def test_a_row_shows_its_cell_and_leads_to_its_item(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.SUPERVISOR)
    desk = Desk(PAGE).press("**1**　反馈早于交办")
    table = desk.table("why", "cell")
    assert table["title"].tolist() == [HOSTILE]
    assert table["cell"].tolist() == ["F3　Sheet1"]
    assert table["why"].tolist() == ["反馈 2026-10-30，交办 2026-11-02"]
    assert "请填报单位改正台账后，重新导入" in desk.said
    desk.click_row("quality:feedback_before_assignment", 0, "title")
    assert desk.app.query_params["id"] == "1"


def test_a_row_that_was_not_stored_leads_to_its_batch_for_who_may_import(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.SUPERVISOR)
    desk = Desk(PAGE, list=QualityList.ROWS_REFUSED.value)
    assert desk.table("why", "cell")["cell"].tolist() == ["第5行　Sheet1"]
    desk.click_row("quality:rows_refused", 0, "why")
    assert desk.app.query_params["batch"] == "1"


def test_a_leader_is_told_who_sees_the_batch(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk(PAGE, list=QualityList.ROWS_REFUSED.value)
    desk.click_row("quality:rows_refused", 0, "why")
    assert "由督查督办员查看" in desk.said


def test_a_county_sees_its_own(city: Engine, monkeypatch: pytest.MonkeyPatch):
    county = Scope(reporting_units=frozenset({"紫金县"}))
    looks(monkeypatch, city, Role.COUNTY_ADMIN, scope=county)
    desk = Desk(PAGE)
    assert [one.label for one in desk.app.button if one.label.startswith("**")] == [
        "**1**　没有落到镇（街）"
    ]


def test_an_address_of_no_list_shows_all_lists(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.SUPERVISOR)
    assert "需要看一看" in Desk(PAGE, list="x' OR 1=1").said


def test_a_long_list_is_turned_page_by_page(city: Engine, monkeypatch: pytest.MonkeyPatch):
    rows = [ledger_row(row=n, feedback_on=date(2026, 10, 30)) for n in range(100, 202)]
    store_import(city, judged_ledger(*rows, name="另一份.xlsx"), viewer=SUPERVISOR, as_of=TODAY)
    looks(monkeypatch, city, Role.SUPERVISOR)
    desk = Desk(PAGE, list=QualityList.FEEDBACK_BEFORE_ASSIGNMENT.value)
    assert "共 103 处，本页第 1–100 处" in desk.said
    desk.press("下一页")
    assert len(desk.table("why", "cell")) == 3
    assert "本页第 101–103 处" in desk.said
    desk.press("回到首页")
    assert "本页第 1–100 处" in desk.said
    desk.press("下一页").press("← 回到数据质量")
    assert "after" not in desk.app.query_params
