"""Headers of ledgers that nobody showed before: 督察整改, 重点工作, 信访, exports with notes."""

from __future__ import annotations

from datetime import date

import pytest

from data_access.ledger_import.model import LedgerRefused, Sheet

DUE = date(2026, 5, 8)


def _fields(ledger) -> list[str | None]:
    return list(ledger.sections[0].mapping.values())


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (
            ["序号", "整改任务", "整改目标", "责任单位", "整改时限"],
            ["row_number", "content", None, "lead_departments", "due_on"],
        ),
        (
            ["序号", "重点工作", "年度目标任务", "牵头单位", "存在问题及下一步打算", "完成时限"],
            ["row_number", "title", "content", "lead_departments", "next_step", "due_on"],
        ),
        (
            ["信访件编号", "信访事项概况", "涉事地", "转送日期", "责任部门"],
            ["number", "content", "address", "assigned_on", "lead_departments"],
        ),
        (
            ["No.", "Issue 问题", "Dept 责任单位", "Due 期限"],
            ["row_number", "content", "lead_departments", "due_on"],
        ),
        (
            ["序号", "填报单位", "督办事项", "牵头单位", "截至10月31日进展情况"],
            ["row_number", None, "content", "lead_departments", "progress"],
        ),
        (
            ["序号", "问题（请简要描述）", "责任单位 注：写全称", "期限：年-月-日"],
            ["row_number", "content", "lead_departments", "due_on"],
        ),
        (
            ["序号", "问题", f"责任单位（{'多个单位的第一个为牵头单位，' * 4}）", "期限"],
            ["row_number", "content", "lead_departments", "due_on"],
        ),
    ],
    ids=lambda value: value[1] if isinstance(value[0], str) else "",
)
def test_a_heading_is_known_by_its_kind(judged, headings, fields) -> None:
    ledger = judged(["2026年台账"], headings, ["1", "甲地水压不足", "市水务局", "", ""])
    assert _fields(ledger) == fields
    assert len(ledger.rows) == 1


def test_children_of_a_general_heading_say_what_it_is(judged) -> None:
    ledger = judged(
        ["编号", "诉求内容", "责任单位", "时间", None, None],
        [None, None, None, "交办", "应反馈", "反馈"],
        ["A1", "甲地水压不足", "市水务局", "2026-5-6", "2026-5-8", "2026-5-7"],
        merges=((1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, 3), (1, 4, 1, 6)),
    )
    row = ledger.rows[0]
    assert (row.assigned_on, row.due_on, row.feedback_on) == (
        date(2026, 5, 6), DUE, date(2026, 5, 7),
    )  # fmt: skip
    assert row.received_on is None
    assert ledger.left_out == []


def test_of_two_tables_abreast_the_right_one_is_told_and_never_mixed_in(judged) -> None:
    table = ["序号", "问题", "责任单位", "期限"]
    ledger = judged(
        [*table, None, *table],
        [1, "甲地水压不足", "市水务局", "2026-5-8", None, 2, "乙地停车难", "市公安局", "2026-5-9"],
    )
    row = ledger.rows[0]
    assert (row.number, row.lead_departments, row.co_departments, row.due_on) == (
        "1", ("市水务局",), (), DUE,
    )  # fmt: skip
    assert [(flag.code, flag.cell, flag.severity) for flag in ledger.flags] == [
        ("tables-side-by-side", "F1", "error")
    ]


def test_a_form_of_one_item_is_no_table(judged) -> None:
    with pytest.raises(LedgerRefused, match="表头"):
        judged(
            ["督办事项", "某路段积水", "牵头单位", "市水务局"],
            ["反馈期限", "2026年5月8日前", "办理状态", "办理中"],
        )


def test_a_sheet_that_goes_on_without_a_header_is_a_warning(judged_sheets) -> None:
    from_sheets = judged_sheets(
        Sheet("一", [["编号", "问题", "责任单位"], ["A1", "甲地水压不足", "市水务局"]]),
        Sheet("二", [["A2", "乙地的路灯已经坏了三个月", "市水务局"]]),
        Sheet("统计", [["县区", "件数", "办结"], ["源城区", 2, 1]]),
    )
    told = {f.sheet: f.severity for f in from_sheets.flags if f.code == "sheet-without-header"}
    assert told == {"二": "warning", "统计": "notice"}


def test_a_heading_merged_over_an_empty_column_is_one_column(judged) -> None:
    ledger = judged(
        ["序号", "问题", None, "责任单位", None],
        [1, "甲地水压不足", None, "市水务局"],
        [2, "乙地停车难", None, "市公安局"],
        merges=((1, 2, 1, 3), (1, 4, 1, 5), (2, 2, 2, 3), (2, 4, 2, 5)),
    )
    assert _fields(ledger) == ["row_number", "content", "lead_departments"]
    assert ledger.flags == []


def test_a_heading_merged_over_a_name_and_a_text_is_title_and_content(judged) -> None:
    ledger = judged(
        ["序号", "问题", None, "责任单位"],
        [1, "供水", "甲地水压不足", "市水务局"],
        merges=((1, 2, 1, 3),),
    )
    assert (ledger.rows[0].title, ledger.rows[0].content) == ("供水", "甲地水压不足")
    assert [flag.code for flag in ledger.flags] == ["heading-asked"]


def test_a_column_of_texts_without_a_heading_is_told(judged) -> None:
    ledger = judged(
        [None, "问题", None, "责任单位"],
        ["源城区", "甲地水压不足", 7, "市水务局"],
        ["", "乙地停电"],
    )
    assert [(flag.code, flag.cell) for flag in ledger.flags] == [("column-without-heading", "A1")]


@pytest.mark.parametrize("mark", ["▼", "*", "（必填）", "\n：", "↓", "?"])
def test_marks_in_headings_do_not_matter(judged, mark) -> None:
    names = ["编号", "诉求内容", "责任单位", "已办结", "办理中", "满意", "不满意"]
    headings = [name + mark for name in names]
    ledger = judged(headings, ["A1", "甲地停电", "市水务局", "√", None, None, "√"])
    row = ledger.rows[0]
    assert (row.number, row.status, row.satisfaction) == ("A1", "closed", "不满意")
    assert ledger.flags == []


def test_a_header_on_every_page_is_judged_by_the_values_of_all_pages(judged) -> None:
    header = ["编号", "诉求内容", "责任单位", "满意度", "期限"]
    ledger = judged(
        header,
        ["A1", "甲地停电", "市水务局", 5, "9月1日"],
        header,
        ["A2", "乙地停电", "市水务局", 95, "2026-9-2"],
    )
    assert [row.satisfaction for row in ledger.rows] == ["5", "95"]
    assert ledger.rows[0].due_on == date(2026, 9, 1)
    assert len(ledger.sections) == 1


def test_a_two_row_header_whose_merges_were_filled_is_one_header(judged) -> None:
    ledger = judged(
        ["编号", "诉求内容", "责任单位", "办理状态", "办理状态"],
        ["编号", "诉求内容", "责任单位", "已办结", "办理中"],
        ["A1", "甲地停电", "市水务局", None, "√"],
    )
    assert ledger.sections[0].header_rows == (1, 2)
    assert [(row.status, row.source.row) for row in ledger.rows] == [("in_progress", 3)]
    assert ledger.flags == []
