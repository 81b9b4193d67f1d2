"""共性问题: repeated matters, alike texts, 类案 and the hotline through the whole app."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dashboard import problem_acts
from dashboard.hotline_commands import import_hotline
from dashboard.problems.part_choice import ALIKE, HOTLINE, MATTERS, REPEATS
from data_access.filters import Filters
from data_access.ledger_import.apply import store_import
from data_access.reads.items import item_rows
from data_access.writes.matter_rows import MatterWanted
from supervision.scope import Role, Scope
from tests.dashboard.administering import Desk
from tests.factories import SUPERVISOR, TODAY, judged_ledger, ledger_row
from tests.looking import looks

PAGE = "common_problems.py"
HOSTILE = "![x](http://evil.example/x.png)<script>加装电梯</script>"


@pytest.fixture
def city(app_store: Engine) -> Engine:
    """Four items about lifts, one of them hostile; two of one matter in one township."""
    rows = [
        *(
            ledger_row(row=row, title=f"{name}加装电梯受阻", content="低层业主反对加装电梯")
            for row, name in ((3, "甲座"), (4, "乙座"), (5, "丙座"))
        ),
        ledger_row(row=6, title=HOSTILE, content="低层业主反对加装电梯"),
        *(ledger_row(row=row, title="圩镇污水直排河道", content="污水直排") for row in (7, 8)),
    ]
    store_import(app_store, judged_ledger(*rows), viewer=SUPERVISOR, as_of=TODAY)
    return app_store


def _made(engine: Engine) -> int:
    rows = item_rows(engine, scope=SUPERVISOR.scope, as_of=TODAY, filters=Filters())
    lifts = rows[rows["title"].str.contains("加装电梯")]["item_id"]
    return problem_acts.make_matter(
        MatterWanted("老旧小区加装电梯", None, "一小区一方案"), [int(key) for key in lifts],
        token="t" * 32, as_of=TODAY, viewer=SUPERVISOR,
    ).matter_id  # fmt: skip


def test_a_matter_raised_again_opens_its_rows(city: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk(PAGE, part=REPEATS)
    assert "1 件事被反映了两次以上，共 2 件，1 件事还有在办" in desk.said
    assert "共 **2** 件" in desk.click_row("repeats", 0, "n").said
    assert "反复反映的同一件事" in desk.said


def test_alike_texts_are_a_group_whose_numbers_open_its_rows(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk(PAGE, part=ALIKE)
    assert "4 件诉求归成 1 组" in desk.said
    assert "加装电梯" in desk.table("name", "departments").iloc[0]["name"]
    assert "evil" not in desk.table("name", "departments").to_csv()
    assert "共 **4** 件" in desk.click_row("alike", 0, "open").said
    # A leader looks; he makes no matters.
    desk = Desk(PAGE, part=ALIKE).click_row("alike", 0, "name")
    assert "一组 4 件，在办 4 件" in desk.said
    assert not desk.offers("立为类案")


def test_a_supervisor_makes_a_group_a_matter_and_closes_it(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.SUPERVISOR)
    desk = Desk(PAGE, part=ALIKE).click_row("alike", 0, "name")
    desk.write("类案名称", "老旧小区加装电梯").press("立为类案")
    assert "“老旧小区加装电梯”加入 4 件事项" in desk.said
    assert "老旧小区加装电梯：4 件事项，在办 4 件" in desk.said
    next(one for one in desk.app.text_area if one.label == "办理结果").set_value("已出台指引")
    desk.press("办结")
    assert "办理结果：已出台指引" in desk.said
    assert desk.offers("重新推进")


def test_a_matter_is_shown_with_its_figures_and_on_its_items(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    matter_id = _made(city)
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk(PAGE, part=MATTERS)
    assert "推进中的类案 1 个，含事项 4 件，在办 4 件" in desk.said
    assert "共 **4** 件" in desk.click_row("matters", 0, "open").said
    desk = Desk(PAGE, part=MATTERS, matter=str(matter_id))
    assert "措施：一小区一方案" in desk.said
    assert "duban-paper" in "".join(str(one.proto.body) for one in desk.app.get("html"))
    assert not desk.offers("类案办结")
    rows = item_rows(city, scope=SUPERVISOR.scope, as_of=TODAY, filters=Filters())
    lift = rows[rows["title"] == "甲座加装电梯受阻"]["item_id"].iloc[0]
    assert "属于类案“老旧小区加装电梯”" in Desk("item.py", id=str(lift)).said


def test_items_join_a_matter_by_their_numbers(city: Engine, monkeypatch: pytest.MonkeyPatch):
    matter_id = _made(city)
    looks(monkeypatch, city, Role.SUPERVISOR)
    desk = Desk(PAGE, part=MATTERS, matter=str(matter_id))
    numbers = next(one for one in desk.app.text_area if one.label == "事项编号")
    numbers.set_value("MDM-0007\nMDM-9999")
    assert "没有找到编号 MDM-9999，一件也没有加入。" in "".join(
        desk.press("加入").refusals
    ).replace("\\", "").replace("\u2060", "")
    next(one for one in desk.app.text_area if one.label == "事项编号").set_value("MDM-0007")
    assert "加入 1 件事项" in desk.press("加入").said
    assert "老旧小区加装电梯：5 件事项" in desk.said


def _ticked(desk: Desk, *places: int) -> Desk:
    name = next(one.proto.id for one in desk.app.dataframe if "items:" in one.proto.id)
    desk.app.session_state[name.partition("-")[2].partition("-")[2]] = {
        "selection": {"rows": list(places), "columns": [], "cells": []}
    }
    return desk.run()


def test_rows_ticked_on_the_list_become_a_matter_by_which_it_is_narrowed_and_leave_it(
    city: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, city, Role.SUPERVISOR)
    desk = _ticked(Desk("items.py"), 0, 1)
    desk.write("类案名称", "污水直排").press("立为类案")
    assert "“污水直排”加入 2 件事项" in desk.said
    assert sorted(desk.table("matter", "number")["matter"].dropna()) == ["污水直排", "污水直排"]
    desk = Desk("items.py", **{"class": "1"})
    assert "类案：污水直排" in desk.said
    assert "共 **2** 件" in desk.said
    desk = _ticked(desk, 0).press("移出类案（1 件）")
    assert "已把 1 件事项移出类案" in desk.said
    assert "共 **1** 件" in desk.said


def test_another_countys_matter_is_not_found(city: Engine, monkeypatch: pytest.MonkeyPatch):
    matter_id = _made(city)
    looks(monkeypatch, city, Role.COUNTY_ADMIN, scope=Scope(reporting_units=frozenset({"紫金县"})))
    said = Desk(PAGE, part=MATTERS, matter=str(matter_id)).said
    assert "没有找到这个类案" in said
    assert "加装电梯" not in said
    assert "没有三件以上用语相近的诉求" in Desk(PAGE, part=ALIKE).said


def test_the_hotline_is_compared_with_the_year_before(
    city: Engine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    ledger = tmp_path / "热线.csv"
    lines = [
        f"{month:%Y-%m},{theme},{n}"
        for month, look, drink in (
            (date(2025, 10, 1), 200, 97), (date(2026, 9, 1), 100, 60), (date(2026, 10, 1), 80, 70),
        )
        for theme, n in (("看病难", look), ("饮水难", drink))
    ]  # fmt: skip
    ledger.write_text("\n".join(["月份,主题,件数", *lines]), encoding="utf-8")
    assert import_hotline(city, ledger) == 0
    assert "已导入热线统计 6 行，3 个月" in capsys.readouterr().out
    looks(monkeypatch, city, Role.LEADER)
    desk = Desk(PAGE, part=HOTLINE)
    assert "2026年10月热线 150 件，同比下降49.49%；下降最多的是看病难 80 件，同比下降60.00%" in (
        desk.said
    )
    table = desk.table("theme", "on_year").set_index("theme")
    assert table.loc["看病难", "on_month"] == "下降20.00%"
    assert table.loc["饮水难", "on_year"] == "下降27.84%"
    assert (table.loc["看病难", "running"], table.loc["看病难", "on_running"]) == (180, "")
    assert not desk.app.get("file_uploader")
    ledger.write_text("月份,主题,件数\n2026-99,看病难,1", encoding="utf-8")
    assert import_hotline(city, ledger) != 0
    assert "A2（月份）：看不出是哪个月" in capsys.readouterr().err


@pytest.mark.parametrize("part", [REPEATS, ALIKE, MATTERS, HOTLINE])
def test_an_empty_store_says_what_to_do(
    app_store: Engine, monkeypatch: pytest.MonkeyPatch, part: str
):
    looks(monkeypatch, app_store, Role.SUPERVISOR)
    said = Desk(PAGE, part=part).said
    assert any(
        words in said for words in ("没有发现反复反映", "没有三件以上", "即可立为类案", "下载模板")
    )
