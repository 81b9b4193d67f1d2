"""The trend: what came in and what was closed, month by month, against the year before.

No Streamlit here, like `parts.charts`.
"""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import pandas as pd

from dashboard.parts import chart_specs
from dashboard.parts.charts import Chart
from supervision.metrics import compared_to_last_year

_SERIES = (("came_in", "新增", "closed"), ("closed", "办结", "came_in"))


def month_trend(months: pd.DataFrame, *, dark: bool, as_of: date) -> Chart:
    """Items that came in and items closed, by month; the unfinished month is hollow.

    `months`: month (a date, its first day), came_in, closed and, where they are known,
    came_in_before and closed_before of the month a year earlier; any order, any length.
    """
    table = cast("list[dict[str, Any]]", months.sort_values("month").to_dict("records"))
    rows = [row for line in table for row in _month(line, as_of)]
    _name_last_whole_month(rows)
    before = [row for row in rows if row["series"] == "before"]
    if before:
        before[0]["label"] = "上年同月新增"
    return Chart(
        spec=chart_specs.spec("month_trend", dark=dark),
        frame=pd.DataFrame(rows if any(row["n"] for row in rows) else []),
        headline=_headline(rows),
        note="每月新增与办结（件）；空心点为未满月，不作同比" + _against_last_year(table, as_of),
    )


def _month(line: dict[str, Any], as_of: date) -> list[dict[str, Any]]:
    first = pd.Timestamp(line["month"]).date()
    unfinished = _is_unfinished(first, as_of)
    common = {
        "month": f"{first:%Y-%m}",
        "month_word": f"{first.year}年{first.month}月"
        + (f"（至{as_of.day}日）" if unfinished else ""),
        "unfinished": unfinished,
        "label": "",
    }
    rows: list[dict[str, Any]] = []
    for series, word, other in _SERIES:
        n, against = int(line[series]), int(line[other])
        above = n > against or (n == against and series == "came_in")
        rows.append({**common, "series": series, "word": word, "n": n, "above": above})
    if not unfinished and (before := int(line.get("came_in_before") or 0)):
        past = {"series": "before", "word": "上年同月新增", "n": before, "above": True}
        rows.append({**common, **past})
    return rows


def _is_unfinished(first: date, as_of: date) -> bool:
    return (first.year, first.month) == (as_of.year, as_of.month)


def _whole(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if not row["unfinished"] and row["series"] != "before"]


def _name_last_whole_month(rows: list[dict[str, Any]]) -> None:
    for row in _whole(rows)[-2:]:
        row["label"] = f"{row['word']} {row['n']}"


def _headline(rows: list[dict[str, Any]]) -> str:
    whole = _whole(rows)
    if not whole:
        return "还没有满一个月的数据"
    if not any(row["n"] for row in rows):
        return f"近 {len(rows) // len(_SERIES)} 个月没有新增和办结"
    came_in, closed = (row["n"] for row in whole[-2:])
    month = whole[-1]["month_word"]
    if not came_in and not closed:
        return f"{month}没有新增和办结"
    if came_in == closed:
        return f"{month}新增与办结持平，各 {closed} 件"
    more, gap = (
        ("新增多于办结", came_in - closed)
        if came_in > closed
        else ("办结多于新增", closed - came_in)
    )
    return f"{month}新增 {came_in} 件、办结 {closed} 件，{more} {gap} 件"


def _against_last_year(table: list[dict[str, Any]], as_of: date) -> str:
    """同比 of the last whole month, where the year before tells anything."""
    whole = [
        line for line in table if not _is_unfinished(pd.Timestamp(line["month"]).date(), as_of)
    ]
    if not whole or not any(whole[-1].get(f"{series}_before") for series, *_ in _SERIES):
        return ""
    last = whole[-1]
    told = "，".join(
        f"{word}{compared_to_last_year(int(last[series]), int(last[f'{series}_before'])).text()}"
        for series, word, _ in _SERIES
    )
    return f"。{pd.Timestamp(last['month']).month}月{told}"
