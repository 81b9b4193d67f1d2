"""A session's plan: milestones that people keep, beside what the items' days tell. No Streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from dashboard.parts import chart_specs
from dashboard.parts.charts import Chart
from supervision.kept_days import late_told
from supervision.milestones import DONE, MilestoneState, plan_told

NOT_YET = "—"
ROOM, LEAST_ROOM = 0.42, 12
"""Room for the words right of the last mark: a share of the days drawn, and days at least."""
SIGNS = {
    MilestoneState.LATE: "▲",
    MilestoneState.DONE_LATE: "√",
    MilestoneState.DONE: "√",
    MilestoneState.PLANNED: "◇",
    MilestoneState.UNDATED: "○",
}
HEADINGS = {
    "name": "节点",
    "state": "状态",
    "planned_word": "计划日期",
    "done_word": "完成日期",
    "late_word": "逾期",
    "who": "责任",
    "note": "备注",
}
"""Columns of 查看数据."""


@dataclass(frozen=True, slots=True)
class Point:
    """One row of the plan; `who` is the department and the leader in words."""

    name: str
    state: MilestoneState
    days_late: int | None
    planned_on: date | None
    done_on: date | None
    who: str = ""
    note: str = ""


def plan_chart(
    points: Sequence[Point], actual: Sequence[tuple[str, date]], *, dark: bool, as_of: date
) -> Chart:
    """The milestones in their order, then the days that the items tell."""
    rows = [_planned(place, point, as_of) for place, point in enumerate(points)]
    rows += [_actual(len(points) + n, words, day) for n, (words, day) in enumerate(actual)]
    days = [pd.Timestamp(row[name]) for row in rows for name in ("begun", "last") if row[name]]
    days.append(pd.Timestamp(as_of))
    first, last = min(days), max(days)
    room = last + max((last - first) * ROOM, timedelta(days=LEAST_ROOM))
    # What has no day stands under the first one, with its words.
    usual = {"today": _noon(as_of), "room": _noon(room.date())}
    rows = [{**row, **usual, "last": row["last"] or _noon(first.date())} for row in rows]
    return Chart(
        spec=chart_specs.spec("session_plan", dark=dark),
        frame=pd.DataFrame(rows if points else []),
        headline=_headline(points),
        note=_NOTE if points else "",
    )


_NOTE = (
    "菱形为计划日期，圆点为完成日期，▲和横条为逾期（按工作日）；方点为事项的实际日期；虚线为今天"
)


def _headline(points: Sequence[Point]) -> str:
    told = plan_told([point.state for point in points])
    late = [point for point in points if point.state is MilestoneState.LATE]
    if not late:
        return told
    worst = max(late, key=lambda point: point.days_late or 0)
    return f"{told}，{worst.name}最久：{late_told(worst.days_late)}"


def _planned(place: int, point: Point, as_of: date) -> dict[str, Any]:
    is_late = point.state is MilestoneState.LATE
    was_late = point.state is MilestoneState.DONE_LATE
    begun = point.planned_on or point.done_on
    done = point.done_on if point.state in DONE else None
    until = as_of if is_late else done if was_late else None
    late = late_told(point.days_late) if is_late or was_late else ""
    sign = SIGNS[point.state]
    days = {"begun": begun, "done": done, "until": until, "last": until or done or begun}
    return {
        "kind": "planned" if point.planned_on else "undated",
        "place": place,
        "name": point.name,
        "state": f"{sign} {point.state.label}",
        "is_late": is_late,
        **{name: None if day is None else _noon(day) for name, day in days.items()},
        "label": f"{sign} {_said(point, late)}",
        "short": f"{sign}{_said_shortly(point)}",
        "planned_word": _day(point.planned_on),
        "done_word": _day(done),
        "late_word": late or NOT_YET,
        "who": point.who or NOT_YET,
        "note": point.note or NOT_YET,
    }  # fmt: skip


def _said(point: Point, late: str) -> str:
    if point.state is MilestoneState.LATE:
        return f"逾期 {late}"
    if point.state is MilestoneState.DONE_LATE:
        return f"逾期 {late}完成"
    return _said_shortly(point)


def _said_shortly(point: Point) -> str:
    if point.state in (MilestoneState.LATE, MilestoneState.DONE_LATE):
        return "逾期" if not point.days_late else f"逾{point.days_late}工作日"
    day = point.done_on if point.state in DONE else point.planned_on
    return "待定" if day is None else f"{day.month}/{day.day}"


def _actual(place: int, words: str, day: date) -> dict[str, Any]:
    nothing = dict.fromkeys(("done", "until"))
    return {
        "kind": "actual", "place": place, "name": f"事项·{words}", "state": "■ 实际",
        "is_late": False, "begun": _noon(day), "last": _noon(day), **nothing,
        "label": f"{day.month}/{day.day}", "short": f"{day.month}/{day.day}",
        "planned_word": _day(day),
        "done_word": NOT_YET, "late_word": NOT_YET, "who": NOT_YET, "note": NOT_YET,
    }  # fmt: skip


def _noon(day: date) -> str:
    # A bare day would be read as midnight of Greenwich.
    return f"{day.isoformat()}T12:00:00"


def _day(day: date | None) -> str:
    return NOT_YET if day is None else day.isoformat()
