"""The sender's own file with its faults marked, opened again by openpyxl."""

from __future__ import annotations

import re
from datetime import date

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.worksheet.datavalidation import DataValidation

from dashboard.briefing.marked_workbook import MOST_MARKS, marked_workbook
from supervision.vocabulary import Severity
from tests.marking import flag, ledger, opened, parts, saved, with_part

ERROR_FILL, WARNING_FILL, NOTICE_FILL = "FFF9D5D2", "FFFDE9C4", "FFDCE9F7"


def test_a_faulty_cell_is_coloured_and_explained_and_keeps_its_value():
    sheet = opened(marked_workbook(saved(ledger()), "xlsx", [flag("D3")]))["台账"]

    assert sheet["D3"].value == "2026年2月30日"
    assert sheet["D3"].fill.fgColor.rgb == ERROR_FILL
    assert sheet["D3"].comment.text == "【错误】日期无法识别。"
    assert sheet["D3"].comment.author == "督办系统"
    assert sheet["C3"].fill.fill_type is None


def test_each_severity_has_its_colour_and_the_worst_wins_in_one_cell():
    flags = [
        flag("A3", "提示一。", severity=Severity.NOTICE),
        flag("B3", "提示二。", severity=Severity.NOTICE),
        flag("B3", "警告二。", severity=Severity.WARNING),
        flag("C3", "警告三。", severity=Severity.WARNING),
        flag("C3", "错误三。"),
        flag("C3", "错误三。"),
    ]

    sheet = opened(marked_workbook(saved(ledger()), "xlsx", flags))["台账"]

    assert [sheet[cell].fill.fgColor.rgb for cell in ("A3", "B3", "C3")] == [
        NOTICE_FILL, WARNING_FILL, ERROR_FILL,
    ]  # fmt: skip
    assert sheet["C3"].comment.text == "【错误】错误三。\n【警告】警告三。"


def test_a_marked_cell_keeps_its_font_and_number_format():
    flags = [flag("C4"), flag("D4")]

    sheet = opened(marked_workbook(saved(ledger()), "xlsx", flags))["台账"]

    assert sheet["C4"].font.bold
    assert sheet["C4"].font.color.rgb == "FF0000FF"
    assert sheet["D4"].number_format == "yyyy/m/d"
    assert sheet["D4"].value.date() == date(2026, 3, 1)


def test_candidates_are_told_in_the_note():
    made = marked_workbook(
        saved(ledger()), "xlsx", [flag("C4", "单位不在名录。", candidates=("甲局", "乙局"))]
    )

    assert opened(made)["台账"]["C4"].comment.text == "【错误】单位不在名录。可选：甲局、乙局。"


def test_the_senders_own_notes_stay_and_ours_stand_below():
    book = ledger()
    book["台账"]["D3"].comment = Comment("请再核实", "填报人")
    book["台账"]["A1"].comment = Comment("别的批注", "填报人")

    sheet = opened(marked_workbook(saved(book), "xlsx", [flag("D3"), flag("C3")]))["台账"]

    assert sheet["D3"].comment.text == "请再核实\n【错误】日期无法识别。"
    assert sheet["D3"].comment.author == "填报人"
    assert sheet["A1"].comment.text == "别的批注"
    assert sheet["C3"].comment.text == "【错误】日期无法识别。"


def test_every_note_has_a_box_with_a_number_of_its_own():
    book = ledger()
    book["台账"]["D3"].comment = Comment("请再核实", "填报人")

    made = parts(marked_workbook(saved(book), "xlsx", [flag("D3"), flag("C3"), flag("B3")]))

    (drawing,) = (data.decode() for name, data in made.items() if name.endswith(".vml"))
    numbers = re.findall(r'shape [^>]*id="_x0000_s(\d+)"', drawing)
    assert len(numbers) == len(set(map(int, numbers))) == 3


def test_parts_without_faults_stay_byte_for_byte(tmp_path):
    book = ledger()
    other = book.create_sheet("附表")
    other["A1"] = "=SUM(1,2)"
    other.add_data_validation(DataValidation(type="list", formula1='"是,否"', sqref="B1"))
    picture = tmp_path / "红点.png"
    picture.write_bytes(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
            "1f15c4890000000d49444154789c63f8cfc0f01f0005000201e2e9b5d10000000049454e44ae426082"
        )
    )
    other.add_image(Image(str(picture)), "D2")
    original = saved(book)

    made = marked_workbook(original, "xlsx", [flag("D3")])

    before, after = parts(original), parts(made)
    same = {name for name in before if before[name] == after[name]}
    assert set(before) - same == {
        "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml",
    }  # fmt: skip
    assert opened(made)["附表"]["A1"].value == "=SUM(1,2)"


def test_rows_without_faults_stay_byte_for_byte():
    original = saved(ledger())
    sheet = parts(original)["xl/worksheets/sheet1.xml"]
    row = sheet[sheet.index(b'<row r="4"') : sheet.index(b"</sheetData>")]

    made = marked_workbook(original, "xlsx", [flag("D3")])

    assert row in parts(made)["xl/worksheets/sheet1.xml"]


def test_several_sheets_are_marked_each_with_its_own_notes():
    book = ledger()
    book.create_sheet("二季度")["B2"] = "乱写"
    book["二季度"]["A1"] = "头"
    flags = [flag("D3"), flag("B2", "无法识别。", sheet="二季度")]

    made = opened(marked_workbook(saved(book), "xlsx", flags))

    assert made["台账"]["D3"].comment.text == "【错误】日期无法识别。"
    assert made["二季度"]["B2"].comment.text == "【错误】无法识别。"
    assert made["台账"]["B2"].comment is None


