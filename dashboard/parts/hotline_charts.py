"""The hotline's counts month by month, beside the year before. No Streamlit here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from dashboard.parts import chart_specs
from dashboard.parts.charts import Chart
from supervision.metrics import compared_to_last_period, compared_to_last_year

MONTHS = 13


def month_before(month: date) -> date:
    """The month before, by its first day."""
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def year_before(month: date) -> date:
    """The same month of the year before."""
    return month.replace(year=month.year - 1)


def hotline(counts: Mapping[date, int], *, theme: str, newest: date, dark: bool) -> Chart:
    """`counts`: month → how many calls; the last MONTHS up to `newest` are drawn."""
    months = [newest]
    while len(months) < MONTHS:
        months.append(month_before(months[-1]))
    rows = [
        {
            "month": f"{month:%Y-%m}",
            "month_word": f"{month:%Y年%-m月}",
            "n": counts[month],
            "year_before": counts.get(year_before(month)),
            "year_word": _told(counts.get(year_before(month))),
            "change": compared_to_last_year(counts[month], counts[year_before(month)]).text()
            if year_before(month) in counts
            else "上年没有数据",
            "newest": month == newest,
        }
        for month in reversed(months)
        if month in counts
    ]
    return Chart(
        spec=chart_specs.spec("hotline", dark=dark),
        frame=pd.DataFrame(rows),
        headline=headline(counts, theme, newest),
        note="热线逐月件数；横线为上年同月",
    )


def headline(counts: Mapping[date, int], theme: str, newest: date) -> str:
    """The newest month against the year before and the month before."""
    if newest not in counts:
        return f"{theme}在{newest:%Y年%-m月}没有数据"
    parts = [f"{theme} {newest:%Y年%-m月} {counts[newest]:,} 件"]
    if year_before(newest) in counts:
        parts.append(compared_to_last_year(counts[newest], counts[year_before(newest)]).text())
    if month_before(newest) in counts:
        parts.append(compared_to_last_period(counts[newest], counts[month_before(newest)]).text())
    return "，".join(parts)


def _told(n: int | None) -> str:
    return "没有数据" if n is None else f"{n:,}"
