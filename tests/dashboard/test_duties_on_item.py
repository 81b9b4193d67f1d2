"""What an item's page records beside the item, through the whole app on a real store."""

from __future__ import annotations

import pandas as pd
import pytest
from sqlalchemy import Engine

from dashboard.notices.accountability import counted
from data_access import database
from data_access.database import transaction
from data_access.reads.beside import beside_item
from supervision.beside_acts import BesideAct
from supervision.lifecycle import Act
from supervision.loop_words import (
    AccountabilityKind,
)
from supervision.scope import Role
from tests.acting import (
    CLERK,
    EDUCATION,
    HEAD,
    LEADER,
    OFFICER,
    WATER,
    Walk,
    department_id,
)
from tests.dashboard.noticing import (
    CITY,
    drafted,
    everything,
    fill,
    item_page,
    page,
    press_last,
)
from tests.factories import TODAY
from tests.looking import looks


def test_a_department_reads_on_the_item_neither_drafts_nor_who_follows_it(
    late: Walk, monkeypatch: pytest.MonkeyPatch
):
    notice = drafted(late)
    late.does(BesideAct.ADD_FOLLOWER, OFFICER, name="陈大文", text="常来问进度的老人")
    looks(monkeypatch, late.engine, Role.LEAD_UNIT, scope=CLERK.scope)
    told = everything(item_page(late))
    assert "登记事项" in told
    assert "请抓紧办理。" not in told
    assert "常来问进度的老人" not in told
    late.does(Act.ISSUE_NOTICE, HEAD, notice_id=notice)
    assert "督办〔2026〕1号" in everything(item_page(late))


def test_a_department_that_was_overtaken_is_not_told_what_the_office_drafted(
    late: Walk, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, late.engine, Role.LEAD_UNIT, scope=CLERK.scope)
    desk = item_page(late).press("补充说明")
    drafted(late)
    fill(desk, "", "已到现场")
    press_last(desk, "补充说明")
    told = everything(desk)
    assert "督查室内部处理" in told
    assert "请抓紧办理。" not in told


def test_a_leader_writes_an_instruction_that_stands_until_it_is_answered(
    late: Walk, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, late.engine, Role.LEADER)
    desk = item_page(late).press("登记批示")
    fill(desk, "批示内容", "请教育局一周内办结。")
    press_last(desk, "登记")
    assert "领导批示 某人" in desk.said
    assert "（待回复）" in desk.said
    assert "请教育局一周内办结。" in desk.said


def test_a_supervisor_answers_an_instruction(late: Walk, monkeypatch: pytest.MonkeyPatch):
    late.does(BesideAct.INSTRUCT, LEADER, text="请教育局一周内办结。")
    looks(monkeypatch, late.engine, Role.SUPERVISOR)
    desk = item_page(late).press("回复批示")
    fill(desk, "落实情况", "已约谈，周五前修复。")
    press_last(desk, "回复")
    assert "落实情况（2026-11-25 回复）" in desk.said
    assert "待回复" not in desk.said


def test_what_is_called_to_account_is_recorded_on_the_item_and_counted(
    late: Walk, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, late.engine, Role.SUPERVISOR)
    desk = item_page(late).press("问责")
    desk.take("方式", 1)
    fill(desk, "事由", "约谈分管负责人")
    press_last(desk, "登记")
    beside = beside_item(late.engine, scope=CITY, as_of=TODAY, item_id=late.item_id)
    assert beside is not None
    assert [row["words"] for row in beside.accountability] == ["约谈分管负责人"]
    register = page("问责登记")
    assert "问责 1 次，涉及 1 个单位" in register.said
    assert register.table("单位", "约谈", "合计").values.tolist() == [[EDUCATION, 1, 1]]


def test_a_department_is_called_to_account_over_no_single_item(
    app_store: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, app_store, Role.APPROVER)
    desk = page("问责登记").press("登记")
    assert desk.refusals == ["请选择单位。"]
    names = next(box for box in desk.app.selectbox if box.label == "单位")
    names.set_value(names.options.index(EDUCATION))
    desk.take("方式", 4)
    fill(desk, "事由", "多件事项逾期未反馈，予以通报")
    desk.press("登记")
    assert f"已登记对{EDUCATION}的问责：通报。" in desk.said
    told = desk.table("kind", "department", "words")
    assert told[["kind", "department", "title"]].values.tolist() == [["通报", EDUCATION, None]]


def test_the_same_said_in_two_tabs_is_recorded_once_and_the_page_says_so(
    app_store: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, app_store, Role.APPROVER)
    monkeypatch.setattr(database, "BUSY_MS", 50)
    app_store.dispose()  # a connection hears the patience when it is opened
    for n, outcome in enumerate(("", "", "已整改")):
        desk = page("问责登记")
        names = next(box for box in desk.app.selectbox if box.label == "单位")
        names.set_value(names.options.index(EDUCATION))
        fill(desk, "事由", "多件事项逾期未反馈")
        desk.write("结果（可不填）", outcome)
        with transaction(app_store):
            desk.press("登记")
        assert "系统正忙" in desk.refusals[0]
        desk.press("登记")
        assert ("此前已登记，没有重复登记" in desk.said) is (n == 1)
    # Another outcome is another record: it is not passed over in silence.
    assert len(desk.table("kind", "department", "words")) == 2


def test_who_received_first_stands_there_until_the_resident_is_told(
    late: Walk, monkeypatch: pytest.MonkeyPatch
):
    water = department_id(late.engine, WATER)
    late.does(BesideAct.RECORD_FIRST_RECEIVER, OFFICER, department_id=water)
    looks(monkeypatch, late.engine, Role.LEADER)
    register = page("问责登记")
    assert "首接责任未了 1 件，涉及 1 个单位" in register.said
    assert register.table("首接单位").values.tolist() == [[WATER, 1, "2026-11-25"]]
    late.does(BesideAct.TELL_RESIDENT, OFFICER, text="已电话告知")
    assert "首接责任未了" not in page("问责登记").said


def test_departments_are_counted_by_kind_the_most_called_to_account_first():
    rows = [("甲局", "提醒"), ("乙局", "约谈"), ("乙局", "提醒"), (None, "提醒")]
    table = counted(pd.DataFrame(rows, columns=["department", "kind"]))
    assert list(table.columns) == ["单位", "提醒", "约谈", "合计"]
    assert table.values.tolist()[0] == ["乙局", 1, 1, 2]
    assert set(table["单位"]) == {"甲局", "乙局", "单位不明"}
    assert AccountabilityKind.REMINDER.label in table.columns
