"""Neighbours of the ledger: letters, online messages, 巡察, hazards, 民生实事, 议定事项."""

from __future__ import annotations

import pytest

from data_access.ledger_import.headings import alone


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("信件编号", "number"),
        ("建议编号", "number"),
        ("留言主题", "title"),
        ("批示件名称", "title"),
        ("信件内容", "content"),
        ("议定事项", "content"),
        ("建设内容", "content"),
        ("巡察反馈问题", "content"),
        ("来信日期", "received_on"),
        ("发现时间", "received_on"),
        ("转送日期", "assigned_on"),
        ("写信人", "reporter_name"),
        ("留言人", "reporter_name"),
        ("网友昵称", "reporter_name"),
        ("网友评价", "satisfaction"),
        ("所在镇", "township"),
        ("所属县区", "county"),
        ("事发地址", "address"),
        ("办理结果类别", None),
        ("存在问题及下一步打算", "next_step"),
        ("代表意见", None),
    ],
)
def test_a_heading_of_a_neighbouring_ledger_is_known(heading, field) -> None:
    assert alone(heading).field == field


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["必填", "必填", "必填", "选填"], "填写说明"),
        (["系统自动生成", "不超过500字", "填写单位全称", "格式：2026-01-01"], "填写说明"),
        (["item_no", "content", "lead_unit", "due_on"], "栏目代码或外文名称"),
        (["No.", "Issue", "Department", "Deadline"], "栏目代码或外文名称"),
    ],
)
def test_what_a_form_tells_its_fillers_is_no_item(judged, row, reason) -> None:
    header = ["编号", "问题内容", "责任单位", "期限"]
    ledger = judged(header, row, ["A1", "选择题阅卷不公", "市教育局", "2026-5-8"])
    assert [row.number for row in ledger.rows] == ["A1"]
    assert [(left.row, left.reason) for left in ledger.left_out] == [(2, reason)]


def test_a_unit_that_may_have_passed_the_item_on_is_asked_about(judged) -> None:
    ledger = judged(["留言编号", "留言内容", "转办单位"], ["L1", "甲地停电", "市水务局"])
    assert ledger.rows[0].lead_departments == ("市水务局",)
    assert [(flag.code, flag.cell) for flag in ledger.flags] == [("heading-asked", "C1")]
