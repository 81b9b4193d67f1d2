"""回访表 and 反馈表 to be filled in: drop-downs, locked columns, a hidden check code."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
import xlsxwriter

from dashboard.briefing.sheet_look import Look, chinese_date, make_room, on_paper
from dashboard.briefing.sheet_text import cell_text, write_text
from dashboard.briefing.watermark import Watermark
from dashboard.parts.theme import lamp_word
from supervision.return_sheets import (
    CHECK_HEADING,
    FILLED,
    FIXED,
    ReturnSheet,
    SheetColumn,
)

TITLES = {ReturnSheet.CALLBACK: "待回访事项回访表", ReturnSheet.FEEDBACK: "待反馈事项反馈表"}
_HOW = {
    ReturnSheet.CALLBACK: (
        "只填浅黄色的栏。没有接通的，“是否接通”选“否”，其他栏不填；未填的行下次再填。"
        "填好后在“台账导入”页传回。"
    ),
    ReturnSheet.FEEDBACK: (
        "只填浅黄色的栏。填“已解决”的须写明佐证材料名称，几份之间用顿号分开；未填的行下次再填。"
        "填好后在“台账导入”页传回。"
    ),
}
_HEADING_ROW = 3
_FIRST_DAY, _FILL_DAYS = date(2015, 1, 1), timedelta(days=366)
_WIDE, _MOST_OF_REPLY = 30, 150
_TO_FILL = "#FFF8E1"
_MAY_DO = {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True,
           "select_locked_cells": True, "select_unlocked_cells": True}  # fmt: skip


def return_workbook(
    kind: ReturnSheet,
    rows: pd.DataFrame,
    people: Mapping[int, tuple[str, str]],
    *,
    as_of: date,
    told: Sequence[str],
    watermark: Watermark,
    own: bool,
) -> bytes:
    """The list of these rows (RETURN_COLUMNS), one sheet, to be filled in and sent back.

    `own`: for a department, whose feedback is of the day on which it is sent.
    """
    made = io.BytesIO()
    workbook = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_urls": False})
    workbook.set_properties(
        {"title": TITLES[kind], "comments": f"数据截至 {chinese_date(as_of)}　{watermark.words}",
         "created": datetime(as_of.year, as_of.month, as_of.day)}  # noqa: DTZ001
    )  # fmt: skip
    sheet, look = workbook.add_worksheet(kind.label), Look(workbook)
    columns = (*FIXED[kind], *to_fill(kind, own=own))
    _head(sheet, look, kind, columns, len(rows), as_of, told, watermark)
    _rows(sheet, look, kind, rows, people, len(columns))
    last = _HEADING_ROW + max(len(rows), 1)
    for place, column in enumerate(columns[len(FIXED[kind]) :], len(FIXED[kind])):
        _fill_in(workbook, sheet, place, column, last, as_of)
    sheet.set_column(len(columns), len(columns), 26, None, {"hidden": True})
    sheet.freeze_panes(_HEADING_ROW + 1, 3)
    sheet.autofilter(_HEADING_ROW, 0, last, len(columns))
    sheet.protect("", _MAY_DO)
    sheet.repeat_rows(_HEADING_ROW)
    sheet.print_area(0, 0, last, len(columns) - 1)
    on_paper(sheet, title=TITLES[kind], as_of=as_of, watermark=watermark)
    workbook.close()
    return made.getvalue()


def to_fill(kind: ReturnSheet, *, own: bool) -> tuple[SheetColumn, ...]:
    """The columns that the person fills in."""
    return tuple(c for c in FILLED[kind] if not (own and c.name == "feedback_on"))


def _head(
    sheet: Any, look: Look, kind: ReturnSheet, columns: Sequence[SheetColumn],
    count: int, as_of: date, told: Sequence[str], watermark: Watermark,
) -> None:  # fmt: skip
    sheet.set_row(0, 30)
    write_text(sheet, 0, 0, TITLES[kind], look["title"])
    narrowed = "；".join(told) or "全部"
    until = f"数据截至：{chinese_date(as_of)}　共 {count:,} 件　筛选：{narrowed}　{watermark.words}"
    write_text(sheet, 1, 0, until, look["told"])
    write_text(sheet, 2, 0, _HOW[kind], look["told"])
    sheet.set_row(_HEADING_ROW, 32)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        write_text(sheet, _HEADING_ROW, place, column.heading, look["heading"])
    write_text(sheet, _HEADING_ROW, len(columns), CHECK_HEADING, look["heading"])


def _rows(
    sheet: Any, look: Look, kind: ReturnSheet, rows: pd.DataFrame,
    people: Mapping[int, tuple[str, str]], check: int,
) -> None:  # fmt: skip
    for n, line in enumerate(rows.to_dict("records"), start=1):
        below = _HEADING_ROW + n
        name, phone = people.get(line["item_id"], ("", ""))
        said = {**line, "place": n, "reporter": name, "phone": phone,
                "light": lamp_word(str(line["light"])),
                "done": _shortened(line["done"])}  # fmt: skip
        make_room(sheet, below, [(said[c.name], c.width) for c in FIXED[kind] if c.width >= _WIDE])
        for place, column in enumerate(FIXED[kind]):
            _write(sheet, below, place, said[column.name], column, look)
        write_text(sheet, below, check, line["check"], look["text"])


def _shortened(text: object) -> str:
    told = cell_text(text)
    return told if len(told) <= _MOST_OF_REPLY else f"{told[:_MOST_OF_REPLY]}……"


def _write(sheet: Any, row: int, place: int, value: Any, column: SheetColumn, look: Look) -> None:
    if column.is_day and isinstance(value, date) and value.year >= 1900:
        day = datetime(value.year, value.month, value.day)  # noqa: DTZ001
        sheet.write_datetime(row, place, day, look["date"])
    elif isinstance(value, int):
        sheet.write_number(row, place, value, look["number"])
    else:
        wide = column.width >= _WIDE
        write_text(sheet, row, place, cell_text(value), look["wrapped" if wide else "text"])


def _fill_in(
    workbook: Any, sheet: Any, place: int, column: SheetColumn, last: int, as_of: date
) -> None:
    """The empty cells of a column: open, coloured, and held to what may be chosen."""
    face = {"font_name": "微软雅黑", "font_size": 10, "valign": "vcenter", "locked": False,
            "bg_color": _TO_FILL, "border": 1, "border_color": "#E0D9C0"}  # fmt: skip
    if column.is_day:
        kind: dict[str, Any] = {"num_format": "yyyy-mm-dd", "align": "center"}
    elif column.choices:
        kind = {"align": "center"}
    else:
        kind = {"text_wrap": True, "num_format": "@"}
    shape = workbook.add_format({**face, **kind})
    first = _HEADING_ROW + 1
    for row in range(first, last + 1):
        sheet.write_blank(row, place, None, shape)
    if column.choices:
        sheet.data_validation(first, place, last, place, {
            "validate": "list", "source": list(column.choices), "error_title": column.heading,
            "error_message": "请从下拉列表中选择。",
        })  # fmt: skip
    elif column.is_day:
        sheet.data_validation(first, place, last, place, {
            "validate": "date", "criteria": "between",
            "minimum": _FIRST_DAY, "maximum": as_of + _FILL_DAYS,
            "error_title": column.heading, "error_message": "请填日期，例如 2026-11-25。",
        })  # fmt: skip
