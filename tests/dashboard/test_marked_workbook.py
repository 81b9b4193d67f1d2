"""The sender's own file with its faults marked, opened again by openpyxl and by calamine."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
import xlwt
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation
from python_calamine import CalamineWorkbook

from dashboard.briefing.marked_workbook import MOST_MARKS, marked_workbook
from dashboard.briefing.package import WorkbookNotMarked
from data_access.ledger_import.csv_reader import read_csv
from data_access.ledger_import.limits import Limits
from data_access.ledger_import.model import Flag
from supervision.vocabulary import Severity

ERROR_FILL, WARNING_FILL, NOTICE_FILL = "FFF9D5D2", "FFFDE9C4", "FFDCE9F7"


def flag(cell: str | None, message: str = "日期无法识别。", **other: Any) -> Flag:
    row = int("".join(filter(str.isdigit, cell))) if cell else None
    usual = {"sheet": "台账", "row": row, "cell": cell, "number": None, "field": None,
             "severity": Severity.ERROR, "code": "date-unread", "message": message}  # fmt: skip
    return Flag(**{**usual, **other})


def ledger() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "台账"
    sheet.append(["交办事项台账"])
    sheet.append(["编号", "诉求内容", "责任单位", "反馈期限"])
    sheet.append(["A-1", "路灯不亮", "示例局", "2026年2月30日"])
    sheet.append([None, "积水", "某单位", date(2026, 3, 1)])
    sheet["D4"].number_format = "yyyy/m/d"
    sheet["C4"].font = Font(bold=True, color="FF0000FF")
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(data: bytes, changed: dict[str, bytes | None]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in {**parts(data), **changed}.items():
            if content is not None:
                archive.writestr(name, content)
    return made.getvalue()


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
    assert drawing.count("<v:shape ") + drawing.count("<ns0:shape ") == 3
    assert sorted(drawing.count(f"<x:Column>{column}</x:Column>") for column in (1, 2)) == [1, 1]


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
    stripped = with_part(
        original,
        {
            "xl/styles.xml": None,
            "xl/_rels/workbook.xml.rels": b"".join(
                piece if b"styles" not in piece else b""
                for piece in parts(original)["xl/_rels/workbook.xml.rels"]
                .replace(b"<Relationship ", b"\n<Relationship ")
                .replace(b"</Relationships>", b"\n</Relationships>")
                .splitlines()
            ),
        },
    )

    made = marked_workbook(stripped, "xlsx", [flag("D3")])

    assert opened(made)["台账"]["D3"].fill.fgColor.rgb == ERROR_FILL


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


def test_an_old_workbook_becomes_a_new_one_with_the_same_cells():
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    sheet.write_merge(0, 0, 0, 3, "交办事项台账")
    sheet.write(2, 1, "=1+1")
    sheet.write(2, 2, date(2026, 3, 1), xlwt.easyxf(num_format_str="yyyy/m/d"))
    sheet.write(2, 3, 0.95, xlwt.easyxf(num_format_str="0%"))
    sheet.write(2, 4, 12)
    hidden = book.add_sheet("底稿")
    hidden.visibility = 1
    made = io.BytesIO()
    book.save(made)

    marked = opened(marked_workbook(made.getvalue(), "xls", [flag("C3")]))

    sheet = marked["台账"]
    assert [cell.value for cell in sheet[3]] == [None, "=1+1", "2026-03-01", "95%", "12"]
    assert sheet["B3"].data_type == "s"
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A1:D1"]
    assert sheet["C3"].comment.text == "【错误】日期无法识别。"
    assert marked["底稿"].sheet_state == "hidden"


@pytest.mark.parametrize(
    "data",
    [
        '编号,内容\nA-1,"=cmd|\'/c calc\'!A1"\n\nA-2,"两\n行"\n'.encode(),
        "编号;内容\nA-1;积水,路灯\n".encode("gb18030"),
        "编号\t内容\nA-1\t积水\n".encode("utf-16"),
        "编号，内容\nA-1，积水\n".encode("utf-8-sig"),
        "编号|内容|单位\n00123|积水|甲局\n".encode(),
    ],
)
def test_a_csv_becomes_a_workbook_with_its_cells_where_the_import_read_them(data: bytes):
    read = read_csv(data, Limits())
    row = read.first_row + 1

    made = marked_workbook(data, "csv", [flag(f"B{row}", sheet=read.name)])

    cells = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0).to_python()
    width = max(len(line) for line in read.rows)
    assert cells == [[*(cell or "" for cell in line), *[""] * (width - len(line))]
                     for line in read.rows]  # fmt: skip
    assert opened(made)["CSV"][f"B{row}"].comment.text == "【错误】日期无法识别。"
    assert opened(made)["CSV"][f"B{row}"].data_type == "s"


@pytest.mark.parametrize(
    "broken",
    [
        b"PK\x03\x04 not a workbook",
        with_part(saved(ledger()), {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"}),
        with_part(saved(ledger()), {"xl/worksheets/sheet1.xml": b"<worksheet/>"}),
        with_part(saved(ledger()), {"_rels/.rels": None}),
        with_part(
            saved(ledger()),
            {"xl/styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><styleSheet>&b;</styleSheet>'},
        ),
    ],
    ids=["zip", "cut", "rowless", "linkless", "entity"],
)
def test_a_damaged_file_is_refused_in_a_chinese_sentence(broken: bytes):
    with pytest.raises(WorkbookNotMarked, match="无法在其中标注"):
        marked_workbook(broken, "xlsx", [flag("D3")])
