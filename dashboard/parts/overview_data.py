"""查看数据 of 总览: the numbers of its pictures as tables, made when somebody asks for them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.parts.filter_state import town_names
from dashboard.parts.overview_frames import by_department
from dashboard.parts.panels import headline
from dashboard.parts.safe import clean
from dashboard.parts.small_frames import as_pandas
from dashboard.parts.theme import LAMPS
from dashboard.reads import Choices, Overview

UNLOCATED = "未定位到镇(街)"
MOST_ROWS, MOST_HEIGHT = 10, 420


def draw_data(seen: Overview, names: Choices) -> None:
    """One table for each picture of the page, folded away until asked for."""
    folded = st.expander("查看数据", key="overview_data", on_change="rerun")
    if not folded.open:
        return
    with folded:
        for title, table in tables(seen, names).items():
            headline(title, key=f"data_{title}")
            st.dataframe(
                table,
                hide_index=True,
                height=MOST_HEIGHT if len(table) > MOST_ROWS else "content",
                key=f"table_{title}",
            )


def tables(seen: Overview, names: Choices) -> dict[str, pd.DataFrame]:
    """Title → the numbers in words that people read."""
    return {
        "牵头单位在办事项": _departments(seen, names),
        "每月新增与办结": _months(seen),
        "今后各工作日到期": _due(seen),
        "镇(街)在办与逾期": _townships(seen, names),
    }


def _departments(seen: Overview, names: Choices) -> pd.DataFrame:
    counts = by_department(seen, names)
    wide = counts.pivot_table(
        index="name", columns="light", values="n", aggfunc="sum", fill_value=0, sort=False
    )
    shown = [light for light in LAMPS if light.value in wide.columns]
    told = wide[[light.value for light in shown]].set_axis([one.label for one in shown], axis=1)
    told["在办合计"] = told.sum(axis=1)
    told.insert(0, "牵头单位", [clean(name) for name in told.index])
    return told.sort_values("在办合计", ascending=False)


def _months(seen: Overview) -> pd.DataFrame:
    frame = as_pandas(seen.by_month)
    return pd.DataFrame(
        {
            "月份": [f"{month:%Y年%-m月}" for month in frame["month"]],
            "新增": frame["came_in"],
            "办结": frame["closed"],
            "上年同月新增": frame["came_in_before"],
            "上年同月办结": frame["closed_before"],
        }
    )


def _due(seen: Overview) -> pd.DataFrame:
    days = as_pandas(seen.due)
    return pd.DataFrame(
        {"反馈期限": [f"{day:%Y-%m-%d}" for day in days["due_on"]], "到期件数": days["n"]}
    )


def _townships(seen: Overview, names: Choices) -> pd.DataFrame:
    called = {code: name for code, (name, _) in town_names(names).items()}
    rows = [
        (
            UNLOCATED if row["township_code"] is None else called.get(row["township_code"], "?"),
            row["open"],
            row["overdue"],
        )
        for row in seen.by_township.sort("overdue", "open", descending=True).iter_rows(named=True)
    ]
    return pd.DataFrame(rows, columns=["镇(街)", "在办", "逾期未反馈"])
