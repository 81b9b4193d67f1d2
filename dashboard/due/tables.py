"""Whose deadlines they are: by department, county or session, each number opening its rows."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.leader_reads import DeadlinesSeen
from dashboard.parts.address_choice import segments
from dashboard.parts.column_room import BROAD
from dashboard.parts.figure_table import FigureColumn, figure_table
from dashboard.parts.leading import open_list
from dashboard.parts.link_rows import NOBODY
from dashboard.parts.panels import headline
from dashboard.parts.small_frames import as_pandas
from dashboard.reads import Choices
from supervision.worklists import DueList

_BY = {"dept": "按牵头单位", "county": "按县(区)", "session": "按面对面场次"}
_COLUMN_OF = {
    "dept": ("department_id", "lead"),
    "county": ("unit_id", "at"),
    "session": ("session_id", "meeting"),
}
"""Column of the facts, and the key by which an address leads to its rows."""
MOST_ROWS = 16


def _columns(seen: DeadlinesSeen) -> dict[str, FigureColumn]:
    def number(heading: str, width: int = 74, least: int = 60) -> FigureColumn:
        return FigureColumn(heading, width, is_number=True, least=least)

    unknown = DueList.OVERDUE_UNCOUNTED.value
    return {
        "name": FigureColumn("名称", 168, least=124),
        "overdue_open": number("逾期"),
        "due_soon": number("临期"),
        "due_today": number("今天到期", 84, 72),
        DueList.OVERDUE_TO_5.value: number("1–5日"),
        DueList.OVERDUE_TO_15.value: number("6–15日", least=66),
        DueList.OVERDUE_TO_30.value: number("16–30日", 80, 72),
        DueList.OVERDUE_OVER_30.value: number("30日以上", 88, 76),
        **({unknown: number("天数待核", 84, 72)} if seen.counts[unknown] else {}),
    }


def draw_tables(seen: DeadlinesSeen, names: Choices) -> None:
    """The table of one of three ways to divide, the most overdue first."""
    with st.container(horizontal=True, vertical_alignment="center", key="due_by_head"):
        headline("欠在谁那里", "逾期按工作日分档；点数字看清单，点名称看全部逾期", key="due_by")
        by = segments("分组", _BY, key="by_whom")
    column, key = _COLUMN_OF[by]
    table = as_pandas(seen.tables[column])
    if table.empty:
        st.caption("没有逾期和临期的事项。")
        return
    known = _names(column, names)
    rows = table.assign(
        name=[known.get(int(one), "") if pd.notna(one) else NOBODY[column] for one in table[column]]
    )
    keys = [int(one) if pd.notna(one) else 0 for one in table[column]]
    cell = figure_table(
        rows, keys, _columns(seen), key=f"due_{key}", told=f"{_BY[by]}的逾期和临期件数",
        most_rows=MOST_ROWS, room=BROAD,
    )  # fmt: skip
    if cell is not None:
        whose = {key: cell.key} if cell.key else {"nobody": column}
        open_list(figure="overdue_open" if cell.column == "name" else cell.column, **whose)


def _names(column: str, names: Choices) -> dict[int, str]:
    if column == "department_id":
        return names.short_names
    return names.units if column == "unit_id" else names.sessions
