"""What calamine does not tell of an .xlsx sheet, scanned from its XML without building a tree.

Merges, hidden rows and columns, errors, percentages, formulas without a value, numbers too
long for a float, rows told twice, and cells far outside. One pattern walks the rows and cells
with content; the values themselves come from calamine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from data_access.ledger_import.gate import SAVE_AS
from data_access.ledger_import.limits import Limits
from data_access.ledger_import.model import CellError, CellValue, LedgerRefused, Merge

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_ROW_NUMBER = re.compile(rb"""\br=["'](\d+)["']""")
_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")
_COL = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_MERGE = re.compile(
    rb"""<(?:\w+:)?mergeCell\b[^>]*\bref=["']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"""
)
# A cell with content: its tag is not closed at once.
_CELL = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r=["']([A-Z]{1,3})(\d{1,7})["'][^>]*[^/>]>""")
_ERROR_TAG = re.compile(rb"""<(?:\w+:)?c\s[^>]*\bt=["']e["'][^>]*>""")
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)</(?:\w+:)?v>")
_LONG_VALUE = re.compile(rb"<(?:\w+:)?v>(\d{16,40})</(?:\w+:)?v>")
_FORMULA_END = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)(?:<(?:\w+:)?v\s*/>)?</(?:\w+:)?c>"
)
_REFERENCE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_TEXT_TYPE = re.compile(rb"""\bt=["'](?:s|str|inlineStr|b|e|d)["']""")
_LONGEST_CELL = 70_000
MOST_MERGES = 100_000
UNCOMPUTED = "公式未计算"


@dataclass(slots=True)
class Structure:
    """Rows and columns are 1-based; `replaced` holds values calamine gets wrong."""

    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    percent_cells: set[tuple[int, int]] = field(default_factory=set)
    replaced: dict[tuple[int, int], CellValue] = field(default_factory=dict)


def structure_of(xml: bytes, percent_styles: frozenset[int], limits: Limits) -> Structure:
    """Scan one sheet; LedgerRefused for cells far outside and rows told twice."""
    _refuse_far_cells(xml, limits)
    found = Structure()
    _rows(xml, found)
    for match in _COL.finditer(xml):
        if _HIDDEN.search(match[1]):
            first, last = _number(match[1], b"min"), _number(match[1], b"max")
            if first and last:
                found.hidden_columns.update(range(first, min(last, limits.columns) + 1))
    for n, match in enumerate(_MERGE.finditer(xml)):
        if n >= MOST_MERGES:
            raise LedgerRefused(f"工作表有超过 {MOST_MERGES} 处合并单元格，无法处理。{SAVE_AS}")
        found.merges.append(
            Merge(int(match[2]), column_number(match[1]), int(match[4]), column_number(match[3]))
        )
    _values(xml, found)
    if percent_styles:
        _percents(xml, percent_styles, found)
    return found


def column_number(letters: bytes) -> int:
    """A → 1, XFD → 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _refuse_far_cells(xml: bytes, limits: Limits) -> None:
    cells = _CELL.findall(xml)
    if not cells:
        return
    rows = [int(row) for row in {row for _, row in cells}]
    lowest, furthest = min(rows), max(rows)
    width = max(map(column_number, {column for column, _ in cells}))
    if width > limits.columns or furthest - lowest >= limits.rows:
        column, row = next(
            (column, row)
            for column, row in cells
            if column_number(column) > limits.columns or int(row) - lowest >= limits.rows
        )
        raise LedgerRefused(
            f"单元格 {(column + row).decode()} 远在表格之外，"
            f"表格超过 {limits.columns} 列或 {limits.rows} 行。"
            "请删去它，或拆成几份后重新上传。"
        )
    if width * (furthest - lowest + 1) > limits.cells:
        raise LedgerRefused("表格的行列太多，超出能处理的大小。请拆成几份后重新上传。")


def _rows(xml: bytes, found: Structure) -> None:
    seen: set[int] = set()
    for match in _ROW.finditer(xml):
        number = _ROW_NUMBER.search(match[1])
        if number is None:
            continue
        row = int(number[1])
        if row in seen:
            raise LedgerRefused(f"工作表中第 {row} 行出现了两次，文件已损坏。{SAVE_AS}")
        seen.add(row)
        if b"hidden" in match[1] and _HIDDEN.search(match[1]):
            found.hidden_rows.add(row)


def _place(attributes: bytes) -> tuple[int, int] | None:
    match = _REFERENCE.search(attributes)
    return (int(match[2]), column_number(match[1])) if match else None


def _tag_before(xml: bytes, end: int) -> bytes:
    """The start tag of the cell in which position `end` lies."""
    window = xml[max(0, end - _LONGEST_CELL) : end]
    start = max(window.rfind(b"<c "), window.rfind(b":c "))
    return window[start : window.find(b">", start) + 1] if start >= 0 else b""


def _values(xml: bytes, found: Structure) -> None:
    for match in _ERROR_TAG.finditer(xml):
        place = _place(match[0])
        value = _VALUE.search(xml, match.end(), match.end() + _LONGEST_CELL)
        if place and value:
            found.replaced[place] = CellError(value[1].decode("utf-8", "replace"))
    for match in _LONG_VALUE.finditer(xml):
        tag = _tag_before(xml, match.start())
        place = _place(tag)
        if place and not _TEXT_TYPE.search(tag):
            found.replaced[place] = match[1].decode()
    for match in _FORMULA_END.finditer(xml):
        place = _place(_tag_before(xml, match.start()))
        if place:
            found.replaced.setdefault(place, CellError(UNCOMPUTED))


def _percents(xml: bytes, styles: frozenset[int], found: Structure) -> None:
    wanted = b"|".join(str(style).encode() for style in sorted(styles))
    tagged = re.compile(rb"""<(?:\w+:)?c\s([^>]*\bs=["'](?:""" + wanted + rb""")["'][^>]*[^/>])>""")
    for match in tagged.finditer(xml):
        place = _place(match[1])
        if place and not _TEXT_TYPE.search(match[1]):
            found.percent_cells.add(place)


def _number(attributes: bytes, name: bytes) -> int | None:
    match = re.search(rb"\b" + name + rb"""=["'](\d{1,7})["']""", attributes)
    return int(match[1]) if match else None
