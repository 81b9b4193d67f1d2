"""Places and structure of .xlsx workbooks as real and as strange programs write them."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from data_access.ledger_import.model import CellError, Merge, Sheet, Workbook
from data_access.ledger_import.workbook import open_ledger
from tests.data_access.ledger_import.made_files import (
    HEADINGS,
    ITEM,
    LEDGER_ROWS,
    STRICT_MAIN,
    row_of,
    rows_workbook,
    sheet,
    strings,
    styles,
    workbook,
    workbook_parts,
    zipped,
)

LEDGER = [list(HEADINGS), list(ITEM)]
UNCOMPUTED = CellError("公式未计算")


def opened(data: bytes, name: str = "台账.xlsx") -> Workbook:
    return open_ledger(data, name)


def only_sheet(data: bytes) -> Sheet:
    (found,) = opened(data).sheets
    return found


def saved(book: openpyxl.Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_a_workbook_that_counts_from_1904_says_so():
    rows = '<row r="1"><c r="A1" s="1"><v>44196</v></c><c r="B1"><v>44196</v></c></row>'
    book = opened(
        workbook(
            sheet(rows),
            more={"xl/styles.xml": styles("yyyy-mm-dd")},
            settings='<workbookPr date1904="1"/>',
        )
    )
    assert book.date_1904
    assert book.sheets[0].rows == [[date(2025, 1, 1), 44196]]


def test_percentages_are_told_by_their_cells():
    rows = (
        '<row r="2"><c r="A2" s="1"><v>0.95</v></c><c r="B2" s="2"><v>1</v></c>'
        '<c r="C2" s="1" t="inlineStr"><is><t>95%</t></is></c><c r="D2" s="1"/></row>'
        '<row r="3"><c r="D3" s="1"><v>0.5</v></c></row>'
    )
    found = only_sheet(workbook(sheet(rows), more={"xl/styles.xml": styles("0.0%", '0"%"')}))
    assert found.percent_cells == {(2, 1), (3, 4)}
    assert found.rows == [[], [0.95, 1, "95%"], [None, None, None, 0.5]]


def test_rows_and_columns_count_as_the_spreadsheet_does():
    rows = row_of(3, ("甲",)) + '<row r="7"><c r="D7"><v>1</v></c><c r="G7"><v>2</v></c></row>'
    found = only_sheet(rows_workbook(rows))
    assert found.first_row == 1
    assert found.rows == [[], [], ["甲"], [], [], [], [None, None, None, 1, None, None, 2]]


def test_rows_out_of_order_find_their_places():
    rows = row_of(3, ("丙",)) + row_of(1, ("甲",)) + row_of(2, ("乙",))
    assert only_sheet(rows_workbook(rows)).rows == [["甲"], ["乙"], ["丙"]]


def test_halves_of_a_row_are_joined_where_they_do_not_contradict():
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="B1"><v>2</v></c></row>'
    assert only_sheet(rows_workbook(rows)).rows == [[1, 2]]


def test_cells_out_of_order_find_their_columns():
    rows = '<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c></row>'
    assert only_sheet(rows_workbook(rows)).rows == [[1, None, 3]]


def test_rows_and_cells_without_numbers_are_counted():
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    assert only_sheet(rows_workbook(rows)).rows == [[1, 2], [3]]


@pytest.mark.parametrize("told", ["A1", "A1:XFD1048576", "A1:A1", "nonsense"])
def test_the_told_dimension_is_not_believed(told: str):
    data = workbook(sheet(before=f'<dimension ref="{told}"/>'))
    assert only_sheet(data).rows == LEDGER


def test_merges_end_with_the_filled_area():
    after = (
        '<mergeCells count="5"><mergeCell ref="A1:B1"/><mergeCell ref="C2:A2"/>'
        '<mergeCell ref="A9:XFD1048576"/><mergeCell ref="C1:C1048576"/><mergeCell ref="bad"/>'
        "</mergeCells>"
    )
    assert only_sheet(workbook(sheet(after=after))).merges == (
        Merge(1, 1, 1, 2),
        Merge(2, 1, 2, 3),
        Merge(1, 3, 2, 3),
    )


def test_hidden_rows_and_columns_are_told():
    rows = (
        row_of(1, HEADINGS)
        + row_of(2, ITEM).replace('r="2"', 'r="2" hidden="1"', 1)
        + row_of(3, ITEM).replace('r="3"', 'r="3" ht="0" customHeight="1"', 1)
        + row_of(4, ITEM).replace('r="4"', 'r="4" hidden="0" ht="0.75"', 1)
        + '<row r="900" hidden="1"/>'
    )
    before = (
        '<cols><col min="2" max="2" hidden="true" width="9"/><col min="3" max="3" width="0"/>'
        '<col min="9" max="16384" hidden="1"/></cols>'
    )
    found = only_sheet(workbook(sheet(rows, before=before)))
    assert found.hidden_rows == {2, 3}
    assert found.hidden_columns == {2, 3}
    assert len(found.rows) == 4


def test_hidden_sheets_are_left_out_by_name():
    data = workbook(
        sheet(), sheet(), sheet(),
        names=("台账", "底稿", "字典"), states=("", "hidden", "veryHidden"),
    )  # fmt: skip
    book = opened(data)
    assert [found.name for found in book.sheets] == ["台账"]
    assert book.hidden_sheets == ("底稿", "字典")


def test_sheets_can_be_told_apart_by_name():
    data = workbook(sheet(), sheet(), sheet(), names=("台\u202e账", "台账", "  "))
    assert [found.name for found in opened(data).sheets] == ["台账", "台账（2）", "未命名"]


def test_sheets_keep_the_order_of_the_workbook():
    parts = workbook_parts(sheet(row_of(1, ("一",))), sheet(row_of(1, ("二",))))
    linked = str(parts["xl/_rels/workbook.xml.rels"])
    parts["xl/_rels/workbook.xml.rels"] = (
        linked.replace("sheet1", "x").replace("sheet2", "sheet1").replace("x.xml", "sheet2.xml")
    )
    assert [found.rows for found in opened(zipped(parts)).sheets] == [[["二"]], [["一"]]]


def test_charts_are_no_sheets():
    parts = workbook_parts(sheet(), sheet())
    linked = str(parts["xl/_rels/workbook.xml.rels"])
    parts["xl/_rels/workbook.xml.rels"] = linked.replace(
        '/worksheet" Target="worksheets/sheet2.xml', '/chartsheet" Target="chartsheets/sheet1.xml'
    )
    assert len(opened(zipped(parts)).sheets) == 1


def test_strict_workbooks_are_read_like_others():
    assert only_sheet(workbook(sheet(space=STRICT_MAIN), strict=True)).rows == LEDGER


def test_prefixed_elements_are_read_like_others():
    prefixed = sheet().replace("xmlns=", "xmlns:x=")
    for name in ("worksheet", "sheetData", "row", "c", "is", "t"):
        prefixed = prefixed.replace(f"<{name}>", f"<x:{name}>").replace(f"<{name} ", f"<x:{name} ")
        prefixed = prefixed.replace(f"</{name}>", f"</x:{name}>")
    assert only_sheet(workbook(prefixed)).rows == LEDGER


@pytest.mark.parametrize("coding", ["UTF-16", "GB2312", "GB18030"])
def test_parts_in_another_coding_are_read(coding: str):
    told = sheet().replace("UTF-8", coding).encode(coding.lower())
    assert only_sheet(workbook(told)).rows == LEDGER


def test_a_coding_that_cannot_be_true_is_not_believed():
    assert only_sheet(workbook(sheet().replace("UTF-8", "utf-16"))).rows == LEDGER


def test_comments_that_look_like_rows_are_none():
    fake = row_of(9, ("假",))
    rows = f"<!-- {fake} -->{LEDGER_ROWS}<!-- </sheetData>{fake} --><?a {fake}?>"
    assert only_sheet(rows_workbook(rows)).rows == LEDGER
    before = f"<!-- <sheetData>{fake}</sheetData> -->"
    assert only_sheet(workbook(sheet(before=before))).rows == LEDGER


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("xl/styles.xml", None),
        ("xl/styles.xml", "<styleSheet><fills><fill/></fills></styleSheet>"),
        ("[Content_Types].xml", None),
        ("_rels/.rels", None),
        ("xl/externalLinks/externalLink1.xml", "<externalLink/>"),
        ("xl/embeddings/oleObject1.bin", b"\0" * 99),
    ],
)
def test_what_is_missing_or_strange_elsewhere_does_not_matter(name: str, body: str | None):
    parts = workbook_parts()
    parts.pop(name, None)
    if body is not None:
        parts[name] = body
    assert only_sheet(zipped(parts)).rows == LEDGER


def test_names_of_parts_may_be_written_otherwise():
    parts = {
        name.replace("/", "\\").replace("sheet1", "Sheet1"): body
        for name, body in workbook_parts().items()
    }
    assert only_sheet(zipped(parts)).rows == LEDGER


def test_shared_strings_are_read_in_all_their_forms():
    raw = (
        "<si><r><rPr><b/></rPr><t>富</t></r><r><t>文本</t></r></si><si><t>乙&amp;</t></si>"
        '<si><t>市</t><rPh sb="0" eb="1"><t>シ</t></rPh></si><si/><si><t/></si>'
        '<si><t xml:space="preserve"> 丁</t></si><!-- <si><t>假</t></si> --><si><t>戊</t></si>'
    )
    cells = "".join(f'<c r="{letter}1" t="s"><v>{n}</v></c>' for n, letter in enumerate("ABCDEFGH"))
    found = only_sheet(
        workbook(
            sheet(f'<row r="1">{cells}</row>'),
            more={"xl/sharedStrings.xml": strings("甲", raw=raw)},
        )
    )
    assert found.rows == [["甲", "富文本", "乙&", "市", None, None, " 丁", "戊"]]


def test_formatted_and_empty_rows_and_columns_weigh_nothing():
    blank = "".join(f'<c r="{letter}{{n}}" s="0"/>' for letter in ("A", "B", "XFD"))
    rows = LEDGER_ROWS + "".join(
        f'<row r="{n}">{blank.format(n=n)}</row>' for n in (*range(3, 40_000), 1_048_576)
    )
    assert only_sheet(rows_workbook(rows)).rows == LEDGER


def test_what_openpyxl_writes_is_read_back():
    book = openpyxl.Workbook()
    made = book.active
    made.append(["编号", "交办时间", "满意率", "富文本", "公式", "错误"])
    made.append([1, date(2026, 3, 1), 0.95])
    made["C2"].number_format = "0%"
    made["D2"] = CellRichText("一", TextBlock(InlineFont(b=True), "二"))
    made["E2"] = "=A2+1"
    made["F2"] = "#N/A"
    made.merge_cells("A3:B3")
    made["A3"] = "合计"
    made.row_dimensions[2].hidden = True
    made.column_dimensions["B"].hidden = True
    found = only_sheet(saved(book))
    assert found.rows[1] == [1, date(2026, 3, 1), 0.95, "一二", UNCOMPUTED, CellError("#N/A")]
    assert found.merges == (Merge(3, 1, 3, 2),)
    assert (found.hidden_rows, found.hidden_columns) == ({2}, {2})
    assert found.percent_cells == {(2, 3)}


@pytest.mark.parametrize("constant_memory", [True, False])
def test_what_xlsxwriter_writes_is_read_back(constant_memory: bool):
    made = io.BytesIO()
    told = {"constant_memory": constant_memory, "default_date_format": "yyyy-mm-dd"}
    book = xlsxwriter.Workbook(made, told)
    page = book.add_worksheet("台账")
    for row in range(3000):
        page.write_row(row, 0, [row, f"第{row}号诉求 <&>", 0.5])
        page.write_datetime(row, 3, date(2026, 3, 1))
        page.write_string(row, 4, "已办结" if row % 2 else "办理中")
    book.close()
    found = only_sheet(made.getvalue())
    assert len(found.rows) == 3000
    assert found.rows[2999] == [2999, "第2999号诉求 <&>", 0.5, date(2026, 3, 1), "已办结"]


def test_a_phone_in_the_files_name_is_masked() -> None:
    book = open_ledger("编号,问题\nA1,路灯不亮\n".encode(), "钱先生13900001111.csv")
    assert book.file_name == "钱先生139****1111.csv"
