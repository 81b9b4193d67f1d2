"""A fault in a merged cell is told where the value is written: the covered cells show nothing."""

from __future__ import annotations

import io

import openpyxl
from sqlalchemy import Engine

from dashboard.briefing.marked_workbook import marked_workbook
from data_access.ledger_import.receive import judged_file
from data_access.ledger_import.report import report
from supervision.vocabulary import Severity
from tests.factories import TODAY


def _places(ledger) -> list[tuple[str, str | None, int | None, str | None]]:
    return [
        (flag.code, flag.cell, flag.row, flag.number)
        for flag in ledger.flags
        if flag.severity != Severity.NOTICE
    ]


def test_a_fault_of_a_merged_cell_is_told_at_its_top_for_each_item(judged) -> None:
    ledger = judged(
        ["编号", "问题", "牵头单位", "反馈期限"],
        ["A1", "甲", "市民政局", "9月31日"],
        ["A2", "乙", "市民政局", None],
        ["A3", "丙", "市民政局", "9月31日"],
        merges=((2, 4, 3, 4),),
    )
    found = [place for place in _places(ledger) if place[0].startswith("date")]
    assert [place[1:] for place in found] == [("D2", 2, "A1"), ("D2", 3, "A2"), ("D4", 4, "A3")]
    assert all("D2（反馈期限）" in flag.message for flag in ledger.flags if flag.cell == "D2")
    assert not any(row.sound for row in ledger.rows)


def test_a_fault_further_down_in_an_item_is_told_there(judged) -> None:
    ledger = judged(
        ["编号", "问题", "解决措施", "牵头单位", "反馈期限"],
        ["A1", "甲", "先修", "市民政局", None],
        [None, None, "再换", None, "9月31日"],
        ["A2", "乙", "查", "市民政局", "9月31日"],
        merges=((2, 1, 3, 1), (2, 2, 3, 2)),
    )
    found = [place for place in _places(ledger) if place[0].startswith("date")]
    assert [place[1:] for place in found] == [("E3", 2, "A1"), ("E4", 4, "A2")]


def test_the_check_and_the_marked_workbook_tell_the_written_cell(city: Engine) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "台账"
    for line in (
        ("编号", "问题", "责任单位", "反馈期限"),
        ("A1", "甲路灯不亮", "市教育局", "9月31日"),
        ("A2", "乙路灯不亮", "市教育局", None),
    ):
        sheet.append(line)
    sheet.merge_cells("D2:D3")
    sent = io.BytesIO()
    book.save(sent)
    judged = judged_file(sent.getvalue(), "台账.xlsx", as_of=TODAY, engine=city)
    told = [flag for flag in report(judged)["flags"] if flag["severity"] == "error"]
    assert [(flag["cell"], flag["row"], flag["number"]) for flag in told] == [
        ("D2", 2, "A1"), ("D2", 3, "A2"),
    ]  # fmt: skip
    marked = openpyxl.load_workbook(
        io.BytesIO(marked_workbook(sent.getvalue(), "xlsx", judged.flags))
    )["台账"]
    noted = [cell for row in marked.iter_rows() for cell in row if cell.comment is not None]
    assert [cell.coordinate for cell in noted] == ["D2"]
    assert noted[0].comment.text == "【错误】工作表“台账”D2（反馈期限）不是真实存在的日子，请核对。"
