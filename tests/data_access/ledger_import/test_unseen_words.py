"""Unit cells, statuses and answers in wordings that nobody showed before."""

from __future__ import annotations

from datetime import date

import pytest

from data_access.ledger_import.department_names import NameBook
from data_access.ledger_import.departments import DepartmentReader
from data_access.ledger_import.unit_text import LEAD
from data_access.ledger_import.values import status_of
from data_access.registers import shipped_registers

BOOK = NameBook(shipped_registers(), on=date(2026, 11, 20))
EDU, FIN, CIVIL = "市教育局", "市财政局", "市民政局"


@pytest.mark.parametrize(
    ("cell", "leads", "cos"),
    [
        ("市教育局会同市财政局、市民政局办理", [EDU], [FIN, CIVIL]),
        ("由市教育局牵头负责，会同市财政局、市民政局办理", [EDU], [FIN, CIVIL]),
        ("[牵头]市教育局[配合]市财政局", [EDU], [FIN]),
        ("（牵头）市教育局、（配合）市财政局、市民政局", [EDU], [FIN, CIVIL]),
        ("市教育局（主）、市财政局（协）", [EDU], [FIN]),
        ("★市教育局", [EDU], []),
        ("市教育局、市财政局按职责分工负责", [EDU, FIN], []),
        ("市教育局牵头，市财政局、市民政局根据各自职责配合", [EDU], [FIN, CIVIL]),
    ],
)
def test_roles_are_read_wherever_they_stand(cell, leads, cos) -> None:
    units = DepartmentReader(BOOK).read(cell, LEAD)
    assert (units.leads, units.cos) == (leads, cos)
    assert {fault.code for fault in units.faults} <= {"several-leads"}


@pytest.mark.parametrize(
    "cell",
    ["市教育局局长张三", "张三（市教育局）", "牵头单位：市教育局\n责任人：张三", "市教育局副局长"],
)
def test_a_person_beside_the_unit_is_left_out_with_a_notice(cell) -> None:
    units = DepartmentReader(BOOK).read(cell, LEAD)
    assert units.leads == [EDU]
    assert [fault.code for fault in units.faults] == ["person-in-unit"]


@pytest.mark.parametrize("cell", ["市教育局、市财政局等", "市教育局、市财政局等单位"])
def test_a_list_that_is_left_open_is_taken_and_told(cell) -> None:
    units = DepartmentReader(BOOK).read(cell, LEAD)
    assert units.leads == [EDU, FIN]
    assert {fault.code for fault in units.faults} == {"several-leads", "department-collective"}


@pytest.mark.parametrize(
    "cell",
    [
        "已解决大部分",
        "已完成招标，正在施工",
        "已完成立项工作",
        "已办结/办理中",
        "长期未解决",
        "持续超期",
        "无需重新交办",
        "不存在未办结情况",
        "已完成，持续推进",
    ],
)
def test_a_status_that_says_less_than_it_seems_is_asked_about(cell) -> None:
    word = status_of(cell)
    assert (word.value, word.code) == (None, "status-unknown")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("已于2026年5月8日办结", "closed"),
        ("已办结，群众满意", "closed"),
        ("按期完成整改任务", "closed"),
        ("已办结、已销号", "closed"),
        ("长期坚持，持续推进", "long_term"),
        ("已重新交办市住建局", "reassigned"),
    ],
)
def test_a_status_may_be_a_sentence(cell, value) -> None:
    assert status_of(cell).value == value


def test_ones_beside_zeros_are_no_points_of_five(judged) -> None:
    header = ["编号", "问题", "责任单位", "满意度"]
    binary = judged(header, ["A", "甲地停电", "市水务局", 1], ["B", "乙地停电", "市水务局", 0])
    assert [row.satisfaction for row in binary.rows] == [None, None]
    assert [flag.code for flag in binary.flags] == ["satisfaction-unknown"] * 2
    points = judged(header, ["A", "甲地停电", "市水务局", 1], ["B", "乙地停电", "市水务局", 5])
    assert [row.satisfaction for row in points.rows] == ["非常不满意", "非常满意"]
