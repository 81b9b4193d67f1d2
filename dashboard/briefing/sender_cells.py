"""An .xls or .csv as an .xlsx with the same cells as text, each at its own place."""

from __future__ import annotations

import csv
import io
import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import xlrd
import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange, XlsxWriterException

from dashboard.briefing.package import DAMAGED, WorkbookNotMarked
from dashboard.briefing.sheet_look import FONT
from dashboard.briefing.sheet_text import cell_text, text_format, write_text

_LONGEST_CELL = 1_000_000
_MOST_MERGED_CELLS = 500_000
_SEPARATORS = ",\t;|，"


@dataclass(slots=True)
class SenderSheet:
    """One sheet as text; rows and columns count from 0, merges are inclusive."""

    name: str
    visible: bool
    cells: list[tuple[int, int, str]]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row, last row, first column, last column."""
    widths: dict[int, float] = field(default_factory=dict)
    """Column → width in characters."""


def csv_as_xlsx(data: bytes) -> tuple[bytes, list[str]]:
    """The workbook and its sheets' names; records are numbered as the ledger import does."""
    csv.field_size_limit(_LONGEST_CELL)
    text = _decoded(data)
    made = io.BytesIO()
    workbook, look = _started(made)
    sheet = workbook.add_worksheet("CSV")
    try:
        records = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
        for row, record in enumerate(records):
            for column, cell in enumerate(record):
                if cell:
                    write_text(sheet, row, column, cell, look)
    except csv.Error as error:
        raise WorkbookNotMarked(DAMAGED) from error
    workbook.close()
    return made.getvalue(), ["CSV"]


def xls_as_xlsx(data: bytes) -> tuple[bytes, list[str]]:
    """The workbook and its sheets' names as the sender wrote them, hidden ones included."""
    made = io.BytesIO()
    workbook, look = _started(made)
    names: list[str] = []
    shown = 0
    for source in _sheets(data):
        names.append(source.name)
        sheet = _named_sheet(workbook, source.name, len(names))
        if not source.visible:
            sheet.hide()
        elif not shown:
            sheet.activate()
            sheet.set_first_sheet()
        shown += source.visible
        for column, width in source.widths.items():
            sheet.set_column(column, column, width)
        _merge(sheet, source.merges, look)
        for row, column, text in source.cells:
            write_text(sheet, row, column, text, look)
    workbook.close()
    return made.getvalue(), names


def _started(made: io.BytesIO) -> tuple[Any, Any]:
    workbook = xlsxwriter.Workbook(made, {"in_memory": True})
    look = {"font_name": FONT, "font_size": 10, "text_wrap": True, "valign": "vcenter"}
    return workbook, text_format(workbook, look)


def _named_sheet(workbook: Any, name: str, number: int) -> Any:
    """Under its own name, or a number where a sheet may not be called so."""
    try:
        return workbook.add_worksheet(cell_text(name))
    except XlsxWriterException:
        return workbook.add_worksheet(f"工作表（{number}）")


def _merge(sheet: Any, merges: list[tuple[int, int, int, int]], look: Any) -> None:
    left = _MOST_MERGED_CELLS
    for first_row, last_row, first_column, last_column in merges:
        left -= (last_row - first_row + 1) * (last_column - first_column + 1)
        if left < 0:
            return
        # A damaged file merges the same cell twice; the first stands.
        with suppress(OverlappingRange):
            sheet.merge_range(first_row, first_column, last_row, last_column, "", look)


def _sheets(data: bytes) -> list[SenderSheet]:
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, logfile=io.StringIO(), on_demand=True
        )
        return [_by_xlrd(book, book.sheet_by_index(place)) for place in range(book.nsheets)]
    except Exception as error:
        # xlrd raises whatever a broken record makes it stumble over. The more tolerant calamine
        # aborts its whole process on some files, so it never runs in the server's.
        raise WorkbookNotMarked(DAMAGED) from error


def _by_xlrd(book: Any, sheet: Any) -> SenderSheet:
    cells = [
        (row, column, text)
        for row in range(sheet.nrows)
        for column, cell in enumerate(sheet.row(row))
        if (text := _printed(book, cell))
    ]
    return SenderSheet(
        name=sheet.name,
        visible=not sheet.visibility,
        cells=cells,
        merges=[
            (top, bottom - 1, left, right - 1)
            for top, bottom, left, right in sheet.merged_cells
            if (bottom - top) * (right - left) > 1
        ],
        widths={place: told.width / 256 for place, told in sheet.colinfo_map.items()},
    )


def _printed(book: Any, cell: Any) -> str:
    """A cell's text as the sheet shows it: dates as 2026-03-01, shares with their sign."""
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    if cell.ctype == xlrd.XL_CELL_DATE:
        with suppress(xlrd.xldate.XLDateError, OverflowError, ValueError):
            return _moment(xlrd.xldate_as_datetime(cell.value, book.datemode), cell.value)
    if cell.ctype not in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return ""
    printed = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    return f"{cell.value * 100:.10g}%" if "%" in printed else f"{cell.value:.15g}"


def _moment(moment: datetime, serial: float) -> str:
    if serial < 1:
        return f"{moment:%H:%M:%S}"
    return f"{moment:%Y-%m-%d}" if serial == int(serial) else f"{moment:%Y-%m-%d %H:%M:%S}"


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _separator(text: str) -> str:
    """Twin of the separator in data_access.ledger_import.csv_reader, tested against it."""
    lines = re.sub(r'"[^"]*"', "", text[:50_000]).splitlines()[:40]
    counts = {sign: sum(sign in line for line in lines) for sign in _SEPARATORS}
    totals = {sign: sum(line.count(sign) for line in lines) for sign in _SEPARATORS}
    usual = max(",\t;|", key=lambda sign: (counts[sign], totals[sign]))
    return "，" if not totals[usual] and counts["，"] == len(lines) > 1 else usual
