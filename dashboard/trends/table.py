"""Every period as a point of a chart and a line of the table; each number opens its rows."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.leader_reads import TrendLine
from dashboard.parts.about import definition
from dashboard.parts.charts import Chart
from dashboard.parts.figure_table import FigureColumn, figure_table
from dashboard.parts.filter_state import code_of_days
from dashboard.parts.fresh_keys import clicked_away, fresh_key
from dashboard.parts.leading import open_list
from dashboard.parts.panels import chart_panel, headline
from dashboard.trends.lines import ON_TIME, SATISFIED, row_of
from supervision.spans import Step

_OPENS = {
    "intake": "intake", "closed": "closed", ON_TIME: ON_TIME, SATISFIED: SATISFIED,
    "span": "intake",
}  # fmt: skip
COLUMNS = {
    "span": FigureColumn("时段", 168, least=150),
    "intake": FigureColumn("新增", 56, is_number=True, told=definition("intake")),
    "closed": FigureColumn("办结", 56, is_number=True, told=definition("closed")),
    "net": FigureColumn("净增", 52, is_number=True, told="新增减办结，不是一组事项"),
    "intake_year": FigureColumn("新增同比", 118, least=116),
    "intake_before": FigureColumn("新增环比", 118, least=104),
    ON_TIME: FigureColumn("按期反馈率", 130, told=definition(ON_TIME)),
    f"{ON_TIME}_year": FigureColumn("同比", 146, told="按期反馈率与上年同期比"),
    SATISFIED: FigureColumn("满意率", 124, told=definition(SATISFIED)),
    f"{SATISFIED}_year": FigureColumn("同比", 146, told="满意率与上年同期比"),
    "working_days": FigureColumn("工作日/上年", 116, least=102),
    "per_day": FigureColumn(
        "日均同比", 104, least=96, told="含春节、国庆的时段，新增按工作日日均比"
    ),
}
MOST_ROWS = 14


def lead_on(chart: Chart, slug: str, step: Step) -> None:
    """Draw the chart of a figure; a period that is clicked on opens the figure's rows."""
    name = f"trends_{slug}_{step.value}"
    if chosen := chart_panel(chart, key=fresh_key(name)):
        clicked_away(name)
        open_list(figure=slug, days=chosen[0]["days"])


def draw_table(lines: Sequence[TrendLine], step: Step) -> None:
    """The periods, the newest first."""
    headline(
        "查看数据",
        "点数字看清单；同比为与上年同期比，环比为与上一期比，未满期的都截到相同天数",
        key="trends_table",
    )
    newest = list(reversed(lines))
    table = pd.DataFrame([row_of(line, step) for line in newest])
    days = [code_of_days(line.now.span.first, line.now.span.last) for line in newest]
    cell = figure_table(
        table, days, COLUMNS, key=f"trends_{step.value}", told="各时段数据表", most_rows=MOST_ROWS
    )
    if cell is not None and cell.column in _OPENS:
        open_list(figure=_OPENS[cell.column], days=cell.key)
