"""The pattern that makes plain sheets fast reads nothing otherwise than the parser does."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.ledger_import.limits import Limits
from data_access.ledger_import.model import CellValue, LedgerRefused
from data_access.ledger_import.number_formats import GENERAL, built_in
from data_access.ledger_import.shared_strings import shared_strings
from data_access.ledger_import.sheet_xml import SheetReader
from data_access.ledger_import.wire import CellWriter, Rows, SheetFoot, frames, unwrapped
from data_access.ledger_import.xlsx_cells import CellReader
from tests.data_access.ledger_import.made_files import sheet, strings

FORMS = (
    "<c r='{}'><v>1</v></c>", '<c r="{}"/>', '<c r="{}" s="1"/>', '<c r="{}"></c>',
    '<c r="{}"><v>1</v></c>', '<c r="{}" s="1"><v>45658</v></c>', '<c r="{}" s="2"><v>0.5</v></c>',
    '<c r="{}" t="s"><v>0</v></c>', '<c r="{}" t="s" s="1"><v>1</v></c>',
    '<c r="{}" t="str"><f>A1</f><v>文</v></c>', '<c r="{}"><f>A1</f><v/></c>',
    '<c r="{}"><f t="shared" si="0"/><v>2</v></c>', '<c r="{}"><f>A1&lt;2</f></c>',
    '<c r="{}" t="e"><v>#N/A</v></c>', '<c r="{}" t="b"><v>1</v></c>',
    '<c r="{}" t="inlineStr"><is><t>甲&amp;乙&#10;</t></is></c>',
    '<c r="{}" t="inlineStr"><is><t xml:space="preserve"> 甲</t></is></c>',
    '<c r="{}" t="inlineStr"><is><r><t>甲</t></r></is></c>',
    '<c r="{}" t="n"><is><t>5</t></is></c>',
    '<c r="{}" t="inlineStr"><v>甲</v></c>', '<c r="{}" cm="1" s="&#49;"><v>45658</v></c>',
    '<c r="{}" t="inlineStr"><is><t>a]]&gt;b</t></is></c>', '<c  r="{}"\n><v>\n7</v></c>',
    '<c r="{}"><v>1</v><extLst><ext/></extLst></c>', '<c r="{}" t="inlineStr"><is/></c>',
    '<c r="{}"/><v>1</v>',
)  # fmt: skip
BROKEN = (
    '<c r="{}"><v>1</v>', '<c r="{}"/><v>1</v></c>', '<c r="{}" s="1" s="2"><v>1</v></c>',
    '<c r="{}" t="s"><v>9</v></c>', '<c r="{}" t="inlineStr"><is><t>&x;</t></is></c>',
    '<c r="{}"s="1"><v>1</v></c>', '<c r="{}" / ><v>1</v></c>', '<c r="{}" s=1><v>1</v></c>',
)  # fmt: skip
_row_forms = st.sampled_from(
    ['<row r="{}">', '<row r="{}" spans="1:9" ht="20">', '<row r="{}" hidden="1">', "<row r='{}'>"]
)
_cells = st.lists(
    st.tuples(st.integers(0, 30), st.sampled_from(FORMS)), max_size=6, unique_by=lambda c: c[0]
)


def read(xml: str, step: int) -> tuple[dict[int, list[CellValue]], object]:
    """Rows by number, and the foot, of a sheet that comes in pieces of `step` characters."""
    made = io.BytesIO()
    cells = CellReader(strings=["零", "一"], formats=[GENERAL, built_in(14), built_in(9)])
    writer = CellWriter(made, Limits())
    SheetReader(cells, writer).read(xml[n : n + step] for n in range(0, len(xml), step))
    made.seek(0)
    rows, foot = {}, None
    for frame in frames(made):
        if isinstance(frame, Rows):
            pool = [unwrapped(value) for value in frame.pool]
            for number, places in zip(frame.numbers, frame.cells, strict=True):
                rows[number] = [(type(pool[place]), pool[place]) for place in places]
        elif isinstance(frame, SheetFoot):
            foot = frame
    return rows, foot


def parsed_whole(xml: str) -> str:
    """The same sheet in a form that the pattern leaves to the parser."""
    return xml.replace("<sheetData>", "<sheetData><!-- -->", 1)


@st.composite
def _sheets(draw: st.DrawFn) -> str:
    rows = ""
    for number in range(1, draw(st.integers(1, 5)) + 1):
        cells = draw(_cells)
        if draw(st.booleans()):
            cells.sort()
        inside = "".join(
            form.format(f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[n % 26]}{number}")
            for n, form in {n % 26: (n, form) for n, form in cells}.values()
        )
        rows += (
            draw(_row_forms).format(number) + inside + "</row>" + draw(st.sampled_from(["", "\n "]))
        )
    return sheet(rows, after='<mergeCells><mergeCell ref="A1:B2"/></mergeCells>')


@settings(max_examples=400, deadline=None)
@given(_sheets(), st.sampled_from([7, 64, 1 << 18]))
def test_plain_rows_are_read_as_the_parser_reads_them(xml: str, step: int):
    assert read(xml, step) == read(parsed_whole(xml), 1 << 18)


@pytest.mark.parametrize("form", FORMS)
def test_each_form_of_a_cell_is_read_alike_both_ways(form: str):
    xml = sheet(f'<row r="1">{form.format("A1")}<c r="B1"><v>1</v></c></row>')
    assert read(xml, 1 << 18) == read(parsed_whole(xml), 1 << 18)


@pytest.mark.parametrize("form", BROKEN)
def test_what_is_not_well_formed_is_refused_both_ways(form: str):
    xml = sheet(f'<row r="1">{form.format("A1")}</row>')
    for text in (xml, parsed_whole(xml)):
        with pytest.raises(LedgerRefused):
            read(text, 1 << 18)


_STRINGS = (
    "<si><t>甲</t></si>", '<si><t xml:space="preserve"> 乙</t></si>', "<si><t>&amp;&#65;</t></si>",
    "<si><r><t>丙</t></r><r><t>丁</t></r></si>", "<si/>", "<si><t/></si>", "\n",
    "<si><t>戊</t><rPh><t>假</t></rPh></si>", "<si>\n<t>己</t>\n</si>",
    "<!-- <si><t>假</t></si> -->",
    "<si><t><![CDATA[</si>]]></t></si>",
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(_STRINGS), max_size=12), st.sampled_from([5, 40, 1 << 18]))
def test_plain_strings_are_read_as_the_parser_reads_them(forms: list[str], step: int):
    xml = strings(raw="".join(forms))
    whole = xml.replace("<sst", "<!-- --><sst")
    pieces = [xml[n : n + step] for n in range(0, len(xml), step)]
    assert shared_strings(pieces) == shared_strings([whole])
