"""视图 beside 筛选: what one saves opens the same page again, for others within their rights."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dashboard import view_acts
from supervision.scope import Role, Scope
from tests.acting import OFFICER, department_id, stored_item
from tests.app_store import store_of_the_app
from tests.dashboard.administering import Desk
from tests.looking import looks


@pytest.fixture
def store(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as engine:
        stored_item(engine, number="A", origin="12345热线")
        stored_item(engine, number="B", lead_departments=("市水务局",))
        yield engine


def shown(desk: Desk) -> list[str]:
    return sorted(desk.table("number", "title")["number"])


def test_a_view_is_saved_opened_renamed_and_deleted(store: Engine, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, store, Role.LEADER)
    desk = Desk("items.py").choose("来源渠道", "12345热线").run()
    desk.write("把现在的筛选保存为", "热线来的").press("保存视图")
    assert "已保存视图“热线来的”。" in desk.said
    desk.write("把现在的筛选保存为", "热线来的").press("保存视图")
    assert desk.refusals == ["您已有同名的视图，请换一个名称。"]
    desk.press("清除筛选")
    assert shown(desk) == ["A", "B"]
    desk.press("热线来的")
    assert shown(desk) == ["A"]
    desk.write("名称", "热线").press("保存修改")
    desk.app.switch_page("app_pages/overview.py")
    desk.run().press("热线（事项清单）")
    assert shown(desk) == ["A"]
    desk.press("删除这个视图")
    assert not desk.offers("热线（")


def test_a_shared_view_opens_within_the_rights_of_who_opens_it(
    store: Engine, monkeypatch: pytest.MonkeyPatch
):
    education, water = (department_id(store, name) for name in ("市教育局", "市水务局"))
    view_acts.save_view(
        "两家", page="items", query=f"dept={education}&dept={water}&light=red", shared=True,
        viewer=OFFICER,
    )  # fmt: skip
    own = Scope(departments=frozenset({"市水务局"}))
    looks(monkeypatch, store, Role.LEAD_UNIT, scope=own)
    desk = Desk("items.py").press("两家（事项清单，supervisor）")
    assert shown(desk) == ["B"]
    assert "没有采用：牵头单位。" in desk.said
    assert not [box for box in desk.app.checkbox if box.label.startswith("共享")]
    assert not desk.offers("删除这个视图")
