"""挂图作战 of one session: the milestones that people keep, then each item's line of days."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.leader_reads import SessionItems
from dashboard.meeting_reads import Milestone, SessionPlan
from dashboard.meetings.plan_forms import plan_forms
from dashboard.parts.data_view import data_view
from dashboard.parts.fresh_keys import clicked_away, fresh_key
from dashboard.parts.leading import open_item
from dashboard.parts.milestone_charts import TIMELINE_TOLD, milestones
from dashboard.parts.panels import chart_panel, headline
from dashboard.parts.plan_charts import HEADINGS, Point, plan_chart
from dashboard.parts.safe import clean
from dashboard.reads import Choices
from supervision.scope import Viewer


def draw_plan(
    session_id: int, plan: SessionPlan, names: Choices, who: Viewer, as_of: date, *, dark: bool
) -> None:
    """The milestones with what may be done about them."""
    if plan.milestones:
        points = [_point(one, names) for one in plan.milestones]
        chart = plan_chart(points, plan.actual, dark=dark, as_of=as_of)
        chart_panel(chart, key="session_plan")
        data_view(chart.frame, HEADINGS)
    else:
        headline(
            "还没有作战节点",
            "可以采用按规定拟定的节点，再增加自己的" if plan.proposed else "由督查督办员登记",
            key="session_plan",
        )
    plan_forms(session_id, plan, names.departments, who, as_of)


def _point(one: Milestone, names: Choices) -> Point:
    department = names.short_names.get(one.department_id or 0, "")
    who = "，".join(word for word in (department, clean(one.leader)) if word)
    return Point(
        clean(one.name), one.progress.state, one.progress.days_late, one.planned_on, one.done_on,
        who, clean(one.note),
    )  # fmt: skip


def draw_item_days(items: SessionItems, rows: pd.DataFrame, as_of: date, *, dark: bool) -> None:
    """Each item of the session on a line of days; a click opens it."""
    rows = rows.assign(title=[clean(title) for title in rows["title"]])
    chart = milestones(rows, total=items.total, dark=dark, as_of=as_of)
    if chosen := chart_panel(chart, key=fresh_key("session_milestones"), lamps=True):
        clicked_away("session_milestones")
        open_item(int(chosen[0]["item"]))
    data_view(chart.frame, TIMELINE_TOLD)


def item_names(rows: pd.DataFrame) -> dict[int, str]:
    """Items as the forms offer them: number and title."""
    return {
        int(row["item_id"]): " ".join(
            str(word) for word in (row["number"], row["title"]) if word and not pd.isna(word)
        )
        for row in rows.to_dict("records")
    }
