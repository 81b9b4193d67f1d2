"""The template of the hotline's counts, to be filled in."""

from __future__ import annotations

import io
from datetime import date

import xlsxwriter

from dashboard.briefing.sheet_look import Look, on_paper
from dashboard.briefing.sheet_text import write_text
from supervision.hotline import HEADINGS, WHOLE_CITY

_WIDTHS = (14, 24, 16, 12, 12, 12)
_TEXTS = 3
_ADVICE = (
    "从“热线统计”表的第 2 行起，每行填一个月份的一个主题；不要改表头。",
    "月份：写成 2026-10 或 2026年10月。",
    "主题：例如 看病难、饮水难、出行难，前后各月写法一致才能比较。",
    f"县区：分县（区）统计时填考核单位名称；全市的数留空或填“{WHOLE_CITY}”，同一主题不能混填。",
    "件数：必填；办结数、满意数没有就留空，不能多于件数。",
    "已有的月份再导入，整月替换为新的数；导错了可以撤销。",
)


def hotline_template(as_of: date) -> bytes:
    """An empty sheet with its headings, and a sheet that says what may be written."""
    made = io.BytesIO()
    workbook = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_urls": False})
    look = Look(workbook)
    text = workbook.add_format({"num_format": "@"})
    sheet = workbook.add_worksheet("热线统计")
    for place, (heading, width) in enumerate(zip(HEADINGS.values(), _WIDTHS, strict=True)):
        # A month stays the text that was typed.
        sheet.set_column(place, place, width, text if place < _TEXTS else None)
        write_text(sheet, 0, place, heading, look["heading"])
    sheet.freeze_panes(1, 0)
    on_paper(sheet, title="热线统计模板", watermark=None)
    sheet.hide_gridlines(0)
    advice = workbook.add_worksheet("填写说明")
    advice.set_column(0, 0, 90)
    lines = (*_ADVICE, f"例：{as_of:%Y-%m}　看病难　（县区留空）　件数 36　办结数 33　满意数 30")
    for row, line in enumerate(lines):
        write_text(advice, row, 0, line, look["told"])
    workbook.close()
    return made.getvalue()
