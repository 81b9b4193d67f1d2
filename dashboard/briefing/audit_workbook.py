"""The audit trail as a workbook for inspection: every row of the page's filters, as text."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Protocol

import xlsxwriter

from dashboard.briefing.sheet_look import Look, make_room, on_paper
from dashboard.briefing.sheet_text import cell_text, write_text
from dashboard.briefing.watermark import Watermark

TITLE = "审计记录"
_HEADING_ROW = 4
_COLUMNS = (
    ("序号", 8, "number"),
    ("时间", 19, "centred"),
    ("人员", 20, "wrapped"),
    ("操作", 18, "wrapped"),
    ("对象", 20, "wrapped"),
    ("变化", 50, "wrapped"),
    ("原因", 20, "wrapped"),
    ("导入批次", 7, "number"),
    ("链值（SHA-256）", 44, "fine"),
)


class Entry(Protocol):
    """What a line needs of data_access.audit_reading.AuditEntry."""

    @property
    def id(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def who(self) -> str: ...
    @property
    def act(self) -> str: ...
    @property
    def touched(self) -> str: ...
    @property
    def changes(self) -> tuple[str, ...]: ...
    @property
    def reason(self) -> str: ...
    @property
    def batch(self) -> int | None: ...
    @property
    def chain(self) -> str: ...


def audit_workbook(
    entries: Iterable[Entry],
    *,
    as_of: date,
    told: Sequence[str],
    standing: str,
    watermark: Watermark,
) -> bytes:
    """An .xlsx of these entries in their order; `standing` says whether the chain is whole."""
    made = io.BytesIO()
    workbook = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_urls": False})
    workbook.set_properties({"title": TITLE, "comments": watermark.words})
    look = Look(workbook)
    sheet = workbook.add_worksheet(TITLE)
    write_text(sheet, 0, 0, TITLE, look["title"])
    write_text(sheet, 1, 0, watermark.words, look["told"])
    write_text(sheet, 2, 0, f"筛选：{'；'.join(told) or '全部记录'}", look["told"])
    write_text(sheet, 3, 0, standing, look["told"])
    for place, (heading, width, _) in enumerate(_COLUMNS):
        sheet.set_column(place, place, width)
        write_text(sheet, _HEADING_ROW, place, heading, look["heading"])
    last = _HEADING_ROW
    for last, entry in enumerate(entries, _HEADING_ROW + 1):
        _write_entry(sheet, last, entry, look)
    sheet.freeze_panes(_HEADING_ROW + 1, 0)
    sheet.autofilter(_HEADING_ROW, 0, last, len(_COLUMNS) - 1)
    sheet.repeat_rows(_HEADING_ROW)
    on_paper(sheet, title=TITLE, as_of=as_of, watermark=watermark)
    workbook.close()
    return made.getvalue()


def _write_entry(sheet: Any, row: int, entry: Entry, look: Look) -> None:
    values = (
        entry.id,
        f"{entry.at:%Y-%m-%d %H:%M:%S}",
        entry.who,
        entry.act,
        entry.touched,
        "\n".join(entry.changes),
        entry.reason,
        entry.batch,
        entry.chain,
    )
    wraps = (
        (value, width)
        for value, (_, width, kind) in zip(values, _COLUMNS, strict=True)
        if kind == "wrapped"
    )
    make_room(sheet, row, wraps)
    for place, (value, (_, _, kind)) in enumerate(zip(values, _COLUMNS, strict=True)):
        if isinstance(value, int):
            sheet.write_number(row, place, value, look[kind])
        else:
            write_text(sheet, row, place, cell_text(value), look[kind])
