"""The exported list, opened again as its reader would."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pandas as pd
import pytest

from dashboard.briefing.sheet_text import CUT, MOST_UNITS, cell_text
from dashboard.briefing.watermark import Watermark
from dashboard.briefing.workbook import MOST_ROWS, items_workbook
from data_access.reads.items import LIST_COLUMNS
from supervision.vocabulary import ItemState, Light, Satisfaction

AS_OF = date(2026, 3, 12)
MARK = Watermark("演示督查员", "supervisor", datetime.fromisoformat("2026-03-12 09:30"))
HEADINGS = [
    "编号", "事项", "牵头单位", "县（区）", "镇（街）", "场次", "类别", "类案", "轮次", "收到日期",
    "交办日期", "反馈期限", "亮灯", "逾期（工作日）", "反馈日期", "办结日期", "办理状态",
    "群众评价", "数据核验",
]  # fmt: skip
FIRST_ROW = 5


def listed(*rows: dict[str, Any]) -> pd.DataFrame:
    usual = {
        "item_id": 1, "round_id": 1, "round_no": 1, "number": "A-1", "title": "路灯不亮",
        "light": Light.GREEN, "days_overdue": 0, "due_on": date(2026, 3, 20),
        "lead": "示例市住建局", "lead_short": "住建局", "unit": "东区", "township": "河口镇",
        "session": "住房专场", "category": "住房", "received_on": date(2026, 3, 1),
        "assigned_on": date(2026, 3, 2), "feedback_on": None, "closed_on": None,
        "state": ItemState.IN_ROUND, "result": None, "sound": True, "row_version": 1,
    }  # fmt: skip
    return pd.DataFrame([{**usual, **row} for row in rows], columns=list(LIST_COLUMNS))


def opened(rows: pd.DataFrame, **how: Any) -> openpyxl.Workbook:
    made = items_workbook(rows, title="督办事项清单", as_of=AS_OF, watermark=MARK, **how)
    return openpyxl.load_workbook(io.BytesIO(made))


def told_rows(book: openpyxl.Workbook) -> list[dict[str, Any]]:
    below = book["台账"].iter_rows(min_row=FIRST_ROW, values_only=True)
    return [dict(zip(HEADINGS, row, strict=True)) for row in below]


def test_exactly_the_rows_given_stand_below_chinese_headings_in_their_order():
    book = opened(listed({"number": "B-2"}, {"number": "A-1"}, {"number": "C-3"}))

    assert [cell.value for cell in book["台账"][FIRST_ROW - 1]] == HEADINGS
    assert [row["编号"] for row in told_rows(book)] == ["B-2", "A-1", "C-3"]


def test_stored_values_are_told_in_chinese_and_dates_stay_dates():
    row = {"light": Light.RED, "days_overdue": 4, "state": ItemState.CLOSED,
           "result": Satisfaction.FAIRLY_SATISFIED, "sound": False,
           "closed_on": pd.Timestamp(2026, 3, 11)}  # fmt: skip

    (told,) = told_rows(opened(listed(row)))

    assert told["亮灯"] == "▲ 逾期"
    assert told["逾期（工作日）"] == 4
    assert told["办理状态"] == "已办结待回访"
    assert told["群众评价"] == "基本满意"
    assert told["数据核验"] == "存疑，不计入比率"
    assert told["反馈期限"].date() == date(2026, 3, 20)
    assert told["办结日期"].date() == date(2026, 3, 11)
    assert told["反馈日期"] is None


def test_missing_numbers_and_dates_are_blank_cells():
    rows = listed({"round_no": None, "due_on": pd.NaT, "days_overdue": None}, {"round_no": 2})

    first, second = told_rows(opened(rows))

    assert (first["轮次"], first["反馈期限"], first["逾期（工作日）"]) == (None, None, None)
    assert second["轮次"] == 2


@pytest.mark.parametrize(
    "hostile",
    [
        '=HYPERLINK("http://example.invalid","点我")', "{=1+1}", "+1+1", "-2+3", "@SUM(A1)",
        "http://example.invalid/a", "internal:台账!A1", "external:c:\\a.xlsx", "mailto:a@b.invalid",
        "<r><t>未闭合</r>", "<r>&</r>", "_x0041_原样", "00123",
    ],
)  # fmt: skip
def test_ledger_text_stays_text(hostile: str):
    book = opened(listed({"title": hostile, "number": hostile, "lead": hostile}))

    sheet = book["台账"]
    for column in (1, 2, 3):
        cell = sheet.cell(FIRST_ROW, column)
        # openpyxl does not undo the escape of a literal _x0041_, spreadsheets do.
        assert cell.value.replace("_x005F_", "_").strip() == hostile
        assert cell.data_type == "s"
        assert cell.hyperlink is None


def test_characters_that_cannot_be_shown_are_left_out():
    (told,) = told_rows(opened(listed({"title": "甲\x00乙\x1b丙丁\ufffe戊\u202e己\r\n庚"})))

    assert told["事项"] == "甲乙丙丁戊己\n庚"


def test_half_a_character_does_not_stop_the_workbook():
    assert cell_text("甲\ud800乙") == "甲乙"


def test_text_longer_than_a_cell_is_cut_and_says_so():
    (told,) = told_rows(opened(listed({"title": "很" * 40_000})))

    assert told["事项"].endswith(CUT)
    assert len(told["事项"]) == MOST_UNITS


def test_length_is_counted_as_spreadsheets_count():
    cut = cell_text("𠀀" * 20_000)

    assert cut.endswith(CUT)
    assert len(cut.encode("utf-16-le")) // 2 <= MOST_UNITS
    assert cell_text("很" * MOST_UNITS) == "很" * MOST_UNITS


def test_the_day_the_count_and_the_filters_are_told_under_the_title():
    sheet = opened(listed({}, {}), told=["县（区）：东区", "亮灯：逾期"])["台账"]

    assert sheet["A1"].value == "督办事项清单"
    assert sheet["A2"].value == f"数据截至：2026年3月12日　共 2 条　　{MARK.words}"
    assert sheet["A3"].value == "筛选：县（区）：东区；亮灯：逾期"


def test_the_list_is_frozen_filtered_coloured_and_set_for_print():
    sheet = opened(listed({"light": Light.RED}, {"light": Light.YELLOW}))["台账"]

    assert sheet.freeze_panes == "C5"
    assert sheet.auto_filter.ref == "A4:S6"
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.page_setup.orientation == "landscape"
    assert "2026年3月12日" in sheet.oddFooter.left.text
    coloured = [
        rule.formula for rules in sheet.conditional_formatting for rule in rules.rules
        if rule.type == "cellIs"
    ]  # fmt: skip
    assert ['"▲ 逾期"'] in coloured


def test_the_summary_counts_lights_by_lead_department_worst_first():
    rows = listed(
        {"lead": "甲局", "light": Light.GREEN}, {"lead": "乙局", "light": Light.RED},
        {"lead": "乙局", "light": Light.GREY}, {"lead": None, "light": Light.UNASSIGNED},
    )  # fmt: skip

    sheet = opened(rows)["汇总"]

    told = list(sheet.iter_rows(min_row=4, max_row=8, values_only=True))
    assert told == [
        ("牵头单位", "▲ 逾期", "◆ 临期", "● 未到期", "□ 未交办", "√ 已办结", "合计"),
        ("乙局", 1, 0, 0, 0, 1, 2),
        ("未定牵头单位", 0, 0, 0, 1, 0, 1),
        ("甲局", 0, 0, 1, 0, 0, 1),
        ("合计", 1, 0, 1, 1, 1, 4),
    ]


def test_the_summary_has_a_native_chart_of_its_own_cells():
    rows = listed(*({"lead": f"第{n}局", "light": Light.RED} for n in range(40)))

    (chart,) = opened(rows)["汇总"]._charts

    assert [series.val.numRef.f for series in chart.series] == [
        "汇总!$B$5:$B$34", "汇总!$C$5:$C$34", "汇总!$D$5:$D$34",
    ]  # fmt: skip


def test_no_rows_make_a_workbook_that_says_so():
    book = opened(listed())

    assert told_rows(book) == []
    assert book["台账"]["A2"].value.endswith(f"共 0 条　　{MARK.words}")
    assert book["汇总"]["A5"].value == "合计"
    assert book["汇总"]._charts == []


def test_more_rows_than_a_sheet_holds_are_refused_not_dropped():
    too_many = pd.DataFrame(index=range(MOST_ROWS + 1), columns=list(LIST_COLUMNS))

    with pytest.raises(ValueError, match="请缩小筛选范围"):
        items_workbook(too_many, title="清单", as_of=AS_OF, watermark=MARK)


def test_who_took_it_out_and_when_stands_on_every_sheet_and_printed_page():
    book = opened(listed({}))

    assert book["汇总"]["A3"].value == "内部资料　演示督查员（supervisor）2026-03-12 09:30 导出"
    for sheet in book:
        assert MARK.words in sheet.oddHeader.left.text
        assert "内部资料" in sheet.oddFooter.right.text


def test_a_long_name_with_header_codes_leaves_the_header_whole():
    long = Watermark("&D" * 30, "a" * 60, MARK.at)
    made = items_workbook(listed({}), title="&P" * 60, as_of=AS_OF, watermark=long)
    sheet = openpyxl.load_workbook(io.BytesIO(made))["台账"]

    assert sheet.oddHeader.left.text.strip().startswith("内部资料")
    assert "&D&D" not in (sheet.oddHeader.left.text or "").replace("&&", "")
