"""A programme's chief rate through the last twelve months; each point opens its rows."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from dashboard.parts.data_view import data_view
from dashboard.parts.fresh_keys import clicked_away, fresh_key
from dashboard.parts.leading import lead_to
from dashboard.parts.panels import chart_panel
from dashboard.parts.rate_charts import rate_trend
from dashboard.programme_reads import ProgrammeSeen
from dashboard.programmes.told import ENTRIES_PAGE, Asked, figure_of
from dashboard.reads import Period
from supervision.programmes import Measure, ProgrammeFigure

MONTHS = 12
_OVER_MONTHS = (Measure.DUE_RATE, Measure.SETTLED_RATE, Measure.RATE)
"""Those of limits first: what began last month has had no time yet to be done."""


def trended(seen: ProgrammeSeen) -> ProgrammeFigure | None:
    """The rate that is drawn: a head figure before others."""
    rates = [one for one in seen.programme.figures if one.measure in _OVER_MONTHS]
    rates.sort(key=lambda one: (not one.head, _OVER_MONTHS.index(one.measure)))
    return rates[0] if rates else None


def draw_trend(seen: ProgrammeSeen, asked: Asked, *, dark: bool) -> None:
    """Month by month, whatever period the filters say."""
    figure = trended(seen)
    if figure is None or not seen.entries:
        return
    months = [
        (first, figure_of(seen, figure, Asked(asked.as_of, _month(first, asked.as_of))).rate)
        for first in _months(asked.as_of)
    ]
    chart = rate_trend(
        months, name=figure.label, note="按月，不受统计时段影响", dark=dark, as_of=asked.as_of,
        small_sample=seen.small_sample,
    )  # fmt: skip
    key = f"programme_trend_{seen.programme.name}"
    chosen = chart_panel(chart, key=fresh_key(key))
    data_view(chart.frame, {"month_word": "月份", "cases": "件数", "percent": figure.label})
    if chosen:
        clicked_away(key)
        first = date.fromisoformat(f"{chosen[0]['month']}-01")
        days = _month(first, asked.as_of)
        st.switch_page(
            ENTRIES_PAGE,
            query_params=lead_to(
                programme=seen.programme.name, figure=figure.name, days=_said(days)
            ),
        )


def _said(days: Period) -> str:
    return f"{days.first.isoformat()}_{days.last.isoformat()}"


def _months(as_of: date) -> list[date]:
    found, first = [], as_of.replace(day=1)
    for _ in range(MONTHS):
        found.append(first)
        first = (first - timedelta(days=1)).replace(day=1)
    return found[::-1]


def _month(first: date, as_of: date) -> Period:
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return Period(first, min(last, as_of))
