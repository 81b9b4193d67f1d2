"""One worksheet's XML, of which only the rows that are asked for are ever parsed.

A ledger of 200,000 rows would take a gigabyte as a tree; here the rows stay bytes, and what
stands around them (columns, merges, drawings) is a small tree.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Any
from xml.sax.saxutils import quoteattr

from lxml import etree

from dashboard.briefing.package import DAMAGED, WorkbookNotMarked, parsed, written

_DATA = re.compile(rb"<((?:[\w.-]+:)?)sheetData\b([^>]*)>")
_ROW = re.compile(rb"<((?:[\w.-]+:)?)row\b([^>]*)>")
_ROW_NUMBER = re.compile(rb"""\br\s*=\s*["'](\d{1,7})["']""")
_ENCODING = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=["']([^"']+)["']""")
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_MARKER = b"<?duban-rows?>"
MOST_COLUMN, MOST_ROW = 16_384, 1_048_576


def place_of(reference: str | None) -> tuple[int, int] | None:
    """(row, column), both from 1, of F5 or $F$5; None for what is no cell of a sheet."""
    match = _REFERENCE.fullmatch((reference or "").replace("$", ""))
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    return (row, column) if row <= MOST_ROW and column <= MOST_COLUMN else None


def reference_of(place: tuple[int, int]) -> str:
    """F5 for (5, 6)."""
    row, column = place
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


class SheetPart:
    """`frame` is the worksheet without its rows; `row` parses one row, which may be changed."""

    def __init__(self, xml: bytes) -> None:
        xml = _plain(xml)
        found = _DATA.search(xml)
        if found is None:
            raise WorkbookNotMarked(DAMAGED)
        prefix, empty = found[1], found[2].endswith(b"/")
        end = found.end() if empty else xml.rfind(b"</" + prefix + b"sheetData")
        if end < found.end():
            raise WorkbookNotMarked(DAMAGED)
        self._rows_xml = b"" if empty else xml[found.end() : end]
        opening = found[0][:-2] + b">" if empty else found[0]
        closing = b"</" + prefix + b"sheetData>" if empty else b""
        self.frame = parsed(xml[: found.start()] + opening + _MARKER + closing + xml[end:])
        self.space = etree.QName(self.frame).namespace or ""
        self._numbers: list[int] = []
        self._spans: list[tuple[int, int]] = []
        self._scan()
        self._changed: dict[int, Any] = {}

    def named(self, name: str) -> str:
        """The name in the worksheet's own namespace."""
        return f"{{{self.space}}}{name}"

    def row(self, number: int) -> Any:
        """The row's element, made where the sheet has none; changes to it are written."""
        if number not in self._changed:
            at = bisect_left(self._numbers, number)
            known = at < len(self._numbers) and self._numbers[at] == number
            self._changed[number] = self._parsed_row(at) if known else self._new_row(number)
        return self._changed[number]

    def first_used(self) -> tuple[int, int]:
        """The first cell with content, looked for in the first rows; else A1."""
        for at, number in enumerate(self._numbers[:1_000]):
            column = first_used_column(self._parsed_row(at))
            if column is not None:
                return number, column
        return 1, 1

    def merges(self) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """First and last place of each merged range."""
        found = []
        for merge in self.frame.iter(self.named("mergeCell")):
            first, _, last = merge.get("ref", "").partition(":")
            start, stop = place_of(first), place_of(last or first)
            if start and stop:
                found.append((start, stop))
        return found

    def xml(self) -> bytes:
        """The part with its changed rows."""
        return written(self.frame).replace(_MARKER, b"".join(self._pieces()), 1)

    def _scan(self) -> None:
        number, at, xml = 0, 0, self._rows_xml
        while found := _ROW.search(xml, at):
            told = _ROW_NUMBER.search(found[2])
            number = int(told[1]) if told else number + 1
            at = found.end()
            if not found[2].endswith(b"/"):
                at = xml.find(b">", xml.find(b"</" + found[1] + b"row", at)) + 1
                if at < found.end():
                    raise WorkbookNotMarked(DAMAGED)
            if self._numbers and number <= self._numbers[-1]:
                raise WorkbookNotMarked(DAMAGED)
            self._numbers.append(number)
            self._spans.append((found.start(), at))

    def _wrapper(self) -> bytes:
        scope = next(self.frame.iter(self.named("sheetData"))).nsmap
        spaces = (
            f"xmlns{':' + prefix if prefix else ''}={quoteattr(uri)}"
            for prefix, uri in scope.items()
        )
        return f"<rows {' '.join(spaces)}>".encode()

    def _parsed_row(self, at: int) -> Any:
        start, stop = self._spans[at]
        row = parsed(self._wrapper() + self._rows_xml[start:stop] + b"</rows>")[0]
        _tell_places(row, self._numbers[at])
        return row

    def _new_row(self, number: int) -> Any:
        row = etree.SubElement(parsed(self._wrapper() + b"</rows>"), self.named("row"))
        row.set("r", str(number))
        return row

    def _pieces(self) -> list[bytes]:
        pieces, at = [], 0
        for number in sorted(self._changed):
            place = bisect_left(self._numbers, number)
            known = place < len(self._numbers) and self._numbers[place] == number
            start = self._spans[place][0] if place < len(self._spans) else len(self._rows_xml)
            pieces += [self._rows_xml[at:start], _unwrapped(self._changed[number])]
            at = self._spans[place][1] if known else start
        return [*pieces, self._rows_xml[at:]]


def first_used_column(row: Any) -> int | None:
    """The first column of a row whose cell holds something."""
    for cell in row:
        place = place_of(cell.get("r"))
        if place and any("".join(part.itertext()) for part in cell):
            return place[1]
    return None


def _tell_places(row: Any, number: int) -> None:
    """Cells may leave their place out: it is the next one."""
    column = 0
    row.set("r", str(number))
    for cell in row:
        if not isinstance(cell.tag, str) or etree.QName(cell).localname != "c":
            continue
        place = place_of(cell.get("r"))
        column = place[1] if place else column + 1
        cell.set("r", reference_of((number, column)))


def _unwrapped(row: Any) -> bytes:
    """The row as it stands inside its sheet, without namespaces declared again."""
    whole: bytes = etree.tostring(row.getparent(), encoding="UTF-8")
    whole = whole[whole.index(b"<rows") :]
    return whole[whole.index(b">") + 1 : whole.rindex(b"</rows")]


def _plain(xml: bytes) -> bytes:
    """UTF-8 without comments and CDATA, so that tags can be found in the bytes."""
    told = _ENCODING.match(xml)
    other = told is not None and told[1].lower() not in (b"utf-8", b"us-ascii")
    if other or b"<!" in xml or xml[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return written(parsed(xml))
    return xml
