"""Headings: exact, then containing behind guards; defaults and questions for the rest."""

from __future__ import annotations

import pytest

from data_access.ledger_import.columns import columns_of
from data_access.ledger_import.field_names import FIELDS
from data_access.ledger_import.headings import alone, joined, normalised


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("序 号", "row_number"),
        ("编号（必填）", "number"),
        ("工单\n编号", "number"),
        ("诉 求 内 容", "content"),
        ("群众诉求内容", "content"),
        ("问题描述（200字以内）", "content"),
        ("县（市、区）", "county"),
        ("镇（街道）", "township"),
        ("牵头单位：", "lead_departments"),
        ("牵头（责任）单位", "lead_departments"),
        ("市直牵头单位", "lead_departments"),
        ("责任部门（人）", "lead_departments"),
        ("承办单位及责任人", "lead_departments"),
        ("责任单位联系人", "lead_person"),
        ("牵头单位负责人", "lead_person"),
        ("分管领导", "case_leader"),
        ("协办单位（可多个）", "co_departments"),
        ("反馈时限（15个工作日）", "due_on"),
        ("反馈截止日期", "due_on"),
        ("反馈时间", "feedback_on"),
        ("完成时限", "close_due_on"),
        ("计划完成时间", "close_due_on"),
        ("实际完成时间", "closed_on"),
        ("是否按时反馈", "overdue_flag"),
        ("办理结果", "feedback_text"),
        ("办理结果满意度", "satisfaction"),
        ("作风满意度", "process_satisfaction"),
        ("满意率", None),
        ("诉求人联系电话", "reporter_phone"),
        ("交办单位", "supervisor"),
        ("被交办单位", "lead_departments"),
        ("时间", None),
        ("反馈实现", None),
    ],
)
def test_a_heading_means_its_field(heading: str, field: str | None) -> None:
    assert alone(heading).field == field


@pytest.mark.parametrize(
    ("parent", "child", "field"),
    [
        ("存在问题、解决方案及完成时限", "具体问题", "content"),
        ("存在问题、解决方案及完成时限", "办理部门", "lead_departments"),
        ("存在问题、解决方案及完成时限", "完成时限", "close_due_on"),
        ("交办", "时间", "assigned_on"),
        ("反馈情况", "日期", "feedback_on"),
        ("责任单位", "牵头", "lead_departments"),
        ("责任单位", "配合单位", "co_departments"),
        ("诉求人信息", "姓名", "reporter_name"),
        ("诉求人信息", "地址", "reporter_addr"),
        ("诉求人信息", "年龄", "reporter_other"),
        ("回访", "时间", "callback_on"),
        ("办理情况", "已办结", "status:closed"),
        ("满意度", "不满意", "satisfaction:dissatisfied"),
        ("地点", "镇街", "township"),
    ],
)
def test_a_child_is_read_with_its_parents_help(parent: str, child: str, field: str) -> None:
    assert joined((parent,), child).field == field


def test_every_heading_of_the_data_means_its_own_field() -> None:
    taken: dict[str, str] = {}
    for field in FIELDS:
        for heading in field.headings:
            owner = taken.setdefault(normalised(heading), field.id)
            assert alone(heading).field == owner, heading


def _fields(*headings: str) -> tuple[list[str | None], dict[int, tuple[str, ...]]]:
    printed = dict(enumerate(headings))
    columns = columns_of(printed, {c: alone(text) for c, text in printed.items()})
    return list(columns.fields.values()), columns.asked


def test_the_responsible_unit_leads_unless_a_lead_unit_stands_beside_it() -> None:
    assert _fields("问题", "责任单位") == (["content", "lead_departments"], {})
    fields, asked = _fields("问题", "责任单位", "牵头单位")
    assert fields == ["content", "co_departments", "lead_departments"]
    assert list(asked) == [1]


def test_a_single_limit_is_the_limit_that_counts() -> None:
    assert _fields("问题", "责任单位", "完成时限")[0][2] == "due_on"
    assert _fields("问题", "责任单位", "反馈时限", "完成时限")[0][2:] == ["due_on", "close_due_on"]
    assert _fields("问题", "责任单位", "办理时限", "办结时限")[0][2:] == ["due_on", "close_due_on"]


def test_one_text_column_is_the_content() -> None:
    assert _fields("事项名称", "责任单位")[0] == ["content", "lead_departments"]
    assert _fields("事项名称", "存在问题", "责任单位")[0][:2] == ["title", "content"]
    assert _fields("工作事项", "主要任务", "责任单位")[0][:2] == ["title", "content"]


def test_a_bare_time_is_asked_about() -> None:
    fields, asked = _fields("问题", "责任单位", "时间", "受理时间")
    assert fields[2] is None
    assert asked[2] == ("received_on", "assigned_on")


def test_levels_side_by_side_are_ticks_and_alone_a_heading() -> None:
    assert _fields("问题", "满意", "不满意")[0][1:] == [
        "satisfaction:satisfied",
        "satisfaction:dissatisfied",
    ]
    assert _fields("问题", "责任单位", "是否满意")[0][2] == "satisfaction"