def test_a_fault_of_a_row_stands_at_the_rows_first_used_cell():
    sheet = opened(marked_workbook(saved(ledger()), "xlsx", [flag(None, "缺编号。", row=4)]))[
        "台账"
    ]

    assert sheet["B4"].comment.text == "【错误】缺编号。"
    assert sheet["B4"].value == "积水"


def test_a_fault_of_a_sheet_stands_at_its_first_used_cell():
    book = openpyxl.Workbook()
    book.active.title = "台账"
    book.active["C5"] = "没有表头"
    flags = [flag(None, "没有找到表头。"), flag(None, "别处。", sheet="没有这张表")]

    sheet = opened(marked_workbook(saved(book), "xlsx", flags))["台账"]

    assert sheet["C5"].comment.text == "【错误】没有找到表头。\n【错误】别处。"


def test_empty_cells_and_missing_rows_can_be_marked():
    flags = [flag("A4", "缺编号。"), flag("F9", "缺日期。"), flag("F3", "缺单位。")]

    sheet = opened(marked_workbook(saved(ledger()), "xlsx", flags))["台账"]

    assert [sheet[cell].fill.fgColor.rgb for cell in ("A4", "F9", "F3")] == [ERROR_FILL] * 3
    assert [cell.coordinate for cell in sheet[4]][:4] == ["A4", "B4", "C4", "D4"]
    assert sheet["B4"].value == "积水"


def test_a_fault_in_a_covered_cell_stands_where_the_merged_cell_is_seen():
    book = ledger()
    book["台账"].merge_cells("C3:C4")

    sheet = opened(marked_workbook(saved(book), "xlsx", [flag("C4", "单位不明。")]))["台账"]

    assert sheet["C3"].comment.text == "【错误】单位不明。"
    assert sheet["C3"].value == "示例局"


def test_a_workbook_without_styles_gets_some():
    original = saved(ledger())
    held = parts(original)
    links = re.sub(rb"<Relationship [^>]*styles[^>]*/>", b"", held["xl/_rels/workbook.xml.rels"])
    rows = re.sub(rb' s="\d+"', b"", held["xl/worksheets/sheet1.xml"])
    stripped = with_part(
        original,
        {
            "xl/styles.xml": None,
            "xl/_rels/workbook.xml.rels": links,
            "xl/worksheets/sheet1.xml": rows,
        },
    )

    sheet = opened(marked_workbook(stripped, "xlsx", [flag("D3")]))["台账"]

    assert sheet["D3"].fill.fgColor.rgb == ERROR_FILL
    assert sheet["C3"].fill.fill_type is None


def test_sheets_written_with_prefixes_and_without_places_are_marked():
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    odd = (
        f'<?xml version="1.0"?><x:worksheet xmlns:x="{space}"><x:sheetData><x:row/>'
        '<x:row><x:c t="inlineStr"><x:is><x:t>编号</x:t></x:is></x:c>'
        "<x:c><x:v>7</x:v></x:c></x:row>"
        "</x:sheetData><x:pageMargins left='1' right='1' top='1' bottom='1' header='0' footer='0'/>"
        "</x:worksheet>"
    )
    original = with_part(saved(ledger()), {"xl/worksheets/sheet1.xml": odd.encode()})

    sheet = opened(marked_workbook(original, "xlsx", [flag("B2"), flag("D5")]))["台账"]

    assert (sheet["A2"].value, sheet["B2"].value) == ("编号", 7)
    assert sheet["B2"].comment.text == "【错误】日期无法识别。"
    assert sheet["D5"].fill.fgColor.rgb == ERROR_FILL


@pytest.mark.parametrize("data", ["<sheetData/>", "<sheetData />", "<sheetData></sheetData>"])
def test_an_empty_sheet_is_marked_at_its_first_cell(data: str):
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    empty = f'<worksheet xmlns="{space}">{data}</worksheet>'
    original = with_part(saved(ledger()), {"xl/worksheets/sheet1.xml": empty.encode()})

    sheet = opened(marked_workbook(original, "xlsx", [flag(None, "空表。")]))["台账"]

    assert sheet["A1"].comment.text == "【错误】空表。"


def test_hostile_words_in_a_message_stay_words():
    words = '<t>&"=1+1</t>\x00_x0041_'

    made = marked_workbook(saved(ledger()), "xlsx", [flag("D3", words)])

    assert opened(made)["台账"]["D3"].comment.text == '【错误】<t>&"=1+1</t>_x005F_x0041_'


def test_more_faults_than_can_be_marked_are_counted_in_a_note():
    flags = [
        flag(f"A{row}", "提示。", severity=Severity.NOTICE) for row in range(2, MOST_MARKS + 3)
    ] + [flag("D3")]

    sheet = opened(marked_workbook(saved(ledger()), "xlsx", flags))["台账"]

    assert sheet["A1"].comment.text.startswith("【提示】另有 2 处问题未在本文件中标注")
    assert sheet["D3"].comment.text == "【错误】日期无法识别。"


def test_without_faults_the_file_keeps_all_its_parts():
    original = saved(ledger())

    assert parts(marked_workbook(original, "xlsx", [])) == parts(original)
