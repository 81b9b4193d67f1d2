"""A list that is none of items as a workbook: exactly the rows given, in their order."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from dashboard.briefing.sheet_look import Look, chinese_date, make_room, on_paper
from dashboard.briefing.sheet_text import cell_text, write_text
from dashboard.briefing.watermark import Watermark
from dashboard.parts.theme import lamp_word

WIDTHS = {"title": 38, "words": 28, "day": 12, "count": 10, "light": 13, "number": 18, "text": 16}
"""Kind of a column → its width in letters; what is of no kind below is text that wraps."""
_HEADING_ROW = 3
_FIRST_DAY = date(1900, 1, 1)
"""A sheet's own days begin here; an earlier one is told as text."""


def list_workbook(
    rows: Sequence[Mapping[str, Any]],
    headings: Mapping[str, tuple[str, str]],
    *,
    title: str,
    as_of: date,
    told: Sequence[str],
    watermark: Watermark,
) -> bytes:
    """An .xlsx of these rows; `headings` is column → its heading and kind."""
    made = io.BytesIO()
    workbook = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_urls": False})
    workbook.set_properties({"title": cell_text(title)[:200], "comments": watermark.words})
    look = Look(workbook)
    sheet = workbook.add_worksheet("清单")
    write_text(sheet, 0, 0, title, look["title"])
    until = f"数据截至：{chinese_date(as_of)}　共 {len(rows):,} 条　　{watermark.words}"
    write_text(sheet, 1, 0, until, look["told"])
    write_text(sheet, 2, 0, f"筛选：{'；'.join(told) or '全部'}", look["told"])
    for column, (heading, kind) in enumerate(headings.values()):
        sheet.set_column(column, column, WIDTHS[kind])
        write_text(sheet, _HEADING_ROW, column, heading, look["heading"])
    wrapped = [
        (name, WIDTHS[kind])
        for name, (_, kind) in headings.items()
        if kind in ("text", "title", "words", "number")
    ]
    for row, values in enumerate(rows, start=_HEADING_ROW + 1):
        make_room(sheet, row, ((values.get(name), width) for name, width in wrapped))
        for column, (name, (_, kind)) in enumerate(headings.items()):
            _write(sheet, row, column, values.get(name), kind, look)
    sheet.freeze_panes(_HEADING_ROW + 1, 0)
    sheet.autofilter(_HEADING_ROW, 0, _HEADING_ROW + len(rows), len(headings) - 1)
    sheet.repeat_rows(_HEADING_ROW)
    on_paper(sheet, title=title, watermark=watermark, as_of=as_of)
    workbook.close()
    return made.getvalue()


def _write(sheet: Any, row: int, column: int, value: object, kind: str, look: Look) -> None:
    if not cell_text(value):
        sheet.write_blank(row, column, None, look["wrapped"])
    elif isinstance(value, date) and value >= _FIRST_DAY:
        day = datetime(value.year, value.month, value.day)  # noqa: DTZ001
        sheet.write_datetime(row, column, day, look["date"])
    elif isinstance(value, int) and kind == "count":
        sheet.write_number(row, column, value, look["number"])
    elif kind == "light":
        write_text(sheet, row, column, lamp_word(str(value)), look["centred"])
    else:
        write_text(sheet, row, column, cell_text(value), look["wrapped"])
