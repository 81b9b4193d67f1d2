"""Reads .xls (BIFF): values, merges, hidden rows and errors by xlrd, calamine where it fails."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import olefile
import xlrd
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from data_access.ledger_import.gate import DAMAGED, SAVE_AS
from data_access.ledger_import.limits import Limits
from data_access.ledger_import.model import CellError, CellValue, LedgerRefused, Merge, Sheet
from data_access.ledger_import.shown_text import shown
from data_access.ledger_import.xlsx_reader import NO_SHEETS, collected

_ENCRYPTED = "工作簿设有打开密码，无法读取。请取消密码后重新上传。"
_OTHER_DOCUMENTS = {
    "worddocument": "这是 Word 文档，不是台账表格。请把表格复制到 Excel，存为 .xlsx 后上传。",
    "powerpoint document": "这是演示文稿，不是台账表格。请上传 Excel 台账（.xlsx、.xls）或 CSV。",
    "__properties_version1.0": "这是邮件，不是台账表格。请上传其中的 Excel 附件。",
}


def read_xls(data: bytes, limits: Limits) -> tuple[list[str], list[Sheet]]:
    """Names of hidden sheets, and the visible sheets in their order."""
    if data.startswith(b"\xd0\xcf"):
        _refuse_other_documents(data)
    try:
        # formatting_info tells merges, hidden rows and percentages.
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, logfile=io.StringIO(), on_demand=True
        )
        return _sheets(book, limits)
    except LedgerRefused:
        raise
    except Exception as error:
        # xlrd raises whatever a broken record makes it stumble over; calamine is more tolerant.
        if "encrypted" in str(error).lower() or "password" in str(error).lower():
            raise LedgerRefused(_ENCRYPTED) from error
        return _by_calamine(data, limits)


def _by_calamine(data: bytes, limits: Limits) -> tuple[list[str], list[Sheet]]:
    try:
        return collected(CalamineWorkbook.from_filelike(io.BytesIO(data)), {}, limits)
    except PasswordError as error:
        raise LedgerRefused(_ENCRYPTED) from error
    except CalamineError as error:
        raise LedgerRefused(DAMAGED) from error


def _refuse_other_documents(data: bytes) -> None:
    try:
        streams = {path[-1].lower() for path in olefile.OleFileIO(io.BytesIO(data)).listdir()}
    except Exception as error:
        # olefile has no one class of error for a damaged container.
        raise LedgerRefused(DAMAGED) from error
    if "encryptedpackage" in streams:
        raise LedgerRefused(_ENCRYPTED)
    for stream, sentence in _OTHER_DOCUMENTS.items():
        if stream in streams:
            raise LedgerRefused(sentence)
    if not streams & {"workbook", "book"}:
        raise LedgerRefused(f"文件里没有工作簿，可能不是 Excel 文件或已损坏。{SAVE_AS}")
    if "_vba_project" in streams or "vba" in streams:
        raise LedgerRefused("工作簿带有宏，按规定不接收。请另存为不带宏的 .xlsx 后重新上传。")


def _sheets(book: Any, limits: Limits) -> tuple[list[str], list[Sheet]]:
    hidden, sheets, rows = [], [], 0
    for place in range(book.nsheets):
        source = book.sheet_by_index(place)
        name = shown(source.name)
        if source.visibility:
            hidden.append(name)
            continue
        if source.ncols > limits.columns:
            raise LedgerRefused(
                f"表格有 {source.ncols} 列，超过 {limits.columns} 列。请删去多余的列后重新上传。"
            )
        rows += source.nrows
        if rows > limits.rows:
            raise LedgerRefused(f"超过 {limits.rows} 行，太大了。请拆成几份后再上传。")
        sheets.append(_sheet(name, source, book))
    if not sheets:
        raise LedgerRefused(NO_SHEETS)
    return hidden, sheets


def _sheet(name: str, source: Any, book: Any) -> Sheet:
    rows: list[list[CellValue]] = []
    percents: set[tuple[int, int]] = set()
    for row in range(source.nrows):
        cells: list[CellValue] = []
        for column, cell in enumerate(source.row(row)):
            cells.append(_value(cell, book.datemode))
            if cell.ctype == xlrd.XL_CELL_NUMBER and _is_percent(cell, book):
                percents.add((row + 1, column + 1))
        while cells and cells[-1] is None:
            cells.pop()
        rows.append(cells)
    while rows and not rows[-1]:
        rows.pop()
    return Sheet(
        name=name,
        rows=rows,
        merges=tuple(
            Merge(top + 1, left + 1, bottom, right)
            for top, bottom, left, right in source.merged_cells
        ),
        hidden_rows=frozenset(n + 1 for n, info in source.rowinfo_map.items() if info.hidden),
        hidden_columns=frozenset(n + 1 for n, info in source.colinfo_map.items() if info.hidden),
        percent_cells=frozenset(percents),
    )


def _is_percent(cell: Any, book: Any) -> bool:
    if cell.xf_index is None:
        return False
    number_format = book.format_map.get(book.xf_list[cell.xf_index].format_key)
    return number_format is not None and "%" in number_format.format_str


def _value(cell: Any, datemode: int) -> CellValue:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return shown(cell.value) or None
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        whole = cell.value.is_integer() and abs(cell.value) < 1e15
        return int(cell.value) if whole else float(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _day(cell.value, datemode)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return CellError(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    return None


def _day(serial: float, datemode: int) -> date | datetime | float | str:
    if 0 <= serial < 1:
        minutes = round(serial * 24 * 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}:00"
    try:
        instant: datetime = xlrd.xldate_as_datetime(serial, datemode)
    except (xlrd.XLDateError, OverflowError, ValueError):
        return serial
    midnight = not (instant.hour or instant.minute or instant.second)
    return instant.date() if midnight else instant
