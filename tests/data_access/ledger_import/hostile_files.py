"""Files that are no ledger, or mean harm, each with the sentence that must refuse it."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from dataclasses import dataclass

import xlwt

from data_access.ledger_import import refusals as told
from tests.data_access.ledger_import.made_files import (
    LEDGER_ROWS,
    MAIN,
    old_workbook,
    overlapping,
    repeated,
    row_of,
    rows_workbook,
    said,
    sheet,
    strings,
    styles,
    workbook,
    workbook_parts,
    zipped,
)

SHEET = "xl/worksheets/sheet1.xml"
_LAUGHS = '<!DOCTYPE a [<!ENTITY l0 "哈">' + "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)
) + "]>"  # fmt: skip
_XXE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
_HTML = "<html><head><meta charset=gb2312></head><table><tr><td>编号</td></tr></table></html>"
_EXCEL_2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'
)


@dataclass(frozen=True, slots=True)
class Hostile:
    """`sentence` must stand in the refusal."""

    name: str
    data: Callable[[], bytes]
    file_name: str
    sentence: str


def xls_bytes() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    book.add_sheet("台账").write(0, 0, "编号")
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _with(text: str) -> bytes:
    """A workbook with this text between the XML declaration and the root of its sheet."""
    head, rest = sheet().split("?>\n", 1)
    return workbook(f"{head}?>\n{text}{rest}")


def _part(name: str, body: str | bytes) -> bytes:
    return workbook(more={name: body})


def _cells(cells: str) -> bytes:
    return rows_workbook(f'{LEDGER_ROWS}<row r="3">{cells}</row>')


def _two(first: str, second: str) -> bytes:
    return rows_workbook(f'<row r="1">{first}</row><row r="1">{second}</row>')


def _inline(ref: str, text: str) -> str:
    return f'<c r="{ref}" t="inlineStr"><is><t>{text}</t></is></c>'


def _renamed_entry() -> bytes:
    made = zipped([*workbook_parts().items(), ("xl/worksheets/sheet9.xml", sheet())])
    return made.replace(b"sheet9.xml", b"SHEET1.xml")


def _encrypted_entry() -> bytes:
    made = bytearray(workbook())
    place = made.find(b"PK\x01\x02")
    made[place + 8] |= 1
    return bytes(made)


def _cut_xls() -> bytes:
    data = xls_bytes()
    return data[: len(data) // 2]


FILES: tuple[Hostile, ...] = (
    # No spreadsheet at all.
    Hostile("empty", lambda: b"", "a.xlsx", told.EMPTY),
    Hostile("blanks", lambda: b" \r\n\t" * 9, "a.csv", told.EMPTY),
    Hostile("zeros", lambda: b"\0" * 5000, "a.xlsx", told.EMPTY),
    Hostile("only a byte-order mark", lambda: b"\xef\xbb\xbf\r\n", "a.csv", told.EMPTY),
    Hostile("random bytes", lambda: os.urandom(4096).replace(b"PK", b"\0\1"), "a.xlsx", "请"),
    Hostile("text renamed", lambda: "关于道路的说明\n今日无事\n".encode(), "a.xlsx", told.PROSE),
    Hostile("pdf", lambda: b"%PDF-1.7\n%\xe2\xe3", "a.xlsx", told.PDF),
    Hostile("png", lambda: b"\x89PNG\r\n\x1a\n\0\0", "a.xls", told.IMAGE),
    Hostile("jpeg", lambda: b"\xff\xd8\xff\xe0\0\x10JFIF", "a.xlsx", told.IMAGE),
    Hostile("gif", lambda: b"GIF89a\1\0\1\0", "a.csv", told.IMAGE),
    Hostile("bmp", lambda: b"BM\x36\0\0\0\0\0", "a.xlsx", told.IMAGE),
    Hostile("webp", lambda: b"RIFF\x10\0\0\0WEBPVP8 ", "a.xlsx", told.IMAGE),
    Hostile("mp4", lambda: b"\0\0\0\x18ftypmp42", "a.xlsx", told.MEDIA),
    Hostile("rar", lambda: b"Rar!\x1a\x07\x01\0", "a.xlsx", told.ARCHIVE),
    Hostile("7z", lambda: b"7z\xbc\xaf\x27\x1c\0\4", "a.xlsx", told.ARCHIVE),
    Hostile("gzip", lambda: b"\x1f\x8b\x08\0\0", "a.csv", told.ARCHIVE),
    Hostile("program", lambda: b"MZ\x90\0\3\0\0\0", "a.xlsx", told.PROGRAM),
    Hostile("sqlite", lambda: b"SQLite format 3\0\x10\0", "a.xlsx", told.DATABASE),
    Hostile("json", lambda: '[{"编号": 1}]'.encode(), "a.csv", told.JSON),
    Hostile("rtf", lambda: b"{\\rtf1\\ansi a}", "a.xls", told.WORD),
    Hostile("html as xls", lambda: _HTML.encode("gb18030"), "台账.xls", told.HTML),
    Hostile("html of two bytes", lambda: _HTML.encode("utf-16"), "台账.xls", told.HTML),
    Hostile("bare table as xls", lambda: b"\r\n <TABLE border=1><tr>", "a.xls", told.HTML),
    Hostile("mht as xls", lambda: b"MIME-Version: 1.0\r\nContent-Type:", "a.xls", told.MHT),
    Hostile("xml 2003", lambda: _EXCEL_2003.encode(), "a.xls", told.SPREADSHEET_2003),
    Hostile("other xml", lambda: b'<?xml version="1.0"?><a/>', "a.xlsx", told.XML),
    # Zips that are other things.
    Hostile("plain zip", lambda: zipped({"台账.xlsx": workbook()}), "a.xlsx", told.ARCHIVE),
    Hostile("docx", lambda: zipped({"word/document.xml": "<a/>"}), "a.xlsx", told.WORD),
    Hostile("pptx", lambda: zipped({"ppt/presentation.xml": "<a/>"}), "a.xlsx", told.SLIDES),
    Hostile("ofd", lambda: zipped({"OFD.xml": "<a/>", "Doc_0/Document.xml": "<a/>"}), "a.xlsx",
            told.OFD),
    Hostile("ods", lambda: zipped({"mimetype": "a", "content.xml": "<a/>"}), "a.ods", told.ODS),
    Hostile("xlsb", lambda: zipped({"xl/workbook.bin": b"\0"}), "a.xlsb", told.XLSB),
    Hostile("et as zip", workbook, "台账.et", told.ET),
    Hostile("macros", lambda: _part("xl/vbaProject.bin", b"\0"), "a.xlsm", told.MACROS),
    Hostile("macro sheets", lambda: _part("xl/macrosheets/sheet1.xml", "<a/>"), "a.xlsx",
            told.MACROS),
    Hostile("empty zip", lambda: zipped({}), "a.xlsx", told.DAMAGED),
    # Old containers that are other things.
    Hostile("encrypted", lambda: old_workbook("EncryptedPackage"), "a.xlsx", told.ENCRYPTED),
    Hostile("doc", lambda: old_workbook("WordDocument"), "a.xls", told.WORD),
    Hostile("ppt", lambda: old_workbook("PowerPoint Document"), "a.xls", told.SLIDES),
    Hostile("mail", lambda: old_workbook("__properties_version1.0"), "a.xls", told.MAIL),
    Hostile("old macros", lambda: old_workbook("_VBA_PROJECT_CUR"), "a.xls", told.MACROS),
    Hostile("unknown container", lambda: old_workbook("Contents"), "a.xls", told.UNKNOWN),
    Hostile("et", xls_bytes, "台账.ET", told.ET),
    Hostile("cut xls", _cut_xls, "a.xls", told.DAMAGED),
    Hostile("xls of noise", lambda: old_workbook(stream=os.urandom(5000)), "a.xls", told.DAMAGED),
    Hostile("head of a container", lambda: xls_bytes()[:100], "a.xls", told.DAMAGED),
    Hostile("password in xls", lambda: old_workbook(
        stream=b"\x09\x08\x10\0\0\6\5\0\xbb\x0d\xcc\7\0\0\0\0\6\0\0\0\x2f\0\6\0\0\0\1\2\3\4"
    ), "a.xls", told.ENCRYPTED),
    # Damage, and zips that lie.
    Hostile("cut zip", lambda: workbook()[:-200], "a.xlsx", told.DAMAGED),
    Hostile("head of a zip", lambda: workbook()[:30], "a.xlsx", told.DAMAGED),
    Hostile("noise in the middle", lambda: workbook(more={"xl/a.xml": "0" * 99}).replace(
        b"sheetData", b"sheetDatb").replace(b"\x4b\x4c", b"\0\0")[:-9], "a.xlsx", told.DAMAGED),
    Hostile("bad checksum", lambda: said(workbook(), SHEET, crc=1), "a.xlsx", told.DAMAGED),
    Hostile("size too small", lambda: said(workbook(), SHEET, size=99), "a.xlsx", told.DAMAGED),
    Hostile("size too large", lambda: said(workbook(), SHEET, size=99_999), "a.xlsx",
            told.DAMAGED),
    Hostile("size of 4 GB", lambda: said(workbook(), SHEET, size=0xFFFFFFF0), "a.xlsx", told.BOMB),
    Hostile("name twice", _renamed_entry, "a.xlsx", told.TAMPERED),
    Hostile("overlapping", lambda: overlapping(500), "a.xlsx", told.TAMPERED),
    Hostile("path upwards", lambda: _part("xl/../../etc/cron.d/a", "a"), "a.xlsx", told.TAMPERED),
    Hostile("absolute path", lambda: _part("/etc/passwd", "a"), "a.xlsx", told.TAMPERED),
    Hostile("drive path", lambda: _part("C:\\Windows\\a", "a"), "a.xlsx", told.TAMPERED),
    Hostile("strange packing", lambda: zipped(workbook_parts(), 14), "a.xlsx", told.TAMPERED),
    Hostile("password in zip", _encrypted_entry, "a.xlsx", told.ENCRYPTED_ZIP),
    Hostile("many entries", lambda: workbook(more={f"xl/{n}.bin": "" for n in range(2001)}),
            "a.xlsx", "超过 2000 个"),
    Hostile("60,000 entries", lambda: overlapping(60_000), "a.xlsx", "超过 2000 个"),
    # Too large, unpacked.
    Hostile("bomb", lambda: repeated(b" " * 1_000_000, 40), "a.xlsx", told.BOMB),
    Hostile("bomb beside", lambda: _part("xl/media/a.bin", b"\0" * 20_000_000), "a.xlsx",
            told.BOMB),
    Hostile("bomb of strings", lambda: _part("xl/sharedStrings.xml", strings(
        raw="<si><t>甲</t></si>" * 900_000)), "a.xlsx", told.BOMB),
    # XML that means harm or is none.
    Hostile("billion laughs", lambda: _with(_LAUGHS), "a.xlsx", told.DECLARATIONS),
    Hostile("external entity", lambda: _with(_XXE), "a.xlsx", told.DECLARATIONS),
    Hostile("external dtd", lambda: _with('<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd">'),
            "a.xlsx", told.DECLARATIONS),
    Hostile("entity in strings", lambda: _part("xl/sharedStrings.xml", _XXE + "<sst/>"), "a.xlsx",
            told.DECLARATIONS),
    Hostile("entity in a drawing", lambda: _part("xl/drawings/a.vml", _XXE + "<a/>"), "a.xlsx",
            told.DECLARATIONS),
    Hostile("entity of two bytes", lambda: _part("xl/a.xml", (_XXE + "<a/>").encode("utf-16")),
            "a.xlsx", told.DECLARATIONS),
    Hostile("undeclared entity", lambda: _cells(_inline("A3", "&x;")), "a.xlsx", told.DAMAGED),
    Hostile("open element", lambda: workbook(sheet()[:-30]), "a.xlsx", told.DAMAGED),
    Hostile("crossed elements", lambda: _cells("<c r='A3'><v>1</c></v>"), "a.xlsx",
            told.DAMAGED),
    Hostile("text after the end", lambda: workbook(sheet() + "<a/>"), "a.xlsx", told.DAMAGED),
    Hostile("wrong coding", lambda: workbook(sheet().encode("gb18030")), "a.xlsx", told.DAMAGED),
    Hostile("unknown coding", lambda: workbook(sheet().replace("UTF-8", "rot13")), "a.xlsx",
            told.DAMAGED),
    Hostile("huge attribute", lambda: workbook(
        sheet(before=f'<sheetPr codeName="{os.urandom(6_000_000).hex()}"/>')), "a.xlsx",
            told.TAMPERED),
    Hostile("huge comment", lambda: workbook(
        sheet(before=f"<!--{os.urandom(3_000_000).hex()}-->")), "a.xlsx", told.TAMPERED),
    Hostile("deep elements", lambda: workbook(
        sheet(before="<a>" * 5000 + "</a>" * 5000)), "a.xlsx", told.TAMPERED),
    # Workbooks that cannot be true.
    Hostile("no sheets", lambda: _part(
        "xl/workbook.xml", f'<workbook xmlns="{MAIN}"><sheets/></workbook>'), "a.xlsx",
            told.NO_SHEETS),
    Hostile("no workbook", lambda: _part("xl/workbook.xml", ""), "a.xlsx", told.DAMAGED),
    Hostile("sheet missing", lambda: zipped({
        name: body for name, body in workbook_parts().items() if name != SHEET}), "a.xlsx",
            told.DAMAGED),
    Hostile("all hidden", lambda: workbook(sheet(), sheet(), states=("hidden", "veryHidden")),
            "a.xlsx", told.ALL_HIDDEN),
    Hostile("nothing in it", lambda: rows_workbook(""), "a.xlsx", told.NO_CELLS),
    Hostile("formatted and empty", lambda: rows_workbook("".join(
        f'<row r="{n}"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>' for n in range(1, 4000))),
            "a.xlsx", told.NO_CELLS),
    Hostile("no such string", lambda: _cells('<c r="A3" t="s"><v>7</v></c>'), "a.xlsx",
            told.DAMAGED),
    Hostile("string number of letters", lambda: _cells('<c r="A3" t="s"><v>1_0</v></c>'),
            "a.xlsx", told.DAMAGED),
    Hostile("far cell", lambda: rows_workbook(
        LEDGER_ROWS + f'<row r="1048576">{_inline("XFD1048576", "远")}</row>'), "a.xlsx",
            "XFD1048576"),
    Hostile("far column", lambda: _cells(_inline("SG3", "远")), "a.xlsx", "SG3"),
    Hostile("far row", lambda: rows_workbook(
        LEDGER_ROWS + row_of(200_001, ("远",))), "a.xlsx", "A200001"),
    Hostile("column beyond the last", lambda: _cells(_inline("XFE3", "无")), "a.xlsx", "XFE3"),
    Hostile("row beyond the last", lambda: rows_workbook(
        LEDGER_ROWS + row_of(1_048_577, ("无",))), "a.xlsx", "A1048577"),
    Hostile("cell of another row", lambda: _cells(_inline("A9", "错")), "a.xlsx", "A9"),
    Hostile("row told twice", lambda: _two(_inline("A1", "甲"), _inline("A1", "乙")), "a.xlsx",
            "A1 在文件里出现了两次"),
    Hostile("cell told twice", lambda: _cells(_inline("A3", "甲") + _inline("A3", "乙")),
            "a.xlsx", "A3 在文件里出现了两次"),
    Hostile("endless cell", lambda: _cells(_inline("B3", "长" * 40_000)), "a.xlsx",
            "单元格 B3 的文字超过"),
    Hostile("one string a million times", lambda: workbook(
        sheet("".join(f'<row r="{n}">' + "".join(
            f'<c r="{c}{n}" t="s"><v>{n % 200}</v></c>' for c in "ABCDEFGHIJ") + "</row>"
            for n in range(1, 20_000))),
        more={"xl/sharedStrings.xml": strings(*(os.urandom(16_000).hex() for _ in range(200)))},
    ), "a.xlsx", told.TOO_MUCH_MEMORY),
    Hostile("merges without end", lambda: workbook(sheet(after="<mergeCells>" + "".join(
        f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 200_010)) + "</mergeCells>")),
            "a.xlsx", told.TOO_MANY_MERGES),
    Hostile("endless format code", lambda: workbook(
        sheet('<row r="1"><c r="A1" s="1"/></row>'), more={"xl/styles.xml": styles("0" * 99_999)}),
            "a.xlsx", told.NO_CELLS),
    # Text that is no table.
    Hostile("open quote", lambda: '编号,内容\n1,"路灯\n2,积水\n'.encode(), "a.csv",
            told.BROKEN_QUOTES),
    Hostile("broken utf-8", lambda: ("编号,内容\n" + "1,路灯不亮影响出行\n" * 50).encode()[:-2],
            "a.csv", told.BROKEN_UTF8),
    Hostile("wide csv", lambda: ("编号," * 501 + "尾\n").encode(), "a.csv", "SH1"),
    Hostile("endless csv cell", lambda: ("编号,内容\n1," + "长" * 40_000 + "\n").encode(), "a.csv",
            "单元格 B2 的文字超过"),
    Hostile("control characters", lambda: b"a,b\n\x01\x02\x03\x04\x05,\x06\n" * 9, "a.csv",
            told.UNKNOWN),
)  # fmt: skip
