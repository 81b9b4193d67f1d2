"""The list of items as a styled workbook: exactly the rows given, and their summary."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import pandas as pd
import xlsxwriter

from dashboard.briefing.sheet_look import Look, chinese_date, make_room, on_paper
from dashboard.briefing.sheet_text import cell_text, write_text
from dashboard.briefing.watermark import Watermark
from dashboard.briefing.workbook_summary import write_summary
from dashboard.parts.theme import LAMPS, ink_on, lamp_word
from supervision.vocabulary import ItemState, Satisfaction

MOST_ROWS = 1_048_572
"""Rows of a sheet below the heading."""
_HEADING_ROW = 3


def _word_of(words: type[StrEnum]) -> Callable[[object], str]:
    def word(value: object) -> str:
        stored = cell_text(value)
        return str(words(stored).label) if stored in set(words) else stored  # type: ignore[attr-defined]

    return word


def _doubt(sound: object) -> str:
    return "" if sound else "存疑，不计入比率"


# Column of the list → heading, width in characters, format, how its value is told. All of it is
# printed on one sheet's width: what may be long wraps.
_COLUMNS: dict[str, tuple[str, int, str, Callable[[object], str]]] = {
    "number": ("编号", 17, "wrapped", cell_text),
    "title": ("事项", 38, "wrapped", cell_text),
    "lead": ("牵头单位", 17, "wrapped", cell_text),
    "unit": ("县（区）", 9, "text", cell_text),
    "township": ("镇（街）", 10, "wrapped", cell_text),
    "session": ("场次", 14, "wrapped", cell_text),
    "category": ("类别", 12, "wrapped", cell_text),
    "matter": ("类案", 12, "wrapped", cell_text),
    "round_no": ("轮次", 5, "number", cell_text),
    "received_on": ("收到日期", 11, "date", cell_text),
    "assigned_on": ("交办日期", 11, "date", cell_text),
    "due_on": ("反馈期限", 11, "date", cell_text),
    "light": ("亮灯", 14, "centred", lambda light: lamp_word(cell_text(light))),
    "days_overdue": ("逾期（工作日）", 8, "number", cell_text),
    "feedback_on": ("反馈日期", 11, "date", cell_text),
    "closed_on": ("办结日期", 11, "date", cell_text),
    "state": ("办理状态", 14, "centred", _word_of(ItemState)),
    "result": ("群众评价", 9, "centred", _word_of(Satisfaction)),
    "sound": ("数据核验", 9, "wrapped", _doubt),
}


def items_workbook(
    rows: pd.DataFrame,
    *,
    title: str,
    as_of: date,
    watermark: Watermark,
    told: Sequence[str] = (),
) -> bytes:
    """An .xlsx of exactly these rows, in their order, with a summary by lead department.

    `rows` has the columns of data_access.reads.items.LIST_COLUMNS; `told` says in Chinese what
    the list was narrowed to, `watermark` who takes it out. ValueError when a sheet cannot hold
    the rows.
    """
    if len(rows) > MOST_ROWS:
        raise ValueError(f"共 {len(rows)} 条，超过一张工作表的 {MOST_ROWS} 行，请缩小筛选范围")
    made = io.BytesIO()
    # Row by row through the disk: 100,000 rows in memory would be half a gigabyte.
    workbook = xlsxwriter.Workbook(made, {"constant_memory": True, "strings_to_urls": False})
    workbook.set_properties(
        {
            "title": cell_text(title)[:200],
            "comments": f"数据截至 {chinese_date(as_of)}　{watermark.words}",
            "created": datetime(as_of.year, as_of.month, as_of.day),  # noqa: DTZ001
        }
    )
    workbook.set_size(2400, 1300)
    look = Look(workbook)
    _write_list(workbook, look, rows, title=title, as_of=as_of, told=told, watermark=watermark)
    write_summary(workbook, look, rows, title=title, as_of=as_of, watermark=watermark)
    workbook.close()
    return made.getvalue()


def _write_list(
    workbook: Any,
    look: Look,
    rows: pd.DataFrame,
    *,
    title: str,
    as_of: date,
    told: Sequence[str],
    watermark: Watermark,
) -> None:
    sheet = workbook.add_worksheet("台账")
    sheet.set_row(0, 30)
    write_text(sheet, 0, 0, title, look["title"])
    until = f"数据截至：{chinese_date(as_of)}　共 {len(rows):,} 条　　{watermark.words}"
    write_text(sheet, 1, 0, until, look["told"])
    narrowed = "；".join(told) or "全部事项"
    write_text(sheet, 2, 0, f"筛选：{narrowed}", look["told"])
    sheet.set_row(_HEADING_ROW, 30)
    for place, (heading, width, _, _) in enumerate(_COLUMNS.values()):
        sheet.set_column(place, place, width)
        write_text(sheet, _HEADING_ROW, place, heading, look["heading"])
    told_as = [(look[kind], word) for _, _, kind, word in _COLUMNS.values()]
    lines = zip(*(rows[name] for name in _COLUMNS), strict=True)
    wraps = [
        (place, width)
        for place, (_, width, kind, _) in enumerate(_COLUMNS.values())
        if kind == "wrapped"
    ]
    for below, line in enumerate(lines, _HEADING_ROW + 1):
        make_room(sheet, below, ((told_as[place][1](line[place]), width) for place, width in wraps))
        for place, (value, (shape, word)) in enumerate(zip(line, told_as, strict=True)):
            _write_value(sheet, below, place, value, shape, word)
    last, right = _HEADING_ROW + len(rows), len(_COLUMNS) - 1
    sheet.freeze_panes(_HEADING_ROW + 1, 2)
    sheet.autofilter(_HEADING_ROW, 0, last, right)
    sheet.repeat_rows(_HEADING_ROW)
    sheet.print_area(0, 0, last, right)
    sheet.set_zoom(90)
    on_paper(sheet, title=title, as_of=as_of, watermark=watermark)
    if len(rows):
        _colour(workbook, sheet, _HEADING_ROW + 1, last)


def _write_value(
    sheet: Any, row: int, column: int, value: object, look: Any, word: Callable[[object], str]
) -> None:
    """A number or a date as such, everything else as text."""
    if value is None or value is pd.NaT or value != value:
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, date) and value.year >= 1900:
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), look)  # noqa: DTZ001
    elif isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value, look)
    else:
        write_text(sheet, row, column, word(value), look)


def _colour(workbook: Any, sheet: Any, first: int, last: int) -> None:
    """Lights by their colour, beside sign and word; bars behind the days overdue."""
    light = list(_COLUMNS).index("light")
    for lamp in LAMPS.values():
        shade = workbook.add_format(
            {"font_color": ink_on(lamp.on_light), "bg_color": lamp.on_light, "bold": True}
        )
        rule = {"type": "cell", "criteria": "==", "value": f'"{lamp.word}"', "format": shade}
        sheet.conditional_format(first, light, last, light, rule)
    days = list(_COLUMNS).index("days_overdue")
    bar = {"type": "data_bar", "bar_color": "#DE8F80", "min_type": "num", "min_value": 0}
    sheet.conditional_format(first, days, last, days, bar)
