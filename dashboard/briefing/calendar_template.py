"""The workbook in which a year's notice of holidays is written down."""

from __future__ import annotations

import io

import xlsxwriter

from dashboard.briefing.sheet_look import Look
from dashboard.briefing.sheet_text import write_text

HEADINGS = ("名称", "日期", "至", "是否上班", "依据")
_WIDTHS = (18, 14, 14, 12, 52)
_HOLIDAYS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
_ROWS = 60
_ADVICE = (
    "照国务院办公厅的放假通知填写：每个假期一行，写放假的第一天和最后一天（含两头的周末）。",
    "每个调休上班日另起一行：“日期”写上班的那一天，“至”留空，“是否上班”选“上班”，名称写“春节调休上班”等。",
    "只放一天假的，“至”留空。日期写成 2026-10-01 这样。",
    "“依据”写通知的名称和文号。用不到的行请整行删去，例如中秋、国庆连休时合成一行。",
    "上传后会逐格检查，并先试算有多少在办事项的期限变动，确认后才启用。",
)


def calendar_template(year: int) -> bytes:
    """A row for each holiday of the year, its days to be filled in, and how to do it."""
    made = io.BytesIO()
    workbook = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_urls": False})
    look = Look(workbook)
    sheet = workbook.add_worksheet("放假安排")
    day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    for place, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
        sheet.set_column(place, place, width, day if heading in ("日期", "至") else None)
        write_text(sheet, 0, place, heading, look["heading"])
    notice = f"国务院办公厅关于{year}年部分节假日安排的通知"
    for row, name in enumerate(_HOLIDAYS, start=1):
        for place, words in ((0, name), (3, "放假"), (4, notice)):
            write_text(sheet, row, place, words, look["text"])
    sheet.data_validation(1, 3, _ROWS, 3, {"validate": "list", "source": ["放假", "上班"]})
    sheet.freeze_panes(1, 0)
    advice = workbook.add_worksheet("填写说明")
    advice.set_column(0, 0, 100)
    for row, sentence in enumerate(_ADVICE):
        write_text(advice, row, 0, sentence, look["told"])
    workbook.close()
    return made.getvalue()
