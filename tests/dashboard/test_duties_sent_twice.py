"""Duties beside an item: sent twice, from a page that was overtaken, and while others write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from data_access import database
from data_access.database import reading, transaction
from data_access.schema.supervision import item_acts
from supervision.beside_acts import BesideAct
from supervision.scope import Role
from tests.acting import OFFICER, Walk, stored_item
from tests.app_store import store_of_the_app
from tests.dashboard.administering import Desk
from tests.dashboard.noticing import everything, fill, item_page, press_last
from tests.looking import looks


def _report(desk: Desk) -> None:
    fill(desk.write("媒体", "河源日报"), "报道内容", "路灯不亮")


def _task_force(desk: Desk) -> None:
    desk.write("专班负责人", "李副市长")
    fill(desk, "成员单位和人员", "市教育局、市水务局")


def _instruction(desk: Desk) -> None:
    fill(desk, "批示内容", "请一周内办结。")


Filled = Callable[[Desk], None]
SEND = "登记"
DUTIES = [
    (Role.SUPERVISOR, "媒体报道", BesideAct.RECORD_MEDIA_REPORT, _report),
    (Role.SUPERVISOR, "成立一事一专班", BesideAct.FORM_TASK_FORCE, _task_force),
    (Role.LEADER, "登记批示", BesideAct.INSTRUCT, _instruction),
]


@pytest.fixture
def walk(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Walk]:
    # A connection hears the patience when it is opened.
    monkeypatch.setattr(database, "BUSY_MS", 50)
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as engine:
        yield Walk(engine, stored_item(engine))


def acts_kept(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return list(connection.execute(select(item_acts.c.act).order_by(item_acts.c.id)).scalars())


@pytest.mark.parametrize(("role", "button", "act", "filled"), DUTIES)
def test_a_duty_is_recorded_once_whatever_happens_on_the_way(
    walk: Walk, monkeypatch: pytest.MonkeyPatch, role: Role, button: str, act: BesideAct,
    filled: Filled,
):  # fmt: skip
    looks(monkeypatch, walk.engine, role)
    desk = item_page(walk).press(button)
    filled(desk)
    with transaction(walk.engine):
        press_last(desk, SEND)
    assert "系统正忙" in desk.refusals[0]
    assert acts_kept(walk.engine) == []
    # Its answer is lost on the way: the form that was sent is sent again.
    sent = desk.app.session_state["opened_form"]
    press_last(desk, SEND)
    desk.app.session_state["opened_form"] = sent
    desk.run()
    filled(desk)
    press_last(desk, SEND)
    assert "此前已办理，没有重复办理" in desk.said
    assert acts_kept(walk.engine) == [str(act)]


@pytest.mark.parametrize(("role", "button", "act", "filled"), DUTIES)
def test_a_duty_from_a_page_that_was_overtaken_is_shown_what_changed_first(
    walk: Walk, monkeypatch: pytest.MonkeyPatch, role: Role, button: str, act: BesideAct,
    filled: Filled,
):  # fmt: skip
    looks(monkeypatch, walk.engine, role)
    desk = item_page(walk).press(button)
    filled(desk)
    walk.does(BesideAct.NOTE, OFFICER, text="已到现场")
    press_last(desk, SEND)
    assert acts_kept(walk.engine) == ["note"]
    assert "已到现场" in everything(desk)
    desk.press("看过了，仍按我填的")
    assert acts_kept(walk.engine) == ["note", str(act)]
