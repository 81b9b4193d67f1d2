"""Marks in files that are no .xlsx, and files in which nothing can be marked."""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlwt
from python_calamine import CalamineWorkbook

from dashboard.briefing.marked_workbook import marked_workbook
from dashboard.briefing.package import WorkbookNotMarked
from data_access.ledger_import.csv_reader import read_csv
from data_access.ledger_import.limits import Limits
from tests.marking import flag, ledger, opened, saved, with_part


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


def test_a_damaged_old_workbook_is_refused_in_a_chinese_sentence():
    with pytest.raises(WorkbookNotMarked, match="无法在其中标注"):
        marked_workbook(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2_000, "xls", [flag("A1")])
