"""Twelve months of one department: what came in and was closed, how it kept its days."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from dashboard.leader_reads import DepartmentSeen
from dashboard.parts.about import definition
from dashboard.parts.figure_table import FigureColumn, figure_table
from dashboard.parts.filter_state import code_of_days
from dashboard.parts.leading import open_list
from dashboard.parts.panels import chart_panel
from dashboard.parts.rate_charts import rate_trend
from dashboard.parts.trend import month_trend
from supervision.figures import FIGURES
from supervision.metrics import Rate

ON_TIME = "on_time_feedback_rate"
_COLUMNS = {
    "month": FigureColumn("月份", 90),
    "intake": FigureColumn(FIGURES["intake"].name, 76, is_number=True, told=definition("intake")),
    "closed": FigureColumn(FIGURES["closed"].name, 76, is_number=True, told=definition("closed")),
    ON_TIME: FigureColumn(FIGURES[ON_TIME].name, 160, told=FIGURES[ON_TIME].definition),
}


def draw_year(seen: DepartmentSeen, key: int, *, dark: bool, as_of: date) -> None:
    """Two charts over the same months and their numbers; each number opens its rows."""
    lines = list(seen.by_month.iter_rows(named=True))
    counts = [
        {"month": line["month"], "came_in": line["intake:n"], "closed": line["closed:n"]}
        for line in lines
    ]
    chart_panel(month_trend(pd.DataFrame(counts), dark=dark, as_of=as_of), key="unit_months")
    rates = {line["month"]: Rate(line[f"{ON_TIME}:n"], line[f"{ON_TIME}:of"]) for line in lines}
    chosen = chart_panel(
        rate_trend(
            list(rates.items()), name=FIGURES[ON_TIME].name, note="按期限所在月份", dark=dark,
            as_of=as_of, small_sample=seen.small_sample,
        ),
        key="unit_on_time",
    )  # fmt: skip
    if chosen:
        _open(ON_TIME, date.fromisoformat(f"{chosen[0]['month']}-01"), key)
    rows = pd.DataFrame(
        [
            {
                "month": f"{line['month']:%Y-%m}",
                "intake": line["intake:n"],
                "closed": line["closed:n"],
                ON_TIME: rates[line["month"]].text(),
            }
            for line in lines
        ]
    )
    with st.expander("查看数据"):
        cell = figure_table(rows, list(rates), _COLUMNS, key="unit_year", told="近十二个月")
        if cell is not None and cell.column in FIGURES:
            _open(cell.column, cell.key, key)


def _open(slug: str, first: date, key: int) -> None:
    last = (pd.Timestamp(first) + pd.offsets.MonthEnd(0)).date()
    open_list(figure=slug, lead=key, days=code_of_days(first, last))
