"""Pages into files, the same bytes every time: .xlsx, .xls and GB18030 .csv."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt

from sample_data.paper import Cell, Formula, Ledger, Page, Percent

FIRST_COLUMNS = 30
"""Width is set on so many columns; ledgers here have fewer."""
WRITTEN_AT = datetime(2024, 1, 1)  # noqa: DTZ001 - a file property without time zone


def write_ledger(folder: Path, ledger: Ledger) -> Path:
    """Write one ledger under its own name; the ending decides the format."""
    path = folder / ledger.file_name
    writer = {".xlsx": _write_xlsx, ".xls": _write_xls, ".csv": _write_csv}[path.suffix]
    writer(path, ledger.pages)
    return path


def _write_xlsx(path: Path, pages: list[Page]) -> None:
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        book.set_properties({"created": WRITTEN_AT, "comments": "演示数据"})
        formats = {
            "text": book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"}),
            "day": book.add_format({"border": 1, "num_format": "yyyy-mm-dd", "valign": "vcenter"}),
            "instant": book.add_format({"border": 1, "num_format": "yyyy-mm-dd hh:mm"}),
            "percent": book.add_format({"border": 1, "num_format": "0%"}),
            "heading": book.add_format(
                {"border": 1, "bold": True, "text_wrap": True, "align": "center"}
            ),
        }
        for page in pages:
            sheet = book.add_worksheet(page.name)
            sheet.set_column(0, FIRST_COLUMNS, 14)
            if page.hidden:
                sheet.hide()
            _fill_xlsx(sheet, page, formats)


def _fill_xlsx(sheet: Any, page: Page, formats: dict[str, Any]) -> None:
    for r1, c1, r2, c2 in page.merges:
        style = formats["heading" if r1 in page.heading_rows else "text"]
        sheet.merge_range(r1 - 1, c1 - 1, r2 - 1, c2 - 1, "", style)
    for at, row in enumerate(page.rows):
        if at + 1 in page.hidden_rows:
            sheet.set_row(at, None, None, {"hidden": True})
        text = formats["heading" if at + 1 in page.heading_rows else "text"]
        for column, cell in enumerate(row):
            _put_xlsx(sheet, at, column, cell, formats, text)


def _put_xlsx(
    sheet: Any, row: int, column: int, cell: Cell, formats: dict[str, Any], text: Any
) -> None:
    match cell:
        case None:
            return
        case Formula():
            sheet.write_formula(row, column, cell.text, text, cell.value)
        case Percent():
            sheet.write_number(row, column, cell.value, formats["percent"])
        case datetime():
            sheet.write_datetime(row, column, cell, formats["instant"])
        case date():
            sheet.write_datetime(row, column, cell, formats["day"])
        case str():
            sheet.write_string(row, column, cell, text)
        case _:
            sheet.write_number(row, column, cell, text)


def _write_xls(path: Path, pages: list[Page]) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    plain = xlwt.easyxf("align: wrap on, vert centre")
    for page in pages:
        sheet = book.add_sheet(page.name)
        merged = {(r1, c1): (r2, c2) for r1, c1, r2, c2 in page.merges}
        for row, cells in enumerate(page.rows, start=1):
            for column, cell in enumerate(cells, start=1):
                style = day if isinstance(cell, date) else plain
                if (row, column) in merged:
                    r2, c2 = merged[row, column]
                    sheet.write_merge(row - 1, r2 - 1, column - 1, c2 - 1, cell, style)
                elif cell is not None:
                    sheet.write(row - 1, column - 1, cell, style)
    book.save(str(path))


def _write_csv(path: Path, pages: list[Page]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(
        [["" if cell is None else cell for cell in row] for page in pages for row in page.rows]
    )
    path.write_bytes(text.getvalue().encode("gb18030"))
