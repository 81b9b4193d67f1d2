"""The page 督办单 through the whole app on a real store."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.briefing.watermark import Watermark
from dashboard.downloads import Maker, Offer
from dashboard.handing_out import DownloadRefused
from dashboard.notices import document
from dashboard.notices.document import Chosen
from data_access import clock
from supervision.lifecycle import Act
from supervision.loop_words import (
    NoticeKind,
)
from supervision.rights import Right
from supervision.scope import Role, Scope
from tests.acting import (
    CLERK,
    HEAD,
    OFFICER,
    WATER_CLERK,
    Walk,
    person,
)
from tests.dashboard.noticing import (
    drafted,
    fill,
    lines,
    page,
    press_last,
    tick,
)
from tests.looking import looks


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


def test_the_document_is_made_for_whoever_takes_it_and_for_nobody_else(
    late: Walk, monkeypatch: pytest.MonkeyPatch
):
    offered: list[tuple[Offer, Maker]] = []
    monkeypatch.setattr(
        document, "download_button",
        lambda _label, offer, make, **_: offered.append((offer, make)),
    )  # fmt: skip
    notice = drafted(late)
    document.word_button([Chosen(notice, NoticeKind.SUPERVISION, None)], key="word")
    ((offer, make),) = offered
    assert (offer.right, offer.file_name) == (Right.EXPORT, f"督办通知书_拟稿_{notice}.docx")
    mark = Watermark("某人", "someone", clock.now())
    assert make(OFFICER, mark).content.startswith(b"PK")
    county_clerk = person(Role.LEAD_UNIT, Scope(reporting_units=frozenset({"东源县"})))
    for outsider in (CLERK, WATER_CLERK, county_clerk):
        with pytest.raises(DownloadRefused, match="没有这份督办单"):
            make(outsider, mark)
    # Of several a person is given all or none.
    second = drafted(late)
    late.does(Act.ISSUE_NOTICE, HEAD, notice_id=second)
    both = [Chosen(key, NoticeKind.SUPERVISION, None) for key in (notice, second)]
    document.word_button(both, key="word")
    offer, make = offered[-1]
    assert (offer.file_name, offer.told) == (
        f"督办单_2份_{notice}至{second}.zip", ["文号：拟稿、拟稿"],
    )  # fmt: skip
    assert make(OFFICER, mark).rows == 2
    with pytest.raises(DownloadRefused, match="没有这份督办单"):
        make(CLERK, mark)
