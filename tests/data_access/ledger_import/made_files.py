"""Workbooks put together part by part, so that any part can be strange."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_LINKS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
HEADINGS = ("编号", "诉求内容", "责任单位")
ITEM = ("A-1", "路灯不亮", "示例局")

Parts = dict[str, str | bytes]


def zipped(parts: Parts | Sequence[tuple[str, str | bytes]], method: int = 8) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, body in parts.items() if isinstance(parts, dict) else parts:
            archive.writestr(zipfile.ZipInfo(name), body, method)
    return made.getvalue()


def row_of(number: int, cells: Iterable[str]) -> str:
    """A row of inline texts."""
    inside = "".join(
        f'<c r="{chr(65 + n)}{number}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
        for n, cell in enumerate(cells)
    )
    return f'<row r="{number}">{inside}</row>'


LEDGER_ROWS = row_of(1, HEADINGS) + row_of(2, ITEM)


def sheet(rows: str = LEDGER_ROWS, *, before: str = "", after: str = "", space: str = MAIN) -> str:
    return (
        f'{_HEAD}<worksheet xmlns="{space}">{before}<sheetData>{rows}</sheetData>{after}'
        "</worksheet>"
    )


def styles(*codes: str, built_in: Sequence[int] = ()) -> str:
    """Cell style n has the n-th of these formats; style 0 is General."""
    customs = "".join(
        f'<numFmt numFmtId="{164 + n}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for n, code in enumerate(codes)
    )
    numbers = [0, *(164 + n for n in range(len(codes))), *built_in]
    cells = "".join(f'<xf numFmtId="{number}"/>' for number in numbers)
    return (
        f'{_HEAD}<styleSheet xmlns="{MAIN}"><numFmts>{customs}</numFmts>'
        f"<cellXfs>{cells}</cellXfs></styleSheet>"
    )


def strings(*texts: str, raw: str = "") -> str:
    inside = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    return f'{_HEAD}<sst xmlns="{MAIN}">{inside}{raw}</sst>'


def workbook_parts(
    *sheets: str, names: Sequence[str] = (), states: Sequence[str] = (), settings: str = "",
    more: Parts | None = None, strict: bool = False,
) -> Parts:  # fmt: skip
    """The parts of a workbook with these sheets; `more` adds or replaces parts."""
    sheets = sheets or (sheet(),)
    main, links = (STRICT_MAIN, STRICT_LINKS) if strict else (MAIN, LINKS)
    listed, linked = "", ""
    for n in range(1, len(sheets) + 1):
        name = escape(names[n - 1] if n <= len(names) else f"表{n}")
        state = f' state="{states[n - 1]}"' if n <= len(states) and states[n - 1] else ""
        listed += f'<sheet name="{name}" sheetId="{n}"{state} r:id="rId{n}"/>'
        linked += (
            f'<Relationship Id="rId{n}" Type="{links}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        )
    more = more or {}
    for place, part in enumerate(("styles", "sharedStrings")):
        if f"xl/{part}.xml" in more:
            linked += f'<Relationship Id="rX{place}" Type="{links}/{part}" Target="{part}.xml"/>'
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    parts: Parts = {
        "[Content_Types].xml": types,
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE_LINKS}"><Relationship Id="r" '
        f'Type="{links}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{main}" xmlns:r="{links}">{settings}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE_LINKS}">{linked}'
        "</Relationships>",
        **{f"xl/worksheets/sheet{n}.xml": text for n, text in enumerate(sheets, 1)},
    }
    return {**parts, **more}


def workbook(*sheets: str, **told: object) -> bytes:
    """`workbook_parts`, zipped."""
    return zipped(workbook_parts(*sheets, **told))  # type: ignore[arg-type]


def rows_workbook(rows: str, **told: object) -> bytes:
    """A workbook whose only sheet has these rows, written as XML."""
    return workbook(sheet(rows), **told)


def repeated(piece: bytes, times: int) -> bytes:
    """A zip of one workbook whose sheet is `piece` so many times, made without holding it."""
    made = io.BytesIO()
    parts = workbook_parts()
    with zipfile.ZipFile(made, "w", 8) as archive:
        for name, body in parts.items():
            if name != "xl/worksheets/sheet1.xml":
                archive.writestr(name, body)
        with archive.open("xl/worksheets/sheet1.xml", "w") as stream:
            stream.write(f'{_HEAD}<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for _ in range(times):
                stream.write(piece)
            stream.write(b"</sheetData></worksheet>")
    return made.getvalue()


def said(data: bytes, name: str, *, size: int | None = None, crc: int | None = None) -> bytes:
    """The directory of a zip changed to say another size or checksum of one part."""
    changed = bytearray(data)
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        length = struct.unpack("<H", data[place + 28 : place + 30])[0]
        if data[place + 46 : place + 46 + length] == name.encode():
            if size is not None:
                changed[place + 24 : place + 28] = struct.pack("<I", size)
            if crc is not None:
                changed[place + 16 : place + 20] = struct.pack("<I", crc)
        place = data.find(b"PK\x01\x02", place + 1)
    return bytes(changed)


def overlapping(entries: int) -> bytes:
    """A zip whose directory lists one stored body under many names."""
    body = b"0" * 100
    local = struct.pack(
        "<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 0, zlib.crc32(body), 100, 100, 1, 0
    )
    listed = []
    for n in range(entries):
        name = f"xl/{n}.bin".encode()
        listed.append(struct.pack(
            "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, zlib.crc32(body), 100, 100,
            len(name), 0, 0, 0, 0, 0, 0,
        ) + name)  # fmt: skip
    directory = b"".join(listed)
    start = len(local) + 1 + len(body)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, entries, entries, len(directory), start, 0)
    return local + b"a" + body + directory + end


def old_workbook(stream_name: str = "Workbook", *, stream: bytes | None = None) -> bytes:
    """An OLE2 file with one stream of at least 4096 bytes, as a program would write it."""
    body = (stream or b"\0").ljust(4096, b"\0")
    body += b"\0" * (-len(body) % 512)
    sectors = len(body) // 512
    fat = [n + 1 for n in range(sectors - 1)] + [0xFFFFFFFE, 0xFFFFFFFE, 0xFFFFFFFD]
    fat += [0xFFFFFFFF] * (128 - len(fat))

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = name.encode("utf-16-le").ljust(64, b"\0")
        head = struct.pack("<HBB3I", (len(name) + 1) * 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return text + head + b"\0" * 36 + struct.pack("<IQ", start, size)

    directory = (
        entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
        + entry(stream_name, 2, 0xFFFFFFFF, 0, len(body))
        + b"\0" * 256
    )
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack(
        "<5H6x4I", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, sectors, 0
    ) + struct.pack("<5I", 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)  # fmt: skip
    header += struct.pack("<I", sectors + 1) + b"\xff" * (436 - 4)
    return header[:512] + body + directory + struct.pack("<128I", *fat)
