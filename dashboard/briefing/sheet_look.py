"""How exported sheets look: fonts, colours, hairlines, paper; one look for every workbook."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from dashboard.briefing.sheet_text import cell_text, lines_of, text_format
from dashboard.briefing.watermark import Watermark
from dashboard.parts.theme import LIGHT

FONT = "微软雅黑"
_LINE, _TALLEST = 14.0, 409.0
"""Points of a line of text; the most that a row may have."""
_HAIRLINE = {"bottom": 1, "bottom_color": LIGHT.grid}
_KINDS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": LIGHT.brand},
    "told": {"font_color": LIGHT.soft_ink},
    "heading": {
        "bold": True, "font_color": LIGHT.paper, "bg_color": LIGHT.brand, "align": "center",
        "text_wrap": True, "border": 1, "border_color": LIGHT.paper,
    },
    "text": {**_HAIRLINE},
    "wrapped": {"text_wrap": True, **_HAIRLINE},
    "fine": {"font_size": 7, **_HAIRLINE},
    "centred": {"align": "center", **_HAIRLINE},
    "date": {"num_format": "yyyy-mm-dd", "align": "center", **_HAIRLINE},
    "number": {"num_format": "#,##0", "align": "center", **_HAIRLINE},
    "total": {
        "num_format": "#,##0", "align": "center", "bold": True, "top": 1, "top_color": LIGHT.brand,
    },
}  # fmt: skip


class Look:
    """The formats of one workbook, made when first used."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[str, Any] = {}

    def __getitem__(self, kind: str) -> Any:
        if kind not in self._made:
            base = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
            self._made[kind] = text_format(self._workbook, {**base, **_KINDS[kind]})
        return self._made[kind]


def make_room(sheet: Any, row: int, wrapped: Iterable[tuple[object, float]]) -> None:
    """Give a row the height of its longest wrapped cell (text, width); call before writing it.

    Excel would find it itself; LibreOffice prints what does not fit over the next row.
    """
    lines = max((lines_of(cell_text(text), width) for text, width in wrapped), default=1)
    if lines > 1:
        sheet.set_row(row, min(_LINE * lines + 2, _TALLEST))


def chinese_date(day: date) -> str:
    """2026年3月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def on_paper(
    sheet: Any, *, title: str, watermark: Watermark | None, as_of: date | None = None
) -> None:
    """Landscape A4, one page wide; who took it out, the day and the page stand on every page.

    An empty form has no watermark, and what tells of no ledger has no day.
    """
    face = f'&"{FONT}"&8'
    name = _in_header(title, 60)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.4, 0.4, 0.6, 0.6)
    mark = f"&L{face} {_in_header(watermark.words, 140)}" if watermark else ""
    sheet.set_header(f"{mark}&R{face} {name}")
    until = f"&L{face} 数据截至 {chinese_date(as_of)}" if as_of else ""
    inside = f"&R{face} 内部资料" if watermark else ""
    sheet.set_footer(f"{until}&C{face} 第 &P 页 共 &N 页{inside}")
    sheet.hide_gridlines(2)


def _in_header(text: str, most: int) -> str:
    """At most so many characters; an ampersand starts a code in headers and is written twice."""
    kept = cell_text(text)
    while len(told := kept.replace("&", "&&")) > most:
        kept = kept[:-1]
    return told
