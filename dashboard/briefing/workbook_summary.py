"""The sheet 汇总 of an exported list: counts by lead department and light, with a native chart."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pandas as pd

from dashboard.briefing.sheet_look import FONT, Look, chinese_date, on_paper
from dashboard.briefing.sheet_text import cell_text, write_text
from dashboard.briefing.watermark import Watermark
from dashboard.parts.theme import LAMPS, LIGHT, ink_on, lamp_word
from supervision.vocabulary import Light

NO_LEAD = "未定牵头单位"
_SHEET = "汇总"
_HEADING_ROW = 3
_CHARTED = (Light.RED, Light.YELLOW, Light.GREEN)
_MOST_BARS = 30


def write_summary(
    workbook: Any,
    look: Look,
    rows: pd.DataFrame,
    *,
    title: str,
    as_of: date,
    watermark: Watermark,
) -> None:
    """Numbers, not formulas: a department's name with * or = in it would count other rows."""
    counts = _counts(rows)
    lights = _lights(counts)
    sheet = workbook.add_worksheet(_SHEET)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, len(lights) + 1, 11)
    sheet.set_row(0, 30)
    write_text(sheet, 0, 0, f"{title}：各牵头单位情况", look["title"])
    until = f"数据截至：{chinese_date(as_of)}　共 {len(rows):,} 条，单位：件"
    write_text(sheet, 1, 0, until, look["told"])
    write_text(sheet, 2, 0, watermark.words, look["told"])
    headings = ["牵头单位", *(lamp_word(light) for light in lights), "合计"]
    for place, heading in enumerate(headings):
        write_text(sheet, _HEADING_ROW, place, heading, look["heading"])
    departments = _worst_first(counts)
    for row, department in enumerate(departments, _HEADING_ROW + 1):
        write_text(sheet, row, 0, department, look["text"])
        _write_counts(sheet, row, counts[department], lights, look["number"])
    total = sum(counts.values(), Counter[str]())
    below = _HEADING_ROW + 1 + len(departments)
    write_text(sheet, below, 0, "合计", look["total"])
    _write_counts(sheet, below, total, lights, look["total"])
    sheet.freeze_panes(_HEADING_ROW + 1, 1)
    on_paper(sheet, title=title, as_of=as_of, watermark=watermark)
    if any(total[light] for light in _CHARTED):
        chart = _chart(workbook, lights, min(len(departments), _MOST_BARS), len(departments))
        sheet.insert_chart(_HEADING_ROW, len(headings) + 1, chart)


def _counts(rows: pd.DataFrame) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {}
    for lead, light in zip(rows["lead"].tolist(), rows["light"].tolist(), strict=True):
        counts.setdefault(cell_text(lead) or NO_LEAD, Counter())[cell_text(light)] += 1
    return counts


def _lights(counts: dict[str, Counter[str]]) -> list[str]:
    """The three of the traffic light always, the others where they occur, then unknown ones."""
    found = {light for of_one in counts.values() for light in of_one}
    known = [light for light in LAMPS if light in _CHARTED or light in found]
    return [*known, *sorted(found - set(LAMPS))]


def _worst_first(counts: dict[str, Counter[str]]) -> list[str]:
    def standing(department: str) -> tuple[int, int, int, str]:
        of_one = counts[department]
        return -of_one[Light.RED], -of_one[Light.YELLOW], -of_one.total(), department

    return sorted(counts, key=standing)


def _write_counts(sheet: Any, row: int, counts: Counter[str], lights: list[str], look: Any) -> None:
    for place, light in enumerate(lights, 1):
        sheet.write_number(row, place, counts[light], look)
    sheet.write_number(row, len(lights) + 1, counts.total(), look)


def _chart(workbook: Any, lights: list[str], bars: int, departments: int) -> Any:
    chart = workbook.add_chart({"type": "bar", "subtype": "stacked"})
    face = {"name": FONT, "size": 10}
    first, last = _HEADING_ROW + 1, _HEADING_ROW + bars
    for light in _CHARTED:
        place, colour = 1 + lights.index(light), LAMPS[light].on_light
        chart.add_series(
            {
                "name": [_SHEET, _HEADING_ROW, place],
                "categories": [_SHEET, first, 0, last, 0],
                "values": [_SHEET, first, place, last, place],
                "fill": {"color": colour},
                "border": {"color": LIGHT.paper},
                "gap": 45,
                "data_labels": {
                    "value": True,
                    "num_format": "0;;",
                    "font": {**face, "bold": True, "color": ink_on(colour)},
                },
            }
        )
    shown = "" if bars == departments else f"，逾期最多的 {bars} 家"
    name = f"各牵头单位在办事项亮灯（件{shown}）"
    chart.set_title(
        {
            "name": name,
            "name_font": {"name": FONT, "size": 13, "color": LIGHT.ink},
            "overlay": False,
        }
    )
    chart.set_y_axis(
        {"reverse": True, "num_font": face, "line": {"none": True}, "major_tick_mark": "none"}
    )
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_legend({"position": "top", "font": face})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": 760, "height": 130 + 26 * bars})
    return chart
