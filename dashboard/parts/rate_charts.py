"""A rate through the months as a chart: it never loses its n/N. No Streamlit here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd

from dashboard.parts import chart_specs, rate_specs
from dashboard.parts.charts import Chart
from supervision.metrics import Rate


def rate_trend(
    months: Sequence[tuple[date, Rate]],
    *,
    name: str,
    note: str,
    dark: bool,
    as_of: date,
    small_sample: int,
) -> Chart:
    """`months`: first day and rate of each, oldest first; `name` is the figure's."""
    rows = [_point(first, rate, as_of, small_sample) for first, rate in months]
    whole = [row for row in rows if row["share"] is not None and not row["unfinished"]]
    for before, row in pairwise(whole):
        # On the side from which the line does not come.
        row["above"] = before["share"] <= row["share"]
    for row in whole[-1:]:
        row["label"] = row["percent"]
    all_of_it = Rate.pooled(rate for _, rate in months)
    return Chart(
        spec=chart_specs.spec("rate_trend", dark=dark),
        frame=pd.DataFrame(rows if all_of_it.of else []),
        headline=_headline(name, all_of_it, len(months)),
        note=f"{note}；空心点为未满月或不足 {small_sample} 件次；点一个月看清单",
        selection=rate_specs.SELECT_MONTH,
    )


def _point(first: date, rate: Rate, as_of: date, small_sample: int) -> dict[str, Any]:
    unfinished = (first.year, first.month) == (as_of.year, as_of.month)
    until = f"（至{as_of.day}日）" if unfinished else ""
    return {
        "month": f"{first:%Y-%m}",
        "month_word": f"{first.year}年{first.month}月" + until,
        "share": rate.n / rate.of if rate.of else None,
        "percent": rate.percent,
        "cases": f"{rate.n}/{rate.of}",
        "unfinished": unfinished,
        "quiet": unfinished or rate.is_small(small_sample),
        "label": "",
        "above": True,
    }


def _headline(name: str, all_of_it: Rate, months: int) -> str:
    if not all_of_it.of:
        return f"近 {months} 个月没有计入{name}的件次"
    return f"近 {months} 个月{name} {all_of_it.text()}"
