"""总览 as a page: what changed, its 口径, the numbers of its pictures, and an empty city."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from data_access.schema.registers import face_to_face_sessions
from supervision.scope import Role
from tests.acting import stored_item
from tests.app_store import store_of_the_app
from tests.dashboard.administering import Desk
from tests.looking import looks


@pytest.fixture
def store(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as engine:
        looks(monkeypatch, engine, Role.LEADER)
        yield engine


def test_the_page_tells_what_changed_and_shows_its_numbers_when_asked(store: Engine):
    stored_item(store, number="A", due_on=date(2026, 11, 20), session_theme="交通出行")
    stored_item(store, number="B", due_on=date(2026, 12, 1), county=None, township=None)
    with store.begin() as connection:
        connection.execute(update(face_to_face_sessions).values(held_on=date(2026, 11, 9)))
    desk = Desk("overview.py")
    told = "面对面以来：新增 0 件，办结 0 件，在办持平，逾期未反馈增加 1 件。"
    assert f"自11月9日“交通出行”{told}" in desk.said
    drawn = "".join(str(part.proto.body) for part in desk.app.get("html"))
    assert drawn.count('<details class="duban-about">') == 7
    assert "查看数据" in [box.label for box in desk.app.expander]
    assert len(desk.app.dataframe) == 1, "only the longest overdue"
    desk.app.session_state["overview_data"] = True
    desk.run()
    departments = desk.table("牵头单位", "在办合计")
    assert departments[["逾期", "未到期", "在办合计"]].to_numpy().tolist() == [[1, 1, 2]]
    towns = desk.table("镇(街)", "在办", "逾期未反馈")
    assert towns.to_numpy().tolist() == [["船塘镇", 1, 1], ["未定位到镇(街)", 1, 0]]
    due = desk.table("反馈期限", "到期件数")
    assert due[due["到期件数"] > 0].to_numpy().tolist() == [["2026-12-01", 1]]
    months = desk.table("月份", "上年同月办结")
    assert (months["月份"].iloc[-1], months["新增"].sum()) == ("2026年11月", 2)


@pytest.mark.usefixtures("store")
def test_an_empty_city_is_told_who_brings_the_numbers():
    desk = Desk("overview.py")
    assert "还没有事项。督查督办员或县(区)专班导入台账后，这里就有数字。" in desk.said
    assert not desk.app.expander
