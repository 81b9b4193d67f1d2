"""The page 督办单 and what an item's page records, through the whole app on a real store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Engine

from dashboard.briefing.watermark import Watermark
from dashboard.downloads import Maker, Offer
from dashboard.handing_out import DownloadRefused
from dashboard.notices import document
from dashboard.notices.accountability import counted
from data_access import clock
from data_access.reads.beside import beside_item
from data_access.reads.notice_papers import notice_lines
from supervision.beside_acts import BesideAct
from supervision.lifecycle import Act
from supervision.loop_words import (
    AccountabilityKind,
    NoticeKind,
    NoticeLevel,
    NoticeState,
    NoticeTrigger,
)
from supervision.rights import Right
from supervision.scope import Role, Scope
from tests.acting import (
    CLERK,
    EDUCATION,
    HEAD,
    LEADER,
    OFFICER,
    WATER,
    WATER_CLERK,
    Walk,
    department_id,
    person,
    stored_item,
)
from tests.app_store import store_of_the_app
from tests.dashboard.administering import Desk
from tests.factories import TODAY
from tests.looking import looks

CITY = Scope.whole_city()
HOSTILE = "**路灯** ![x](http://evil/p.png) <b>不亮</b>"


@pytest.fixture
def store(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    with store_of_the_app(sqlite_template, tmp_path, monkeypatch) as engine:
        yield engine


@pytest.fixture
def late(store: Engine) -> Walk:
    """An item that is 18 working days overdue, with a title that wants to be more than text."""
    days = {"assigned_on": date(2026, 10, 9), "due_on": date(2026, 10, 30)}
    return Walk(store, stored_item(store, title=HOSTILE, **days))


def page(view: str = "") -> Desk:
    return Desk("notices.py", **({"view": view} if view else {}))


def item_page(walk: Walk) -> Desk:
    return Desk("item.py", id=str(walk.item_id))


def tick(desk: Desk, key: str) -> Desk:
    """The first row's box of the table whose key begins so."""
    name = next(one.proto.id for one in desk.app.dataframe if key in one.proto.id)
    desk.app.session_state[name.partition("-")[2].partition("-")[2] or name] = {
        "selection": {"rows": [0], "columns": [], "cells": []}
    }
    return desk.run()


def press_last(desk: Desk, words: str) -> Desk:
    """The button of the dialog, not the one that opened it."""
    [one for one in desk.app.button if one.label == words][-1].click()
    return desk.run()


def fill(desk: Desk, words: str, text: str) -> Desk:
    next(one for one in desk.app.text_area if one.label.startswith(words)).set_value(text)
    return desk


def everything(desk: Desk) -> str:
    """What the page says, drawn lists included."""
    return desk.said + "".join(str(block.proto.body) for block in desk.app.get("html"))


def lines(store: Engine) -> list[dict[str, object]]:
    states = frozenset(NoticeState)
    return notice_lines(store, scope=CITY, as_of=TODAY, states=states).to_dict("records")


def drafted(walk: Walk) -> int:
    walk.does(
        BesideAct.DRAFT_NOTICE, OFFICER, text="请抓紧办理。", level=NoticeLevel.RED,
        notice_kind=NoticeKind.SUPERVISION, trigger=NoticeTrigger.OVERDUE,
    )  # fmt: skip
    return int(str(lines(walk.engine)[0]["notice_id"]))


def test_a_proposed_notice_is_drafted_with_its_text_filled_in_and_leaves_the_list(
    late: Walk, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, late.engine, Role.SUPERVISOR)
    desk = tick(page(), "proposed")
    assert "1 件建议拟制督办单" in desk.said
    desk.press("拟制督办单")
    (text,) = (one for one in desk.app.text_area if one.label.startswith("正文"))
    assert "截至2026年11月25日已逾期18个工作日" in text.value
    fill(desk, "正文", "请于三日内修复。")
    press_last(desk, "送签")
    (notice,) = lines(late.engine)
    assert (notice["text"], notice["level"], notice["kind"], notice["trigger"]) == (
        "请于三日内修复。", "red", "supervision", "overdue",
    )  # fmt: skip
    assert "没有需要督办的事项" in desk.said


def test_another_paper_brings_another_text(late: Walk, monkeypatch: pytest.MonkeyPatch):
    looks(monkeypatch, late.engine, Role.SUPERVISOR)
    desk = tick(page(), "proposed").press("拟制督办单")
    desk.take("督办等级", 0).run()
    (text,) = (one for one in desk.app.text_area if one.label.startswith("正文"))
    assert "请你单位抓紧办理" in text.value
    press_last(desk, "送签")
    assert [(row["level"], row["kind"]) for row in lines(late.engine)] == [("blue", "reminder")]


