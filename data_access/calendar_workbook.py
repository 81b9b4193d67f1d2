"""The yearly notice of holidays as a workbook: lines like those of a CSV file, faults by cell."""

from __future__ import annotations

from data_access.calendar_file import (
    BINARY_STARTS,
    MOST_BYTES,
    CalendarFile,
    NotACalendar,
    column_order,
    file_of_table,
    read_calendar_file,
    refused_file,
)
from data_access.ledger_import.cell_text import as_text, column_letter
from data_access.ledger_import.limits import Limits
from data_access.ledger_import.model import LedgerRefused, Sheet
from data_access.ledger_import.workbook import open_ledger

_HIGHEST_HEADING = 10
_MOST_LINES = 2_000
_NO_HEADING = "没有找到表头（日期、是否上班、名称、依据），请下载模板填写。"


def read_calendar(data: bytes, file_name: str, *, limits: Limits | None = None) -> CalendarFile:
    """Read a workbook or a CSV file; whatever the bytes, faults are told and not raised."""
    if not data.startswith(BINARY_STARTS):
        return read_calendar_file(data)
    if len(data) > MOST_BYTES:
        return refused_file("文件超过 1 MB，不像工作日历，请检查是否选错了文件。")
    try:
        book = open_ledger(data, file_name, limits=limits or Limits())
    except LedgerRefused as refused:
        return refused_file(str(refused))
    found = (file for sheet in book.sheets if (file := _file_of(sheet)) is not None)
    return next(found, None) or refused_file(_NO_HEADING)


def _file_of(sheet: Sheet) -> CalendarFile | None:
    lines = [
        (sheet.first_row + n, [as_text(value) for value in cells])
        for n, cells in enumerate(sheet.rows)
    ]
    table = [(line, texts) for line, texts in lines if any(texts)]
    for place, (_, heading) in enumerate(table[:_HIGHEST_HEADING]):
        try:
            order = column_order(heading)
        except NotACalendar:
            continue
        letters = {column: column_letter(at) for column, at in order.items()}
        return file_of_table(table[place : place + _MOST_LINES], order, letters)
    return None
