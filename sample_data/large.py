"""One wide ledger of any length, for benchmarks: 20 columns, or 23 with residents, written fast."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import cycle, islice
from pathlib import Path

import xlsxwriter

from sample_data.paper import Cell
from sample_data.pens import STATUS_WORDS
from sample_data.population import population
from sample_data.story import Seen, seen
from sample_data.writers import WRITTEN_AT

USUAL_DAY = date(2026, 11, 20)
POOL = 3000
"""So many items are told in full; longer ledgers tell them again under new numbers."""

HEADINGS = (
    "序号",
    "事项编号",
    "会议名称",
    "诉求标题",
    "诉求内容",
    "问题分类",
    "所属县区",
    "乡镇",
    "村（社区）",
    "牵头单位",
    "协办单位",
    "来源渠道",
    "交办日期",
    "反馈时限",
    "解决措施",
    "反馈时间",
    "回复内容",
    "办理状态",
    "办结时间",
    "是否满意",
)
RESIDENTS = ("诉求人", "联系电话", "地址")
"""Three columns more, of people whom nobody can be."""


def rows_large(
    *, rows: int, seed: int, as_of: date = USUAL_DAY, residents: bool = False
) -> Iterator[tuple[Cell, ...]]:
    """Row tuples under HEADINGS (and RESIDENTS); numbers and contents are all different."""
    chapters = population(items=min(rows, POOL), as_of=as_of, seed=seed)
    pool = [seen(item, as_of) for chapter in chapters.values() for item in chapter]
    rng = random.Random(seed)
    for n, entry in enumerate(islice(cycle(pool), rows), start=1):
        row = _row(n, entry, rng)
        item = entry.item
        yield (*row, item.reporter, item.phone, item.address) if residents else row


def _row(n: int, entry: Seen, rng: random.Random) -> tuple[Cell, ...]:
    item, told = entry.item, entry.round
    return (
        n,
        f"DJ-{told.assigned_on.year}-{n:07d}",
        item.session.theme if item.session else None,
        item.title,
        f"{item.content}（登记第{n}件）",
        item.problem.category,
        item.place.county,
        item.place.township,
        item.place.village,
        item.lead,
        "、".join((*item.joint, *item.co)) or None,
        item.origin,
        entry.assigned_on,
        told.due_on,
        item.measures,
        entry.feedback_on,
        entry.feedback_text,
        rng.choice(STATUS_WORDS[entry.status]),
        entry.closed_on,
        entry.call.result if entry.call else None,
    )


def write_large(
    path: Path, *, rows: int, seed: int, as_of: date = USUAL_DAY, residents: bool = False
) -> Path:
    """Write one .xlsx with a title, a header and `rows` rows, a row at a time in memory."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": WRITTEN_AT, "comments": "演示数据"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("台账")
        sheet.write_string(0, 0, "“面对面”群众诉求交办事项台账（演示数据）")
        sheet.write_row(1, 0, (*HEADINGS, *(RESIDENTS if residents else ())))
        ordinals: dict[date, int] = {}
        told = rows_large(rows=rows, seed=seed, as_of=as_of, residents=residents)
        for at, row in enumerate(told, start=2):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    serial = ordinals.get(cell) or ordinals.setdefault(cell, _serial(cell))
                    sheet.write_number(at, column, serial, day)
                elif isinstance(cell, str):
                    sheet.write_string(at, column, cell)
                elif isinstance(cell, int):
                    sheet.write_number(at, column, cell)
    return path


def _serial(day: date) -> int:
    """The spreadsheet's number of a day (1900 system)."""
    return (datetime.combine(day, time.min) - datetime(1899, 12, 30)).days  # noqa: DTZ001