def test_the_approver_begins_at_what_waits_and_issues_it_with_its_own_day(
    late: Walk, monkeypatch: pytest.MonkeyPatch
):
    drafted(late)
    looks(monkeypatch, late.engine, Role.APPROVER)
    desk = tick(page(), "notices_")
    assert "1 份等待签发" in desk.said
    desk.press("签发督办单")
    assert "请抓紧办理。" in desk.said
    assert "回复期限：2026-12-02" in desk.said
    desk.app.number_input[0].set_value(3)
    desk.run()
    press_last(desk, "签发")
    (notice,) = lines(late.engine)
    assert (notice["notice_state"], notice["reply_due_on"]) == ("issued", date(2026, 11, 30))
    assert "没有等待签发的督办单" in desk.said


def test_a_draft_is_refused_with_a_reason_that_stays_beside_it(
    late: Walk, monkeypatch: pytest.MonkeyPatch
):
    drafted(late)
    looks(monkeypatch, late.engine, Role.APPROVER)
    desk = tick(page(), "notices_").press("不同意签发督办单")
    press_last(desk, "不同意签发督办单")
    assert desk.refusals == ["不能不同意签发督办单：请写明原因。"]
    fill(desk, "不同意签发的理由", "先电话催办")
    press_last(desk, "不同意签发督办单")
    done = page("已结束").table("notice_state", "answer")
    assert done[["notice_state", "answer"]].values.tolist() == [["未同意签发", "先电话催办"]]


def test_a_department_reads_what_was_issued_and_replies(
    late: Walk, monkeypatch: pytest.MonkeyPatch
):
    notice = drafted(late)
    looks(monkeypatch, late.engine, Role.LEAD_UNIT, scope=CLERK.scope)
    desk = page()
    assert "没有等待回复的督办单" in desk.said
    late.does(Act.ISSUE_NOTICE, HEAD, notice_id=notice)
    tick(page(), "notices_").press("回复督办单")
    desk = tick(page(), "notices_").press("回复督办单")
    fill(desk, "回复内容", "已修复，附照片。")
    press_last(desk, "回复")
    (told,) = lines(late.engine)
    assert (told["notice_state"], told["reply"]) == ("replied", "已修复，附照片。")


@pytest.mark.parametrize("view", ["建议拟制", "待签发", "问责登记"])
def test_a_department_is_not_offered_what_the_office_considers(
    late: Walk, monkeypatch: pytest.MonkeyPatch, view: str
):
    drafted(late)
    looks(monkeypatch, late.engine, Role.LEAD_UNIT, scope=CLERK.scope)
    desk = page(view)
    assert desk.app.dataframe == []
    assert "没有等待回复的督办单" in desk.said


@pytest.mark.parametrize("scope", [CLERK.scope, Scope(reporting_units=frozenset({"东源县"}))])
def test_a_department_reads_on_the_item_neither_drafts_nor_who_follows_it(
    late: Walk, monkeypatch: pytest.MonkeyPatch, scope: Scope
):
    notice = drafted(late)
    late.does(BesideAct.ADD_FOLLOWER, OFFICER, name="陈大文", text="常来问进度的老人")
    looks(monkeypatch, late.engine, Role.LEAD_UNIT, scope=scope)
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
    store: Engine, monkeypatch: pytest.MonkeyPatch
):
    looks(monkeypatch, store, Role.APPROVER)
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


def test_the_document_is_made_for_whoever_takes_it_and_for_nobody_else(
    late: Walk, monkeypatch: pytest.MonkeyPatch
):
    offered: list[tuple[Offer, Maker]] = []
    monkeypatch.setattr(
        document, "download_button",
        lambda _label, offer, make, **_: offered.append((offer, make)),
    )  # fmt: skip
    notice = drafted(late)
    document.word_button(notice, NoticeKind.SUPERVISION, None, key="word")
    ((offer, make),) = offered
    assert (offer.right, offer.file_name) == (Right.EXPORT, f"督办通知书_拟稿_{notice}.docx")
    mark = Watermark("某人", "someone", clock.now())
    assert make(OFFICER, mark).content.startswith(b"PK")
    county_clerk = person(Role.LEAD_UNIT, Scope(reporting_units=frozenset({"东源县"})))
    for outsider in (CLERK, WATER_CLERK, county_clerk):
        with pytest.raises(DownloadRefused, match="没有这份督办单"):
            make(outsider, mark)
