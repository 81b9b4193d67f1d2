"""What single cells of .xlsx workbooks hold: numbers, dates, texts, errors, formulas."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from data_access.ledger_import.model import CellError, CellValue
from data_access.ledger_import.workbook import open_ledger
from tests.data_access.ledger_import.made_files import rows_workbook, sheet, styles, workbook

UNCOMPUTED = CellError("公式未计算")


def rows(data: bytes) -> list[list[CellValue]]:
    """The rows of the only sheet."""
    (found,) = open_ledger(data, "台账.xlsx").sheets
    return found.rows


CELLS: tuple[tuple[str, CellValue], ...] = (
    ('<c r="A1"><v>1</v></c>', 1),
    ('<c r="A1"><v>1.0</v></c>', 1),
    ('<c r="A1"><v>-0</v></c>', 0),
    ('<c r="A1"><v>0.95</v></c>', 0.95),
    ('<c r="A1"><v>0.30000000000000004</v></c>', 0.3),
    ('<c r="A1"><v>1E+3</v></c>', 1000),
    ('<c r="A1"><v>441600199001010000</v></c>', "441600199001010000"),
    ('<c r="A1"><v>4.4160019900101E+17</v></c>', "441600199001010000"),
    ('<c r="A1"><v>12345678901234567890</v></c>', "12345678901234567890"),
    ('<c r="A1"><v>1E400</v></c>', CellError("#NUM!")),
    ('<c r="A1"><v>NaN</v></c>', CellError("#NUM!")),
    ('<c r="A1"><v>1_000</v></c>', "1_000"),
    ('<c r="A1" t="b"><v>1</v></c>', True),
    ('<c r="A1" t="b"><v>0</v></c>', False),
    ('<c r="A1" t="e"><v>#REF!</v></c>', CellError("#REF!")),
    ('<c r="A1" t="str"><f>A2</f><v>结果</v></c>', "结果"),
    ('<c r="A1" t="str"><f>A2</f><v></v></c>', None),
    ('<c r="A1"><f>SUM(B1:B9)</f><v>12</v></c>', 12),
    ('<c r="A1"><f t="shared" ref="A1:A9" si="0">B1</f><v>3</v></c>', 3),
    ('<c r="A1"><f t="shared" si="0"/><v>4</v></c>', 4),
    ('<c r="A1"><f>SUM(B1:B9)</f></c>', UNCOMPUTED),
    ('<c r="A1"><f>SUM(B1:B9)</f><v/></c>', UNCOMPUTED),
    ('<c r="A1"><f>SUM(B1:B9)</f><v></v></c>', UNCOMPUTED),
    ('<c r="A1" t="inlineStr"><is><t>00123</t></is></c>', "00123"),
    ('<c r="A1" t="inlineStr"><is><t> 留 空 </t></is></c>', " 留 空 "),
    ('<c r="A1" t="inlineStr"><is><t xml:space="preserve">　 </t></is></c>', None),
    ('<c r="A1" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>', "甲乙"),
    ('<c r="A1" t="inlineStr"><is><t>市</t><rPh sb="0" eb="1"><t>シ</t></rPh></is></c>', "市"),
    ('<c r="A1" t="inlineStr"><is><t>&lt;b&gt;&amp;&#20013;&#x6587;</t></is></c>', "<b>&中文"),
    ('<c r="A1" t="inlineStr"><is><t>一&#13;\n二\r\n三\r四</t></is></c>', "一\n二\n三\n四"),
    ('<c r="A1" t="inlineStr"><is><t>一_x000D_\n二_x000D_三</t></is></c>', "一\n二\n三"),
    ('<c r="A1" t="inlineStr"><is><t>_x0000_甲_x001B_</t></is></c>', "甲"),
    ('<c r="A1" t="inlineStr"><is><t>_x005F_x000D_</t></is></c>', "_x000D_"),
    ('<c r="A1" t="inlineStr"><is><t>_xD83D__xDE00__xD83D_</t></is></c>', "😀"),
    ('<c r="A1" t="inlineStr"><is><t>甲\x00\x0b\x1f乙</t></is></c>', "甲乙"),
    ('<c r="A1" t="inlineStr"><is><t>\u202e甲\u200b乙\ufeff\u2066</t></is></c>', "甲乙"),
    ('<c r="A1" t="inlineStr"><is><t>𠮷𫠣😀</t></is></c>', "𠮷𫠣😀"),
    ('<c r="A1" t="d"><v>2026-03-01</v></c>', date(2026, 3, 1)),
    (
        '<c r="A1" t="d"><v>2026-03-01T09:30:00Z</v></c>',
        datetime.fromisoformat("2026-03-01 09:30"),
    ),
    ('<c r="A1" t="d"><v>2026年</v></c>', "2026年"),
    ('<c r="A1"/>', None),
    ('<c r="A1"><v></v></c>', None),
    ('<c r="A1" s="77"><v>5</v></c>', 5),
    ('<c r="A1" s="x"><v>5</v></c>', 5),
    ("<c r='A1'><v>5</v></c>", 5),
    ('<c s="0" r="A1" ><v>5</v ></c >', 5),
    ("<c><v>5</v></c>", 5),
    ('<c r="A1" t="inlineStr"><is><t><![CDATA[<c r="B1">]]></t></is></c>', '<c r="B1">'),
)
"""A1 as XML, and its value; CDATA comes last, since it turns the pattern off."""

FORMATS: tuple[tuple[str, str, CellValue], ...] = (
    ("yyyy-mm-dd", "45658", date(2025, 1, 1)),
    ("yyyy/m/d h:mm", "45658.395833333336", datetime.fromisoformat("2025-01-01 09:30")),
    ("yyyy-mm-dd", "45658.9999999", date(2025, 1, 2)),
    ('yyyy"年"m"月"d"日"', "45658", date(2025, 1, 1)),
    ("[$-804]yyyy年m月d日", "45658", date(2025, 1, 1)),
    ('[DBNum1][$-804]m"月"d"日"', "45658", date(2025, 1, 1)),
    ("m/d", "45658", date(2025, 1, 1)),
    ("[$-F800]dddd, mmmm dd, yyyy", "45658", date(2025, 1, 1)),
    ("yyyy-mm-dd;@", "45658", date(2025, 1, 1)),
    ("aaaa", "45658", date(2025, 1, 1)),
    ("yyyy-mm-dd", "1", date(1900, 1, 1)),
    ("yyyy-mm-dd", "59", date(1900, 2, 28)),
    ("yyyy-mm-dd", "60", 60),
    ("yyyy-mm-dd", "61", date(1900, 3, 1)),
    ("yyyy-mm-dd", "2958465", date(9999, 12, 31)),
    ("yyyy-mm-dd", "2958466", 2958466),
    ("yyyy-mm-dd", "-10", -10),
    ("yyyy-mm-dd", "0", 0),
    ("yyyy-mm-dd", "1E400", CellError("#NUM!")),
    ("h:mm", "0.395833333333333", "09:30"),
    ("h:mm:ss", "0.5000115740740741", "12:00:01"),
    ("[h]:mm", "1.5", "36:00"),
    ("上午/下午h时mm分", "0.5", "12:00"),
    ("General", "45658", 45658),
    ("G/通用格式", "45658", 45658),
    ("0.00E+00", "45658", 45658),
    ("#,##0.00_);[Red](#,##0.00)", "45658", 45658),
    ('0"天"', "15", 15),
    ('0"month day"', "15", 15),
    ("@", "45658", 45658),
    ("0000", "7", "0007"),
    ('"督"000', "7", "督007"),
    ('"〔2026〕"00"号"', "7", "〔2026〕07号"),
)
"""A number format, a number as its file writes it, and the value of both."""


@pytest.fixture(scope="module")
def read_cells() -> list[CellValue]:
    """All of CELLS, one in each row."""
    told = "".join(
        f'<row r="{n}">{xml}<c r="B{n}"><v>1</v></c></row>'.replace('A1"', f'A{n}"', 1).replace(
            "'A1'", f"'A{n}'"
        )
        for n, (xml, _) in enumerate(CELLS, 1)
    )
    return [row[0] for row in rows(rows_workbook(told))]


@pytest.fixture(scope="module")
def read_formats() -> list[CellValue]:
    """All of FORMATS, one in each row."""
    lines = "".join(
        f'<row r="{n}"><c r="A{n}" s="{n}"><v>{number}</v></c></row>'
        for n, (_, number, _) in enumerate(FORMATS, 1)
    )
    told = styles(*(code for code, _, _ in FORMATS))
    return [row[0] for row in rows(workbook(sheet(lines), more={"xl/styles.xml": told}))]


@pytest.mark.parametrize("place", range(len(CELLS)), ids=[xml for xml, _ in CELLS])
def test_a_cell_is_read_as_its_file_means_it(place: int, read_cells: list[CellValue]):
    found, value = read_cells[place], CELLS[place][1]
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize("place", range(len(FORMATS)), ids=[f"{c} {n}" for c, n, _ in FORMATS])
def test_a_number_is_what_its_format_says(place: int, read_formats: list[CellValue]):
    found, value = read_formats[place], FORMATS[place][2]
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize("number", [14, 22, 27, 31, 36, 50, 57, 58])
def test_built_in_formats_of_chinese_workbooks_are_dates(number: int):
    data = workbook(
        sheet('<row r="1"><c r="A1" s="1"><v>45658</v></c></row>'),
        more={"xl/styles.xml": styles(built_in=(number,))},
    )
    assert rows(data) == [[date(2025, 1, 1)]]
