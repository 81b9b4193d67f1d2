"""挂图作战: each item of a session on a line of days. No Streamlit here."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from dashboard.parts import chart_specs
from dashboard.parts.charts import Chart
from dashboard.parts.milestone_specs import SELECT_ITEM
from dashboard.parts.theme import lamp_word
from supervision.vocabulary import Light

NOT_YET = "—"
LONGEST_NAME = 24
TIMELINE_TOLD = {
    "title": "事项", "lead": "牵头单位", "word": "亮灯", "begun_word": "交办",
    "due_word": "反馈期限", "feedback_word": "书面反馈", "closed_word": "办结",
}  # fmt: skip
"""Columns of its frame as a table tells them."""


def milestones(items: pd.DataFrame, *, total: int, dark: bool, as_of: date) -> Chart:
    """`items`: item_id, number, title, lead_short, light, assigned_on, due_on, feedback_on,
    closed_on, in the order to show. Clicking selects `item`.
    """
    rows = [
        _row(place, item, as_of)
        for place, item in enumerate(
            one for one in items.to_dict("records") if _day(one["assigned_on"]) is not None
        )
    ]
    if all(row["light"] == Light.GREY.value for row in rows):
        # Today would only stretch the days of what was over long ago.
        rows = [{**row, "today": None} for row in rows]
    note = (
        "横条自交办起到办结或今天，颜色为亮灯；竖线为反馈期限，圆点为书面反馈，√为办结；"
        "虚线为今天；点横条看事项"
    )
    if total > len(rows):
        note += f"；另有 {total - len(rows)} 件已办结的或未交办的没有画出"
    return Chart(
        spec=chart_specs.spec("milestones", dark=dark),
        frame=pd.DataFrame(rows),
        headline=_headline(rows),
        note=note if rows else "",
        selection=SELECT_ITEM,
    )


def _row(place: int, item: dict[Any, Any], as_of: date) -> dict[str, Any]:
    days = {
        "begun": _day(item["assigned_on"]),
        "due": _day(item["due_on"]),
        "feedback": _day(item["feedback_on"]),
        # What was taken up again is not over, whatever day it was closed on before.
        "closed": _day(item["closed_on"]) if item["light"] == Light.GREY.value else None,
    }
    over = item["light"] == Light.GREY.value
    # Closed on a day that nobody told: the last day that is known.
    until = days["closed"] or (over and (days["feedback"] or days["begun"])) or as_of
    title = str(item["title"] or item["number"] or "")
    return {
        "item": int(item["item_id"]),
        "place": place,
        # The place keeps two items of one title apart.
        "name": f"{place + 1}. {title[:LONGEST_NAME]}",
        "title": title,
        "lead": str(item["lead_short"] or NOT_YET),
        "light": str(item["light"]),
        "word": lamp_word(str(item["light"])),
        "today": _noon(as_of),
        "until": _noon(until),
        **{name: None if day is None else _noon(day) for name, day in days.items()},
        **{
            f"{name}_word": NOT_YET if day is None else f"{day:%Y-%m-%d}"
            for name, day in days.items()
        },
    }


def _noon(day: date) -> str:
    # A bare day would be read as midnight of Greenwich.
    return f"{day.isoformat()}T12:00:00"


def _day(value: Any) -> date | None:
    return None if value is None or pd.isna(value) else pd.Timestamp(value).date()


def _headline(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return "还没有交办的事项"
    closed = sum(row["light"] == Light.GREY.value for row in rows)
    late = sum(row["light"] == Light.RED.value for row in rows)
    owed = f"，{late} 件逾期未反馈" if late else ""
    return f"挂图作战：{len(rows)} 件中已办结 {closed} 件{owed}"
